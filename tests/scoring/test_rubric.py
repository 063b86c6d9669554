"""The default rubric is whole, and a broken one is refused with its line and a remedy."""

import contextlib
import re
import time

import pytest

from activity.agency import Channel
from activity.errors import RubricError
from activity.flag import FlagKind, Treatment
from activity.metric import Metric
from scoring.rubrics.rubric import load_default, load_shipped, parse_rubric
from scoring.rubrics.rule import OverallWay

VERSION = parse_rubric(load_default(), "built in").version


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
    # weights and metrics
    ("frequency = 40  #", "frequency = 50  #", "weights add up to 110", "add up to 100"),
    ("frequency = 40  #", "frequency = 39.5  #", "weights add up to 99.5", "add up to 100"),
    (
        "regularity = 30 #",
        "regularty = 30 #",
        "weights.regularty is not a metric",
        "Did you mean 'regularity'?",
    ),
    ("regularity = 30 #", "likes = 30 #", "weights.likes is not a metric", "Known here: frequency"),
    ("regularity = 30 #", "regularity = -30 #", "weights.regularity is -30", "from 0 to 100"),
    ("regularity = 30 #", "regularity = true #", "weights.regularity is True", "from 0 to 100"),
    ("regularity = 30 #", "regularity = inf #", "weights.regularity is inf", "from 0 to 100"),
    # targets
    ("kelurahan = 1", "kelurahan = -1", "targets.website.kelurahan is -1", "from 0 to 1000"),
    ("kelurahan = 1", "kelurahan = 0", "targets.website.kelurahan is 0", "above 0"),
    ("kelurahan = 1", 'kelurahan = "satu"', "targets.website.kelurahan is 'satu'", "a number"),
    ("kelurahan = 1", "kelurahan = nan", "targets.website.kelurahan is nan", "a number"),
    ("kelurahan = 1", "kelurahan = 1\nKelurahan = 2", "Kelurahan names a level a second time", "once"),
    ("[targets.facebook]", "[targets.facebok]", "targets.facebok is not a channel", "'facebook'"),
    ("[targets.website]", "[targets.website]\n[targets.x]", "targets.website names no level", "default = 2"),
    # frequency and regularity
    ("full_at = 5", "full_at = 1", "frequency.full_at is 1", "more than 1"),
    ("full_at = 5", "full_at = 0.5", "frequency.full_at is 0.5", "from 1 to 1000"),
    ("at_target = 70", "at_target = 170", "frequency.at_target is 170", "from 0 to 100"),
    ("cap_per_day = 3", "cap_per_day = 0", "frequency.cap_per_day is 0", "at least 1"),
    ("cap_per_day = 3", "cap_per_day = 2.5", "frequency.cap_per_day is 2.5", "whole number"),
    ("cap_per_week = 5", "cap_per_week = 0.5", "frequency.cap_per_week is 0.5", "at least 1"),
    ("cap_per_week = 5", "cap_per_wek = 5", "frequency.cap_per_week is missing", "Add it"),
    ("known_nights = 4", "known_nights = 4.5", "regularity.known_nights is 4.5", "whole number"),
    ("known_nights = 4", "known_nights = 8", "regularity.known_nights is 8", "from 1 to 7"),
    ("known_nights = 4", "known_nights = 4\nextra = 1", "regularity.extra is not a key", "known_nights"),
    # bands
    (
        "[freshness]\nbands = [",
        "[freshness]\nbands = 3\nband = [",
        "freshness.bands is 3",
        "[{ days = 7, points = 100 }]",
    ),
    ("{ days = 14, points = 80", "{ days = 7, points = 80", "freshness.bands overlap", "days rise"),
    ("{ days = 14, points = 80", "{ days = 5, points = 80", "freshness.bands overlap", "days rise"),
    ("{ days = 14, points = 80", "{ days = -1, points = 80", "freshness.bands.days is -1", "at least 0"),
    ("{ days = 14, points = 80", "{ days = 14, points = 101", "points is 101", "from 0 to 100"),
    ("{ days = 30, points = 60", "{ days = 30, points = 90", "freshness.bands reward age", "fall"),
    ("{ days = 14, points = 80", "{ day = 14, points = 80", "freshness.bands.days is missing", "Add it"),
    ("{ days = 14, points = 80", "{ x = 1, days = 14, points = 80", "freshness.bands.x is not a key", "days"),
    ("{ days = 60, points = 40", "{ days = 30, points = 40", "longest_silence.bands overlap", "days rise"),
    ("{ days = 60, points = 40", "{ days = 60, points = 80", "longest_silence.bands reward age", "fall"),
    # coverage and status
    ("minimum = 0.75", "minimum = 1.5", "coverage.minimum is 1.5", "from 0.01 to 1"),
    ("minimum = 0.75", "minimum = 0", "coverage.minimum is 0", "from 0.01 to 1"),
    ("minimum = 0.75", "minumum = 0.75", "coverage.minimum is missing", "Add it"),
    ("reconstructed_worth = 1.0", "reconstructed_worth = 2", "reconstructed_worth is 2", "from 0 to 1"),
    ("semester_share = 0.5", "semester_share = 50", "coverage.semester_share is 50", "from 0 to 1"),
    ("vacuum_days = 90", "vacuum_days = 30", "status.vacuum_days is 30", "more than active_days"),
    ("law_days = 180", "law_days = 60", "status.law_days is 60", "at least vacuum_days"),
    ("warn_days = 14", "warn_days = 90", "status.warn_days is 90", "less than vacuum_days"),
    ("warn_days = 14", "warn_days = -1", "status.warn_days is -1", "at least 0"),
    # places
    ('"freshness", "count"]', '"freshness", "luck"]', "ranking.tie_break names 'luck'", "Known here"),
    ('"freshness", "count"]', '"freshness", "freshness"]', "tie_break names 'freshness' twice", "once"),
    ('["regularity", "freshness", "count"]', '"count"', "ranking.tie_break is 'count'", "a list of"),
    ('"kecamatan", "kelurahan"]', '"kecamatan", "SKPD"]', "level_order names 'skpd' twice", "once"),
    (
        "vacuum_may_place = false",
        'vacuum_may_place = "no"',
        "ranking.vacuum_may_place is 'no'",
        "true or false",
    ),
    ("shortlist = 5", "shortlist = 2", "ranking.shortlist is 2", "as many as places"),
    ("places = 3  ", "places = 0  ", "ranking.places is 0", "at least 1"),
    # stability, integrity and flags
    ("sway = 0.2", "sway = 20", "stability.sway is 20", "from 0 to 1"),
    ("draws = 200", "draws = 0", "stability.draws is 0", "from 1 to 10000"),
    ("seed = 1", "sed = 1", "stability.sed is not a key", "Did you mean 'seed'?"),
    ("burst_share = 0.4", "burst_share = 40", "integrity.burst_share is 40", "from 0.01 to 1"),
    ("burst_days = 7", "burst_days = 0", "integrity.burst_days is 0", "from 1 to 90"),
    ("similarity = 0.9", "similarity = 0.1", "integrity.similarity is 0.1", "from 0.5 to 1"),
    ("repeated_times = 3", "repeated_times = 1", "integrity.repeated_times is 1", "at least 2"),
    ("deleted_nights = 3", "delete_nights = 3", "integrity.delete_nights is not a key", "'deleted_nights'"),
    ('burst = "count"', 'brust = "count"', "flags.brust is not a flag", "Did you mean 'burst'?"),
    ('burst = "count"', 'burst = "counts"', "flags.burst is 'counts'", "Did you mean 'count'?"),
    ('burst = "count"', "burst = 1", "flags.burst is 1", "Write one of: count, first seen"),
    ('burst = "count"', "burst = []", "flags.burst is []", "Write one of: count, first seen"),
    ('spam = "do not count"', 'spam = "count"', "flags.spam is 'count'", "'do not count' or 'hold'"),
    # all channels together, and objections
    ('way = "none"', 'way = "sum"', "overall.way is 'sum'", "none, mean, places"),
    (
        'way = "none"',
        'way = "mean"\nleast_channels = 9',
        "overall.least_channels is 9",
        f"at most {len(Channel)}",
    ),
    (
        'way = "none"',
        'way = "mean"\nweights = { twitter = 1 }',
        "weights.twitter is not a channel",
        "website",
    ),
    (
        'way = "none"',
        'way = "mean"\nweights = { website = 0 }',
        "overall.weights weigh no channel",
        "above 0",
    ),
    ('way = "none"', 'way = "mean"\nweights = { website = -1 }', "weights.website is -1", "from 0 to 1000"),
    ('way = "none"', 'way = "mean"\nmissing_is_zero = 0', "overall.missing_is_zero is 0", "true or false"),
    ('way = "none"', "missing_is_zero = true", "overall.way is missing", "Add it"),
    ("objection_days = 7", "objection_days = 365", "process.objection_days is 365", "from 0 to 90"),
    # the file itself
    ('name = "keaktifan"', 'name = " "', "name is ' '", "quotation marks"),
    (f'version = "{VERSION}"', f"version = {VERSION}", f"version is {VERSION}", "quotation marks"),
    ("[process]", "[proces]", "proces is not a key", "Did you mean 'process'?"),
    ("[process]", "[[process]]", "process is [", "a table [process]"),
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
    assert named in shown or "missing" in problem or bad.splitlines()[0] in shown


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


def test_a_channel_that_is_weighed_must_be_ranked():
    text = load_default()
    start, end = text.index("[targets.instagram]"), text.index("# Kekerapan")
    text = (text[:start] + text[end:]).replace('way = "none"', 'way = "mean"\nweights = { instagram = 1 }')
    with pytest.raises(RubricError, match="weighs a channel without targets") as caught:
        parse_rubric(text, "kota.toml")
    assert "[targets.instagram]" in caught.value.remedy


def test_a_rubric_from_before_flags_and_objections_is_whole_still():
    text = load_default()
    for name in ("longest_silence", "engagement", "stability", "integrity", "flags", "overall", "process"):
        start = text.index(f"\n[{name}]")
        end = text.find("\n[", start + 1)
        text = text[:start] + (text[end:] if end > 0 else "\n")
    old = parse_rubric(text.replace("warn_days = 14", ""), "lama.toml")
    treatment = old.integrity.treatment
    assert {kind for kind in FlagKind if treatment[kind] is not Treatment.COUNT} == {FlagKind.SPAM}
    assert (old.objection_days, old.status.warn_days, old.stability.draws) == (7, 14, 200)
    assert old.overall.way is OverallWay.NONE
    assert old.silence_bands


def test_every_flag_of_the_default_rubric_has_its_treatment(rubric):
    treatment = rubric.integrity.treatment
    assert {kind for kind in FlagKind if treatment[kind] is Treatment.HOLD} == {
        FlagKind.COPIED,
        FlagKind.REPEATED,
        FlagKind.DELETED,
    }
    assert {kind for kind in FlagKind if treatment[kind] is Treatment.FIRST_SEEN} == {
        FlagKind.BACK_DATED,
        FlagKind.REDATED,
        FlagKind.FUTURE,
    }
    assert {kind for kind in FlagKind if treatment[kind] is Treatment.DROP} == {
        FlagKind.SHARED,
        FlagKind.SPAM,
    }


@pytest.mark.parametrize("way", ["mean", "places"])
def test_all_channels_weigh_the_same_unless_the_rubric_says(way):
    text = load_default().replace('way = "none"', f'way = "{way}"')
    assert parse_rubric(text, "kota.toml").overall.weights == dict.fromkeys(Channel, 1.0)


@pytest.mark.parametrize(
    ("name", "channels", "levels", "places"),
    [
        ("keaktifan", len(Channel), ("skpd", "kecamatan", "kelurahan"), 3),
        ("banjarmasin", 3, ("skpd", "kelurahan"), 3),
        ("probolinggo", 1, ("opd", "kelurahan"), 1),
        ("ketat", len(Channel), ("skpd", "kecamatan", "kelurahan"), 3),
        ("kategori", len(Channel), ("skpd", "kecamatan", "kelurahan"), 3),
    ],
)
def test_rubrics_that_come_with_denyut_are_whole(name, channels, levels, places):
    shipped = parse_rubric(load_shipped(name), f"{name}.toml")
    assert shipped.name == name
    assert len(shipped.targets) == channels
    assert shipped.ranking.level_order == levels
    assert shipped.ranking.places == places


def test_any_change_of_one_line_is_read_or_refused_with_a_place():
    lines = load_default().splitlines()
    for number, line in enumerate(lines):
        if "=" in line and not line.lstrip().startswith("#"):
            for value in ("-1", '"x"', "[]", "{}", "1e300", "nan"):
                changed = [*lines[:number], f"{line.split('=')[0]}= {value}", *lines[number + 1 :]]
                with contextlib.suppress(RubricError):
                    parse_rubric("\n".join(changed), "kota.toml")


def test_a_band_is_named_by_its_own_line():
    text = load_default().replace("{ days = 30, points = 60", "{ days = 14, points = 60", 1)
    number = text.splitlines().index("    { days = 14, points = 60 },") + 1
    with pytest.raises(RubricError, match=rf"^kota\.toml, line {number}: freshness\.bands overlap"):
        parse_rubric(text, "kota.toml")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = " + "[" * 90_000, "nested without end"),
        ("a = " + "[" * 5_000 + "]" * 5_000, "nested without end"),
        ("a = " + "{a=" * 5_000, "nested without end"),
        ("a = " + "9" * 90_000, "not TOML"),
        (".".join(["a"] * 90_000) + " = 1", "line 1: a key of more than"),
        ("name = 'x'\n[" + ".".join(["a"] * 50_000) + "]", "line 2: a key of more than"),
        ("#" + "a" * 9_000_000, "far longer than any rubric"),
        *(
            (load_default().replace("places = 3", f"places = {v}"), "places")
            for v in ("nan", "-inf", "9e999")
        ),
    ],
)
def test_a_hostile_rubric_is_refused_in_one_line_and_at_once(text, problem):
    began = time.process_time()
    with pytest.raises(RubricError, match=problem) as caught:
        parse_rubric(text, "kota.toml")
    assert time.process_time() - began < 2
    assert len(str(caught.value)) < 400
