"""The objects in a page's or an API's JSON that describe posts: name, address and moment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final
from zoneinfo import ZoneInfo

from activity.post import PostDate
from crawler.extract.feed.item import clean_text
from crawler.extract.page.json_value import load_json
from crawler.extract.state.moment import MAX_FIELDS, read_moment
from crawler.extract.state.name import (
    DateRole,
    NameRole,
    is_agenda,
    is_aside,
    is_title,
    name_role,
    names_unknown_day,
    news_word,
    read_date_role,
    split_name,
)

__all__ = ["StateGroup", "StateRecord", "find_groups", "find_objects", "read_record_date"]

MAX_DEPTH = 14
MAX_ITEMS = 5_000
# Fewer numbered objects are the parts of one page.
FEWEST_CACHED = 3
# Nuxt keeps what each component of an article's page asked for, `data: [{"berita": {…}}]`; a longer list
# is of posts.
MOST_COMPONENTS = 3
# Names of the objects in which systems wrap an item's own fields.
_WRAPPERS: Final = (
    "attributes",
    "fields",
    "node",
    "item",
    "post",
    "data",
    "_source",
    "properties",
    "content",
)
_LINKS: Final = (
    "url",
    "link",
    "permalink",
    "href",
    "path",
    "uri",
    "fullurl",
    "canonicalurl",
    "weburl",
    "tautan",
)
_SLUGS: Final = (
    "slug",
    "seo",
    "alias",
    "urlslug",
    "slugurl",
    "judulseo",
    "titleslug",
    "sluglug",
    "permalinkslug",
)
_WRAPPED: Final = ("rendered", "id", "current", "text", "value", "stringValue", "integerValue", "alias")
_SLUG: Final = re.compile(r"[\w%.~/-]+")
_HIDDEN: Final = frozenset(
    {"draft", "draf", "pending", "private", "trash", "unpublished", "scheduled", "archived", "inactive"}
)


@dataclass(frozen=True, slots=True)
class StateRecord:
    """One object that looks like a post.

    Attributes:
        date: None where it states no publication.
        address: as it states it, empty where it states none.
        names: its slug and ids, by name.
        role: what its date's field is called after; None without a date.
        doubted: whether it was created one day, and tells another of which nobody knows what it is of.
    """

    title: str
    date: PostDate | None
    address: str
    names: Mapping[str, str]
    role: DateRole | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The records of one list.

    Attributes:
        folder: the word for news nearest above it, such as `berita` of `{"berita": {"items": [...]}}`.
        around: the objects in which it stands, the nearest first; they may tell how it goes on.
        items: how many objects it holds, records or not.
    """

    records: tuple[StateRecord, ...]
    folder: str
    around: tuple[Mapping[str, Any], ...]
    items: int


def find_groups(data: Any, source: str, now: datetime, zone: ZoneInfo) -> Iterator[StateGroup]:
    """Find every list with objects that have a title and a moment; a post is one of many alike."""
    for items, folder, names, around in _lists(data, "", (), (), MAX_DEPTH):
        if any(is_aside(name) for name in names[-2:]) and not folder:
            continue
        agenda = bool(names) and is_agenda(next((n for n in reversed(names) if news_word(n)), names[-1]))
        found = (_read_record(item, source, now, zone, agenda=agenda) for item in items)
        records = tuple(record for record in found if record is not None)
        if any(record.date is not None for record in records):
            yield StateGroup(records, folder, around, len(items))


def find_objects(data: Any, source: str, now: datetime, zone: ZoneInfo) -> Iterator[StateRecord]:
    """Find every object with a title and a moment that stands alone, as an article's own does."""
    own = (data,) if isinstance(data, dict) else ()
    for item in chain(own, _alone(data, MAX_DEPTH)):
        record = _read_record(item, source, now, zone)
        if record is not None and record.date is not None:
            yield record


def read_record_date(
    item: Mapping[str, Any], source: str, now: datetime, zone: ZoneInfo, *, plain: bool = True
) -> tuple[PostDate, DateRole] | None:
    """Read when an object says it was published, as text or as seconds or milliseconds since 1970.

    A field for the publication that is there and empty says that it never was: then nothing stands in for it.
    The moment of creation counts only where the object knows no other.

    Args:
        plain: whether a field that is merely called `date` is the publication's.
    """
    fields: dict[DateRole, list[str]] = {role: [] for role in DateRole}
    for name in list(item)[:MAX_FIELDS]:
        role = read_date_role(str(name))
        if role is not None and not isinstance(item[name], bool | list):
            fields[role].append(name)
    for role, names in fields.items():
        if role is DateRole.PLAIN and not plain:
            continue
        for name in names:
            evidence = read_moment(str(name), item[name], source, now, zone)
            if evidence is not None:
                return PostDate(evidence.at, evidence.precision, (evidence,)), role
        if role is DateRole.PUBLISHED and any(
            item[name] in {None, ""} for name in names if not _nested(item[name])
        ):
            return None
    return None


def _nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def _read_record(
    item: Mapping[str, Any], source: str, now: datetime, zone: ZoneInfo, *, agenda: bool = False
) -> StateRecord | None:
    fields = _unwrap(item)
    title = _find_title(fields)
    if not title or _is_hidden(fields):
        return None
    folded = {re.sub(r"[_-]", "", str(name)).lower(): value for name, value in fields.items()}
    named = _name_post(fields)
    names = {
        "slug": _first(folded, _SLUGS) or named.get(NameRole.SLUG, "") or _find_slug(fields, title),
        "id": _text(folded.get("id")) or named.get(NameRole.ID, ""),
        "_id": _text(fields.get("_id")),
    }
    dated = read_record_date(fields, source, now, zone, plain=not agenda)
    if dated is not None and dated[1] is DateRole.CREATED and not _find_title(fields, loose=False):
        return None  # a category, a person, a menu: they have a name, and were created
    date, role = dated or (None, None)
    address = _first(folded, _LINKS) or named.get(NameRole.LINK, "")
    doubted = role is DateRole.CREATED and date is not None and _tells_other(fields, date, source, now, zone)
    return StateRecord(title, date, address, {n: v for n, v in names.items() if v}, role, doubted)


def _tells_other(
    fields: Mapping[str, Any], date: PostDate, source: str, now: datetime, zone: ZoneInfo
) -> bool:
    told = (
        read_moment(name, raw, source, now, zone) for name, raw in fields.items() if names_unknown_day(name)
    )
    own = date.at.astimezone(zone).date()
    return any(other is not None and other.at.astimezone(zone).date() != own for other in told)


def _name_post(fields: Mapping[str, Any]) -> dict[NameRole, str]:
    """What tells an item by a name of its own table: "slug_berita", "berita_id", "linkArtikel"."""
    found: dict[NameRole, str] = {}
    for name, value in fields.items():
        role, text = name_role(str(name)), _text(value)
        # What is called "seo_title" as often is the headline.
        if role is not None and text and (role is not NameRole.SLUG or _SLUG.fullmatch(text)):
            found.setdefault(role, text)
    return found


def _find_slug(fields: Mapping[str, Any], title: str) -> str:
    """Find the title as an address writes it, whatever its field is called: `"permalink": "kerja-bakti"`."""
    words = "-".join(re.findall(r"[a-z0-9]+", title.lower()))
    texts = (value for value in fields.values() if isinstance(value, str))
    return next((text for text in texts if "-" in words and text.lower() == words), "")


def _unwrap(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item with the fields that its system wraps in one object more."""
    fields = {name: _alone_in(value) for name, value in list(item.items())[:MAX_FIELDS]}
    about = fields.get("meta")
    if isinstance(about, dict):
        # Wagtail's interface keeps there whatever is no content: slug, address, first_published_at.
        told = list(about.items())[:MAX_FIELDS]
        fields |= {
            n: v for n, v in told if n not in fields and (read_date_role(n) is not None or name_role(n))
        }
    for name in _WRAPPERS:
        inner = item.get(name)
        if isinstance(inner, dict) and not _find_title(fields, loose=False) and _find_title(inner):
            return {**fields, **dict(list(inner.items())[:MAX_FIELDS])}
    return fields


def _alone_in(value: Any) -> Any:
    """What a list of one value holds: Drupal's `"title": [{"value": "Kerja bakti"}]`."""
    own = value[0] if isinstance(value, list) and len(value) == 1 else None
    return own if isinstance(own, dict) and {"value", "alias"} & set(own) else value


def _is_hidden(fields: Mapping[str, Any]) -> bool:
    for name, value in fields.items():
        words = split_name(str(name))
        if words in {("status",), ("state",)} and isinstance(value, str) and value.lower() in _HIDDEN:
            return True
        if value is False and words in {("published",), ("is", "published"), ("is", "publish"), ("publish",)}:
            return True
    return False


def _find_title(fields: Mapping[str, Any], *, loose: bool = True) -> str:
    for broad in (False, True) if loose else (False,):
        for name, value in fields.items():
            if is_title(str(name), loose=broad):
                text = _text(value)
                if text and not isinstance(value, int | float):
                    return text
    return ""


def _first(item: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((text for name in names if (text := _text(item.get(name)))), "")


def _text(value: Any) -> str:
    """A field as text; WordPress and its likes wrap texts: {"rendered": "..."}, others by language."""
    if isinstance(value, dict):
        value = next((value[key] for key in _WRAPPED if key in value), None)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return (
        clean_text(value.strip()[:2_000])
        if isinstance(value, str)
        else str(value)
        if abs(value) < 1e18
        else ""
    )


_Found = tuple[Sequence[Mapping[str, Any]], str, tuple[str, ...], tuple[Mapping[str, Any], ...]]


def _lists(
    data: Any, folder: str, names: tuple[str, ...], around: tuple[Mapping[str, Any], ...], depth: int
) -> Iterator[_Found]:
    if depth == 0:
        return
    if isinstance(data, str) and len(data) > 60 and data[:1] in {"{", "["}:
        data = load_json(data)  # an answer that was kept as text
    if isinstance(data, dict):
        cached = _cached(data)
        if cached:
            yield cached, folder or news_word(str(next(iter(data)))), names, around
        for name, value in list(data.items())[: 10 * MAX_FIELDS]:
            if isinstance(value, dict | list | str):
                word = news_word(str(name)) or ("" if is_aside(str(name)) else folder)
                yield from _lists(value, word, (*names[-3:], str(name)), (data, *around[:2]), depth - 1)
    elif isinstance(data, list):
        objects = [value for value in data[:MAX_ITEMS] if isinstance(value, dict)]
        if objects:
            yield objects, folder, names, around
        for value in data[:MAX_ITEMS]:
            if isinstance(value, dict | list):
                yield from _lists(value, folder, names, around, depth - 1)


def _cached(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Records that a store keeps by their ids, `{"Post:1": {…}, "Post:2": {…}}`, else none."""
    numbered = [
        value
        for name, value in list(data.items())[:MAX_ITEMS]
        if isinstance(value, dict) and any(c.isdigit() for c in str(name)) and _find_title(value, loose=False)
    ]
    return numbered if len(numbered) >= FEWEST_CACHED else ()


def _alone(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth and isinstance(data, str) and len(data) > 60 and data[:1] in {"{", "["}:
        data = load_json(data)
    if depth and isinstance(data, list):
        if len(data) <= MOST_COMPONENTS:
            for value in data:
                yield from _alone(value, depth - 1)
        data = _component(data)
    if depth and isinstance(data, dict):
        for value in list(data.values())[: 10 * MAX_FIELDS]:
            own = _component(value) if isinstance(value, list) else value
            if isinstance(own, dict):
                yield own
            if isinstance(value, dict | str | list):
                yield from _alone(value, depth - 1)


def _component(data: list[Any]) -> Any:
    """What one component is given: React's `["$", "div", null, {…}]`, Livewire's `[{…}, {"s": "arr"}]`."""
    if len(data) >= 4 and data[0] == "$":
        return data[3]
    if len(data) == 2 and isinstance(data[1], dict) and set(data[1]) <= {"s", "class", "key", "keys"}:
        return data[0]
    return None
