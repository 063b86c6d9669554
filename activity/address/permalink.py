"""From a post's public address to the key that it has in every source: API, export or saved page."""

import re

__all__ = ["facebook_key", "facebook_number", "instagram_key", "no_key"]

_INSTAGRAM = re.compile(r"instagram\.com/(?:[\w.]+/)?(?:p|reel|reels|tv)/([\w-]{5,40})")
_SHORTCODE = 11
_VIDEO = re.compile(r"/(?:reels?|videos)/(?:[^/?]+/)*(\d+)|/watch/?\?(?:.*&)?v=(\d+)")
_POST = re.compile(r"/posts/(?:[^/?]+/){0,6}(\d+)|[?&]story_fbid=(\d+)")


def instagram_key(address: str) -> str | None:
    """The shortcode in an Instagram address; None where there is none.

    The API's own number differs from the one that the shortcode writes, and no export holds it.
    Only the first eleven characters name the post; those of private accounts go on.

    >>> instagram_key("https://www.instagram.com/dinkes/reel/CSr71Gzlqo4/?igsh=1")
    'CSr71Gzlqo4'
    """
    match = _INSTAGRAM.search(address)
    return match[1][:_SHORTCODE] if match else None


def facebook_key(identity: str, address: str) -> str:
    """A reel's or video's number where the address is one's, else the second half of `page_post`.

    >>> facebook_key("77_5", "https://www.facebook.com/77/posts/5"), facebook_key("77_5", "/reel/900/")
    ('5', '900')
    """
    match = _VIDEO.search(address)
    return (match[1] or match[2]) if match else identity.rpartition("_")[2]


def facebook_number(address: str) -> str | None:
    """The number that an address itself holds; None for a photo's, or one with an opaque `pfbid…`.

    >>> facebook_number("https://www.facebook.com/permalink.php?story_fbid=5&id=77")
    '5'
    """
    match = _VIDEO.search(address) or _POST.search(address)
    return (match[1] or match[2]) if match else None


def no_key(address: str) -> None:
    """Of a website's post: which of its addresses is its key depends on the site."""
