"""What a semester's ranking looks like in JSON Schema, and what is chosen from it."""

from collections.abc import Mapping
from typing import Any

from activity.channel import CHANNELS
from activity.flag import FlagKind
from activity.jury import Stage
from activity.outcome import Outcome
from activity.ranking import Reason, Status, VacuumCause
from web.api.parameter import Parameter

__all__ = ["CHOICES", "RANKING", "STAGE"]

_Schema = Mapping[str, Any]
_TEXT: _Schema = {"type": "string"}
_WHOLE: _Schema = {"type": "integer"}
_NUMBER: _Schema = {"type": "number"}
_TRUTH: _Schema = {"type": "boolean"}
_DAY: _Schema = {"type": "string", "format": "date"}
_MOMENT: _Schema = {"type": "string", "format": "date-time"}
_CHANNEL: _Schema = {"type": "string", "enum": [channel.value for channel in CHANNELS]}
STAGE: _Schema = {"type": "string", "enum": [stage.value for stage in Stage]}

CHOICES = (
    Parameter("channel", "Only this channel.", _CHANNEL),
    Parameter(
        "level",
        "Only this level.",
        {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": r"^[^\u0000]+$"},
    ),
)


def _or_null(schema: _Schema, **more: Any) -> _Schema:
    if "enum" in schema:
        return {**schema, "type": ["string", "null"], "enum": [*schema["enum"], None], **more}
    return {**schema, "type": [schema["type"], "null"], **more}


def _object(*optional: str, **fields: _Schema) -> _Schema:
    """An object that has these fields and no others, all of them but the optional ones."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _list(of: _Schema) -> _Schema:
    return {"type": "array", "items": of}


def _one_of(words: type[Any]) -> _Schema:
    return {"type": "string", "enum": [word.value for word in words if word.value]}


_OFFICE = {"agency": _TEXT, "name": _TEXT}
_FLAG = _object(
    kind=_one_of(FlagKind),
    agency=_TEXT,
    channel=_CHANNEL,
    evidence=_TEXT,
    posts=_list(_object(key=_TEXT, url=_TEXT, title=_TEXT, day=_or_null(_DAY), first_seen=_DAY)),
)
_STANDING = _object(
    place=_or_null(_WHOLE, description="1 is best; null without a place."),
    **_OFFICE,
    level=_TEXT,
    channel=_CHANNEL,
    address=_or_null(_TEXT),
    score=_or_null(_NUMBER, description="0 to 100; null when not assessed, which is no zero."),
    range=_object(best=_or_null(_WHOLE), worst=_or_null(_WHOLE)),
    stability=_or_null(_NUMBER),
    status=_one_of(Status),
    reason=_or_null(_one_of(Reason), description="Why there is no place."),
    known_until=_or_null(_DAY),
    metrics=_list(_object(name=_TEXT, value=_NUMBER, points=_NUMBER, weight=_NUMBER, how=_TEXT)),
    posts={**_WHOLE, "description": "Dated posts that count."},
    counted={**_WHOLE, "description": "The same after the rubric's caps."},
    undated=_WHOLE,
    deductions=_list(_object(metric=_TEXT, points=_NUMBER)),
    last_post=_or_null(_DAY),
    silent_since=_or_null(_DAY),
    silent_days=_or_null(_WHOLE),
    beyond_law=_TRUTH,
    rhythm=_or_null(_NUMBER),
    cause=_or_null(_one_of(VacuumCause)),
    alive_on=_list(_CHANNEL),
    vacuum_on=_or_null(_DAY),
    coverage=_object(seen=_WHOLE, reconstructed=_WHOLE, due=_WHOLE, share=_NUMBER),
    outcome=_or_null(_one_of(Outcome)),
    detail=_TEXT,
    held=_WHOLE,
    flags=_list(_FLAG),
    before=_or_null(
        _object(
            agencies=_list(_TEXT),
            place=_or_null(_WHOLE),
            score=_or_null(_NUMBER),
            moved=_list(_object(metric=_TEXT, points=_NUMBER)),
        )
    ),
)
_OVERALL = _object(
    place=_or_null(_WHOLE),
    **_OFFICE,
    score=_or_null(_NUMBER),
    channels=_list(_object(channel=_CHANNEL, score=_or_null(_NUMBER), place=_or_null(_WHOLE))),
)
RANKING: _Schema = _object(
    "drift",
    semester=_TEXT,
    as_of=_DAY,
    rubric=_object(name=_TEXT, version=_TEXT, sha256=_TEXT),
    stage=STAGE,
    published_at=_or_null(_MOMENT),
    objections_until=_or_null(_DAY),
    open_objections=_list(_WHOLE),
    seal=_or_null(_object(number=_WHOLE, sha256=_TEXT, sealed_at=_MOMENT)),
    drift={**_list(_TEXT), "description": "In what the data would give another result than the sealed one."},
    categories=_list(_object(channel=_CHANNEL, level=_TEXT, standings=_list(_STANDING))),
    overall=_list(_object(level=_TEXT, standings=_list(_OVERALL))),
    sweeps=_list(_object(**_OFFICE, level=_TEXT, places={"type": "object", "additionalProperties": _WHOLE})),
)
