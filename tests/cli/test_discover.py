"""`denyut agencies discover` on the sample city, whose offices' pages name their accounts at the foot."""

import csv
import io

import pytest

from activity.agency import Channel

_OFFICES = ("dinkes", "disdukcapil", "kel-mekar-arum")


@pytest.fixture
def handles(server):
    """The true handles of an office's accounts, by channel."""

    def tell(slug):
        office = next(office for office in server.city.offices if office.slug == slug)
        return {
            channel.value: presence.handle_at(server.now())
            for channel in (Channel.INSTAGRAM, Channel.FACEBOOK)
            if (presence := office.presence(channel)) is not None
        }

    return tell


@pytest.fixture
def only_websites(registry):
    rows = list(csv.DictReader(io.StringIO(registry(*_OFFICES))))
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "instagram": "", "facebook": ""} for row in rows)
    return table.getvalue()


def test_accounts_that_home_pages_name_are_offered_and_nothing_is_stored(denyut, only_websites, handles):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", only_websites))
    before = denyut.dump()
    offered = denyut.json("agencies", "discover", "--json")
    assert {(each["agency"], each["channel"]): each["address"] for each in offered} == {
        (slug, channel): handle for slug in _OFFICES for channel, handle in handles(slug).items()
    }
    assert {each["registered"] for each in offered} == {None}
    assert denyut.dump() == before


def test_the_table_is_a_registry_that_can_be_imported_as_it_is(denyut, only_websites, handles):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", only_websites))
    table = denyut.done("agencies", "discover", "--csv")
    assert all("footer" not in row["proposals"] for row in csv.DictReader(io.StringIO(table)))
    denyut.done("agencies", "import", denyut.write("found.csv", table), "--dry-run")
    assert {row["instagram"] for row in denyut.json("agencies", "list", "--json")} == {None}
    denyut.done("agencies", "import", denyut.write("found.csv", table))
    stored = {row["slug"]: row for row in denyut.json("agencies", "list", "--json")}
    for slug in _OFFICES:
        assert {channel: stored[slug][channel] for channel in handles(slug)} == handles(slug)
    one = list(csv.DictReader(io.StringIO(denyut.done("agencies", "discover", "--agency=dinkes", "--csv"))))
    assert [row["slug"] for row in one] == ["dinkes"]


def test_who_has_no_account_is_told_by_channel_and_level(denyut, only_websites):
    denyut.done("init")
    path = denyut.write("registry.csv", only_websites)
    denyut.done("agencies", "import", path)
    groups = {(each["level"], each["channel"]): each for each in denyut.json("agencies", "missing", "--json")}
    levels = {row["level"] for row in denyut.json("agencies", "list", "--json")}
    assert set(groups) == {(lv, ch) for lv in levels for ch in ("website", "instagram", "facebook", "any")}
    for (_, channel), group in groups.items():
        assert len(group["without"]) == (group["of"] if channel in {"instagram", "facebook"} else 0)
    told = denyut.done("agencies", "missing", "--channel", "instagram", "--csv")
    assert {row["slug"] for row in csv.DictReader(io.StringIO(told))} == set(_OFFICES)
    assert "without an account" in denyut.done("agencies", "missing")


def test_what_is_registered_is_not_offered_again(denyut, registry):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", registry(*_OFFICES)))
    assert denyut.json("agencies", "discover", "--json") == []


def test_an_unknown_office_is_told(denyut, only_websites, complaint):
    denyut.done("init")
    denyut.done("agencies", "import", denyut.write("registry.csv", only_websites))
    assert "nirwana" in complaint(denyut.run("agencies", "discover", "--agency=nirwana"), 2)
