"""The posts of an office: when each truly came, how it changed, when it went. This is the truth."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.awkward.plan import Plan
from tests.awkward.words import (
    event_title,
    excerpt,
    formulaic_title,
    letter,
    paragraphs,
    plain_title,
    weekly_title,
)

__all__ = ["NIGHTS", "SPAN", "Life", "Post", "live"]

NIGHTS = 12
SPAN = 70
_UPKEEP = timedelta(days=14)


@dataclass(frozen=True)
class Post:
    """One post.

    Attributes:
        when: its publication, local; what the office claims.
        appear: when it came online; later than `when` only where the office back-dates.
        gone: when it was withdrawn.
        begun: when its draft was begun; some generators take this for the date.
        edited: when it was last touched after publication; some show this for the date.
        retitled: from when on it bears `second` as title; its slug follows if `reslugged`.
        misdated: the day that it bore before the office put that right, at `corrected`.
        category: the section in which it stands from `recategorised` on.
        nth: which of several posts of its title it is, the oldest first.
    """

    number: int
    title: str
    when: datetime
    appear: datetime
    text: tuple[str, ...]
    section: str = "berita"
    readers: int = 0
    begun: datetime | None = None
    edited: datetime | None = None
    gone: datetime | None = None
    retitled: datetime | None = None
    second: str = ""
    reslugged: bool = False
    cheat: str = ""
    misdated: datetime | None = None
    corrected: datetime | None = None
    category: str = ""
    recategorised: datetime | None = None
    nth: int = 1

    @property
    def day(self) -> date:
        """The local day that must come out."""
        return self.when.date()

    def visible(self, now: datetime) -> bool:
        """Whether the site shows it."""
        return self.appear <= now and (self.gone is None or now < self.gone)

    def title_at(self, now: datetime) -> str:
        """The title it bears."""
        return self.second if self.retitled is not None and self.retitled <= now else self.title

    def slug_at(self, now: datetime) -> str:
        """The title it bears in its address."""
        name = slug(self.title_at(now) if self.reslugged else self.title)
        return f"{name}-{self.nth}" if self.nth > 1 else name

    def as_of(self, now: datetime) -> "Post":
        """The post with the day and the section that the office gives it by now."""
        if self.misdated is not None and self.corrected is not None and now < self.corrected:
            return replace(self, when=self.misdated)
        if self.recategorised is not None and self.recategorised <= now:
            return replace(self, section=self.category)
        return self


def slug(title: str) -> str:
    """A title as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:70].strip("-")


@dataclass(frozen=True)
class Life:
    """What an office published around a first visit and twelve nights.

    Attributes:
        since: the semester's first moment.
        nights: moments of the visits; the first one is the first visit.
        down: nights on which the server does not answer, or answers that it is under upkeep.
        turn: when the office begins anew with another program; the nights of upkeep begin then, too.
        stale: nights on which a cache shows lists as they were, each with the moment of which it shows them.
    """

    zone: ZoneInfo
    since: datetime
    nights: tuple[datetime, ...]
    posts: tuple[Post, ...]
    down: frozenset[datetime] = frozenset()
    turn: datetime | None = None
    stale: Mapping[datetime, datetime] = field(default_factory=dict)

    def shown_at(self, now: datetime) -> datetime:
        """The moment of which lists are shown."""
        return self.stale.get(now, now)


def live(plan: Plan) -> Life:
    """Draw an office's life."""
    source, zone = plan.random("life"), ZoneInfo(plan["zone"])
    year, half = source.choice((2024, 2025, 2026)), source.choice((0, 1))
    since = datetime(year, 7 if half else 1, 1, tzinfo=zone)
    first = source.randrange(32, 108)
    evening = time(*source.choice(((19, 40), (22, 15), (1, 30), (4, 5), (23, 30))))
    start = datetime.combine(since.date() + timedelta(days=first), evening, zone)
    nights = (start, *_nights(source, start))
    posts = _count_titles(list(_publish(plan, zone, since, nights)))
    posts = _change(plan, posts, nights)
    down = frozenset(source.sample(nights[2:-1], 2)) if plan["change"] == "down" else frozenset[datetime]()
    life = Life(zone, since, nights, tuple(posts), down)
    return _run_course(plan, life) if plan["course"] != "steady" else life


def _run_course(plan: Plan, life: Life) -> Life:
    """What befalls the site, and what the office puts right, while the nights go by."""
    source, nights, posts = plan.random("course"), life.nights, life.posts
    turn = nights[source.randrange(4, 7)] - timedelta(hours=6)
    match plan["course"]:
        case "rebuilt":
            return replace(life, turn=turn)
        case "upkeep_200" | "upkeep_503":
            away = frozenset(night for night in nights if turn <= night < turn + _UPKEEP)
            return replace(life, turn=turn, down=away)
        case "stale":
            # A copy from before the last look: what that look found new is gone again for a night.
            late = source.sample(range(3, NIGHTS - 1), 2)
            old = {nights[i]: nights[i - 1] - timedelta(days=source.choice((1, 2, 4))) for i in late}
            return replace(life, stale=old)
        case "corrected":
            changed = {post.number: post for post in _correct(source, posts, nights)}
        case "scheduled":
            changed = {post.number: post for post in _schedule(source, posts)}
        case _:
            changed = {post.number: post for post in _recategorise(source, posts, nights)}
    return replace(life, posts=tuple(changed.get(post.number, post) for post in posts))


def _correct(source: Random, posts: Sequence[Post], nights: tuple[datetime, ...]) -> Iterator[Post]:
    """Posts put on the day before by a slip, such as the event's, and later on their own."""
    for night in source.sample(nights[:6], 3):
        new = [
            p
            for p in posts
            if not p.cheat and night - timedelta(days=9) < p.when < night - timedelta(hours=7)
        ]
        if new:
            slip = timedelta(days=1)
            yield replace(new[0], misdated=new[0].when - slip, corrected=night + timedelta(hours=20))


def _schedule(source: Random, posts: Sequence[Post]) -> Iterator[Post]:
    """Posts that are up, with their day to come, some days before it."""
    honest = [post for post in posts if not post.cheat]
    for post in source.sample(honest, len(honest) // 4):
        yield replace(post, appear=post.when - timedelta(days=source.choice((2, 3, 6)), hours=3))


def _recategorise(source: Random, posts: Sequence[Post], nights: tuple[datetime, ...]) -> Iterator[Post]:
    """Posts of the last weeks that the office puts into its other section."""
    for night in source.sample(nights[2:9], 3):
        moment = night - timedelta(hours=5)
        up = [post for post in posts if not post.cheat and post.when < moment][:12]
        for post in source.sample(up, min(2, len(up))):
            other = "berita" if post.section == "pengumuman" else "pengumuman"
            yield replace(post, category=other, recategorised=moment)


def _nights(source: Random, start: datetime) -> list[datetime]:
    days = sorted({1, SPAN, *source.sample(range(2, SPAN), NIGHTS - 3)})
    return [start + timedelta(days=day) for day in days]


def _moments(plan: Plan, since: datetime, nights: tuple[datetime, ...]) -> list[datetime]:
    """Days of publication, falling from the last night to well before the semester."""
    source = plan.random("rhythm")
    rhythm, moment = plan["rhythm"], nights[-1] - timedelta(days=1)
    if rhythm == "dead":
        moment = since + timedelta(days=source.randrange(-30, 20))
    before = source.choice((0, 3, 12)) if plan["listed"] != "day_month" else 3
    moments: list[datetime] = []
    while len(moments) < 90 and before >= 0:
        many = source.choice((2, 3)) if rhythm in {"bursts", "batch"} and source.random() < 0.4 else 1
        moments.extend(_hour(source, moment, batch=rhythm == "batch") for _ in range(many))
        before -= many if moment < since else 0
        moment -= timedelta(days=_gap(source, rhythm))
    return sorted(set(moments), reverse=True)


def _gap(source: Random, rhythm: str) -> int:
    match rhythm:
        case "daily":
            return source.choice((1, 1, 2, 2, 3))
        case "sparse":
            return source.randrange(5, 24)
        case "bursts":
            return source.choice((1, 3, 9, 16))
        case "batch":
            return source.choice((4, 9, 12))
        case _:
            return source.randrange(2, 8)


def _round_midnight(source: Random, moment: datetime) -> datetime:
    """The moment that a program without hours stores, or one of the minutes around it."""
    clock = source.choice(((0, 0, 0), (0, 0, 0), (0, 12, 40), (23, 50, 5)))
    return moment.replace(hour=clock[0], minute=clock[1], second=clock[2])


def _hour(source: Random, day: datetime, *, batch: bool) -> datetime:
    hour = 9 if batch else source.choices((9, 11, 14, 16, 19, 21, 6, 5, 0), (4, 4, 4, 3, 2, 2, 2, 1, 1))[0]
    minute = source.randrange(20) if batch else source.randrange(60)
    return day.replace(hour=hour, minute=minute, second=source.randrange(60), microsecond=0)


def _publish(plan: Plan, zone: ZoneInfo, since: datetime, nights: tuple[datetime, ...]) -> Iterator[Post]:
    source = plan.random("text")
    moments = [m.astimezone(zone) for m in _moments(plan, since, nights) if m < nights[-1]]
    if plan["hours"] == "midnight":
        clock = plan.random("midnight")
        moments = sorted({_round_midnight(clock, moment) for moment in moments}, reverse=True)
    number, taken = 900 + source.randrange(400), set[str]()
    weekly = _find_weekly(plan, moments)
    for moment in moments:
        number -= source.choice((1, 1, 1, 2, 5))
        title = _title(plan, source, moment.date(), taken)
        title = weekly.get(moment, title)
        first = excerpt(source, title, moment.date(), datelines=plan["text"] == "datelines")
        if plan["letters"] == "edaran" and number % 3 == 0:
            first = letter(title, moment.date())
        second = plan["sections"] == "two" and source.random() < 0.3
        yield Post(
            number,
            title,
            moment,
            moment,
            paragraphs(source, first),
            section="pengumuman" if second else "berita",
            readers=source.randrange(20, 900),
            begun=moment - timedelta(days=source.choice((0, 0, 1, 6, 17)), hours=source.randrange(5)),
        )


def _find_weekly(plan: Plan, moments: Sequence[datetime]) -> dict[datetime, str]:
    """Posts that bear one title every week or two, as an office reports on its Monday."""
    title, found = weekly_title(plan.random("weekly")), dict[datetime, str]()
    for moment in moments if plan["weekly"] == "apel" else ():
        if not found or min(found) - moment > timedelta(days=5):
            found[moment] = title
    return found


def _count_titles(posts: Sequence[Post]) -> list[Post]:
    """Let each of several posts of one title know which it is: its address has that number."""
    seen: Counter[str] = Counter()
    counted: list[Post] = []
    for post in reversed(posts):
        seen[post.title] += 1
        counted.append(replace(post, nth=seen[post.title]))
    return counted[::-1]


def _title(plan: Plan, source: Random, day: date, taken: set[str]) -> str:
    while True:
        if plan["titles"] == "events" and source.random() < 0.5:
            title = event_title(source, day)
        elif plan["titles"] == "formulaic" and source.random() < 0.7:
            title = formulaic_title(source)
        else:
            title = plain_title(source)
        if title not in taken:
            taken.add(title)
            return title


def _change(plan: Plan, posts: list[Post], nights: tuple[datetime, ...]) -> list[Post]:
    """What is edited, renamed, back-dated or withdrawn while the nights go by."""
    source, old = plan.random("change"), [p for p in posts if p.when < nights[0]]
    chosen = source.sample(old[:14], min(3, len(old[:14])))
    changed: dict[int, Post] = {}
    taken = {post.title for post in posts}
    for post in chosen if plan["change"] in {"edited", "renamed", "reslugged"} else ():
        moment = _between(source, nights)
        done = replace(post, edited=moment)
        if plan["change"] != "edited":
            named = _new_title(source, taken)
            done = replace(done, retitled=moment, second=named, reslugged=plan["change"] == "reslugged")
        changed[post.number] = done
    posts = [changed.get(post.number, post) for post in posts]
    if plan["office"] == "withdrawing":
        posts = _withdraw(source, posts, nights)
    elif plan["office"] in {"back_dating", "copying"}:
        posts = _slip_in(plan, source, posts, nights)
    return posts


def _new_title(source: Random, taken: set[str]) -> str:
    """A title that no other post bears: neither a corrected slug nor what is slipped in has its address."""
    while (title := plain_title(source)) in taken:
        pass
    taken.add(title)
    return title


def _between(source: Random, nights: tuple[datetime, ...]) -> datetime:
    return source.choice(nights[1:8]) - timedelta(hours=9)


def _withdraw(source: Random, posts: list[Post], nights: tuple[datetime, ...]) -> list[Post]:
    since = nights[0] - timedelta(days=20)
    candidates = [p.number for p in posts if since < p.when < nights[2] - timedelta(days=1)]
    gone = dict.fromkeys(source.sample(candidates, min(2, len(candidates))))
    moment = source.choice(nights[3:6]) - timedelta(hours=8)
    return [
        replace(p, gone=moment, cheat="withdrawn") if p.number in gone and p.when < moment else p
        for p in posts
    ]


def _slip_in(plan: Plan, source: Random, posts: list[Post], nights: tuple[datetime, ...]) -> list[Post]:
    """New posts of a night: put on days long gone, or taken word for word from another office."""
    top, made = max((p.number for p in posts), default=900), []
    taken = {title for post in posts for title in (post.title, post.second)}
    for i, night in enumerate(source.sample(nights[3:9], 3)):
        appear = night - timedelta(hours=10)
        title = _new_title(source, taken)
        if plan["office"] == "back_dating":
            when = _hour(source, night - timedelta(days=source.randrange(13, 26)), batch=False)
            cheat = "back-dated"
        else:
            when, cheat, title = appear, "copied", f"{title} Bersama Mahasiswa"
        text = paragraphs(source, excerpt(source, title, when.date(), datelines=plan["text"] == "datelines"))
        made.append(Post(top + 1 + i, title, when, appear, text, readers=11 + i, begun=when, cheat=cheat))
    return sorted([*posts, *made], key=lambda post: post.when, reverse=True)
