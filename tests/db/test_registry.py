"""A registry taken in: once, again, with renamed handles and moved sites."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from activity.agency import Agency, Channel, Participation, RegistryEntry
from activity.errors import ConfigError, RegistryError
from db.engine import reading
from db.office.registry import RegistryChange, load_agencies, save_registry
from db.schema.models import AccountRecord
from db.setting import load_timezone

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
ZONE = "Asia/Makassar"
DINKES = Agency("dinkes", "Dinas Kesehatan", "skpd", Participation.NON_KOMPETISI, "setda", date(2020, 1, 1))
KUIN = Agency("kuin", "Kelurahan Kuin", "kelurahan")


def entry(agency: Agency, **addresses: str) -> RegistryEntry:
    return RegistryEntry(agency, {Channel(name): address for name, address in addresses.items()})


def history(engine: Engine) -> list[tuple[object, ...]]:
    query = select(AccountRecord.address, AccountRecord.valid_from, AccountRecord.valid_to)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query.order_by(AccountRecord.id))]


def test_what_goes_in_comes_out(engine: Engine) -> None:
    entries = [entry(DINKES, website="https://dinkes.go.id/", instagram="dinkes_bjm"), entry(KUIN)]
    assert save_registry(engine, entries, NOW, timezone=ZONE) == RegistryChange(added=2, opened=2)
    kuin, dinkes = load_agencies(engine)
    assert (kuin.agency, dict(kuin.accounts)) == (KUIN, {})
    assert dinkes.agency == DINKES
    assert dinkes.accounts[Channel.INSTAGRAM].address == "dinkes_bjm"
    assert load_timezone(engine) == ZONE


def test_importing_twice_changes_nothing(engine: Engine) -> None:
    entries = [entry(DINKES, website="https://dinkes.go.id/"), entry(KUIN, facebook="kuin")]
    save_registry(engine, entries, NOW, timezone=ZONE)
    later = NOW.replace(month=3)
    assert save_registry(engine, entries, later, timezone=ZONE) == RegistryChange(unchanged=2)
    assert {row[1] for row in history(engine)} == {date(2026, 1, 5)}


def test_a_renamed_handle_closes_one_account_and_opens_another(engine: Engine) -> None:
    for month, handle in ((1, "old"), (2, "new"), (3, "old")):
        now = NOW.replace(month=month)
        change = save_registry(engine, [entry(KUIN, instagram=handle)], now, timezone=ZONE)
    assert change == RegistryChange(changed=1, closed=1, opened=1)
    assert history(engine) == [
        ("old", date(2026, 1, 5), date(2026, 2, 5)),
        ("new", date(2026, 2, 5), date(2026, 3, 5)),
        ("old", date(2026, 3, 5), None),
    ]
    (row,) = load_agencies(engine)
    assert [account.address for account in row.closed] == ["old", "new"]


def test_a_blank_channel_closes_and_a_missing_agency_stays(engine: Engine) -> None:
    save_registry(
        engine,
        [entry(DINKES, website="https://d.id/"), entry(KUIN, website="https://k.id/")],
        NOW,
        timezone=ZONE,
    )
    change = save_registry(engine, [entry(KUIN)], NOW.replace(month=2), timezone=ZONE)
    assert change == RegistryChange(changed=1, closed=1)
    kuin, dinkes = load_agencies(engine)
    assert not kuin.accounts
    assert dinkes.accounts


def test_an_agency_changes_its_name_and_ends(engine: Engine) -> None:
    save_registry(engine, [entry(KUIN, website="https://k.id/")], NOW, timezone=ZONE)
    ended = replace(KUIN, name="Kuin Utara", valid_to=date(2026, 6, 1))
    change = save_registry(engine, [entry(ended, website="https://k.id/")], NOW, timezone=ZONE)
    assert change == RegistryChange(changed=1)
    assert load_agencies(engine)[0].agency == ended


def test_the_local_day_of_the_import_counts(engine: Engine) -> None:
    late = datetime(2026, 1, 5, 18, tzinfo=UTC)
    save_registry(engine, [entry(KUIN, website="https://k.id/")], late, timezone=ZONE)
    assert history(engine) == [("https://k.id/", date(2026, 1, 6), None)]


def test_another_time_zone_is_refused_and_nothing_is_stored(engine: Engine) -> None:
    save_registry(engine, [entry(KUIN)], NOW, timezone=ZONE)
    with pytest.raises(ConfigError, match="DENYUT_TIMEZONE=Asia/Makassar"):
        save_registry(engine, [entry(DINKES)], NOW, timezone="Asia/Jakarta")
    assert len(load_agencies(engine)) == 1


def test_whom_an_office_carries_on_is_kept_and_changed(engine: Engine) -> None:
    dinkes = replace(DINKES, predecessors=("dinkes-lama", "kuin"))
    lama = Agency("dinkes-lama", "Dinas Kesehatan Lama", "skpd")
    save_registry(engine, [entry(lama), entry(KUIN)], NOW, timezone=ZONE)
    change = save_registry(engine, [entry(dinkes)], NOW, timezone=ZONE)
    assert change == RegistryChange(added=1)
    assert dinkes in [row.agency for row in load_agencies(engine)]
    alone = replace(dinkes, predecessors=())
    assert save_registry(engine, [entry(alone)], NOW, timezone=ZONE) == RegistryChange(changed=1)
    assert alone in [row.agency for row in load_agencies(engine)]


def test_a_predecessor_that_nobody_knows_is_refused_and_nothing_is_stored(engine: Engine) -> None:
    orphan = replace(DINKES, predecessors=("dinkes-lma",))
    with pytest.raises(RegistryError) as caught:
        save_registry(engine, [entry(KUIN), entry(orphan)], NOW, timezone=ZONE)
    (problem,) = caught.value.problems
    assert "dinkes-lma" in problem
    assert load_agencies(engine) == ()


def test_an_account_ends_only_where_that_is_allowed(engine: Engine) -> None:
    save_registry(engine, [entry(KUIN, website="https://k.id/", instagram="kuin")], NOW, timezone=ZONE)
    half = [entry(KUIN, website="https://kuin.id/"), entry(DINKES)]
    with pytest.raises(RegistryError) as refused:
        save_registry(engine, half, NOW, timezone=ZONE, close=False)
    assert (
        f"{KUIN.slug}, column instagram: blank, which would close kuin: --close allows it"
        in refused.value.problems
    )
    (row,) = load_agencies(engine)
    assert {channel: account.address for channel, account in row.accounts.items()} == {
        Channel.WEBSITE: "https://k.id/",
        Channel.INSTAGRAM: "kuin",
    }
    moved = save_registry(engine, half, NOW, timezone=ZONE, close=True, dry_run=True)
    assert (moved.closed, moved.opened, moved.added) == (2, 1, 1)
    assert load_agencies(engine) == (row,)


def test_a_channel_without_a_column_stays_as_it_is(engine: Engine) -> None:
    save_registry(engine, [entry(KUIN, website="https://k.id/", instagram="kuin")], NOW, timezone=ZONE)
    told = RegistryEntry(KUIN, {Channel.INSTAGRAM: "kuin"}, frozenset({Channel.INSTAGRAM}))
    assert save_registry(engine, [told], NOW, timezone=ZONE, close=False) == RegistryChange(unchanged=1)
