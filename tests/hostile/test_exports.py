"""Files that people bring and that would fill the memory: refused with one line, before they are read."""

import json
from datetime import UTC, datetime
from time import process_time

import pytest

from activity.errors import ExportError, RubricError
from crawler.exports.export import ExportReading
from crawler.exports.recognise import read_export
from scoring.rubrics.rubric import load_default, parse_rubric
from testkit.zone import MAKASSAR

READING = ExportReading(datetime(2026, 3, 2, tzinfo=UTC), MAKASSAR)
HOSTILE = {
    "empty lists": b"[" + b"[]," * 8_000_000 + b"[]]",
    "nested": b"[" * 100_000,
    "numbers": b"[" + b"1," * 4_000_000 + b"1]",
    "one long text": b'["' + b"a" * 70_000_000 + b'"]',
    "digits": b'[{"timestamp":' + b"9" * 100_000 + b"}]",
    "not a number": b'[{"timestamp":NaN,"data":[]}]',
    "infinite": b'[{"timestamp":1e999,"data":[{"post":"a"}]}]',
    "half letters": b'[{"timestamp":1,"data":[{"post":"\\ud800"}]}]',
    "nested page": b"<html>" + b"<div>" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_export_is_refused_at_once(tmp_path, name):
    path = tmp_path / "berkas.json"
    path.write_bytes(HOSTILE[name])
    start = process_time()
    with pytest.raises(ExportError):
        read_export(path, READING)
    assert process_time() - start < 6


def test_films_and_posts_are_told_apart_in_one_walk(tmp_path):
    posts = [{"timestamp": 1_700_000_000 + 600 * n, "data": [{"post": f"Rapat {n}"}]} for n in range(20_000)]
    films = [{"creation_timestamp": 1_700_000_000 + 600 * n + 60, "uri": "a.mp4"} for n in range(20_000)]
    (tmp_path / "posts.json").write_text(json.dumps(posts))
    (tmp_path / "films.json").write_text(json.dumps({"videos_v2": films}))
    start = process_time()
    export = read_export(tmp_path, READING)
    assert sum(1 for _ in export.entries()) == 20_000
    assert process_time() - start < 6


RUBRICS = {
    "nested": "a = " + "[" * 20_000,
    "long": load_default() + "# x\n" * 200_000,
    "digits": "version = " + "9" * 10_000,
    "tables": "[a" + ".a" * 20_000 + "]",
}


@pytest.mark.parametrize("name", RUBRICS)
def test_a_rubric_that_is_none_is_refused_at_once(name):
    start = process_time()
    with pytest.raises(RubricError):
        parse_rubric(RUBRICS[name], "kota.toml")
    assert process_time() - start < 2
