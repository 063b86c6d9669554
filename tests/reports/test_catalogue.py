"""The catalogue and the code agree, and what people read comes out of both in each language."""

import ast
import csv
import pickle
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from activity.errors import ConfigError, RegistryError
from activity.flag import FlagKind
from activity.message import Message
from activity.registry.table import read_registry
from activity.speech.detail import DETAILS, recognise
from activity.speech.reason import tell_reason
from reports.catalogue import tell_detail, translate, translate_value, translate_word
from reports.messages import MESSAGES
from reports.wording import Language
from testkit.messages import (
    COMPILED,
    ENUMS,
    compile_catalogue,
    find_unsayable,
    gather_messages,
    read_catalogue,
)

# English names the half of a year by a word, Indonesian by a Roman number.
_BY_HAND = {MESSAGES["semester"]}


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


def test_every_sentence_is_translated_and_none_stands_there_for_nothing(catalogue):
    told = {(m.context, m.id) for m in catalogue if m.id and m.string}
    said = gather_messages()
    assert sorted(said - told, key=str) == [], "missing: make messages, then write its Indonesian"
    assert sorted(told - said, key=str) == [], "unused: make messages"


def test_no_error_is_put_together_from_pieces_which_no_catalogue_knows():
    assert find_unsayable() == [], "give a template and its values: docs/language.md"


@pytest.mark.parametrize("kind", sorted(ENUMS))
def test_a_word_of_the_vocabulary_is_found_where_it_stands(kind):
    for word in ENUMS[kind]:
        assert translate_value(word, Language.ID) == (translate_word(kind, word.value) if word.value else "")


def test_a_refused_registry_speaks_one_language_only():
    channels = {
        "situs": "https://", "instagram": "@dinkes contoh", "facebook": "a/b/c",
        "youtube": "youtube.com/c/dinkes", "tiktok": "a b",
    }  # fmt: skip
    rows = [["slug", "nama", "tingkat", *channels], ["dinkes", "Dinkes", "skpd", *channels.values()]]
    with pytest.raises(RegistryError) as caught:
        read_registry(rows, "daftar.csv")
    assert translate(caught.value.message, Language.ID) == "daftar.csv: 5 masalah, tidak ada yang diimpor."
    told = [translate(each, Language.ID) for each in caught.value.problems]
    assert told[1] == (
        'baris 2, kolom instagram: ditemukan "@dinkes contoh", '
        "seharusnya akun Instagram seperti @dinkes_bjm atau instagram.com/dinkes_bjm"
    )
    assert [each for each in told if re.search(r"\b(?:found|expected|such as|address|account)\b", each)] == []


def test_why_a_file_was_refused_is_said_in_one_place():
    for error, told in (
        (FileNotFoundError(2, "No such file or directory"), "berkas atau folder tidak ada"),
        (FileExistsError(17, "File exists"), "sudah ada berkas dengan nama itu"),
        (csv.Error("unexpected end of data"), "data berakhir terlalu cepat"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "bukan teks UTF-8"),
    ):
        assert translate(tell_reason(error), Language.ID) == told
    unknown = tell_reason(OSError(5000, "Something {new}"))
    assert translate(unknown, Language.ID) == unknown == "Something {new}"


def test_why_an_address_was_not_asked_is_said_behind_the_failure():
    stored = "https://127.0.0.11/: address not allowed (127.0.0.11 is not a public address.)"
    told = recognise(stored)
    assert told == stored
    assert translate(told, Language.ID).endswith("(127.0.0.11 bukan alamat umum.)")


def test_what_is_compiled_is_what_stands_in_the_catalogue(catalogue):
    assert COMPILED.read_bytes() == compile_catalogue(catalogue), "make messages"


def test_nothing_is_left_to_be_looked_at(catalogue):
    assert [m.id for m in catalogue if m.id and m.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_a_translation_takes_the_same_values_in_the_same_form(catalogue):
    for message in catalogue:
        if message.id and message.context is None and message.id not in _BY_HAND:
            assert _fields(message.string) == _fields(message.id), message.id


def _fields(text):
    try:
        return sorted((name, spec, how) for _, name, spec, how in Formatter().parse(text) if name)
    except ValueError:  # a brace that stands for itself, in a text that is never filled
        return [text.count("{"), text.count("}")]


def test_a_message_is_english_to_machines_and_indonesian_to_people():
    told = Message("{count} posts of {name}", count=1234, name="Dinkes")
    assert told == "1234 posts of Dinkes"
    kept = pickle.loads(pickle.dumps(told))
    assert kept == told
    assert kept.values == told.values


def test_values_are_written_as_the_language_does():
    told = Message("{day}: {points:.2f}, {share:.0%}, {count}, {run:d}, {kind}, {inner}, {error}",
                   day=date(2026, 2, 3), points=1234.5, share=0.5, count=1234, run=1234, kind=FlagKind.BURST,
                   inner=Message("1 post"), error=ConfigError("Disk full."))  # fmt: skip
    english = "2026-02-03: 1234.50, 50%, 1234, 1234, burst, 1 post, Disk full."
    assert translate(told, Language.EN) == str(told) == english
    indonesian = "3 Februari 2026: 1234,50, 50%, 1.234, 1234, banjir menjelang akhir, 1 unggahan, Disk full."
    assert translate(told, Language.ID) == indonesian


def test_what_a_crawl_stored_is_recognised_by_its_form():
    told = recognise("https://dinkes.go.id/ answered 503 and reads 'Sedang perbaikan'.")
    assert (
        translate(told, Language.ID)
        == "https://dinkes.go.id/ menjawab 503 dan bertuliskan 'Sedang perbaikan'."
    )
    refused = recognise("https://dinkes.go.id/: connection refused ([Errno 111] Connection refused)")
    assert refused == "https://dinkes.go.id/: connection refused ([Errno 111] Connection refused)"
    assert tell_detail(refused, Language.ID) == "https://dinkes.go.id/: sambungan ditolak"
    hacked = (
        "Cloaked: shown to search engines only, not to visitors. 3 links to gambling hosts, such as a -> b."
    )
    said = (
        "Terselubung: ditampilkan hanya kepada mesin pencari, tidak kepada pengunjung. 3 tautan ke situs judi"
    )
    assert tell_detail(hacked, Language.ID) == f"{said}, misalnya a -> b."
    assert recognise(hacked) == hacked
    failed = "https fails (certificate expired, notAfter=2025); read over plain http."
    broken = f"https://a.go.id/ answered 404. {failed}"
    assert recognise(broken) == broken
    assert tell_detail(broken, Language.ID).endswith(
        "https gagal (sertifikat kedaluwarsa); dibaca lewat http biasa."
    )
    assert tell_detail("Traceback of something else", Language.ID) == ""
    assert tell_detail("Traceback of something else", Language.EN) == "Traceback of something else"


def test_every_sentence_that_is_recognised_is_one_that_the_crawl_writes():
    written = {
        re.sub(r"{.*?}", "{}", _shape(node))
        for path in (Path(__file__).parents[2] / "crawler").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr | ast.Constant)
    }
    # Each channel's own token is named in a sentence of its own.
    told = [
        re.sub(r"{.*?}", "{}", each.replace("{owner}", "Facebook").removeprefix("{found} "))
        for each in DETAILS
    ]
    assert [each for each in told if each not in written] == []


def _shape(node):
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def test_an_empty_text_stays_empty():
    assert translate("", Language.ID) == translate(Message(""), Language.ID) == ""


def test_strangers_braces_are_no_template():
    assert translate("{0} {name}", Language.ID) == "{0} {name}"
    assert translate(Message("{count} posts", count="{evil}"), Language.ID) == "{evil} unggahan"
