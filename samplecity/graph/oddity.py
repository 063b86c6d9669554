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
    ADDRESSES_WANDER = "every second night some posts come without their address"
