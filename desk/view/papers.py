"""The papers of a judged semester: gathered, set, and written into a folder."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from activity.errors import ConfigError
from activity.message import Message
from activity.result.paper import JurySheet, Minutes, Occasion, PaperKind, Rapor, RaporLine
from activity.result.sheet import Sheet, Team
from activity.speech.reason import tell_reason
from desk.semester.judge import Judgement
from desk.semester.sealed import is_sealed
from desk.view.folder import replace_folder, translated, write_files
from desk.view.semester import read_offices, read_view
from desk.view.typeset import Typesetter, open_typesetter

if TYPE_CHECKING:
    from activity.result.pulse import OfficeLine

__all__ = ["gather_minutes", "gather_rapors", "gather_sheets", "make_occasion", "read_sheet", "write_papers"]

_MOST_BYTES = 1 << 20
_FOLDERS = (PaperKind.RAPOR, PaperKind.CERTIFICATE, PaperKind.JURY_SHEET)


def read_sheet(path: Path, judgement: Judgement, points: Path | None = None) -> Sheet:
    """Read a jury sheet's file, and check it for the channels that are ranked; raises ConfigError.

    Args:
        points: a CSV of what people gave by hand to accounts of the shortlist.
    """
    from scoring.jury.sheet import check_weights, parse_sheet
    from scoring.jury.sheet_points import parse_points

    ranking = judgement.ranking
    sheet = parse_sheet(_read_text(path, Message("Name a jury sheet in TOML.")), path.name)
    check_weights(sheet, list(dict.fromkeys(c.channel for c in ranking.categories)), path.name)
    if points is None:
        return sheet
    listed = [(s.agency.slug, s.channel) for c in ranking.categories for s in ranking.shortlisted(c)]
    text = _read_text(points, Message("Name a CSV with the jury's points."))
    return replace(sheet, by_hand=parse_points(text, points.name, sheet, listed))


def _read_text(path: Path, wanted: Message) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = tell_reason(error)
        raise ConfigError("{path}: {reason}.", wanted, path=path, reason=reason) from None


def make_occasion(judgement: Judgement, sheet: Sheet | None) -> Occasion:
    """Gather what the papers of a judgement share; sealed only where the seal holds these very figures."""
    seal = judgement.progress.sealed
    if seal is not None and not is_sealed(judgement.engine, seal, judgement.ranking):
        seal = None
    config = judgement.config
    team = sheet.team if sheet else Team()
    return Occasion(config.city, judgement.ranking, judgement.progress.stage, seal, config.zone, team)


def gather_minutes(judgement: Judgement, occasion: Occasion) -> Minutes:
    """Gather the minutes: winners and vacuum from the ranking, decisions and objections as recorded."""
    from db.semester.jury import load_objections, load_overrides
    from scoring.jury.decision import decisions_in_force

    semester = str(judgement.ranking.semester)
    every = load_overrides(judgement.engine, semester)
    in_force = decisions_in_force(every)
    return Minutes(
        occasion=occasion,
        categories=read_view(judgement).pulse.categories,
        decisions=in_force,
        undone=len(every) - len(in_force),
        objections=load_objections(judgement.engine, semester),
    )


def gather_rapors(judgement: Judgement, occasion: Occasion) -> Iterator[Rapor]:
    """Every office's report, in the ranking's order of levels, then by name."""
    from db.semester.integrity import load_decided
    from db.semester.jury import load_overrides
    from scoring.jury.decision import decisions_in_force
    from scoring.jury.treatment import apply_flags
    from scoring.placing.step_up import find_step_up

    ranking, rubric = judgement.ranking, judgement.rubric
    in_force = decisions_in_force(load_overrides(judgement.engine, str(ranking.semester)))
    decided = load_decided(judgement.engine, in_force)
    treated = apply_flags(
        judgement.rows, judgement.flags, rubric.integrity, in_force, decided, ranking.semester
    )
    rows = {(row.agency.slug, row.channel): row for row in treated}

    def tell(line: "OfficeLine") -> RaporLine:
        standing, category = line.standing, line.category
        row = rows[standing.agency.slug, standing.channel]
        step = find_step_up(row, standing, category, rubric, ranking.semester, ranking.as_of)
        return RaporLine(line, rubric.target(category.channel, category.level), step)

    for office in read_offices(judgement, read_view(judgement)):
        yield Rapor(occasion, office, tuple(tell(line) for line in office.lines))


def gather_sheets(judgement: Judgement, occasion: Occasion, sheet: Sheet) -> Iterator[JurySheet]:
    """A sheet for each account of the shortlist, in the ranking's order."""
    from db.nightly.service import load_service
    from scoring.jury.sheet import mark_standing

    ranking = judgement.ranking
    first, end = ranking.semester.first_day, ranking.as_of + timedelta(days=1)
    for category in ranking.categories:
        for standing in ranking.shortlisted(category):
            service = load_service(judgement.engine, standing.agency.slug, standing.channel, first, end)
            yield JurySheet(occasion, sheet, category, standing, mark_standing(sheet, standing, service))


def write_papers(
    judgement: Judgement,
    folder: Path,
    language: str,
    kinds: Collection[PaperKind],
    sheet: Sheet | None = None,
) -> dict[PaperKind, int]:
    """Write papers of these kinds; tells how many PDF files each kind came to.

    The minutes are two files; the others have a folder each, which is replaced whole. Other files stay.
    Raises ConfigError for a DOCX that a person has changed, a folder that holds something else, and where
    nothing can be written.

    Args:
        sheet: who signs, and the lines of the jury sheets; without it no jury sheet is written.
    """
    occasion = make_occasion(judgement, sheet)
    written: dict[PaperKind, int] = {}
    with open_typesetter(_moment(occasion)) as typesetter:
        if PaperKind.MINUTES in kinds:
            minutes = gather_minutes(judgement, occasion)
            _write_minutes(minutes, folder, language, typesetter)
            written[PaperKind.MINUTES] = 1
        for kind in _FOLDERS:
            if kind in kinds and (sheet is not None or kind is not PaperKind.JURY_SHEET):
                papers = _set_papers(judgement, occasion, language, kind, typesetter, sheet)
                written[kind] = _fill(folder / kind.value, papers, str(occasion.ranking.semester))
    return written


def _moment(occasion: Occasion) -> datetime:
    """When the papers count as made: at the seal, or with the end of the last judged day."""
    if occasion.seal is not None:
        return occasion.seal.sealed_at.astimezone(UTC)
    return datetime.combine(occasion.ranking.as_of, time(23, 59, 59), UTC)


def _set_papers(
    judgement: Judgement,
    occasion: Occasion,
    language: str,
    kind: PaperKind,
    typesetter: Typesetter,
    sheet: Sheet | None,
) -> Iterator[tuple[str, bytes]]:
    from reports.link import anchor
    from reports.papers.certificate import tell_certificates
    from reports.papers.jury_sheet import tell_jury_sheet
    from reports.papers.rapor import tell_rapor

    match kind:
        case PaperKind.RAPOR:
            told = (
                (rapor.office.agency.slug, tell_rapor(rapor, language))
                for rapor in gather_rapors(judgement, occasion)
            )
        case PaperKind.CERTIFICATE:
            told = (each for each in tell_certificates(occasion, language))
        case _:
            assert sheet is not None
            told = (
                (
                    anchor(each.category.channel.value, each.category.level, each.standing.agency.slug),
                    tell_jury_sheet(each, language),
                )
                for each in gather_sheets(judgement, occasion, sheet)
            )
    for name, words in told:
        yield name, typesetter.set(kind, words)


def _fill(folder: Path, papers: Iterator[tuple[str, bytes]], word: str) -> int:
    count = 0

    def fill(draft: Path) -> None:
        nonlocal count
        for name, content in papers:
            (draft / f"{name}.pdf").write_bytes(content)
            count += 1

    replace_folder(folder, fill, word)
    return count


def _write_minutes(minutes: Minutes, folder: Path, language: str, typesetter: Typesetter) -> None:
    from reports.papers.document import MARK, render_document
    from reports.papers.minutes import tell_minutes

    words = tell_minutes(minutes, language)
    document = f"{PaperKind.MINUTES.value}.docx"
    with translated(folder):
        _check_unchanged(folder / document, MARK)
    paper = typesetter.set(PaperKind.MINUTES, words)
    text = render_document(words, _moment(minutes.occasion))
    write_files(folder, {f"{PaperKind.MINUTES.value}.pdf": paper, document: text})


def _check_unchanged(document: Path, mark: bytes) -> None:
    if document.exists() and not document.read_bytes().endswith(mark):
        raise ConfigError(
            "{document} was changed by a person since it was written.",
            "Move it elsewhere, or name another folder with --out.",
            document=document,
        )
