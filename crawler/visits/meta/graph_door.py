"""Which token an account is read with: the one that saw it last, else each in turn. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from activity.outcome import Outcome
from activity.visit import Harvest, Note, Target, Visit
from crawler.visits.meta.graph import TokenDoor

__all__ = ["SEEN_BY", "try_doors"]

SEEN_BY = "token"
_TRIED_AT, _TRIED = "tokens_tried_at", "tokens_tried"
# Another token may see what this one does not; a spent one may, so nothing is known yet, and its app's
# other tokens are as spent. A Page that is not shared answers with Meta's "wrong request" (100).
_NEXT = frozenset(
    {Outcome.NOT_PERMITTED, Outcome.NOT_VISIBLE, Outcome.MISCONFIGURED, Outcome.TOKEN_DEAD, Outcome.NO_TOKEN}
)
# An account that no token sees would cost a call for each of them, every night.
_ALL_EVERY = timedelta(days=14)


def try_doors(target: Target, doors: Sequence[TokenDoor], attempt: Callable[[TokenDoor], Visit]) -> Visit:
    """Visit by the token that saw the account last, then by the others, until one sees it.

    Which one did is remembered by name. Where none does, the next fortnight asks by the first only,
    unless there is a new token.
    """
    failed: list[Harvest] = []
    notes: list[Note] = []
    for door in _plan_order(target, doors):
        harvest = yield from attempt(door)
        if harvest.outcome not in _NEXT:
            return _remember(harvest, door) if harvest.outcome.saw else harvest
        failed.append(harvest)
        notes.append(Note(f"token {door.token}", f"{harvest.outcome}: {harvest.detail}"))
    # By a token that is dead the account may be visible, so no other may call it invisible.
    dead = [harvest for harvest in failed if harvest.outcome is Outcome.TOKEN_DEAD]
    chosen = (dead or failed)[0]
    if len(doors) == 1 or dead:
        return chosen
    facts = dict(chosen.memory.facts)
    if len(failed) == len(doors):
        facts |= {_TRIED_AT: target.window.now.isoformat(), _TRIED: sorted(door.token for door in doors)}
    return replace(chosen, memory=replace(chosen.memory, facts=facts), notes=tuple(notes))


def _plan_order(target: Target, doors: Sequence[TokenDoor]) -> Sequence[TokenDoor]:
    seen_by = target.memory.facts.get(SEEN_BY)
    order = sorted(doors, key=lambda door: door.token != seen_by)
    return order[:1] if _were_all_tried(target, doors) else order


def _were_all_tried(target: Target, doors: Sequence[TokenDoor]) -> bool:
    text, names = target.memory.facts.get(_TRIED_AT), target.memory.facts.get(_TRIED)
    try:
        last = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return False
    if last is None or last.tzinfo is None or names != sorted(door.token for door in doors):
        return False
    # A time ahead was noted under a wrong clock.
    return timedelta() <= target.window.now - last < _ALL_EVERY


def _remember(harvest: Harvest, door: TokenDoor) -> Harvest:
    facts = {name: value for name, value in harvest.memory.facts.items() if name not in {_TRIED_AT, _TRIED}}
    return replace(harvest, memory=replace(harvest.memory, facts=facts | {SEEN_BY: door.token}))
