"""Every word of the vocabulary has a name, and dates and numbers are written as each language does."""

from dataclasses import replace
from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from activity.agency import Channel
from activity.flag import FlagKind
from activity.jury import Stage
from activity.outcome import Outcome
from activity.ranking import Reason, Status, VacuumCause
from reports.messages import MESSAGES, reason_of, text, word
from reports.wording import Language, phrase_date, phrase_month, phrase_number


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("channel", Channel),
        ("status", Status),
        ("outcome", Outcome),
        ("reason", [r for r in Reason if r]),
        ("stage", Stage),
        ("flag", FlagKind),
        ("cause", VacuumCause),
    ],
)
def test_the_whole_vocabulary_has_words(kind, names):
    assert [name for name in names if f"{kind}.{name.value}" not in MESSAGES] == []


def test_an_unknown_level_keeps_its_own_name():
    assert word("level", "puskesmas", "id") == "puskesmas"


def test_an_unknown_key_is_a_mistake():
    with pytest.raises(KeyError):
        text("no such message")


def test_dates_as_the_committee_writes_them():
    assert phrase_date(date(2017, 8, 17), Language.ID) == "17 Agustus 2017"
    assert text("as_of", "en", day=date(2017, 8, 17)) == "As of 17 August 2017"


@pytest.mark.parametrize("language", Language)
def test_days_months_and_numbers_are_those_of_the_locale(language):
    for month in range(1, 13):
        day = date(2026, month, 3)
        assert phrase_date(day, language) == format_date(day, "d MMMM y", locale=language.value)
        assert phrase_date(day, language, short=True) == format_date(day, "d MMM y", locale=language.value)
        assert phrase_month(month, language) == format_date(day, "MMM", locale=language.value)
    for number in (0, 7.25, -12.5, 1234.5, 1234567):
        assert phrase_number(number, language, 2) == format_decimal(number, "#,##0.00", locale=language.value)


def test_an_office_is_told_how_many_of_its_posts_tell_no_day_and_what_to_do(city):
    any_standing = city.ranking.categories[0].standings[0]
    standing = replace(any_standing, reason=Reason.UNDATED, undated=34, posts=2)
    assert reason_of(standing, "en") == "34 of 36 posts tell no day: show the date on every post"
    assert (
        reason_of(standing) == "34 dari 36 unggahan tidak bertanggal: tampilkan tanggal pada setiap unggahan"
    )
