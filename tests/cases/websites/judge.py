"""What came out of a case beside its truth."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["Found", "Verdict", "compare"]

# A title as it was read, the day as ISO text or None, the address.
Found = tuple[str, str | None, str]


@dataclass
class Verdict:
    """What a case came to, each list in words that a person can check.

    Attributes:
        wrong: posts that are none of the site's, or none of the window's.
    """

    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    other_day: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    @property
    def complaints(self) -> dict[str, list[str]]:
        """What is not as it should be; empty where every post was found once, on its day, and no other."""
        return {name: said for name, said in vars(self).items() if said}


def compare(posts: Iterable[Found], truth: Mapping[str, str]) -> Verdict:
    """Hold the posts that were read against the day of each title."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for title, day, url in posts:
        found[_plain(title)].append((day or "no day", url))
    verdict = Verdict()
    for title, day in truth.items():
        said = found.pop(_find(_plain(title), found), [])
        if not said:
            verdict.missing.append(f"{title}: {day}")
            continue
        if all(told != day for told, _ in said):
            verdict.other_day.append(f"{title}: {day}, read as {said[0][0]}")
        if len(said) > 1:
            verdict.twice.append(f"{title}: {' and '.join(url for _, url in said)}")
    verdict.wrong = [f"{title}: {day}, {url}" for title, said in found.items() for day, url in said]
    return verdict


def _find(title: str, found: Iterable[str]) -> str:
    """The same title, or one cut short, or one with something behind it."""
    if title in found:
        return title
    return next((k for k in found if len(k) > 15 and (title.startswith(k) or k.startswith(title))), title)


def _plain(text: str | None) -> str:
    """A title without case, punctuation and entities."""
    return re.sub(r"\W+", " ", html.unescape(text or "")).strip().lower()
