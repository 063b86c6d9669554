"""Posts without a day: between which looks they came, alike on both engines, in the rows and in a seal."""

from dataclasses import replace
from datetime import date
from typing import Any

from activity.agency import Agency, Channel
from activity.arrival import Arrival
from activity.outcome import Outcome
from activity.post import Precision
from activity.ranking import ActivityRow
from activity.semester import Semester
from activity.visit import Harvest
from db.semester.activity import load_activity
from db.semester.sealed import load_sealed_posts
from scoring.seal.contents import FORMAT, Contents, SealHead, seal_nights
from scoring.seal.recount import recount_rows

SEMESTER = Semester(2026, 1)
LAST = date(2026, 6, 30)
AGENCY = Agency("kuin", "Kelurahan Kuin", "kelurahan")


def row_of(office: Any, last: date = LAST) -> ActivityRow:
    """The website's row, which a seal must count alike."""
    rows = load_activity(office.engine, SEMESTER, last, office.zone)
    head = SealHead(FORMAT, "2026-S1", 1, None, last, office.zone.key, office.evening(last), "Ketua", "", "0")
    posts = tuple(load_sealed_posts(office.engine, SEMESTER, last, office.zone))
    contents = Contents(head, "", (AGENCY,), (), posts, seal_nights(rows), (), (), (), None)
    assert set(recount_rows(contents)) == set(rows)
    (row,) = (row for row in rows if row.channel is Channel.WEBSITE)
    return row


def test_each_came_between_the_looks_around_it(office: Any) -> None:
    office.register(date(2026, 1, 1), AGENCY, website="https://lama.id/")
    office.crawl(date(2026, 1, 5), office.looked(office.post("/lama")))
    office.crawl(date(2026, 1, 9), Harvest(Outcome.UNREACHABLE, ()))
    office.crawl(date(2026, 1, 12), office.looked(office.post("/lama"), office.post("/baru")))
    assert row_of(office).arrivals == (
        Arrival("/lama", date(2026, 1, 5), None),
        Arrival("/baru", date(2026, 1, 12), date(2026, 1, 5)),
    )


def test_one_that_gets_its_day_or_names_a_time_long_past_says_nothing(office: Any) -> None:
    office.register(date(2026, 1, 1), AGENCY, website="https://lama.id/")
    office.crawl(date(2026, 1, 5), office.looked(office.post("/ada", date(2026, 1, 4))))
    old = office.post("/tua", date(2024, 5, 1), Precision.MONTH)
    month = office.post("/bulan", date(2026, 1, 15), Precision.MONTH)
    office.crawl(date(2026, 1, 20), office.looked(office.post("/nanti"), old, month))
    assert [each.key for each in row_of(office).arrivals] == ["/bulan", "/nanti"]
    office.crawl(date(2026, 1, 21), office.looked(office.post("/nanti", date(2026, 1, 18)), old, month))
    assert [each.key for each in row_of(office).arrivals] == ["/bulan"]


def test_copies_under_a_new_address_came_when_the_first_of_them_did(office: Any) -> None:
    office.register(date(2026, 1, 1), AGENCY, website="https://lama.id/")
    office.crawl(date(2026, 2, 1), office.looked(office.post("/a", date(2026, 1, 30))))
    office.crawl(date(2026, 2, 2), office.looked(office.post("/b")))
    office.register(date(2026, 3, 1), AGENCY, website="https://baru.id/")
    office.crawl(date(2026, 7, 2), office.looked(office.post("/b"), office.post("/c")))
    came = Arrival("/b", date(2026, 2, 2), date(2026, 2, 1))
    assert row_of(office).arrivals == (came,)


def test_of_those_from_before_the_semester_the_newest_that_was_watched(office: Any) -> None:
    office.register(date(2025, 11, 1), AGENCY, website="https://lama.id/")
    office.crawl(date(2025, 11, 1), office.looked(office.post("/a")))
    office.crawl(date(2025, 12, 1), office.looked(office.post("/b")))
    office.crawl(date(2025, 12, 20), office.looked(office.post("/c")))
    office.crawl(date(2026, 1, 2), office.looked())
    row = row_of(office, date(2026, 1, 31))
    assert row.arrivals == (Arrival("/c", date(2025, 12, 20), date(2025, 12, 1)),)
    assert row.undated == 0


def test_a_withdrawn_one_came_all_the_same(office: Any) -> None:
    office.register(date(2026, 1, 1), AGENCY, website="https://lama.id/")
    office.crawl(date(2026, 1, 5), office.looked(office.post("/ada", date(2026, 1, 4))))
    office.crawl(date(2026, 1, 6), office.looked(office.post("/b")))
    office.crawl(date(2026, 1, 7), replace(office.looked(), deleted=("/b",)))
    assert row_of(office).arrivals == (Arrival("/b", date(2026, 1, 6), date(2026, 1, 5)),)
