"""The API's own description in OpenAPI 3.1, made from what it offers."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from db.export.choice import ORDERS
from db.export.kind import ColumnKind, Table
from db.schema.guide_views import VERSION
from web.api.ask import ApiRequest
from web.api.offer import API, Offer, list_offers
from web.api.parameter import Parameter, read_parameters
from web.api.ranking import CHOICES, RANKING, STAGE
from web.door import Door

__all__ = ["describe_api", "describe_row", "show_document"]

_SEMESTER: Mapping[str, Any] = {"type": "string", "pattern": "^[0-9]{4}-S[12]$"}
_KINDS: Mapping[ColumnKind, Mapping[str, Any]] = {
    ColumnKind.TEXT: {"type": "string"},
    ColumnKind.INTEGER: {"type": "integer"},
    ColumnKind.REAL: {"type": "number"},
    ColumnKind.TRUTH: {"type": "boolean"},
    ColumnKind.DAY: {"type": "string", "format": "date"},
    ColumnKind.MOMENT: {"type": "string", "format": "date-time"},
    ColumnKind.CLOCK: {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$",
    },
}
_ABOUT = f"""\
Read-only. Rows of the analysts' views (version {VERSION}, docs/database.md) and each semester's ranking. \
What is unknown is null, which is no zero. Days are ISO 8601 in the city's time zone, moments in UTC. \
A list ends where `next` is null; else that address has what follows, each row once, also while nights are \
stored."""
_REFUSALS: Mapping[str, str] = {
    "400": "A parameter is unknown, said twice or cannot be read; `detail` says what to write.",
    "401": "Nobody has signed in.",
    "403": "Not for this role.",
    "404": "There is nothing at this address, or not for you.",
    "429": "Too many questions, or attempts to sign in; `Retry-After` says for how many seconds to wait.",
    "503": "The database is busy, or the answer took too long.",
}


def show_document(ask: ApiRequest) -> Response:
    """Show the document, for the address it was asked under."""
    read_parameters((), ask.asked)
    return ask.answer(describe_api(ask.door, ask.base))


def describe_api(door: Door, base: str) -> Mapping[str, Any]:
    """Describe what is offered at this door, as OpenAPI 3.1.

    Args:
        base: scheme and host under which it is asked.
    """
    offers = list_offers(is_public=door.is_public)
    security: list[Mapping[str, Any]] = []
    if not door.is_public:
        security = [{"session": []}, *([{"password": []}] if door.takes_passwords else [])]
        security += [{}] if door.is_open else []
    return {
        "openapi": "3.1.0",
        "info": {"title": "Denyut", "version": "1", "description": _ABOUT},
        "servers": [{"url": base}],
        "security": security,
        "paths": {
            f"{API}/openapi.json": _get("openapi", "This document.", (), {"type": "object"}),
            f"{API}/semesters": _get(
                "semesters", "The semesters, the newest first.", (), _page(_point("semesters"))
            ),
            f"{API}/semesters/{{semester}}/ranking": _get(
                "ranking", "A semester's places per channel and level, and all channels together.", CHOICES,
                _point("ranking"), _in_path("semester", _SEMESTER),
            ),
            **{offer.path: _tell_offer(offer) for offer in offers.values()},
        },
        "components": {
            "schemas": {
                "problem": _PROBLEM,
                "semesters": _SEMESTERS,
                "ranking": RANKING,
                **{name: describe_row(offer.table) for name, offer in offers.items()},
            },
            "responses": {status: _tell_refusal(about) for status, about in _REFUSALS.items()},
            "securitySchemes": {
                "password": {"type": "http", "scheme": "basic"},
                "session": {"type": "apiKey", "in": "cookie", "name": "denyut_session"},
            },
        },
    }  # fmt: skip


def _tell_offer(offer: Offer) -> Mapping[str, Any]:
    name = offer.table.name
    return _get(name, offer.table.about, offer.parameters, _page(_point(name)))


def _get(
    name: str,
    about: str,
    parameters: Sequence[Parameter],
    schema: Mapping[str, Any],
    *more: Mapping[str, Any],
) -> Mapping[str, Any]:
    told = [
        {"name": each.name, "in": "query", "description": each.about, "schema": each.schema}
        for each in parameters
    ]
    answer = {"description": "The answer.", "content": {"application/json": {"schema": schema}}}
    refusals = {status: {"$ref": f"#/components/responses/{status}"} for status in _REFUSALS}
    responses = {
        "200": answer,
        "304": {"description": "What you have is the newest (`If-None-Match`)."},
        **refusals,
    }
    return {
        "get": {
            "operationId": name,
            "summary": about,
            "parameters": [*more, *told],
            "responses": responses,
        }
    }


def _page(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": row},
            "next": {"type": ["string", "null"], "description": "Address of what follows; null at the end."},
        },
        "required": ["items", "next"],
        "additionalProperties": False,
    }


def describe_row(table: Table) -> Mapping[str, Any]:
    """Describe a view's rows as JSON Schema: all but what a row is known by may be unknown."""
    fields = {name: _tell_column(table, name, kind) for name, kind in table.columns.items()}
    return {
        "type": "object",
        "description": table.about,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _tell_column(table: Table, name: str, kind: ColumnKind) -> Mapping[str, Any]:
    schema = dict(_KINDS[kind])
    if name not in ORDERS[table.name] or (table.name, name) == ("flags", "key"):
        schema["type"] = [schema["type"], "null"]
    return {**schema, "description": table.meanings[name]}


def _tell_refusal(about: str) -> Mapping[str, Any]:
    return {"description": about, "content": {"application/problem+json": {"schema": _point("problem")}}}


def _point(name: str) -> Mapping[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _in_path(name: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": "Such as 2026-S1.", "schema": schema}


_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "Why not (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was wrong and what to do, in the city's language."},
    },
    "required": ["type", "title", "status", "detail"],
}
_SEMESTERS: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "semester": _SEMESTER,
        "first_day": {"type": "string", "format": "date"},
        "last_day": {"type": "string", "format": "date"},
        "stage": STAGE,
        "ranking": {"type": "string", "description": "Address of its ranking."},
    },
    "required": ["semester", "first_day", "last_day", "stage", "ranking"],
    "additionalProperties": False,
}
