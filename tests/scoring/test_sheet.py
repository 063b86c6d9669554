"""A jury sheet: refused with its line where it is wrong; what is measured rests on what was seen, no more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.metric import Metric
from activity.outcome import Outcome
from activity.ranking import Coverage, MetricScore, Reason, Standing, Status
from activity.record import Certificate
from activity.result.sheet import Gauge, Service
from scoring.jury.sheet import check_weights, mark_standing, parse_sheet
from scoring.jury.sheet_points import parse_points

_EXAMPLE = Path(__file__).parents[2] / "examples" / "lembar-juri.toml"
_LINE = '[[line]]\ntitle = "Isi"\nweight = 100\n'
_SERVED = """
name = "Lembar"
[[line]]
title = "HTTPS"
weight = 20
measured = "https"
channels = ["website"]
[[line]]
title = "Terjangkau"
weight = 20
measured = "reachable"
channels = ["website"]
[[line]]
title = "Jawaban"
weight = 10
measured = "answer"
seconds = 2
channels = ["website"]
[[line]]
title = "Kebaruan"
weight = 20
measured = "freshness"
[[line]]
title = "Mutu"
weight = 30
"""


def _standing(channel=Channel.WEBSITE):
    metrics = (
        MetricScore(
            "freshness",
            4.5,
            80.0,
            30,
            "",
        ),
    )
    return Standing(
        Agency("dinkes", "Dinas Kesehatan", "skpd"), channel, "https://a.go.id/", 1, 71.25, Status.AKTIF,
        Reason.NONE, metrics, Coverage(5, 0, 5, 1.0), 9, 9, 0, None, None, None, False, Outcome.OK, "",
    )  # fmt: skip


def _look(day, outcome=Outcome.OK, scheme="https", certificate=Certificate.VALID, first_byte=0.5):
    return Service(date(2026, 1, day), outcome, scheme, certificate, first_byte)


def _marks(*looks, text=_SERVED):
    return {mark.line.title: mark for mark in mark_standing(parse_sheet(text, "x"), _standing(), looks)}


def test_the_example_is_whole_on_every_channel():
    sheet = parse_sheet(_EXAMPLE.read_text(encoding="utf-8"), "lembar-juri.toml")
    check_weights(sheet, list(Channel), "lembar-juri.toml")
    assert {line.gauge for line in sheet.lines} > {None, Gauge.SCORE, Gauge.HTTPS}


def test_every_metric_can_be_a_line():
    lines = "".join(f'[[line]]\ntitle = "{m}"\nweight = 1\nmeasured = "{m}"\n' for m in Metric)
    sheet = parse_sheet(f'name = "Lembar"\n{lines}', "x")
    assert [line.gauge for line in sheet.lines] == list(Metric)


def test_measured_lines_are_shares_of_the_nights_that_tell_something():
    marks = _marks(
        *(_look(day) for day in range(10, 26)),
        _look(1),
        _look(2, scheme="http", certificate=Certificate.EXPIRED, first_byte=2.5),
        _look(3, Outcome.UNREACHABLE, None, None, None),
        _look(3),  # a later look of the same night came through
        _look(4, Outcome.UNREACHABLE, None, None, None),
        _look(5, Outcome.THROTTLED, None, None, None),
    )
    assert [marks[name].nights for name in ("HTTPS", "Terjangkau", "Jawaban")] == [19, 20, 19]
    assert marks["HTTPS"].points == pytest.approx(1800 / 19)
    assert marks["Terjangkau"].points == 95
    assert marks["Jawaban"].points == pytest.approx(1800 / 19)
    assert (marks["Kebaruan"].value, marks["Kebaruan"].points, marks["Kebaruan"].gives) == (4.5, 80, 16)
    assert (marks["Mutu"].points, marks["Mutu"].gives) == (None, None)


def test_what_nobody_saw_is_no_zero():
    marks = _marks(_look(1, Outcome.CRASHED, None, None, None))
    assert [marks[name].points for name in ("HTTPS", "Terjangkau", "Jawaban")] == [None] * 3
    few = _marks(*(_look(day) for day in range(1, 14)))
    assert [(few[name].points, few[name].nights) for name in ("HTTPS", "Jawaban")] == [(None, 13)] * 2


def test_a_line_for_websites_stands_on_no_other_sheet():
    sheet = parse_sheet(_SERVED, "x")
    titles = [mark.line.title for mark in mark_standing(sheet, _standing(Channel.INSTAGRAM), ())]
    assert titles == ["Kebaruan", "Mutu"]
    with pytest.raises(ConfigError, match="instagram weigh 50 together"):
        check_weights(sheet, [Channel.WEBSITE, Channel.INSTAGRAM], "x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "not TOML"),
        ('name = "x"\nline = []', "no line"),
        ('name = "x"', "line is missing"),
        ("name = 3\n" + _LINE, "name is 3"),
        ('name = "x"\n' + _LINE.replace("100", "101"), "from 0 to 100"),
        ('name = "x"\n' + _LINE + 'measured = "https"\n', "websites alone"),
        ('name = "x"\n' + _LINE + 'measured = "htps"\n', "Did you mean 'https'"),
        ('name = "x"\n' + _LINE + "seconds = 2\n", "means nothing here"),
        ('name = "x"\n' + _LINE + 'channels = ["radio"]\n', "names 'radio'"),
        ('name = "x"\n' + _LINE + 'wieght = 2\n', "weight"),
        ('name = "x"\n[team]\nmembers = "Siti"\n' + _LINE, "members is 'Siti'"),
        ('name = "x"\n[team]\nketua = "Siti"\n' + _LINE, "ketua"),
        ('name = "x"\ndecree = 1\n' + _LINE, "decree is 1"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_wrong_is_refused_with_what_to_write(text, said):
    with pytest.raises(ConfigError) as refused:
        parse_sheet(text, "lembar.toml")
    assert said in str(refused.value)


def _score(table, text=_SERVED):
    sheet = parse_sheet(text, "x")
    given = parse_points(table, "nilai.csv", sheet, [("dinkes", Channel.WEBSITE)])
    return {m.line.title: m for m in mark_standing(replace(sheet, by_hand=given), _standing(), ())}


def test_what_jurors_gave_is_their_mean_also_where_too_little_was_measured():
    marks = _score(
        "agency;channel;line;points\r\n"
        "dinkes;website;Mutu;80\r\ndinkes;website;Mutu;90,5\r\ndinkes;website;HTTPS;100\r\n"
    )
    assert (marks["Mutu"].points, marks["Mutu"].jurors, marks["Mutu"].gives) == (85.25, 2, 25.575)
    assert (marks["HTTPS"].points, marks["HTTPS"].jurors) == (100, 1)
    assert marks["Terjangkau"].points is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("dinkes,website,Kebaruan,80", "'Kebaruan' was measured, and scored by hand too"),
        ("dishub,website,Mutu,80", "line 2: 'dishub' on 'website' is not on the shortlist"),
        ("dinkes,radio,Mutu,80", "'radio' is not on the shortlist"),
        ("dinkes,website,Mutuu,80", "'Mutuu' is no line"),
        ("dinkes,website,Mutu,101", "'101' are no points"),
        ("dinkes,website,Mutu,nan", "'nan' are no points"),
        ("dinkes,website,Mutu", "'' are no points"),
        ("dinkes,website," + "x" * 200_000, "field larger than field limit"),
    ],
)
def test_points_that_cannot_be_counted_are_refused(row, said):
    with pytest.raises(ConfigError) as refused:
        _score(f"agency,channel,line,points\n{row}\n")
    assert said in str(refused.value)


def test_points_without_their_columns_are_refused():
    with pytest.raises(ConfigError, match="columns are not agency, channel, line, points"):
        _score("dinkes,website,Mutu,80\n")
