"""A settled rubric: the same text passes, anything else is told from it by its first line."""

import pytest

from activity.errors import RubricError
from scoring.rubrics.lock import check_change, check_lock
from scoring.rubrics.rubric import load_default, parse_rubric


def changed(*pairs):
    text = load_default()
    for good, other in pairs:
        assert good in text
        text = text.replace(good, other, 1)
    return parse_rubric(text, "kota.toml")


def test_the_settled_text_passes(rubric, semester):
    check_lock(changed(), rubric, semester, "kota.toml")
    check_change(changed(), rubric, "kota.toml")


def test_a_rubric_changed_after_the_semester_began_names_its_line_and_the_remedy(rubric, semester):
    other = changed(("vacuum_days = 90", "vacuum_days = 80"))
    line = load_default().splitlines().index("vacuum_days = 90") + 1
    with pytest.raises(RubricError) as caught:
        check_lock(other, rubric, semester, "kota.toml")
    assert caught.value.message.startswith(
        f"kota.toml, line {line}: says 'vacuum_days = 80' instead of 'vacuum_days = 90'"
    )
    assert "2026-S1" in caught.value.message
    assert "`version`" in caught.value.remedy
    assert "denyut rubric adopt kota.toml 2026-S1 --who NAME" in caught.value.remedy


def test_a_text_that_goes_on(rubric, semester):
    longer = parse_rubric(load_default() + "# tambahan\n", "kota.toml")
    with pytest.raises(RubricError, match="says '# tambahan' instead of nothing"):
        check_lock(longer, rubric, semester, "kota.toml")
    with pytest.raises(RubricError, match="ends instead of '# tambahan'"):
        check_lock(rubric, longer, semester, "kota.toml")


def test_another_version_is_sent_to_whatif_and_adopt(rubric, semester):
    other = changed((f'version = "{rubric.version}"', 'version = "99"'))
    with pytest.raises(RubricError) as caught:
        check_lock(other, rubric, semester, "kota.toml")
    assert "kota.toml is keaktifan 99, but 2026-S1 is judged by" in caught.value.message
    assert "denyut whatif 2026-S1 --rubric kota.toml" in caught.value.remedy
    assert "denyut rubric adopt kota.toml 2026-S1" in caught.value.remedy


def test_a_version_means_one_text(rubric):
    with pytest.raises(RubricError, match="was adopted before") as caught:
        check_change(changed(("vacuum_days = 90", "vacuum_days = 80")), rubric, "kota.toml")
    assert "`version`" in caught.value.remedy


def test_a_new_version_needs_a_reason_of_its_own(rubric):
    newer = (f'version = "{rubric.version}"', 'version = "99"')
    with pytest.raises(RubricError, match="gives the reason of"):
        check_change(changed(newer), rubric, "kota.toml")
    check_change(changed(newer, (rubric.reason, "Rapat tim penilai 3 Juli.")), rubric, "kota.toml")
    check_change(changed(('name = "keaktifan"', 'name = "kota"')), rubric, "kota.toml")
