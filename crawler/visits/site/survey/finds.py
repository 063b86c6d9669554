"""What one visit has found: posts with all that is claimed of their dates. One writer: `Finds`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, Self

from activity.post import Post, PostDate
from activity.visit import Alias, KnownPost, Target, find_before
from crawler.discover.shape import Shape, is_never_post, shape_of, stated_before
from crawler.extract.spam import is_spam_title
from crawler.visits.site.survey.candidate import Candidate, pick_later
from crawler.visits.site.survey.met import MetPost, Names
from crawler.visits.site.survey.weigh import drop_ahead, find_latest, is_clock_ahead, weigh_claims

__all__ = ["Finds"]

# A city's portal that publishes thirty times a day comes to six thousand in a semester; more is a trap.
MOST_POSTS: Final = 20_000
MOST_WAITING: Final = 100_000


class Finds:
    """The posts that a visit has met, each by its key.

    Attributes:
        known, stored: keys of the posts that the database holds, as they stand tonight, and what it holds.
        posts: admitted ones, in the order found, each with the date that all its claims give.
        met: keys that need nothing more: older than the window, or known and without a date here.
        waiting: candidates whose own pages are still to be read, in the order found.
        rejected: keys of addresses that are no posts.
        beyond: how many were not taken in, since a visit takes no more.
        settled: keys that need no reading again on later nights either.
        shapes: of the addresses of posts.
        spam: injected posts, as lines of evidence.
        before: the newest post met from before the window.
        aliases: other keys under which posts that were met are stored.
        dated: how many dates were found.
        missing: keys of known posts that no list showed, and whose own pages have not yet settled it.
        deleted: keys of those whose own address has answered *gone* on two nights.
        to_come: whether anything is shown under a day that has not come: it is read again unchanged.
    """

    def __init__(self, target: Target, key: Callable[[str], str], note: Callable[[str, str], None]) -> None:
        self._target, self._key, self._note = target, key, note
        self._records: dict[str, MetPost] = {}
        self._refuted: frozenset[str] = frozenset()
        self._names = Names()
        self.known: frozenset[str] = target.known
        self.stored: Mapping[str, KnownPost] = target.stored
        self.posts: dict[str, Post] = {}
        self.met, self.rejected = set[str](), set[str]()
        self.waiting: dict[str, Candidate] = {}
        self.settled: dict[str, None] = {}
        self.shapes: set[Shape] = set()
        self.spam = list[str]()
        self.before: Post | None = None
        self._passed: Candidate | None = None
        self.aliases: dict[str, Alias] = {}
        self.dated = self.beyond = 0
        self.missing, self.deleted = frozenset[str](), tuple[str, ...]()
        self.to_come = False

    def is_old(self, date: PostDate | None) -> bool:
        """Tell whether a post certainly lies before the window."""
        return date is not None and find_latest(date) < self._target.window.since

    def seen(self, key: str) -> bool:
        """Tell whether this visit has met a post already."""
        return key in self.posts or key in self.met or key in self.rejected or key in self.waiting

    def claims(self) -> Iterator[tuple[str, tuple[PostDate, ...]]]:
        """Give every post's key with all that is claimed of its date."""
        for key, record in self._records.items():
            yield key, tuple(record.claims)

    def claims_of(self, key: str) -> tuple[PostDate, ...]:
        """Give all that is claimed of one post's date."""
        return tuple(record.claims) if (record := self._records.get(key)) is not None else ()

    def edge(self, reach: timedelta) -> tuple[Post, ...]:
        """Give the posts that are said to be from shortly before the window, in the order found."""
        since = self._target.window.since
        dated = [(self.date_of(key), key) for key in self._records if key in self.met]
        return tuple(
            replace(self._records[key].post, date=date)
            for date, key in dated
            if date is not None and since - reach <= date.at < since
        )

    def date_of(self, key: str) -> PostDate | None:
        """Give a post's date by all its claims, also where it lies before the window."""
        post = self.posts.get(key)
        if post is not None:
            return post.date
        record = self._records.get(key)
        if record is None:
            return waiting.date if (waiting := self.waiting.get(key)) is not None else None
        return self._weigh(record)

    def is_told(self, key: str) -> bool:
        """Tell whether this visit knows a post's date already."""
        return key not in self.waiting and self.date_of(key) is not None

    def standing_key(self, key: str) -> str:
        """Give the key that stands for a post tonight."""
        return self._names.standing(key)

    def may_be_post(self, key: str) -> bool:
        """Tell whether an address is a post, or of the shape of posts and not yet read."""
        if key in self.rejected:
            return False
        waiting = self.waiting.get(key)
        if waiting is not None:
            return waiting.date is not None or shape_of(waiting.url) in self.shapes
        return key in self.posts or key in self.met or key in self.known

    def miss(self, keys: Iterable[str], deleted: Iterable[str]) -> None:
        """Note known posts that no list showed, and those of them that are certainly deleted."""
        self.missing, self.deleted = frozenset(keys), tuple(dict.fromkeys([*self.deleted, *deleted]))

    def take_over(self, earlier: Self) -> None:
        """Keep what an earlier start of the same visit settled of stored posts: names and deletions."""
        for alias in earlier.aliases.values():
            self.rename_known({alias.old: alias.key}, alias.why)
            self._names.lead(alias.old, alias.key)
        self.deleted = earlier.deleted

    def admit(self, post: Post) -> bool:
        """Take a post in, or set it apart; True when this visit meets it for the first time.

        A list that is read late may show an address that is known as another's (the awkward site 3501427).
        """
        post = replace(post, key=self.standing_key(post.key))
        fresh = not self.seen(post.key)
        if len(self._records) >= MOST_POSTS and post.key not in self._records:
            self.beyond += 1
            return False
        self.dated += post.date is not None and post.key not in self.posts and post.key not in self.met
        record = self._records.setdefault(post.key, MetPost(post, []))
        if not record.post.title and post.title:
            record.post = replace(record.post, title=post.title)
        if post.date is not None and all(post.date.evidence != each.evidence for each in record.claims):
            record.claims.append(post.date)
        self._place(record, fresh=fresh)
        self.shapes.add(shape_of(post.url))
        return fresh

    def admit_listed(self, posts: Iterable[Post]) -> int:
        """Take in what a feed or an API lists; posts without a date wait for their article.

        Returns how many of them this visit had not met before.
        """
        fresh = 0
        for post in posts:
            if post.date is None and post.key not in self.known and not self.seen(post.key):
                self.wait(Candidate(post.url, post.title, key=post.key))
                fresh += 1
            elif post.date is None:
                self.met.add(post.key)
            else:
                fresh += self.admit(post) and post.key not in self.known
        return fresh

    def wait(self, candidate: Candidate) -> None:
        """Queue an address for reading, unless it is known, met or certainly no post.

        What waits already, named by a sitemap for instance, learns what a list tells of it.
        """
        key = candidate.key or self._key(candidate.url)
        if key in self.waiting:
            self.waiting[key] = self.waiting[key].joined(candidate)
            return
        if len(self.waiting) >= MOST_WAITING:
            self.beyond += 1
            return
        if key in self.known or self.seen(key):
            return
        if is_never_post(candidate.url):
            self.reject(candidate.url, "its address is not a post's")
            return
        if stated_before(candidate.url, self._target.window.since.astimezone(self._target.zone)):
            self.met.add(key)
            self._passed = pick_later(self._passed, candidate)
            return
        self.waiting[key] = candidate

    def wait_for_before(self) -> None:
        """Queue the newest post that its address tells to be old, where no post of that age was read."""
        if self.before is None and self._passed is not None:
            key = self._passed.key or self._key(self._passed.url)
            self.met.discard(key)
            self.waiting[key] = self._passed

    def take_waiting(self, key: str) -> Candidate | None:
        """Take one candidate off the queue."""
        return self.waiting.pop(key, None)

    def put(self, post: Post) -> None:
        """Let one date stand for a post, whatever was claimed before."""
        record = self._records[post.key] = MetPost(post, [] if post.date is None else [post.date])
        self._place(record, fresh=False)

    def retitle(self, key: str, title: str) -> None:
        """Call a post by its whole title, where a list cut it."""
        self._records[key].post = replace(self._records[key].post, title=title)
        self.posts[key] = replace(self.posts[key], title=title)

    def forget(self, key: str) -> None:
        """Drop a post, so that it can be admitted anew."""
        self._records.pop(key, None)
        self.posts.pop(key, None)
        self.rejected.discard(key)
        self.settled.pop(key, None)
        self.met.discard(key)
        if self.before is not None and self.before.key == key:
            self._forget_before(frozenset({key}))

    def refute(self, witnesses: frozenset[str]) -> int:
        """Believe these witnesses no more; posts that only they dated wait for their own pages.

        Returns how many posts that concerns.
        """
        self._refuted |= witnesses
        concerned = 0
        for key, record in self._records.items():
            before = weigh_claims(record.claims, self._refuted - witnesses, self._target.zone)
            after = weigh_claims(record.claims, self._refuted, self._target.zone)
            if before == after or key in self.rejected:
                continue
            concerned += 1
            self.met.discard(key)
            self.posts.pop(key, None)
            self._place(record, fresh=False)
        self._forget_before(witnesses)
        return concerned

    def leave_undated(self, candidate: Candidate) -> None:
        """Keep a post of which nothing trustworthy tells the day."""
        key = candidate.key or self._key(candidate.url)
        record = self._records.get(key)
        if record is not None and key not in self.met:
            self.waiting.pop(key, None)
            self.posts[key] = replace(record.post, date=None)

    def settle(self, key: str) -> None:
        """Settle that this address is never read again: it is no post, or an old one."""
        self.settled[key] = None
        self.met.add(key)

    def settle_waiting(self, keys: Iterable[str]) -> None:
        """Settle what waits under these keys: it is older than the window."""
        for key in list(keys):
            self.waiting.pop(key, None)
            self.settle(key)

    def reject(self, url: str, why: str, key: str | None = None) -> None:
        """Leave an address out, with the reason."""
        key = key or self._key(url)
        self.waiting.pop(key, None)
        if key not in self.rejected:
            self.rejected.add(key)
            self._note("left out", f"{url}: {why}")

    def await_day(self, url: str, key: str) -> None:
        """Leave a post out whose day has not come; on that day it counts."""
        self.to_come = True
        self.posts.pop(key, None)
        self.reject(url, "its day has not come", key)

    def meet(self, key: str) -> None:
        """Note that a known post was shown tonight."""
        self.met.add(key)

    def rename(self, old: str, key: str, why: str) -> None:
        """Let one post have one key: what is known or waits under `old` is the post `key`."""
        if old == key:
            return
        waited = self.waiting.pop(old, None)
        if waited is not None and not self.seen(key):
            self.waiting[key] = replace(waited, key=None)
        record = self._records.pop(old, None)
        self.posts.pop(old, None)
        self.met.add(old)
        self._names.lead(old, key)
        if old in self.known:
            self.rename_known({old: key}, why)
        self._note("same post", f"{old} is {key}: {why}")
        if record is not None:
            # Of an item that shares its address and a page of its own the page stands (2110904).
            page = self.stored.get(key) if "#" in old and "#" not in key else None
            post = replace(record.post, key=key, url=page.url if page else record.post.url)
            for date in (None, *record.claims):
                self.admit(replace(post, date=date))

    def rename_known(self, names: Mapping[str, str], why: str) -> None:
        """Let posts that are stored under other keys be known by those that stand from now on."""
        changed = {old: key for old, key in names.items() if old in self.known and old != key}
        self.aliases |= {old: Alias(old, key, why) for old, key in changed.items()}
        self.known = frozenset(changed.get(key, key) for key in self.known)
        moved = {key: self.stored[old] for old, key in changed.items() if old in self.stored}
        self.stored = moved | {key: known for key, known in self.stored.items() if key not in changed}

    def _place(self, record: MetPost, *, fresh: bool) -> None:
        date = self._weigh(record)
        post = replace(record.post, date=date)
        if is_spam_title(post.title, post.url):
            self.posts.pop(post.key, None)
            self.reject(post.url, "advertises gambling", post.key)
            if fresh:
                self.spam.append(f"{post.title or post.url} ({post.url})")
        elif date is not None and date.at > self._target.window.now:
            if is_clock_ahead(date, self._target.window.now):
                # It is up already: the clock that its page states is not the one that it names.
                self.posts[post.key] = replace(post, date=None)
            else:
                self.await_day(post.url, post.key)
        elif self.is_old(date):
            self.met.add(post.key)
            self.posts.pop(post.key, None)
            self.waiting.pop(post.key, None)
            self.before = find_before([post, *([self.before] if self.before else [])], self._target.window)
        elif date is None and record.claims:
            self._ask_page(post)
        else:
            self.posts[post.key] = post
            self.waiting.pop(post.key, None)

    def _weigh(self, record: MetPost) -> PostDate | None:
        claims = drop_ahead(record.claims, self._target.window.now)
        return weigh_claims(claims, self._refuted, self._target.zone)

    def _ask_page(self, post: Post) -> None:
        """Only refuted witnesses date it: its own page must, unless an earlier night has settled that."""
        self.posts.pop(post.key, None)
        if post.key in self.known:
            self.met.add(post.key)
        else:
            self.waiting.setdefault(post.key, Candidate(post.url, post.title, key=post.key))

    def _forget_before(self, witnesses: frozenset[str]) -> None:
        """The newest post from before the window may have been one of those that are believed no more."""
        if self.before is None or not witnesses:
            return
        self.before = None
        for key in [key for key in self._records if key in self.met]:
            self._place(self._records[key], fresh=False)
