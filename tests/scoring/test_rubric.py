"""The default rubric is whole, and a broken one is refused with its line and a remedy."""

import re

import pytest

from activity.agency import Channel
from activity.errors import RubricError
from scoring.rubric import load_default, parse_rubric
from scoring.rule import Metric


def test_default_rubric_holds_the_agreed_numbers(rubric):
    weighed = {metric: weight for metric, weight in rubric.weights.items() if weight}
    assert weighed == {Metric.FREQUENCY: 40, Metric.REGULARITY: 30, Metric.FRESHNESS: 30}
    assert rubric.target(Channel.WEBSITE, "skpd") == 2
    assert rubric.target(Channel.WEBSITE, "Kelurahan") == 1
    assert rubric.target(Channel.INSTAGRAM, "kelurahan") == 3
    assert [(b.days, b.points) for b in rubric.bands] == [(7, 100), (14, 80), (30, 60), (90, 20)]
    assert (rubric.status.active_days, rubric.status.vacuum_days, rubric.status.law_days) == (30, 90, 180)
    assert (rubric.ranking.places, rubric.ranking.shortlist) == (3, 5)


def test_digest_is_that_of_the_text(rubric):
    assert parse_rubric(load_default(), "copy.toml").digest == rubric.digest
    assert parse_rubric(load_default() + "\n", "copy.toml").digest != rubric.digest


BROKEN = [
    ("frequency = 40  #", "frequency = 50  #", "weights add up to 110", "add up to 100"),
    (
        "regularity = 30 #",
        "regularty = 30 #",
        "weights.regularty is not a metric",
        "Did you mean 'regularity'?",
    ),
    ("regularity = 30 #", "likes = 30 #", "weights.likes is not a metric", "Known here: frequency"),
    ("regularity = 30 #", "regularity = -30 #", "weights.regularity is -30", "from 0 to 100"),
    ("kelurahan = 1", "kelurahan = -1", "targets.website.kelurahan is -1", "from 0 to 1000"),
    ("kelurahan = 1", "kelurahan = 0", "targets.website.kelurahan is 0", "above 0"),
    ("kelurahan = 1", 'kelurahan = "satu"', "targets.website.kelurahan is 'satu'", "a number"),
    ("kelurahan = 1", "kelurahan = nan", "targets.website.kelurahan is nan", "a number"),
    ("[targets.facebook]", "[targets.facebok]", "targets.facebok is not a channel", "'facebook'"),
    ("days = 14, points = 80", "days = 7, points = 80", "freshness.bands overlap", "days rise"),
    ("days = 14, points = 80", "days = 5, points = 80", "freshness.bands overlap", "days rise"),
    ("days = 14, points = 80", "days = 14, points = 101", "points is 101", "from 0 to 100"),
    ("days = 30, points = 60", "days = 30, points = 90", "freshness.bands reward age", "fall"),
    ("days = 14, points = 80", "day = 14, points = 80", "freshness.bands.days is missing", "Add it"),
    ("minimum = 0.75", "minimum = 1.5", "coverage.minimum is 1.5", "from 0.01 to 1"),
    ("minimum = 0.75", "minimum = 0", "coverage.minimum is 0", "from 0.01 to 1"),
    ("minimum = 0.75", "minumum = 0.75", "coverage.minimum is missing", "Add it"),
    ("known_nights = 4", "known_nights = 4.5", "regularity.known_nights is 4.5", "whole number"),
    ("known_nights = 4", "known_nights = 4\nextra = 1", "regularity.extra is not a key", "known_nights"),
    ("vacuum_days = 90", "vacuum_days = 30", "status.vacuum_days is 30", "more than active_days"),
    ("law_days = 180", "law_days = 60", "status.law_days is 60", "at least vacuum_days"),
    ('"freshness", "count"]', '"freshness", "luck"]', "ranking.tie_break names 'luck'", "Known here"),
    (
        "vacuum_may_place = false",
        'vacuum_may_place = "no"',
        "ranking.vacuum_may_place is 'no'",
        "true or false",
    ),
    ("shortlist = 5", "shortlist = 2", "ranking.shortlist is 2", "as many as places"),
    ('name = "keaktifan"', 'name = " "', "name is ' '", "quotation marks"),
    ("full_at = 5", "full_at = 1", "frequency.full_at is 1", "more than 1"),
]


@pytest.mark.parametrize(("good", "bad", "problem", "remedy"), BROKEN, ids=[b[1] for b in BROKEN])
def test_a_broken_rubric_names_its_line_and_the_remedy(good, bad, problem, remedy):
    text = load_default().replace(good, bad, 1)
    assert bad in text
    with pytest.raises(RubricError) as caught:
        parse_rubric(text, "kota.toml")
    assert problem in caught.value.message
    assert remedy in caught.value.remedy
    line = re.match(r"kota\.toml, line (\d+): ", caught.value.message)
    assert line is not None
    named = caught.value.message.split(": ", 1)[1].split(" ")[0].split(".")[-1]
    shown = text.splitlines()[int(line[1]) - 1]
    assert named in shown or "bands" in shown or "missing" in problem


def test_text_that_is_not_toml_names_its_line():
    with pytest.raises(RubricError, match=r"kota\.toml is not TOML: .*line 2"):
        parse_rubric('name = "a"\nweights = = 3', "kota.toml")


def test_a_missing_table_says_which():
    with pytest.raises(RubricError, match="weights is missing"):
        parse_rubric('name = "a"\nversion = "1"\nreason = "b"\n', "kota.toml")


def test_a_metric_not_named_weighs_nothing():
    text = load_default().replace("regularity = 30 #", "#").replace("frequency = 40  #", "frequency = 70 #")
    assert parse_rubric(text, "kota.toml").weights[Metric.REGULARITY] == 0


def test_a_rubric_for_one_channel_has_no_target_elsewhere():
    text = load_default()
    start, end = text.index("[targets.instagram]"), text.index("# Kekerapan")
    rubric = parse_rubric(text[:start] + text[end:], "kota.toml")
    assert rubric.target(Channel.INSTAGRAM, "skpd") is None
