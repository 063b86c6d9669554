"""A decision of the jury, entered: on a post that exists, of the semester, by the rules of `docs/jury.md`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from activity.channel import CHANNELS, Channel
from activity.errors import ConfigError
from activity.jury import Override
from activity.semester import Semester
from desk.agency import name_agency
from desk.semester.judge import plan_as_of
from desk.setting.config import Config
from desk.store import check_registry

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["enter_decision"]


def enter_decision(engine: "Engine", config: Config, draft: Override) -> Override:
    """Store one decision as it was drafted; returns it with its number, the office's slug and the post's key.

    Args:
        draft: its agency by id or whole name, its post by key or address; its number is ignored.

    Raises ConfigError where it would change nothing, or the semester is sealed; nothing is stored then.
    """
    from db.semester.jury import save_override

    check_registry(engine)
    draft = replace(draft, agency=name_agency(engine, draft.agency))
    semester = Semester.parse(draft.semester)
    plan_as_of(replace(config, fixed_now=draft.decided_at), semester)
    if draft.post is not None:
        draft = replace(draft, post=_find_key(engine, draft.agency, draft.channel, draft.post))
        _check_day(engine, draft, semester)
    _check_withdrawal(engine, draft)
    return replace(draft, number=save_override(engine, draft))


def _find_key(engine: "Engine", agency: str, channel: Channel, text: str) -> str:
    """The stored key of the post that a person names by its key or its address."""
    from crawler.extract.page.key import post_key
    from db.office.registry import load_agencies
    from db.semester.jury import find_post
    from db.text import stored_key

    named = text.strip()
    bare = named.rstrip("/")
    keys = {named, bare, stored_key(named)}
    if "://" in named:
        row = next(row for row in load_agencies(engine) if row.agency.slug == agency)
        accounts = (*row.accounts.values(), *row.closed)
        keys |= {stored_key(post_key(named, a.address)) for a in accounts if a.channel is channel}
        facts = CHANNELS[channel]
        keys |= {key} if (key := facts.post_key(named)) is not None else set()
        # Platforms put a post's own name last.
        keys |= {bare.rpartition("/")[2]} if facts.social else set()
    found = find_post(engine, agency, channel, keys, {named, bare, f"{bare}/"})
    if found is None:
        raise ConfigError(
            "{agency} has no post {named!r} on {channel}.",
            "`denyut posts --agency {agency} --channel {channel} --jsonl` gives their addresses.",
            agency=agency,
            named=named,
            channel=channel.value,
        )
    return found


def _check_day(engine: "Engine", decision: Override, semester: Semester) -> None:
    """Raise ConfigError for a post on which a decision would change nothing."""
    from db.semester.integrity import load_decided

    (post,) = load_decided(engine, [decision]).values()
    if post.day is None:
        raise ConfigError(
            "{key} has no certain day, so that it counts nowhere.",
            "Where its day can be shown, enter it with `denyut post add`.",
            key=post.key,
        )
    if not semester.first_day <= post.day < semester.end_day:
        raise ConfigError(
            "{key} is of {day}, not of {semester}.",
            "Name a post of the semester.",
            key=post.key,
            day=post.day,
            semester=semester,
        )


def _check_withdrawal(engine: "Engine", decision: Override) -> None:
    from db.semester.jury import load_overrides
    from scoring.jury.decision import decisions_in_force

    if decision.withdraws is None:
        return
    standing = decisions_in_force(load_overrides(engine, decision.semester))
    found = next((each for each in standing if each.number == decision.withdraws), None)
    if found is None:
        raise ConfigError(
            "No decision {withdraws:d} of {semester} stands.",
            "See `denyut override list {semester}`.",
            withdraws=decision.withdraws,
            semester=decision.semester,
        )
    if (found.agency, found.channel) != (decision.agency, decision.channel):
        raise ConfigError(
            "Decision {number:d} is on {agency} on {channel}.",
            "Name these two.",
            number=found.number,
            agency=found.agency,
            channel=found.channel.value,
        )
