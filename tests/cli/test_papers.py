"""`denyut papers` on a real database: the figures of `rank`, the seal of the archive, no edit lost."""

import shutil
import sys
import tomllib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from activity.semester import Semester
from desk.semester.judge import judge
from desk.setting.config import load_config
from desk.view.papers import make_occasion
from reports.wording import Language, phrase_number
from testkit.judged import Machine, fill_city

_SHEET = Path(__file__).parents[2] / "examples" / "lembar-juri.toml"
_PAPERS = ("papers", "2026-S1", "--language", "id")


def _read(path):
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        return " ".join(" ".join(pages).replace("\u200b", "").split())
    finally:
        document.close()


@pytest.fixture(scope="module")
def judged(tmp_path_factory, complaint):
    """A machine at which a semester was published, decided, objected to and sealed; a draft lies beside."""
    folder = tmp_path_factory.mktemp("papers")
    url = f"sqlite:///{folder / 'denyut.db'}"
    fill_city(url)
    machine = Machine(folder, url, complaint)
    machine.settings["DENYUT_CITY"] = "Kota Uji"
    who = ("--who", "Ketua Tim", "--reason", "Bukan berita", "--evidence", "BA 4")
    machine.done("override", "2026-S1", "dispora", "website", "--drop", "/berita/20260317-0", *who)
    machine.done("publish", "2026-S1", "--who", "Ketua Tim")
    opened = ("--who", "Lurah Rahasia", "--reason", "Dua berita hilang")
    machine.done("objection", "open", "2026-S1", "kel-a", *opened)
    machine.done("objection", "close", 1, "--who", "Ketua Tim", "--answer", "Sudah dihitung", "--reject")
    machine.done(*_PAPERS, "--out", "draf", "--only", "berita-acara", "--only", "piagam")
    machine.on("2026-07-20")
    machine.done("seal", "2026-S1", "--out", "arsip", "--who", "Kepala Diskominfo")
    machine.done(*_PAPERS, "--out", "kertas", "--sheet", _SHEET)
    return machine


def test_the_minutes_bear_the_digest_of_the_archive_and_the_papers_give_the_figures_of_rank(judged):
    paper = _read(judged.folder / "kertas" / "berita-acara.pdf")
    (archive,) = (judged.folder / "arsip").iterdir()
    assert sha256(archive.read_bytes()).hexdigest() in paper
    assert "RANCANGAN" not in paper
    for expected in (
        "Bukan berita; BA 4",
        "Dua berita hilang",
        "Ditolak 2 Jul 2026: Sudah dihitung",
        "Kota Uji",
    ):
        assert expected in paper
    assert "Lurah Rahasia" not in paper
    for category in judged.json("rank", "2026-S1")["categories"]:
        for s in category["standings"]:
            if s["score"] is None:
                continue
            score = phrase_number(s["score"], Language.ID, 2)
            rapor = _read(judged.folder / "kertas" / "rapor" / f"{s['agency']}.pdf")
            assert f"Jumlah {score}" in rapor
            assert f"peringkat {s['place']} dari" in rapor
            assert f"{s['place']} {s['name']} {score}" in paper


def test_a_draft_says_so_and_knows_no_seal(judged):
    paper = _read(judged.folder / "draf" / "berita-acara.pdf")
    assert paper.count("RANCANGAN") >= 3
    assert "SHA-256" not in paper
    assert (
        Document(str(judged.folder / "draf" / "berita-acara.docx")).paragraphs[0].text.startswith("RANCANGAN")
    )
    judged.done(*_PAPERS, "--out", "dulu", "--only", "berita-acara", "--as-of", "2026-06-15")
    assert "RANCANGAN" in _read(judged.folder / "dulu" / "berita-acara.pdf")


def test_figures_that_are_not_the_sealed_ones_bear_no_seal(judged):
    config = load_config(judged.settings)
    judgement = judge(config, Semester.parse("2026-S1"))
    assert make_occasion(judgement, None).seal == judgement.progress.sealed is not None
    website = judgement.ranking.categories[0]

    def lift(points):
        first = replace(website.standings[0], score=website.standings[0].score + points)
        category = replace(website, standings=(first, *website.standings[1:]))
        ranking = replace(judgement.ranking, categories=(category, *judgement.ranking.categories[1:]))
        return make_occasion(replace(judgement, ranking=ranking), None)

    assert lift(1e-6).seal is not None  # a last decimal that another machine rounds the other way
    assert lift(0.01).seal is None
    judgement.engine.dispose()


def test_a_second_run_elsewhere_gives_the_same_bytes(judged):
    done = judged.elsewhere(
        *_PAPERS, "--out", "lagi", "--sheet", _SHEET, "--only", "berita-acara",
        TZ="Pacific/Kiritimati", PYTHONHASHSEED="7", DENYUT_NOW="2026-09-01T10:00+08:00",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in ("berita-acara.pdf", "berita-acara.docx"):
        assert (judged.folder / "lagi" / name).read_bytes() == (judged.folder / "kertas" / name).read_bytes()


def test_jury_sheets_are_those_of_the_shortlist(judged):
    names = {path.stem for path in (judged.folder / "kertas" / "lembar-juri").glob("*.pdf")}
    listed = judged.json("shortlist", "2026-S1")["categories"]
    assert names == {f"{c['channel']}--{c['level']}--{s['agency']}" for c in listed for s in c["shortlist"]}
    paper = _read(judged.folder / "kertas" / "lembar-juri" / "website--skpd--dinkes.pdf")
    assert "hanya 3 malam diketahui; dinilai juri" in paper
    assert "nilai keaktifan" in paper


def test_a_sheet_that_people_have_scored_has_its_total(judged):
    lines = tomllib.loads(_SHEET.read_text(encoding="utf-8"))["line"]
    titles = [line["title"] for line in lines if "website" in line.get("channels", ["website"])][1:]
    rows = "".join(f"dinkes,website,{title},50\n" for title in titles)
    (judged.folder / "nilai.csv").write_text(f"agency,channel,line,points\n{rows}")
    papers = (*_PAPERS, "--out", "dinilai", "--only", "lembar-juri")
    judged.done(*papers, "--sheet", _SHEET, "--points", "nilai.csv")
    (score,) = [
        s["score"]
        for c in judged.json("rank", "2026-S1")["categories"]
        for s in c["standings"]
        if (c["channel"], s["agency"]) == ("website", "dinkes")
    ]
    paper = _read(judged.folder / "dinilai" / "lembar-juri" / "website--skpd--dinkes.pdf")
    assert f"JUMLAH (100) 100 {phrase_number(score * 0.4 + 30, Language.ID, 2)}" in paper
    assert "--sheet" in judged.refused(*_PAPERS, "--out", "x", "--points", "nilai.csv")


def test_certificates_of_an_older_result_are_gone_and_a_changed_docx_is_not_written_over(judged):
    folder = judged.folder / "ulang"
    shutil.copytree(judged.folder / "draf", folder)
    (folder / "piagam" / "website--skpd--1--pemenang-lama.pdf").write_bytes(b"old")
    judged.done(*_PAPERS, "--out", "ulang", "--only", "piagam", "--only", "berita-acara")
    assert {p.name for p in (folder / "piagam").glob("*.pdf")} == {
        p.name for p in (judged.folder / "kertas" / "piagam").glob("*.pdf")
    }
    document = Document(str(folder / "berita-acara.docx"))
    document.add_paragraph("Ditambah sekretaris.")
    document.save(str(folder / "berita-acara.docx"))
    saved = (folder / "berita-acara.docx").read_bytes()
    said = judged.refused(*_PAPERS, "--out", "ulang", "--only", "berita-acara")
    assert "was changed by a person" in said
    assert (folder / "berita-acara.docx").read_bytes() == saved


def test_what_cannot_be_done_is_one_clear_line(judged, monkeypatch):
    papers = (*_PAPERS, "--out", "x")
    assert "--sheet" in judged.refused(*papers, "--only", "lembar-juri")
    assert "No such file" in judged.refused(*papers, "--sheet", "none.toml")
    (judged.folder / "half.toml").write_text('name = "x"\n[[line]]\ntitle = "Mutu"\nweight = 50\n')
    assert "weigh 50 together" in judged.refused(*papers, "--sheet", "half.toml")
    assert "Unknown language" in judged.refused(*papers, "--language", "fr")
    (judged.folder / "berkas").write_text("x")
    assert "berkas" in judged.refused(*_PAPERS, "--out", "berkas", "--only", "berita-acara")
    assert "berkas" in judged.refused(*_PAPERS, "--out", "berkas", "--only", "piagam")
    monkeypatch.setitem(sys.modules, "typst", None)
    assert "install 'denyut[papers]==" in judged.refused(*papers)
    assert not (judged.folder / "x").exists()
