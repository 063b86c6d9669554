"""All cases by name."""

from tests.cases.websites.day_and_month_only import DayAndMonthOnly
from tests.cases.websites.feed_build_dates import FeedBuildDates, FeedBuildDatesNights
from tests.cases.websites.feed_contradicts_pages import FeedContradictsPages
from tests.cases.websites.feed_shared_link import FeedSharedLink
from tests.cases.websites.guards import Alphabet, LangQuery, LastAgain, NoDates, Plain, RebuiltAtom
from tests.cases.websites.json_in_attribute import JsonInAttribute
from tests.cases.websites.list_by_any_name import ListByAnyName
from tests.cases.websites.list_one_date import ListOneDate
from tests.cases.websites.local_clock_called_utc import LocalClockCalledUtc
from tests.cases.websites.posts_are_files import PostsAreFiles
from tests.cases.websites.query_changes_nightly import QueryChangesNightly
from tests.cases.websites.repeated_page import RepeatedPage
from tests.cases.websites.state_of_home_only import StateOfHomeOnly
from tests.cases.websites.teaser_agenda import TeaserAgenda
from tests.cases.websites.teaser_dates import TeaserRelative, TeaserTable, TeaserWordpress
from tests.cases.websites.translations import Translations
from tests.cases.websites.two_addresses import TwoAddresses
from tests.cases.websites.unsorted_list import UnsortedList
from tests.cases.websites.website import Website
from tests.cases.websites.welcome_by_script import WelcomeByScript

__all__ = ["CASES"]

_ALL: tuple[type[Website], ...] = (
    DayAndMonthOnly,
    FeedBuildDates,
    FeedBuildDatesNights,
    FeedContradictsPages,
    FeedSharedLink,
    JsonInAttribute,
    ListByAnyName,
    ListOneDate,
    LocalClockCalledUtc,
    PostsAreFiles,
    QueryChangesNightly,
    RepeatedPage,
    StateOfHomeOnly,
    TeaserAgenda,
    TeaserRelative,
    TeaserTable,
    TeaserWordpress,
    Translations,
    TwoAddresses,
    UnsortedList,
    WelcomeByScript,
    Alphabet,
    LangQuery,
    LastAgain,
    NoDates,
    Plain,
    RebuiltAtom,
)
CASES = {case.name: case for case in _ALL}
