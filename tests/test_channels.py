"""What every channel of the table must bear, whichever it is; a new one is tried by being entered there."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html

from activity.address.canonical import parse_website
from activity.agency import Account, Agency
from activity.channel import CHANNELS, CRAWLED, SOCIAL, Access, Channel, channel_of
from activity.outcome import Outcome
from activity.ranking import ActivityRow, Reason, Status
from activity.registry.table import read_registry
from activity.semester import Night, Semester
from activity.testing import drive
from activity.visit import Target, Window
from crawler.shards.process import find_spider
from crawler.visits.access import Accesses, ApiAccess
from crawler.visits.meta.graph import GraphAccess
from crawler.visits.opening import find_reader, open_visit
from desk.night.graph import compose_accesses
from desk.setting.config import list_settings, load_config
from reports.html import render_html
from reports.messages import MESSAGES
from reports.tables import render_tables
from reports.workbook import render_workbook
from scoring.placing.rank import rank
from scoring.rubrics.rubric import load_default, parse_rubric
from testkit.zone import MAKASSAR

S1 = Semester(2026, 1)
LAST = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 15, tzinfo=UTC)
RUBRIC = parse_rubric(load_default(), "built in")
NAMES = {
    channel: "dinkesbjm" if channel in SOCIAL else "https://dinkes.example.go.id/" for channel in Channel
}
EVERY = pytest.mark.parametrize("channel", list(Channel))
BY_TOKEN = pytest.mark.parametrize("channel", [c for c in Channel if CHANNELS[c].by_token])


def row(channel, slug, *, address, night=Night.SEEN, every=3):
    days = S1.days()
    posts = tuple(int(address is not None and night.known and n % every == 0) for n in range(len(days)))
    nights = (night,) * len(days)
    return ActivityRow(Agency(slug, f"Dinas {slug}", "skpd"), channel, address, posts, nights)


def test_every_channel_is_in_the_table_and_in_its_order():
    assert list(CHANNELS) == list(Channel)


@EVERY
def test_an_account_is_read_as_it_is_written(channel):
    facts, name = CHANNELS[channel], NAMES[channel]
    assert facts.parse(name) == name
    assert facts.parse(facts.link(name)) == name
    assert facts.parse(" - ") is None
    with pytest.raises(ValueError, match="expected"):
        facts.parse("bukan alamat: sama sekali / tidak")


@EVERY
def test_a_link_tells_its_channel_and_is_no_website(channel):
    facts = CHANNELS[channel]
    if not facts.social:
        assert channel_of(facts.link(NAMES[channel])) is None
        return
    assert channel_of(facts.link(NAMES[channel])) is channel
    for host in facts.hosts:
        with pytest.raises(ValueError, match="its own column"):
            parse_website(f"https://{host}/dinkesbjm")


@EVERY
def test_a_registry_has_a_column_for_it_in_the_peoples_own_words(channel):
    for heading in CHANNELS[channel].headings:
        lines = [["kode", "nama", "tingkat", heading.title()], ["dinkes", "Dinkes", "skpd", NAMES[channel]]]
        (entry,) = read_registry(lines, "daftar")
        assert entry.addresses == {channel: NAMES[channel]}
        assert entry.told == {channel}


@EVERY
def test_it_has_a_name_in_both_languages_and_a_target(channel):
    assert all(MESSAGES[f"channel.{channel}"])
    assert RUBRIC.target(channel, "skpd")


@EVERY
def test_a_report_can_be_made_of_it(channel):
    rows = [
        row(channel, "dinkes", address=NAMES[channel]),
        row(channel, "dishub", address=NAMES[channel] + "2", every=9),
        row(channel, "disdik", address=NAMES[channel] + "3", night=Night.UNSEEN),
        row(channel, "bkd", address=None),
    ]
    ranking = rank(rows, RUBRIC, S1, LAST)
    (category,) = ranking.categories
    told = {standing.agency.slug: standing for standing in category.standings}
    assert [told[slug].place for slug in ("dinkes", "dishub", "disdik", "bkd")] == [1, 2, None, None]
    unseen = Reason.NO_FILE if CHANNELS[channel].access is Access.FILES else Reason.NEVER_SEEN
    assert (told["disdik"].reason, told["disdik"].score) == (unseen, None)
    assert (told["bkd"].reason, told["bkd"].status) == (Reason.NO_ACCOUNT, Status.TIDAK_DINILAI)
    page = html.fromstring(render_html(ranking, rows, title="Kota").decode())
    assert CHANNELS[channel].link(NAMES[channel]) in page.xpath("//a/@href")
    lines = list(csv.DictReader(io.StringIO(render_tables(ranking)["ranking.csv"].decode())))
    assert {line["channel"] for line in lines} == {channel.value}
    assert render_workbook(ranking, rows)


@EVERY
def test_it_is_visited_by_a_spider_of_its_own_or_never(channel):
    if CHANNELS[channel].access is Access.FILES:
        assert channel not in CRAWLED
        with pytest.raises(ValueError, match="files"):
            open_visit(target_of(channel), compose_accesses(load_config({})))
        return
    spider = find_spider(channel)
    assert (spider.name, spider.channel) == (channel.value, channel)
    visit = open_visit(target_of(channel), compose_accesses(load_config({})))
    visit.close()
    assert not CHANNELS[channel].social or callable(find_reader(channel))


@BY_TOKEN
def test_without_a_token_it_is_not_asked_for_and_not_assessed(channel):
    harvest, fetches = drive(open_visit(target_of(channel), compose_accesses(load_config({}))), {}, NOW)
    assert (harvest.outcome, list(fetches)) == (Outcome.NO_TOKEN, [])
    assert CHANNELS[channel].remedy.startswith("Set DENYUT_")
    known = {variable for variable, _, _ in list_settings()}
    assert set(re.findall(r"DENYUT_\w+", CHANNELS[channel].remedy)) <= known
    assert Accesses(GraphAccess()).count_keys(channel) == 0


@BY_TOKEN
def test_its_secret_is_named_and_never_shown(channel):
    facts = CHANNELS[channel]
    variable = facts.api.variable if facts.api is not None else f"DENYUT_{channel.upper()}_TOKEN"
    config = load_config({variable: "rahasia-sekali"})
    accesses = compose_accesses(config)
    assert config.tokens == {channel.value: "rahasia-sekali"}
    assert accesses.count_keys(channel) == 1
    assert "rahasia" not in repr(config) + repr(accesses)
    others = [other for other in Channel if other is not channel]
    assert sum(accesses.count_keys(other) for other in others) == 0
    if facts.api is not None:
        assert isinstance(accesses.apis[channel], ApiAccess)
        assert load_config({facts.api.url_variable: "http://127.0.0.1:9/"}).api_urls[channel].endswith(":9")


def test_the_pages_name_every_channel():
    docs = Path(__file__).parent.parent / "docs"
    for page in ("glossary.md",):
        text = (docs / page).read_text(encoding="utf-8")
        assert [channel.value for channel in Channel if f"`{channel.value}`" not in text] == []


def target_of(channel):
    account = Account(1, "dinkes", channel, NAMES[channel])
    return Target(account, Window(NOW - timedelta(days=30), NOW), MAKASSAR)
