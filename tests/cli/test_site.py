"""`denyut site` on a real database: the same figures as the ranking, no secret, whole or not at all."""

import fcntl
import os
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from activity.errors import ConfigError
from desk.view.folder import replace_folder
from testkit.english import find_english

_QUOTED = {"a"}
"""The name of an element that bears a date."""
_SECRET = ("Pak Rahasia", "alasan rahasia", "bukti rahasia", "jawaban rahasia", "kontak@rahasia.example")


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_crawled_city_becomes_a_site_without_names_or_reasons(denyut, registry, evening, tmp_path):
    night, after = evening(date(2026, 6, 30)), "2026-07-02T09:00"
    who, why, proof, answer, contact = _SECRET
    denyut.done("init")
    offices = denyut.write("r.csv", registry("dinkes", "dishub", "kel-cendana"))
    denyut.done("agencies", "import", offices, DENYUT_NOW=night)
    denyut.done("crawl", "--json", DENYUT_NOW=night)
    denyut.done(
        "override", "2026-S1", "dinkes", "website", "--exclude", "--who", who, "--reason", why,
        "--evidence", proof, DENYUT_NOW=after,
    )  # fmt: skip
    denyut.done("publish", "2026-S1", "--who", who, DENYUT_NOW=after)
    denyut.done("objection", "open", "2026-S1", "dishub", "--who", who, "--reason", why, DENYUT_NOW=after)
    denyut.done("objection", "close", "1", "--who", who, "--answer", answer, "--reject", DENYUT_NOW=after)
    out = tmp_path / "situs"
    said = denyut.done(
        "site", "2026-S1", "--out", str(out),
        DENYUT_CONTACT=contact, DENYUT_CITY="Kota Uji", DENYUT_LANG="id", DENYUT_NOW=after,
    )  # fmt: skip
    assert said.strip() == str(out / "index.html")
    files = _read(out)
    for path, content in files.items():
        for secret in _SECRET:
            assert secret.encode() not in content, path
    assert {
        path: found for path in files if path.endswith(".html") and (found := find_english(files[path]))
    } == {}
    for command in (
        ("rank", "2026-S1"),
        ("explain", "dinkes", "--semester", "2026-S1", "--all"),
        ("doctor",),
    ):
        said = denyut.run(*command, DENYUT_LANG="id", DENYUT_NOW=after).stdout
        assert find_english(said) <= _QUOTED, said
    assert "Keputusan 1" in files["kantor/dinkes.html"].decode()
    assert "ditolak" in files["kantor/dishub.html"].decode()
    ranked = denyut.json("rank", "2026-S1", "--json", DENYUT_NOW=after)
    for category in ranked["categories"]:
        page = html.fromstring(files[f"peringkat/{category['channel']}--{category['level']}.html"].decode())
        for told in category["standings"]:
            values = page.xpath(f'//tr[@id="{told["agency"]}"]/td[contains(@class, "score")]//data/@value')
            assert [float(value) for value in values] == ([] if told["score"] is None else [told["score"]])
    _tells_what_if(denyut, html.fromstring(files["andai.html"].decode()), after)
    denyut.done("site", "2026-S1", "--out", str(out), "--language", "en", DENYUT_NOW=after)
    assert '<html lang="en">' in (out / "index.html").read_text(encoding="utf-8")


def _tells_what_if(denyut, page: html.HtmlElement, after: str) -> None:
    """The page and the command say the same of who would move."""
    told = denyut.json("whatif", "2026-S1", "--set", "coverage.minimum=0.85", "--json", DENYUT_NOW=after)
    pairs = [(move["place"], move["shortlisted"], move["wins"]) for move in told["moves"]]
    moved = sum(any(each["before"] != each["after"] for each in pair) for pair in pairs)
    (line,) = page.xpath('//tbody/tr[contains(., "85%")]')
    assert f"{moved} dari {len(pairs)}" in line.text_content()
    assert len(page.xpath("//tbody/tr")) > 10


def test_a_folder_of_something_else_is_refused_and_stays_as_it_is(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear")
    with pytest.raises(ConfigError, match="did not write"):
        replace_folder(tmp_path / "letters", _no_room, "2026-S1")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="is a file"):
        replace_folder(tmp_path / "file", _no_room, "2026-S1")
    assert _read(tmp_path) == {"letters/letter.txt": b"dear", "file": b"x"}


def test_a_site_is_replaced_whole_and_an_interrupted_one_leaves_the_old(tmp_path):
    folder = tmp_path / "deep" / "situs"

    def fill(draft: Path) -> None:
        (draft / "index.html").write_text("one")
        (draft / "gone.html").write_text("old")

    def fail(draft: Path) -> None:
        (draft / "index.html").write_text("two")
        _no_room(draft)

    replace_folder(folder, fill, "2026-S1")
    with pytest.raises(ConfigError, match="No space left"):
        replace_folder(folder, fail, "2026-S1")
    assert (folder / "index.html").read_text() == "one"
    replace_folder(folder, lambda draft: (draft / "index.html").write_text("three"), "2026-S1")
    assert set(_read(folder)) == {"index.html", ".denyut-site"}
    assert [path.name for path in folder.parent.iterdir()] == ["situs"]


def test_an_export_never_takes_the_place_of_a_site(tmp_path):
    folder = tmp_path / "situs"
    replace_folder(folder, lambda draft: (draft / "index.html").write_text("one"), "2026-S1")
    with pytest.raises(ConfigError, match="Name a new folder with --parquet"):
        replace_folder(folder, _no_room, "export", mark=".denyut-export", option="--parquet")
    assert (folder / "index.html").read_text() == "one"


def test_what_a_crash_between_the_renames_left_is_put_back(tmp_path):
    folder = tmp_path / "situs"
    replace_folder(folder, lambda draft: (draft / "index.html").write_text("one"), "2026-S1")
    folder.rename(tmp_path / ".situs.denyut-before")
    with pytest.raises(ConfigError, match="No space left"):
        replace_folder(folder, _no_room, "2026-S1")
    assert (folder / "index.html").read_text() == "one"


def test_what_a_killed_process_had_begun_is_cleared_away_and_no_other_draft(tmp_path):
    for name in (".situs.1.part", ".situs.2.part", ".other.1.part"):
        (tmp_path / name / "kantor").mkdir(parents=True)
    at_work = os.open(tmp_path / ".situs.2.part", os.O_RDONLY)
    fcntl.flock(at_work, fcntl.LOCK_EX)
    replace_folder(tmp_path / "situs", lambda draft: (draft / "index.html").write_text("one"), "2026-S1")
    os.close(at_work)
    assert {path.name for path in tmp_path.iterdir()} == {"situs", ".situs.2.part", ".other.1.part"}


def _no_room(_: Path) -> None:
    raise OSError(28, "No space left on device")
