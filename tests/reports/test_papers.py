"""Papers read back from their PDF: the ranking's figures, a page an office, strangers' words harmless."""

import io
import os
import re
import time as clock
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest

from activity.agency import Channel
from activity.jury import Action, Objection, Override, Seal, Stage
from activity.metric import Metric
from activity.prize import Prize, PrizeCategory, PrizeWinner
from activity.ranking import Overall, Sweep
from activity.result.explanation import StepUp
from activity.result.paper import JurySheet, Minutes, Occasion, PaperKind, Rapor, RaporLine
from activity.result.pulse import OfficeLine, PublicRuling
from activity.result.sheet import Gauge, Sheet, SheetLine, SheetMark, Team
from desk.view.semester import arrange_offices
from desk.view.typeset import open_typesetter
from reports.papers.certificate import tell_certificates
from reports.papers.document import MARK, render_document
from reports.papers.jury_sheet import tell_jury_sheet
from reports.papers.letters import LETTERS, print_words
from reports.papers.minutes import tell_minutes
from reports.papers.rapor import tell_rapor
from reports.wording import Language, phrase_number
from testkit.printed import draw_sheets
from testkit.zone import MAKASSAR as ZONE

_AT = datetime(2026, 7, 20, 3, 4, 5, tzinfo=UTC)
_SEAL = Seal(
    "2026-S1", 2, _AT, "Kepala Diskominfo", "Putusan PTUN", 1, date(2026, 6, 20), "keaktifan", "1",
    "ab" * 32, "cd" * 32, "0123456789abcdef" * 4,
)  # fmt: skip
_EVIL = (
    '#import "/etc/passwd": x',
    "#sys.inputs $x^2$ *tebal* _miring_ `kode` @rujuk <label> // = judul \\",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://evil.example")',
    "\x1b[2J\u202egnp.exe\u200b",
    "x" * 10_000,
    "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
    "𝗕𝗣𝗕𝗗 日本 📢 ملاحظة שלום",
)


@pytest.fixture(scope="module")
def typesetter():
    with open_typesetter(_AT) as made:
        yield made


def _occasion(view, seal=None, ranking=None):
    team = Team("Keputusan Wali Kota 12/2026", "Siti Aminah", ("Budi", "", "", ""))
    stage = Stage.SEALED if seal else Stage.OBJECTIONS
    return Occasion(view.city, ranking or view.ranking, stage, seal, ZONE, team)


def _minutes(view, seal=None):
    decision = Override(
        3,
        "2026-S1",
        "dinkes",
        Channel.WEBSITE,
        Action.DROP,
        "/berita/1",
        "Ketua",
        "Bukan berita",
        "BA 4",
        _AT,
    )
    objection = Objection(
        5,
        "2026-S1",
        "dishub",
        None,
        "Sekretaris",
        "Dua berita hilang",
        _AT,
        _AT,
        "Ketua",
        "Benar",
        accepted=True,
    )
    return Minutes(_occasion(view, seal), view.pulse.categories, (decision,), 2, (objection,))


def _rapors(view, seal=None):
    for office in arrange_offices(view, {}, {}):
        lines = []
        for line in office.lines:
            first = line.category.standings[0]
            days = (date(2026, 3, 1), date(2026, 3, 9))
            step = (
                StepUp(first, (("frequency", 4.0),), days, 91.5) if (line.standing.place or 0) > 1 else None
            )
            lines.append(RaporLine(line, 2.0, step))
        yield Rapor(_occasion(view, seal), office, tuple(lines))


def _sheet(view, mark=80.0):
    category = view.ranking.categories[0]
    lines = (
        SheetLine("HTTPS", 30, Gauge.HTTPS),
        SheetLine("Kebaruan", 30, Metric.FRESHNESS),
        SheetLine("Mutu", 40),
    )
    marks = (
        SheetMark(lines[0], 0.5, 50.0, 10),
        SheetMark(lines[1], 3.0, mark),
        SheetMark(lines[2], None, None),
    )
    sheet = Sheet("Lembar", _occasion(view).team, lines)
    return JurySheet(_occasion(view), sheet, category, category.standings[0], marks)


def _read(pdf):
    """The text of each page, as a reader would say it: hyphens and breaks of lines taken out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        return [" ".join(page.replace("\u200b", "").replace("\ufffe", "").split()) for page in pages]
    finally:
        document.close()


def _without_letters(words):
    """The same page with its pictures alone: a letter may pass for the mark of a day."""
    bare = {key: "" if isinstance(value, str) and key != "lang" else value for key, value in words.items()}
    channels = [
        {key: "" if isinstance(value, str) else [] for key, value in told.items()}
        | {"picture": re.sub("<text.*?</text>", "", told["picture"]), "alt": "-"}
        for told in words["channels"]
    ]
    return bare | {"title": "-", "name": "-", "channels": channels, "lacking": [], "protests": []}


def _every_paper(view):
    yield PaperKind.MINUTES, tell_minutes(_minutes(view), "id")
    yield from ((PaperKind.RAPOR, tell_rapor(rapor, "id")) for rapor in _rapors(view))
    yield from ((PaperKind.CERTIFICATE, words) for _, words in tell_certificates(_occasion(view), "id"))
    yield PaperKind.JURY_SHEET, tell_jury_sheet(_sheet(view), "id")


def test_the_minutes_give_the_rankings_figures_the_decisions_and_the_seal(view, typesetter):
    words = tell_minutes(_minutes(view, _SEAL), "id")
    said = " ".join(_read(typesetter.set(PaperKind.MINUTES, words)))
    assert "RANCANGAN" not in said
    for category in view.ranking.categories:
        for s in category.standings:
            if s.place is not None and s.place <= view.ranking.places:
                assert re.search(
                    rf"{s.place} {re.escape(s.agency.name)} {phrase_number(s.score, Language.ID, 2)}", said
                )
    for s in view.ranking.vacuum():
        assert f"3 Nov 2025 {s.silent_days} " in said
        assert "melampaui UU KIP" in said
    for expected in (
        "0123456789abcdef" * 4,
        "segel nomor 2",
        "menggantikan segel nomor 1: Putusan PTUN",
        "unggahan tidak dihitung: /berita/1",
        "Bukan berita; BA 4",
        "2 keputusan lain",
        "Diterima 20 Jul 2026: Benar",
        "Keputusan Wali Kota 12/2026",
        "Siti Aminah",
        "Anggota 4",
    ):
        assert expected in said
    assert "ab" * 32 not in said


def test_what_is_not_sealed_says_so_large_on_every_paper(view, typesetter):
    kinds = set()
    for kind, words in _every_paper(view):
        if kind in kinds:
            continue
        kinds.add(kind)
        said = " ".join(_read(typesetter.set(kind, words)))
        assert "RANCANGAN, BELUM DISEGEL" in said
        assert "Tahap: masa sanggah" in said
    assert kinds == set(PaperKind)


def test_a_rapor_is_one_page_with_the_rankings_figures_and_every_day_dark(view, typesetter):
    seen = 0
    for rapor in _rapors(view):
        words = tell_rapor(rapor, "id")
        (said,) = _read(typesetter.set(PaperKind.RAPOR, words))
        days = 0
        for told in rapor.lines:
            s = told.line.standing
            if s.address is None:
                continue
            seen += 1
            days += sum(n > 0 for n in told.line.halves[1].posts)
            if s.score is not None:
                assert f"Jumlah {phrase_number(s.score, Language.ID, 2)}" in said
                for gives in s.contributions.values():
                    assert phrase_number(gives, Language.ID, 2) in said
            if s.place is not None:
                assert f"peringkat {s.place} dari 4" in said
        (sheet,) = draw_sheets(typesetter.set(PaperKind.RAPOR, _without_letters(words)))
        # Marks are 6 to 10 units wide, of which a drawing has 319 on 54 % of the line.
        assert sheet.count_squares(6, 12) == days
    assert seen == 6


def test_the_fullest_rapor_still_is_one_page(view, typesetter):
    (rapor,) = [each for each in _rapors(view) if each.office.agency.slug == "dishub"]
    (told,) = rapor.lines
    standing = replace(
        told.line.standing,
        metrics=tuple(replace(told.line.standing.metrics[0], name=name, weight=20.0) for name in (
            "frequency", "regularity", "freshness", "longest_silence", "posts_a_week")),
        address="https://" + "a" * 300,
        held=7,
        deductions=(("regularity", 5.0), ("longest_silence", 2.5)),
        vacuum_on=date(2026, 8, 1),
    )  # fmt: skip
    rulings = tuple(PublicRuling(n, "do not count post", "k", date(2026, 7, 2)) for n in range(9))
    lines = []
    for channel in Channel:
        rival = replace(standing, agency=replace(standing.agency, name="Dinas " + "Panjang " * 60))
        category = replace(told.line.category, channel=channel)
        line = OfficeLine(category, replace(standing, channel=channel), told.line.halves, rulings)
        days = tuple(date(2026, 1, 1 + n) for n in range(30))
        lines.append(RaporLine(line, 2.0, StepUp(rival, (), days, 99.0)))
    office = replace(rapor.office, agency=replace(rapor.office.agency, name="Dinas " + "Amat " * 80))
    pages = _read(
        typesetter.set(PaperKind.RAPOR, tell_rapor(replace(rapor, office=office, lines=tuple(lines)), "id"))
    )
    assert len(pages) == 1
    assert pages[0].count("Jumlah") == len(Channel)
    assert pages[0].count("Dikurangi karena Keteraturan, Jeda terpanjang: 7,50 poin.") == len(Channel)


def test_the_minutes_name_who_won_a_further_prize(view):
    dinkes = view.ranking.categories[0].standings[0].agency
    won = PrizeCategory(Channel.WEBSITE, "skpd", (PrizeWinner(dinkes, 1, 9.5),))
    prize = Prize("Paling #aktif", "posts_a_week", 1, (won,))
    minutes = replace(
        _minutes(view), occasion=_occasion(view, ranking=replace(view.ranking, prizes=(prize,)))
    )
    rows = [row for block in tell_minutes(minutes, "id")["blocks"] for row in block.get("rows", ())]
    (told,) = [row for row in rows if "aktif: Situs web, SKPD" in row[0]]
    assert told[1:] == ["1", dinkes.name, "–", "Kiriman per minggu"]
    given = dict(tell_certificates(minutes.occasion, "id"))["hadiah--1--website--skpd--1--dinkes"]
    assert (given["merit"], given["where"], given["score"]) == (
        "Juara 1: Paling #aktif",
        "Situs web, SKPD",
        "",
    )


def test_winners_share_a_place_and_get_a_certificate_each(view, typesetter):
    website, _instagram = view.ranking.categories
    dinkes, dishub = website.standings[0].agency, website.standings[1].agency
    ranking = replace(
        view.ranking,
        places=2,
        overall=(("skpd", (Overall(dinkes, 1, 88.0, ()), Overall(dishub, None, None, ()))),),
        sweeps=(Sweep(dinkes, ((Channel.WEBSITE, 1),)),),
    )
    made = dict(tell_certificates(_occasion(view, _SEAL, ranking), "id"))
    assert list(made) == [
        "website--skpd--1--dinkes",
        "website--skpd--2--dishub",
        "website--skpd--2--disdik",
        "gabungan--skpd--1--dinkes",
        "semua-kanal--skpd--dinkes",
    ]
    (said,) = _read(typesetter.set(PaperKind.CERTIFICATE, made["website--skpd--2--dishub"]))
    for expected in ("Dinas Perhubungan", "Juara 2", "Situs web, SKPD", "70,00", "Segel 2", "Siti Aminah"):
        assert expected in said
    assert "RANCANGAN" not in said


def test_a_jury_sheet_has_measured_lines_beside_open_ones_and_one_total(view, typesetter):
    words = tell_jury_sheet(_sheet(view), "id")
    (said,) = _read(typesetter.set(PaperKind.JURY_SHEET, words))
    for expected in (
        "1 HTTPS 30 HTTPS dengan sertifikat sah: 5 dari 10 malam (50%) 50,00 15,00",
        "2 Kebaruan 30 Kebaruan: 3,0 80,00 24,00",
        "3 Mutu 40 dinilai juri",
        "Jumlah butir terukur 60 39,00",
        "Jumlah butir juri 40",
        "JUMLAH (100) 100",
        "Bobot menurut Keputusan Wali Kota 12/2026.",
    ):
        assert expected in said
    whole = replace(_sheet(view), marks=_sheet(view).marks[:2])
    assert tell_jury_sheet(whole, "id")["sum"] == "39,00"
    assert words["sum"] == ""


@pytest.mark.parametrize("evil", _EVIL, ids=range(len(_EVIL)))
def test_what_strangers_wrote_is_shown_and_never_obeyed(view, typesetter, evil):
    website, instagram = view.ranking.categories
    standings = tuple(replace(s, agency=replace(s.agency, name=evil)) for s in website.standings)
    ranking = replace(view.ranking, categories=(replace(website, standings=standings), instagram))
    strange = replace(view, ranking=ranking, city=evil)
    minutes = _minutes(strange)
    minutes = replace(minutes, decisions=(replace(minutes.decisions[0], reason=evil, who=evil, post=evil),))
    papers = dict(_every_paper(strange)) | {PaperKind.MINUTES: tell_minutes(minutes, "id")}
    shown = print_words(evil).replace("\u200b", "")[:60].strip()
    latin = re.sub(r"[\u0590-\u06ff\ufb00-\ufeff].*", "", shown).strip()
    for kind, words in papers.items():
        pages = _read(typesetter.set(kind, words))
        assert kind is PaperKind.MINUTES or len(pages) == 1
        said = "".join(pages)
        assert "".join(latin.split()) in "".join(said.split()), kind
        assert "\x1b" not in said
        assert "x" * 300 not in said
    document = docx.Document(io.BytesIO(render_document(papers[PaperKind.MINUTES], _AT)))
    cells = [
        cell.text.replace("\u200b", "")
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any(shown in cell for cell in cells)


def test_the_compiler_has_a_shape_for_every_letter_that_is_let_through(view, typesetter):
    ranges = [part.split("-") for part in LETTERS.split()]
    letters = [chr(n) for first, last in ranges for n in range(int(first, 16), int(last, 16) + 1)]
    words = tell_minutes(_minutes(view), "id")
    rows = [letters[n : n + 8] for n in range(0, len(letters) // 8 * 8, 8)] + [letters[-8:]]
    block = {"kind": "table", "head": list("abcdefgh"), "rows": rows, "widths": [1] * 8, "right": []}
    assert (
        len(typesetter.set(PaperKind.MINUTES, words | {"blocks": [block], "award": " ".join(letters)}))
        > 10_000
    )


def test_the_same_result_gives_the_same_bytes_at_another_hour_in_another_zone(view, monkeypatch):
    def make():
        with open_typesetter(_AT) as fresh:
            return [
                fresh.set(PaperKind.MINUTES, tell_minutes(_minutes(view, _SEAL), "id")),
                fresh.set(PaperKind.RAPOR, tell_rapor(next(_rapors(view, _SEAL)), "id")),
                render_document(tell_minutes(_minutes(view, _SEAL), "id"), _AT),
            ]

    before = make()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    clock.tzset()
    try:
        clock.sleep(1.1)
        assert make() == before
    finally:
        monkeypatch.undo()
        clock.tzset()
    assert os.environ.get("TZ") != "Pacific/Kiritimati"


def test_a_paper_claims_to_last_and_to_be_readable_aloud(view, typesetter):
    for kind, words in dict(_every_paper(view)).items():
        pdf = typesetter.set(kind, words)
        for claim in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1"):
            assert claim in pdf, kind
        assert b"id" in re.findall(rb"/Lang ?\((\w+)", pdf)


def test_the_docx_says_what_the_pdf_says_and_can_be_told_from_a_changed_one(view):
    words = tell_minutes(_minutes(view, _SEAL), "id")
    content = render_document(words, _AT)
    document = docx.Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[:-1] == [[b["head"], *b["rows"]] for b in words["blocks"] if b["kind"] == "table"]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert _SEAL.archive in paragraphs
    assert words["opening"] in paragraphs
    assert content.endswith(MARK)
    saved = io.BytesIO()
    document.save(saved)
    assert not saved.getvalue().endswith(MARK)
    draft = docx.Document(io.BytesIO(render_document(tell_minutes(_minutes(view), "id"), _AT)))
    assert draft.paragraphs[0].text == "RANCANGAN, BELUM DISEGEL"
    assert all(info.date_time[0] == 1980 for info in zipfile.ZipFile(io.BytesIO(content)).infolist())


def test_english_says_it_in_english(view, typesetter):
    said = " ".join(_read(typesetter.set(PaperKind.MINUTES, tell_minutes(_minutes(view), "en"))))
    assert "DRAFT, NOT SEALED" in said
    assert "91.23" in said
    assert "RANCANGAN" not in said
