"""A list of agencies and their accounts, taken as a whole or refused with a line for each problem."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from activity.agency import Agency, Participation, RegistryEntry
from activity.channel import CHANNELS, Channel
from activity.errors import AccountError, RegistryError
from activity.message import Message
from activity.registry.cell import Cell, read_link
from activity.registry.header import Header, find_header
from activity.speech.plain import drop_hidden, unguard_cell

__all__ = ["read_registry"]

_FORMULA = re.compile(r"=\s*[A-Za-z][\w.]*\s*\(")
_FAILED = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOST_CONTACT = 200
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_registry(rows: Iterable[Sequence[str]], source: str) -> tuple[RegistryEntry, ...]:
    """Read rows of cells, the first of them being line 1.

    The header may be Indonesian, in any case and order, below a title; columns that mean nothing
    here are left alone. Blank rows are skipped.

    Args:
        source: what the messages call the file.

    Raises:
        RegistryError: with every problem found, each naming its line and column.
    """
    reading = _Reading()
    numbered = enumerate(rows, 1)
    header = find_header(numbered, reading.refuse)
    entries: list[tuple[int, RegistryEntry]] = []
    if header is not None:
        for line, row in numbered:
            if any(cell.strip() for cell in row):
                entry = _read_entry(_Row(line, row, header, reading))
                if entry is not None:
                    entries.append((line, entry))
        if not entries and not reading.problems:
            reading.problems.append(Message("no agency below the header, expected a row for each"))
        _check_together(entries, reading)
    if reading.problems:
        raise RegistryError(source, tuple(reading.problems))
    return tuple(entry for _, entry in entries)


@dataclass(slots=True)
class _Reading:
    """Problems found so far, and the slugs of all rows, also of those with problems."""

    problems: list[str] = field(default_factory=list)
    slugs: dict[str, int] = field(default_factory=dict)

    def refuse(self, line: int, column: str, problem: str) -> None:
        place = (
            Message("line {line}, column {column}", line=line, column=column)
            if column
            else Message("line {line}", line=line)
        )
        self.problems.append(Message("{place}: {problem}", place=place, problem=problem))


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Sequence[str]
    header: Header
    reading: _Reading

    def cell(self, column: str) -> str:
        """A column's text as people see it, without an export's apostrophe; blank where it is missing."""
        index = self.header.columns.get(column)
        if index is None or index >= len(self.cells):
            return ""
        return unguard_cell(" ".join(drop_hidden(self.cells[index]).split()))

    def link(self, column: str) -> str:
        """Tell where a column's cell leads, by its hyperlink or formula; empty where it does not."""
        index = self.header.columns.get(column)
        cell = self.cells[index] if index is not None and index < len(self.cells) else ""
        return cell.target if isinstance(cell, Cell) else read_link(self.cell(column))

    def refuse(self, column: str, expected: str) -> None:
        self.reading.refuse(
            self.line,
            column,
            Message(
                'found "{cell}", expected {expected}', cell=self.cell(column), expected=Message(expected)
            ),
        )


def _read_entry(row: _Row) -> RegistryEntry | None:
    """One agency; None, with the problems noted, where a cell cannot be read."""
    before = len(row.reading.problems)
    _refuse_formulas(row)
    agency = Agency(
        slug=_read_slug(row),
        name=_read_needed(row, "name", "the agency's name"),
        level=_read_needed(row, "level", "a level such as skpd, kecamatan or kelurahan").casefold(),
        participation=_read_participation(row),
        parent=row.cell("parent").casefold() or None,
        valid_from=_read_day(row, "valid_from"),
        valid_to=_read_day(row, "valid_to"),
        predecessors=_read_predecessors(row),
    )
    if agency.valid_from and agency.valid_to and agency.valid_to <= agency.valid_from:
        row.refuse("valid_to", Message("a day after valid_from, {valid_from}", valid_from=agency.valid_from))
    if any(cell.strip() for cell in row.cells[row.header.width :]):
        problem = Message(
            "found {count} cells, expected {width} as in the header",
            count=len(row.cells),
            width=row.header.width,
        )
        row.reading.refuse(row.line, "", problem)
    addresses = _read_addresses(row)
    told = frozenset(channel for channel in Channel if channel in row.header.columns)
    contact = _read_contact(row) if "contact" in row.header.columns else None
    handover = (_read_day(row, "handover"),) if "handover" in row.header.columns else None
    if len(row.reading.problems) > before:
        return None
    return RegistryEntry(agency, addresses, told, contact, handover)


def _read_contact(row: _Row) -> str:
    text = row.cell("contact")
    if len(text) > _MOST_CONTACT:
        row.refuse("contact", Message("at most {most} letters: a name and a number", most=_MOST_CONTACT))
    return "" if text == "-" else text


def _refuse_formulas(row: _Row) -> None:
    """A formula without its result is unreadable, and so is one that failed: never a blank."""
    for column, index in row.header.columns.items():
        cell = row.cells[index] if index < len(row.cells) else ""
        formula = cell.formula if isinstance(cell, Cell) else ""
        if not formula and column in CHANNELS and _FORMULA.match(row.cell(column)):
            formula = row.cell(column)
        if formula and not (column in CHANNELS and row.link(column)):
            problem = Message(
                'found the formula "{formula}" without its result, expected a value: save it as values',
                formula=formula[:60],
            )
            row.reading.refuse(row.line, column, problem)
        elif _FAILED.fullmatch(row.cell(column)):
            row.refuse(column, "a value: the formula in this cell fails")


def _read_slug(row: _Row) -> str:
    slug = row.cell("slug").casefold()
    if not _SLUG.fullmatch(slug):
        row.refuse("slug", "small letters, digits and single hyphens, such as dinas-kesehatan")
    elif slug in row.reading.slugs:
        row.refuse("slug", Message("another one: line {slugs} has it already", slugs=row.reading.slugs[slug]))
    else:
        row.reading.slugs[slug] = row.line
    return slug


def _read_predecessors(row: _Row) -> tuple[str, ...]:
    """Slugs, several of them where offices were merged; they may stand in an earlier file."""
    text = row.cell("predecessors").casefold()
    slugs = dict.fromkeys(slug for slug in re.split(r"[,;\s]+", text) if slug not in {"", "-"})
    if not all(_SLUG.fullmatch(slug) for slug in slugs):
        row.refuse("predecessors", "slugs such as dinas-a, or dinas-a; dinas-b after a merger")
        return ()
    return tuple(slugs)


def _read_needed(row: _Row, column: str, expected: str) -> str:
    text = row.cell(column)
    if not text:
        row.refuse(column, expected)
    return text


def _read_participation(row: _Row) -> Participation:
    typed = re.sub(r"[\s_-]", "", row.cell("status").casefold())
    if not typed:
        return Participation.PESERTA
    for participation in Participation:
        if typed == re.sub(r"[\s_-]", "", participation):
            return participation
    row.refuse("status", Message("one of: {participation}", participation=", ".join(Participation)))
    return Participation.PESERTA


def _read_day(row: _Row, column: str) -> date | None:
    text = row.cell(column)
    if text in {"", "-"}:
        return None
    iso, local = _ISO_DAY.match(text), _LOCAL_DAY.fullmatch(text)
    try:
        if iso and text[iso.end() :] in {"", " 00:00:00", "T00:00:00"}:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if local:
            return date(int(local[3]), int(local[2]), int(local[1]))
    except ValueError:
        pass  # 31/02/2026: a shape that is no day is refused below like any other text
    row.refuse(column, "a day such as 2026-07-01 or 01/07/2026")
    return None


def _read_addresses(row: _Row) -> Mapping[Channel, str]:
    addresses: dict[Channel, str] = {}
    for channel, facts in CHANNELS.items():
        parse = facts.parse
        text, link = row.cell(channel), row.link(channel)
        try:
            address = parse(link or text)
            if link and _names_another(text, address, parse):
                row.refuse(channel, Message("the account that its link opens, {link}", link=link))
        except AccountError as error:
            row.reading.refuse(row.line, channel, error.message)
        else:
            if address is not None:
                addresses[channel] = address
    return addresses


def _names_another(text: str, address: str | None, parse: Callable[[str], str | None]) -> bool:
    """Whether a cell says one account and opens another: typing over a link leaves the old one."""
    if not text.startswith(("@", "http")) and ".com/" not in text:
        return False
    try:
        return parse(text) != address
    except ValueError:
        return False


def _check_together(entries: Sequence[tuple[int, RegistryEntry]], reading: _Reading) -> None:
    """What no row shows by itself: parents that are not there or go in a circle, shared addresses."""
    parents = {entry.agency.slug: entry.agency.parent for _, entry in entries}
    _check_predecessors(entries, reading)
    owners: dict[tuple[Channel, str], list[tuple[int, Agency]]] = {}
    for line, entry in entries:
        parent = entry.agency.parent
        if parent is not None and parent not in reading.slugs:
            reading.refuse(
                line, "parent", Message('found "{parent}", expected a slug of this file', parent=parent)
            )
        elif _is_circle(entry.agency.slug, parents):
            reading.refuse(
                line,
                "parent",
                Message('found "{parent}", expected an agency that is not below this one', parent=parent),
            )
        for channel, address in entry.addresses.items():
            known = owners.setdefault((channel, _same_place(address)), [])
            for other_line, other in known:
                if _overlap(entry.agency, other):
                    problem = Message(
                        'found "{address}", expected another one: line {other_line} has it already',
                        address=address,
                        other_line=other_line,
                    )
                    reading.refuse(line, channel, problem)
                    break
            known.append((line, entry.agency))


def _check_predecessors(entries: Sequence[tuple[int, RegistryEntry]], reading: _Reading) -> None:
    """Nobody carries on itself, nor an agency that carries it on."""
    before = {entry.agency.slug: entry.agency.predecessors for _, entry in entries}
    for line, entry in entries:
        slug, earlier = entry.agency.slug, list(entry.agency.predecessors)
        seen: set[str] = set()
        while earlier:
            found = earlier.pop()
            if found == slug:
                named = "; ".join(entry.agency.predecessors)
                reading.refuse(
                    line,
                    "predecessors",
                    Message('found "{named}", expected agencies that do not carry on this one', named=named),
                )
                break
            if found not in seen:
                seen.add(found)
                earlier += before.get(found, ())


def _is_circle(slug: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents.get(slug)
    while above is not None and above not in seen:
        if above == slug:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _same_place(address: str) -> str:
    """What two spellings of one address share: neither scheme, `www.` nor a closing slash matter."""
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")


def _overlap(one: Agency, other: Agency) -> bool:
    """Whether both exist on some day; an office and its successor may have one address in turn."""
    return (one.valid_from or date.min) < (other.valid_to or date.max) and (other.valid_from or date.min) < (
        one.valid_to or date.max
    )
