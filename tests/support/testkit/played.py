"""A year of the sample city in a database, told from its truth: the analysts' questions are asked of it.

Three nights of the first semester and one a fortnight of the second are stored as a crawl does, without HTTP;
both are ranked, and a jury has decided. `copy_to` gives another engine the same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch

from sqlalchemy import Engine, delete, insert, select

from activity.agency import Channel, RegistryEntry
from activity.channel import CRAWLED
from activity.flag import FlagKind
from activity.jury import Action, Objection, Override
from activity.outcome import Outcome
from activity.post import DateEvidence, EvidenceKind, Post, PostDate, PostKind, PostMetrics, Precision
from activity.semester import Semester
from activity.visit import Budget, Cost, Harvest, Profile, Proof, Target, Window
from db.engine import reading, writing
from db.nightly.run import begin_run, finish_run, load_totals
from db.nightly.store import save_harvests
from db.nightly.target import load_targets
from db.office.registry import save_registry
from db.schema.base import Base
from db.semester.jury import save_answer, save_objection, save_override
from desk.semester.judge import Judgement, judge, keep
from desk.setting.config import Config, load_config
from samplecity.city import City
from samplecity.office import Build, Item, Office, Presence, Visibility
from samplecity.truth import tell_key
from testkit.entry import enter_office

__all__ = ["SEMESTERS", "copy_to", "judge_at", "play_year"]

SEMESTERS = (Semester(2025, 2), Semester(2026, 1))
_FIRST = SEMESTERS[0].first_day
_EARLIER = (date(2025, 7, 3), date(2025, 10, 1), date(2025, 12, 31))
_HIDDEN = {
    Visibility.ROBOTS: Outcome.BLOCKED,
    Visibility.MAINTENANCE: Outcome.MAINTENANCE,
    Visibility.PERSONAL: Outcome.NOT_VISIBLE,
    Visibility.NO_PERMISSION: Outcome.NOT_PERMITTED,
}
_WITNESSES = {
    Build.WORDPRESS: (EvidenceKind.API, Precision.SECOND),
    Build.WORDPRESS_CLOSED: (EvidenceKind.FEED, Precision.SECOND),
    Build.BLOGGER: (EvidenceKind.FEED, Precision.SECOND),
    Build.JOOMLA: (EvidenceKind.META, Precision.MINUTE),
    Build.JOOMLA_BARE: (EvidenceKind.VISIBLE_TEXT, Precision.DAY),
    Build.STATIC: (EvidenceKind.URL, Precision.DAY),
}
_SHORT = frozenset({Build.PORTAL, Build.OPENSID_BARE})
"""Their lists hold three days only, so that nights before are not known."""
_LOST = 40
"""Of so many items of a site that names days alone, one names none."""
_SHARED = 6
"""Of so many items on its site this office puts one on Facebook as well."""
_SHARES = "disdukcapil"


def play_year(engine: Engine) -> None:
    """Fill an empty database: nights, rankings at three ends, decisions, objections."""
    city = City.build(seed=1, semester=str(SEMESTERS[-1]))
    world = _World(city, engine)
    last = SEMESTERS[-1].days()[-1]
    for night in (*_EARLIER, *SEMESTERS[-1].days()[13:-1:14], last):
        world.crawl(night)
    keep(judge_at(engine, SEMESTERS[0], SEMESTERS[0].days()[-1]))
    early = judge_at(engine, SEMESTERS[1], date(2026, 4, 30))
    keep(early)
    _decide(engine, early)
    keep(judge_at(engine, SEMESTERS[1], last))


def judge_at(engine: Engine, semester: Semester, day: date) -> Judgement:
    """The ranking at the end of a day, by the default rubric."""
    config = _config(engine)
    now = datetime.combine(day, time(23, 45), config.zone).astimezone(UTC)
    with patch("desk.semester.judge.open_store", lambda config: (engine, config)):
        return judge(replace(config, fixed_now=now), semester)


def copy_to(source: Engine, target: Engine) -> None:
    """Give a database with our schema every row of another."""
    with reading(source) as rows, writing(target) as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            found = [dict(row) for row in rows.execute(select(table)).mappings()]
            if found:
                connection.execute(insert(table), found)


def _config(engine: Engine) -> Config:
    settings = {"DENYUT_DATABASE": engine.url.render_as_string(hide_password=False), "DENYUT_LANG": "en"}
    return load_config(settings | {"DENYUT_TIMEZONE": "Asia/Makassar", "DENYUT_CITY": "Tanjung Selaras"})


@dataclass
class _World:
    """The city, and what its crawls have kept so far."""

    city: City
    engine: Engine
    registered: list[RegistryEntry] = field(default_factory=list)

    def crawl(self, night: date) -> None:
        """What a crawl does to the database in that night."""
        now = datetime.combine(night, time(23, 30), self.city.zone)
        entries = [enter_office(self.city, office, now) for office in self.city.offices]
        if entries != self.registered:
            save_registry(self.engine, entries, now, timezone=self.city.zone.key)
            self.registered = entries
        run = begin_run(self.engine, night, now)
        window = Window(now - timedelta(days=40), now)
        for channel in CRAWLED:
            targets = load_targets(self.engine, channel, run, window, self.city.zone, budget=Budget())
            brought = [(target, self._visit(target, now)) for target in targets]
            for at in range(0, len(brought), 8):
                save_harvests(self.engine, run, brought[at : at + 8])
        finish_run(self.engine, run, now, load_totals(self.engine, run))

    def _visit(self, target: Target, now: datetime) -> Harvest:
        office = self.city.office(target.account.agency)
        presence = office.presence(target.account.channel)
        assert presence is not None
        cost = Cost(requests=3, bytes=40_000, seconds=1.5)
        if presence.visibility is not Visibility.OPEN:
            why = presence.visibility.value
            return replace(Harvest.failed(target, _HIDDEN[presence.visibility], why), cost=cost)
        if presence.is_down(now):
            why = "connection refused"
            return replace(Harvest.failed(target, Outcome.UNREACHABLE, why), cost=Cost(requests=1))
        start = datetime.combine(_FIRST, time(), self.city.zone)
        since = target.memory.seen_at or start
        shown = [i for i in presence.visible(now) if not i.injected and _is_listed(i, since, now)]
        posts = tuple(_read(office, presence, item, now) for item in shown)
        if presence.build in _SHORT:
            since = max(since, now - timedelta(days=3))
        social = presence.build is None
        return Harvest(
            Outcome.OK,
            (*posts, *_share(office, presence, now, since)),
            memory=replace(target.memory, seen_at=now),
            complete_since=since,
            proof=Proof.OLDER_MET,
            profile=Profile(presence.followers + (now.date() - _FIRST).days // 3) if social else None,
            cost=replace(cost, bytes=20_000 + 3_000 * len(shown)),
        )


def _is_listed(item: Item, since: datetime, now: datetime) -> bool:
    """Whether a look shows an item: what is new, what was changed, and the month's, whose figures rise."""
    new = item.appears > since - timedelta(days=1) or item.published > now - timedelta(days=30)
    return new or item.edit is not None


def _read(office: Office, presence: Presence, item: Item, now: datetime) -> Post:
    key = tell_key(office, presence, item)
    social = presence.build is None
    if social:
        url, kind = f"https://{presence.channel}.example/{key}", PostKind(item.kind.value)
        witness, precision = EvidenceKind.API, Precision.SECOND
    else:
        url, kind = f"https://{office.slug}.example.go.id{key}", PostKind.NEWS
        known = (EvidenceKind.LISTING, Precision.MINUTE)
        witness, precision = _WITNESSES.get(presence.build, known) if presence.build else known
    date_: PostDate | None = _date(item, witness, precision, url)
    if precision is Precision.DAY and item.number % _LOST == 0:
        date_ = None
    return Post(key, url, item.title, date_, kind, _count(presence, item, now) if social else None)


def _date(item: Item, witness: EvidenceKind, precision: Precision, url: str) -> PostDate:
    claimed = item.published
    if precision is Precision.DAY:
        claimed = claimed.replace(hour=0, minute=0, second=0, microsecond=0)
    at = claimed.astimezone(UTC)
    return PostDate(at, precision, (DateEvidence(witness, "date", str(at), at, precision, url),))


def _count(presence: Presence, item: Item, now: datetime) -> PostMetrics:
    """Figures that rise for three days, and differ from post to post."""
    warmth = presence.followers * (item.number * 37 % 100) // 1000
    share = min(1.0, (now - item.published) / timedelta(days=3))
    likes = None if presence.hides_likes else round(warmth * share)
    return PostMetrics(likes, round(warmth * share) // 8, None, None)


def _share(office: Office, presence: Presence, now: datetime, since: datetime) -> Iterator[Post]:
    """What an office puts on Facebook as well, an hour after it stood on its site."""
    site = office.presence(Channel.WEBSITE)
    if office.slug != _SHARES or presence.channel is not Channel.FACEBOOK or site is None:
        return
    for item in site.visible(now):
        if item.number % _SHARED == 0 and item.published > since - timedelta(days=1):
            later = replace(item, published=item.published + timedelta(hours=1))
            key = f"9{item.number:05}"
            url = f"https://facebook.example/{key}"
            yield Post(key, url, item.title, _date(later, EvidenceKind.API, Precision.SECOND, url))


def _decide(engine: Engine, judgement: Judgement) -> None:
    """A copy that counts after all, a decision taken back, an objection answered and one that is open."""
    copied, again, *_ = (flag for flag in judgement.flags if flag.kind is FlagKind.COPIED)
    zone = judgement.config.zone
    first = Override(
        number=0,
        semester=str(SEMESTERS[1]),
        agency=copied.agency,
        channel=copied.channel,
        action=Action.COUNT,
        post=copied.posts[0].key,
        who="Ketua Juri",
        reason="Disalin atas izin kelurahan asal",
        evidence="Surat izin 12/2026",
        decided_at=datetime(2026, 7, 2, 10, tzinfo=zone),
    )
    second = replace(
        first,
        agency=again.agency,
        channel=again.channel,
        action=Action.DROP,
        post=again.posts[0].key,
        reason="Kiriman uji coba",
    )
    numbers = [save_override(engine, each) for each in (first, second)]
    back = replace(second, action=Action.WITHDRAW, post=None, withdraws=numbers[1], reason="Salah kiriman")
    save_override(engine, replace(back, decided_at=datetime(2026, 7, 2, 11, tzinfo=zone)))
    raised = Objection(
        number=0,
        semester=str(SEMESTERS[1]),
        agency="dinkes",
        channel=Channel.WEBSITE,
        who="Sekretaris Dinas",
        reason="Tiga kiriman tidak terhitung",
        opened_at=datetime(2026, 7, 3, 9, tzinfo=zone),
    )
    number = save_objection(engine, raised)
    now = datetime(2026, 7, 4, 9, tzinfo=zone)
    save_answer(engine, number, who="Ketua Juri", answer="Ketiganya terhitung", accepted=False, now=now)
    other = replace(raised, agency="dlh", channel=None, reason="Situs kami mati sepuluh malam")
    save_objection(engine, other)
