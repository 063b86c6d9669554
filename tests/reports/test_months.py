"""Months: counted as the rules say, and the same on pages, in the workbook and for a machine."""

import io
from dataclasses import replace
from datetime import date

import pytest
from lxml import html
from openpyxl import load_workbook

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.ranking import ActivityRow
from activity.result.hand_in import HandInState, judge_hand_in
from activity.result.month import find_month, line_up, list_months, sum_up
from activity.result.recap import recap_month
from activity.semester import Night, Semester
from reports.workbook import render_workbook

_S1 = Semester(2026, 1)
_OFFICE = Agency("dinkes", "Dinas Kesehatan", "skpd")
_SEEN, _UNSEEN, _NOT_DUE = Night.SEEN, Night.UNSEEN, Night.NOT_DUE


def _row(nights: dict[int, Night] | None = None, posts: dict[int, int] | None = None) -> ActivityRow:
    """A row of which every night is seen and no day has a post, but for those named."""
    count = len(_S1.days())
    return ActivityRow(
        _OFFICE,
        Channel.INSTAGRAM,
        "dinkes",
        tuple((posts or {}).get(n, 0) for n in range(count)),
        tuple((nights or {}).get(n, _SEEN) for n in range(count)),
    )


_JANUARY, _FEBRUARY, _MARCH = list_months(_S1, date(2026, 3, 1))


def test_months_are_whole_and_lie_beside_one_another():
    every = list_months(_S1, date(2026, 6, 30))
    assert [len(month.days) for month in every] == [31, 28, 31, 30, 31, 30]
    assert [n for month in every for n in month.days] == list(range(len(_S1.days())))
    assert _FEBRUARY.day(31) == date(2026, 2, 1)
    assert [len(m.days) for m in list_months(Semester(2026, 2), date(2026, 12, 31))][-1] == 31


def test_only_a_month_that_has_begun_can_be_asked_for():
    assert find_month([_JANUARY, _FEBRUARY], "2026-02") == _FEBRUARY
    with pytest.raises(ConfigError, match=r"nothing to show of 2026-03\. There are: 2026-01, 2026-02\."):
        find_month([_JANUARY, _FEBRUARY], "2026-03")
    with pytest.raises(ConfigError, match="of March"):
        find_month([_JANUARY], "March")


def test_a_month_is_counted_from_its_own_days():
    line = line_up(_row(posts={30: 5, 31: 2, 40: 1, 58: 4, 59: 7}), _FEBRUARY)
    assert (line.posts, line.active_days, line.longest_silence) == (7, 3, 17)
    assert (line.latest, line.unseen, line.due) == (date(2026, 2, 28), 0, 28)


def test_a_month_that_nobody_saw_is_no_zero():
    unseen = dict.fromkeys(_FEBRUARY.days, _UNSEEN)
    line = line_up(_row(unseen), _FEBRUARY)
    assert (line.posts, line.active_days, line.longest_silence, line.latest) == (None, None, None, None)
    assert (line.unseen, line.due) == (28, 28)
    found_later = line_up(_row(unseen, {35: 1}), _FEBRUARY)
    assert (found_later.posts, found_later.longest_silence, found_later.unseen) == (1, 0, 28)


def test_unseen_nights_are_no_silence_and_do_not_end_one():
    nights = dict.fromkeys(range(35, 45), _UNSEEN)
    assert line_up(_row(nights, {31: 1, 50: 1}), _FEBRUARY).longest_silence == 18 - 10


def test_who_does_not_exist_yet_is_neither_silent_nor_uncertain():
    rows = [
        _row(dict.fromkeys(range(100), _NOT_DUE)),
        _row(posts={5: 1}),
        _row(),
        _row({3: _UNSEEN}),
        _row(dict.fromkeys(_JANUARY.days, _UNSEEN)),
    ]
    whole = sum_up(_JANUARY, [line_up(row, _JANUARY) for row in rows])
    assert (whole.accounts, whole.posts) == (4, 1)
    assert (whole.posted, whole.silent, whole.uncertain) == (1, 1, 2)
    assert (whole.unseen, whole.due) == (32, 4 * 31)
    nobody = sum_up(_JANUARY, [line_up(rows[-1], _JANUARY)])
    assert nobody.posts is None


@pytest.mark.parametrize(
    ("files", "unseen", "state", "covered"),
    [
        ([], True, HandInState.NOTHING, 0),
        ([], False, HandInState.NOT_NEEDED, 0),
        ([(date(2026, 1, 1), date(2026, 3, 31))], True, HandInState.WHOLE, 28),
        ([(date(2026, 2, 1), date(2026, 2, 28))], False, HandInState.WHOLE, 28),
        ([(date(2026, 2, 1), date(2026, 2, 14)), (date(2026, 2, 15), date(2026, 2, 28))], True,
         HandInState.WHOLE, 28),
        ([(date(2026, 1, 5), date(2026, 2, 10))], True, HandInState.PART, 10),
        ([(None, date(2026, 2, 10))], True, HandInState.PART, 0),
        ([(date(2026, 1, 1), date(2026, 1, 31)), (None, date(2026, 3, 1))], True, HandInState.NOTHING, 0),
    ],
)  # fmt: skip
def test_a_month_is_handed_in_when_files_tell_of_every_night(files, unseen, state, covered):
    found = judge_hand_in(_row({40: _UNSEEN} if unseen else None), _FEBRUARY, files)
    assert (found.state, found.covered, found.due) == (state, covered, 28)


def test_pages_say_of_each_month_what_is_counted(view, pages):
    counted = 0
    for category in view.ranking.categories:
        rows = [r for r in view.rows if r.channel is category.channel and r.agency.level == category.level]
        for month in list_months(_S1, view.ranking.as_of):
            recap = recap_month(rows, month, {})
            path = f"bulanan/{month}/{category.channel.value}--{category.level}.html"
            page = html.fromstring(pages[path].decode())
            for line in recap.lines:
                shown = page.xpath(f'//tr[@id="{line.agency.slug}"]/td[1]/data/@value')
                assert shown == ([] if line.posts is None else [str(line.posts)]), (path, line.agency.slug)
                counted += 1
    assert counted == 6 * 6


def test_an_offices_page_says_the_same_of_it(view, pages):
    page = html.fromstring(pages["kantor/dinkes.html"].decode())
    row = next(row for row in view.rows if row.agency.slug == "dinkes")
    lines = [line_up(row, month) for month in list_months(_S1, view.ranking.as_of)]
    shown = page.xpath('//table[contains(@class, "months")]//td[1]/data/@value')
    assert [int(posts) for posts in shown] == [line.posts for line in lines]
    unseen = html.fromstring(pages["kantor/kel-x.html"].decode())
    assert not unseen.xpath('//table[contains(@class, "months")]//data')
    assert "semua" in unseen.xpath("string(//table[contains(@class, 'months')])")


def test_who_handed_in_nothing_stands_on_the_page(pages):
    said = " ".join(
        html.fromstring(pages["bulanan/2026-03/instagram--kelurahan.html"].decode()).text_content().split()
    )
    assert "Belum menyerahkan berkas 1" in said
    whole = " ".join(html.fromstring(pages["bulanan.html"].decode()).text_content().split())
    assert "Maret 2026" in whole
    assert "belum ada: 1" in whole


def test_the_workbook_says_the_same(city, view):
    book = load_workbook(io.BytesIO(render_workbook(city.ranking, city.rows)))
    head, *lines = book["Bulanan"].iter_rows(values_only=True)
    assert head[:5] == ("Bulan", "Perangkat daerah", "Tingkat", "Kanal", "Unggahan")
    expected = [
        (row.agency.name, line.posts, line.active_days, line.longest_silence, line.unseen)
        for month in list_months(_S1, view.ranking.as_of)
        for row in city.rows
        if row.address is not None
        for line in [line_up(row, month)]
    ]
    assert [(cells[1], *cells[4:7], cells[8]) for cells in lines] == expected


def test_a_file_that_was_handed_in_is_seen_in_the_workbook(city):
    row = replace(city.rows[-1], address="kel_x")
    files = {(row.agency.slug, row.channel): [(date(2026, 1, 1), date(2026, 1, 31))]}
    book = load_workbook(io.BytesIO(render_workbook(city.ranking, [row], files=files)))
    states = [cells[-1] for cells in book["Bulanan"].iter_rows(values_only=True, min_row=2)]
    assert states == ["lengkap", *["belum ada"] * 5]
