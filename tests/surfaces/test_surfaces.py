"""Surfaces of public templates on which a first visit once failed, and a handful that it must keep reading."""

import pytest

from tests.surfaces.faces.dressed import dressed_pages
from tests.surfaces.faces.leaves import leaves, tell
from tests.surfaces.faces.nights import courses, judge_course
from tests.surfaces.faces.onward import REPEATED
from tests.surfaces.faces.portals import portal_pages
from tests.surfaces.faces.strange import strange_pages
from tests.surfaces.faces.themes import theme_pages
from tests.surfaces.judge import judge
from tests.surfaces.kinds import SURFACES

FAILED_AT_FIRST = (
    "form: Maret, 14 2026 | counters",
    "form: slips of the months",
    "form: 12 Jan 26",
    "form: 05 Jan' 26",
    "form: Mon, 05-01-2026",
    "form: d/n/Y labelled",
    "day: the week of a month",
    "link: headline leads to one page, button to the post",
    "lay: the first is large",
    "lay: pages to choose from a box",
    "page: in a box at the side",
    "page: long ago, with the day behind",
    "silent page: a letter's signature alone",
    "silent page: the day of a register alone",
    "flat: day before, some without",
    "title: cut, whole in an attribute",
    "later: the first is large, bold",
    "later: three large ones in a slider, not in the list",
    "later: a box with labels in a list of terms",
    "later: silent page, table of a signature",
    "told: data-date of the card, in no words",
    "office: rows that open a window with the whole, link to it",
    "office: agenda, days of events alone",
    "program: Next, milliseconds in the state",
    "site: day and month only, figures with a slash",
    "site: posts in an attribute, Vue, :berita",
    "site: posts in an attribute, Livewire, a total in the state",
    "site: local clock called UTC in the list's time",
    "site: PPID, a table of files on Drive",
    "site: cards of files, Word",
    "site: page one for ever, infinite scroll",
    "site: nothing odd, fragments by htmx",
    "door: the second page is not there",
    "doing: news from Word, days in titles and tables",
    "doing: older posts by a year to choose",
    "build: Joomla, titles alone below the blog",
    "astray: a screen reader's word before each number",
    "astray: Baru and Lama",
    "astray: posts in an attribute, the pager beside it",
    "astray: five at home, a menu that calls the list Bacaan",
    "onward: a button loads earlier ones, the last page holds one card",
    "onward: lanjut in each card, a list that no word names",
    "onward: files, bold titles with small print",
    "onward: cards that are one link, no heading, no day",
    "onward: an English list without a language in its addresses",
    "onward: an English list below /en that is whole",
    "onward: the same of the newest alone, some of it at home",
    "astray: m/d/y, home's four may be either",
    "astray: cards that are one link and show the day of the event",
    "theme: SharePoint, arrows that only their hints name",
    "theme: Moodle, a title above and one button for all topics",
    "theme: Bootstrap, day and month in boxes before a counter",
    "theme: OpenSID, older ones by two words and a sign",
    "theme: a slug by another name, a menu in the state that calls /pers news",
    "theme: Wagtail's interface, slug and day among what is no content",
    "theme: Drupal's interface, each field a list of one value",
    "theme: a feed whose items lead to the list, two short titles",
    "theme: Lokomedia, all of it by the query of media.php",
    "theme: ages by months of thirty days, articles tell the day",
    "theme: Tailwind, cards that are one link, some called by two words and a day",
    "theme: five at home that fall by chance, of a list by readers far down in the address",
)
KEPT = (
    "link: onclick of the card",
    "link: all lead to #",
    "lay: cards and a table of the same posts",
    "beside: popular with days, list without",
    "flat: one heading of the day each",
    "said: raw UTC of a database",
    "claim: links to the developer's machine",
    "system: pages by __doPostBack",
    "told: data-date of the event, articles tell the posting",
    "told: Hijri before",
    "office: regulations, days of signing alone",
    "program: Atom by last edit, published beside, list without",
    "program: map of last edits, no day anywhere",
)


@pytest.mark.parametrize("name", [*FAILED_AT_FIRST, *KEPT])
def test_a_first_visit_reads_a_surface_as_it_is(name: str) -> None:
    surface = next(surface for surface in SURFACES if surface.name == name)
    assert judge(surface).failures == {}


def test_a_home_page_knows_no_more_than_the_list_it_shows_whose_pages_repeat() -> None:
    verdict = judge(REPEATED)
    assert (verdict.failures, verdict.claimed) == ({}, False)


def test_single_pages_tell_their_day_or_none() -> None:
    every = (*leaves(), *strange_pages(), *dressed_pages(), *theme_pages(), *portal_pages())
    assert {leaf.name: said for leaf in every if (said := tell(leaf))} == {}


def test_a_corrected_title_and_slug_accuse_nobody() -> None:
    course = next(c for c in courses() if c.name == "nights: a title is corrected, and the slug with it")
    assert judge_course(course) == {}
