"""Which of the jury's decisions are in force, and how far a semester's result has come. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activity.agency import Channel
from activity.jury import Action, Objection, Override, Publication, Reopening, Seal, Stage

__all__ = ["Progress", "decisions_in_force", "measure_progress"]

_Matter = tuple[str, str, Channel, str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a semester's result has come.

    Attributes:
        in_time: whether offices may object now without an excuse.
        publication: of the provisional result; None before it.
        open_objections: numbers of those without an answer.
        seal: the newest seal, also while it is being corrected; None before the first.
        reopening: of that seal; None where nobody reopened it.
    """

    stage: Stage
    in_time: bool = False
    publication: Publication | None = None
    open_objections: tuple[int, ...] = ()
    seal: Seal | None = None
    reopening: Reopening | None = None

    @property
    def sealed(self) -> Seal | None:
        """The seal in force; None where there is none or it is being corrected."""
        return self.seal if self.stage is Stage.SEALED else None


def decisions_in_force(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """Choose the newest decision on each matter, by number; a withdrawal leaves its matter undecided.

    A matter is a post, an exclusion or a preference, of one agency on one channel in one semester.
    """
    standing: dict[_Matter, Override] = {}
    for override in sorted(overrides, key=lambda each: each.number):
        if override.action is Action.WITHDRAW:
            standing = {k: each for k, each in standing.items() if each.number != override.withdraws}
        else:
            standing[_matter(override)] = override
    return tuple(sorted(standing.values(), key=lambda each: each.number))


def _matter(override: Override) -> _Matter:
    on_post = override.action in {Action.COUNT, Action.DROP}
    subject = f"post {override.post}" if on_post else override.action.value
    return override.semester, override.agency, override.channel, subject


def measure_progress(
    publication: Publication | None,
    objections: Iterable[Objection],
    seals: Iterable[Seal],
    reopenings: Iterable[Reopening],
    today: date,
) -> Progress:
    """Tell where one semester stands on the local day `today`; all that is given is of that semester.

    Objections are open as long as the rubric gave time for them, and as long as one waits for its answer.
    """
    waiting = tuple(sorted(each.number for each in objections if each.closed_at is None))
    seal = max(seals, key=lambda each: each.number, default=None)
    reopening = next((each for each in reopenings if seal and each.seal == seal.number), None)
    in_time = publication is not None and publication.until is not None and today <= publication.until
    if seal is not None:
        stage = Stage.SEALED if reopening is None else Stage.REOPENED
    elif publication is None:
        stage = Stage.PROVISIONAL
    else:
        stage = Stage.OBJECTIONS if in_time or waiting else Stage.FINAL
    return Progress(stage, in_time, publication, waiting, seal, reopening)
