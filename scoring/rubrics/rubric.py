"""A rubric: every number by which a semester is judged, read from TOML and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from activity.agency import Channel
from activity.errors import RubricError
from activity.metric import Metric
from scoring.rubrics.rule import (
    Band,
    CoverageRule,
    FrequencyRule,
    IntegrityRule,
    OverallRule,
    PrizeRule,
    RankingRule,
    StabilityRule,
    StatusRule,
    StrictRule,
    UndatedRule,
)
from scoring.rubrics.section import (
    read_coverage,
    read_engagement,
    read_frequency,
    read_freshness,
    read_ranking,
    read_regularity,
    read_silence,
    read_status,
    read_targets,
    read_weights,
)
from scoring.rubrics.section_award import read_prizes, read_strict
from scoring.rubrics.section_fairness import (
    read_integrity,
    read_overall,
    read_process,
    read_stability,
    read_undated,
)
from scoring.rubrics.table import RubricTable

__all__ = ["Rubric", "list_shipped", "load_default", "load_shipped", "parse_rubric", "read_rubric"]

# A rubric with a page of reasons has a few thousand letters.
_LONGEST = 256_000
_DOTS = 20


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rules of one assessment.

    Attributes:
        text: what it was read from.
        digest: SHA-256 of that text, hex.
        reason: why this version exists.
        weights: of every metric, adding up to 100.
        targets: posts a week by channel and lower-case level; `default` for levels not named.
        regularity_nights: known nights from which a week without a post counts as empty.
        bands: of the newest post's age, rising in days, falling in points.
        silence_bands: of the longest silence, likewise.
        engagement_full: mean engagement rate that earns all points, as a share of the followers.
        objection_days: how long offices may object to a provisional result.
        strict: what takes away a place, or points.
        prizes: further categories of awards, by a single metric each.
        undated: None in rubrics from before it: there a night with nothing but posts without a day is silent.
    """

    name: str
    version: str
    reason: str
    digest: str
    weights: Mapping[Metric, float]
    targets: Mapping[Channel, Mapping[str, float]]
    frequency: FrequencyRule
    regularity_nights: int
    bands: tuple[Band, ...]
    silence_bands: tuple[Band, ...]
    engagement_full: float
    coverage: CoverageRule
    status: StatusRule
    ranking: RankingRule
    stability: StabilityRule
    integrity: IntegrityRule
    overall: OverallRule
    objection_days: int
    strict: StrictRule
    prizes: tuple[PrizeRule, ...]
    undated: UndatedRule | None
    text: str = field(repr=False)

    def target(self, channel: Channel, level: str) -> float | None:
        """Tell the posts a week asked of a level on a channel; None where the rubric ranks nobody."""
        levels = self.targets.get(channel, {})
        return levels.get(level.casefold(), levels.get("default"))


def load_default() -> str:
    """Read the text of the rubric that ships with Denyut, `keaktifan`."""
    return load_shipped("keaktifan")


def load_shipped(name: str) -> str:
    """Read the text of a rubric that Denyut ships; raises RubricError where there is none of that name."""
    shipped = _find_shipped()
    if name not in shipped:
        raise RubricError(
            "No rubric called {name!r} is shipped.",
            "There are: {shipped}.",
            name=name,
            shipped=", ".join(sorted(shipped)),
        )
    return shipped[name].read_text(encoding="utf-8")


def list_shipped() -> tuple[str, ...]:
    """List the names of the rubrics that ship with Denyut."""
    return tuple(sorted(_find_shipped()))


def _find_shipped() -> dict[str, Traversable]:
    return {
        entry.name.removesuffix(".toml"): entry
        for entry in files("scoring").joinpath("rubrics").iterdir()
        if entry.name.endswith(".toml")
    }


def parse_rubric(text: str, source: str) -> Rubric:
    """Read a rubric whole.

    Args:
        source: what the messages call the file.

    Raises:
        RubricError: with the key, its line and the remedy, at the first thing that is wrong.
    """
    if len(text) > _LONGEST:
        raise RubricError(
            "{source} is far longer than any rubric.", "Name a rubric file in TOML.", source=source
        )
    _check_keys(text, source)
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise RubricError(
            "{source} is nested without end.", "Name a rubric file in TOML.", source=source
        ) from None
    except ValueError as error:  # a number of thousands of digits is no TOMLDecodeError
        raise RubricError(
            "{source} is not TOML: {error}.", "Correct that line.", source=source, error=error
        ) from error
    return read_rubric(values, text, source)


def _check_keys(text: str, source: str) -> None:
    """The parser's time grows with the square of a key's parts."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.lstrip().startswith("#") and line.partition("=")[0].count(".") > _DOTS:
            raise RubricError(
                "{source}, line {number}: a key of more than {dots} parts.",
                "Correct it.",
                source=source,
                number=number,
                dots=_DOTS,
            )


def read_rubric(values: Mapping[str, Any], text: str, source: str) -> Rubric:
    """Read a rubric from what TOML gave.

    Args:
        text: what it was given from, to name lines and to take the digest of.

    Raises:
        RubricError: as `parse_rubric` does.
    """
    root = RubricTable(values, source, text)
    rubric = _read_root(root)
    root.finish()
    return rubric


def _read_root(root: RubricTable) -> Rubric:
    name = root.words("name")
    weights = read_weights(root.table("weights"))
    targets = read_targets(root.table("targets"))
    return Rubric(
        name=name,
        version=root.words("version"),
        reason=root.words("reason"),
        digest=sha256(root.text.encode()).hexdigest(),
        weights=weights,
        targets=targets,
        frequency=read_frequency(root.table("frequency")),
        regularity_nights=read_regularity(root.table("regularity")),
        bands=read_freshness(root.table("freshness")),
        silence_bands=read_silence(root.table("longest_silence", needed=False)),
        engagement_full=read_engagement(root.table("engagement", needed=False)),
        coverage=read_coverage(root.table("coverage")),
        status=read_status(root.table("status")),
        ranking=read_ranking(root.table("ranking")),
        stability=read_stability(root.table("stability", needed=False)),
        integrity=read_integrity(
            root.table("integrity", needed=False),
            root.table("flags", needed=False),
            root.table("datelines", needed=False),
        ),
        overall=read_overall(root.table("overall", needed=False), list(targets)),
        objection_days=read_process(root.table("process", needed=False)),
        strict=read_strict(root),
        prizes=read_prizes(root),
        undated=read_undated(root.table("undated", needed=False)),
        text=root.text,
    )
