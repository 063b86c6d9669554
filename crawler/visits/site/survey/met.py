"""A post as one visit met it, and the keys under which it goes."""

from dataclasses import dataclass

from activity.post import Post, PostDate

__all__ = ["MetPost", "Names"]


@dataclass(slots=True)
class MetPost:
    """A post as it was first met, and every claim of its date, in the order in which they came."""

    post: Post
    claims: list[PostDate]


class Names:
    """Keys that turned out to be other posts', and those that stand for them.

    >>> names = Names()
    >>> names.lead("/en/12", "/berita/12")
    >>> names.lead("/berita/12", "/kabar/12")
    >>> names.standing("/en/12")
    '/kabar/12'
    """

    def __init__(self) -> None:
        self._led: dict[str, str] = {}

    def lead(self, old: str, key: str) -> None:
        """Let one key lead to another, which stands from now on."""
        # What stands leads nowhere, so that no two keys lead to each other.
        self._led.pop(key, None)
        if old != key:
            self._led[old] = key

    def standing(self, key: str) -> str:
        """Give the key that stands for a post."""
        while key in self._led:
            key = self._led[key]
        return key
