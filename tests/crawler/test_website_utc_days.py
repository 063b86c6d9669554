"""Pages that print the day of UTC, and a list that tells when each was last changed (Redmine's documents)."""

from datetime import UTC, datetime, timedelta

from activity.agency import Account, Channel
from activity.testing import drive
from activity.visit import KnownPost, Memory, Page, Target, Window
from crawler.visits.site.website import visit
from testkit.zone import MAKASSAR as ZONE

NOW = datetime(2026, 3, 27, 23, 30, tzinfo=ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=ZONE)
HOME = "https://contoh.go.id/"
TEXT = "<p>Warga kelurahan membersihkan drainase sejak pagi bersama perangkat kantor.</p>" * 4
HOURS = (14, 21, 10, 23, 1, 7)
MOMENTS = [SINCE.replace(hour=HOURS[n % 6]) + timedelta(days=5 * n - 20) for n in range(20)]


class Office:
    """Its documents, each with the moment of its publication and that of its last change."""

    def __init__(self, clock=UTC):
        self.clock, self.memory, self.stored, self.changed = clock, Memory(), {}, {}
        self.documents = {f"/dokumen/{100 + n}": at for n, at in enumerate(MOMENTS)}

    def show(self, path):
        at = self.documents.get(path)
        if at is not None:
            day = f"<p><em>Dokumentasi<br>{at.astimezone(self.clock):%d-%m-%Y}</em></p>"
            return (
                f"<html lang=id><body><h2>Laporan kerja bakti warga {path[-3:]}</h2>{day}{TEXT}</body></html>"
            )
        cards = "".join(
            f'<div class="item"><h4><a href="{own}">Laporan kerja bakti warga {own[-3:]}</a></h4>'
            f'<div class="updated_on"><em>{self.changed.get(own, moment):%d-%m-%Y %H:%M}</em></div></div>'
            for own, moment in reversed(self.documents.items())
        )
        return f"<html lang=id><body><h2>Dokumen</h2><main>{cards}</main></body></html>"

    def crawl(self, now):
        def answer(fetch):
            path = fetch.url.removeprefix(HOME.rstrip("/"))
            found = path == "/" or path in self.documents
            body = self.show(path).encode() if found else b""
            return Page(fetch, fetch.url, 200 if found else 404, now, {"content-type": "text/html"}, body)

        account = Account(1, "contoh", Channel.WEBSITE, HOME)
        window, known = Window(SINCE, now), frozenset(self.stored)
        target = Target(account, window, ZONE, known=known, stored=self.stored, memory=self.memory)
        harvest, _ = drive(visit(target), answer, now)
        self.memory = harvest.memory
        self.stored |= {
            post.key: KnownPost(post.url, post.title, post.date.at if post.date else None)
            for post in harvest.posts
        }
        found = {
            post.key: post.date.at.astimezone(ZONE).date() if post.date else None for post in harvest.posts
        }
        return {key: day for key, day in found.items() if day is None or day >= SINCE.date()}

    def tell(self, path):
        """The day of a document by the office's clock, None where by that of UTC it is another."""
        at = self.documents[path]
        return at.date() if at.date() == at.astimezone(UTC).date() else None


def test_a_day_that_may_be_that_of_utc_dates_no_post():
    office = Office()
    due = {key: office.tell(key) for key, at in office.documents.items() if at >= SINCE}
    assert office.crawl(NOW) == due
    assert office.documents["/dokumen/104"].date() == SINCE.date()
    assert due["/dokumen/104"] is None
    assert list(due.values()).count(None) == 6

    # What was found holds for a post that is new on a later night.
    later = NOW + timedelta(days=1)
    office.documents["/dokumen/120"] = later.replace(hour=6)
    assert office.crawl(later) == {"/dokumen/120": None}
    office.documents["/dokumen/121"] = (later + timedelta(days=1)).replace(hour=10)
    assert office.crawl(later + timedelta(days=1)) == {"/dokumen/121": (later + timedelta(days=1)).date()}


def test_one_changed_on_a_later_day_is_of_the_day_that_its_page_tells_or_of_the_next():
    office = Office()
    office.changed["/dokumen/112"] = office.documents["/dokumen/112"] + timedelta(days=3)
    assert office.tell("/dokumen/112") is not None
    assert office.crawl(NOW)["/dokumen/112"] is None


def test_pages_that_print_the_citys_day_are_believed():
    office = Office(ZONE)
    office.changed["/dokumen/112"] = office.documents["/dokumen/112"] + timedelta(days=3)
    due = {key: at.date() for key, at in office.documents.items() if at >= SINCE}
    assert office.crawl(NOW) == due
