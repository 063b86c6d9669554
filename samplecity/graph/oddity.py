"""What an account can be told to do that real ones do now and then."""

from enum import StrEnum

__all__ = ["Oddity"]


class Oddity(StrEnum):
    """One account's odd behaviour, ordered by `GraphApi.play`."""

    PRIVATE = "gone private, or taken back"
    EMPTY_PAGE = "the first page is empty and has a successor"
    SAME_CURSOR = "the cursor leads to the same page again"
    COLLABORATES = "every fifth post is another account's"
    NO_FIGURES = "a page that shows nobody its figures"
    SHOWS_NOTHING = "its list is empty, without an error"
    LEAVES_OUT_LIST = "its list is not in the answer"
    LEAVES_OUT_DATES = "its posts come without date and address"
    LEAVES_OUT_IDS = "its posts come without their ids"
    LEAVES_OUT_COUNTS = "it does not say how many posts and followers it has"
    SHOWS_FEW = "most of its newest posts are not shown, without an error"
    SHOWS_LAST_MONTH = "its list is a month old, and its count is of today"
    ADDRESSES_WANDER = "each night its posts come under another address, or under none"
    MERGED = "a page that became part of another"
