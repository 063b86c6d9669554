"""Every word has both languages, and every word of the vocabulary is in the catalogue."""

from datetime import date
from string import Formatter

import pytest

from activity.agency import Channel
from activity.flag import FlagKind
from activity.jury import Stage
from activity.outcome import Outcome
from activity.ranking import Reason, Status, VacuumCause
from reports.messages import MESSAGES, text, word
from reports.wording import Language, phrase_date


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_take_the_same_values(key):
    indonesian, english = (
        {name for _, name, _, _ in Formatter().parse(said) if name} for said in MESSAGES[key]
    )
    assert indonesian == english or key == "semester"


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
