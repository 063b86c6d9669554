"""Agencies by what people call them: found where one is meant, never guessed between two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Agency
from activity.errors import ConfigError
from activity.registry.naming import suggest
from desk.agency import choose_agency

_CITY = [
    Agency(slug, name, "skpd")
    for slug, name in (
        ("dinkes", "Dinas Kesehatan"),
        ("diskominfo", "Dinas Komunikasi, Informatika dan Statistik"),
        ("kel-melati", "Kelurahan Melati"),
        ("kel-melati-2", "Kelurahan Melati Timur"),
        ("kel-rawa-a", "Kelurahan Rawa"),
        ("kel-rawa-b", "Kelurahan Rawa"),
        ("rsud", "RSUD Dr. H. Moch. Anśari Saleh"),
        ("saleh", "Kecamatan Saleh"),
        ("melati", "Puskesmas Alalak"),
    )
]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("dinkes", "dinkes"),
        ("DINKES", "dinkes"),
        ("dinas kesehatan", "dinkes"),
        ("Kesehatan", "dinkes"),
        ("informatika dan", "diskominfo"),
        ("komunikasi informatika", "diskominfo"),
        ("kelurahan melati", "kel-melati"),
        ("Melati Timur", "kel-melati-2"),
        ("kel melati", "kel-melati"),
        ("ANSARI", "rsud"),
        ("moch anśari", "rsud"),
        ("saleh", "saleh"),
        ("melati", "melati"),
    ],
)
def test_one_that_is_meant_is_found(text, slug):
    assert choose_agency(text, _CITY) == slug


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kelurahan Rawa", ["kel-rawa-a", "kel-rawa-b"]),
        ("kelurahan", ["kel-melati", "kel-melati-2", "kel-rawa-a", "kel-rawa-b"]),
        ("dinas", ["dinkes", "diskominfo"]),
        ("Kesehtan", ["dinkes"]),
        ("dinkse", ["dinkes"]),
        ("Dinas Komunikasi Informatka dan Statistik", ["diskominfo"]),
    ],
)
def test_between_two_nobody_guesses(text, named):
    with pytest.raises(ConfigError) as caught:
        choose_agency(text, _CITY)
    assert [slug for slug in named if f"({slug})" in str(caught.value)] == named


@pytest.mark.parametrize("text", ["", "   ", "---", "\u200b", "xyzzyx"])
def test_what_names_nobody_is_refused(text):
    with pytest.raises(ConfigError, match="no agency is called"):
        choose_agency(text, _CITY)


def test_a_part_is_not_enough_where_something_is_written():
    assert choose_agency("dinas kesehatan", _CITY, in_full=True) == "dinkes"
    with pytest.raises(ConfigError, match=r"in full\. Did you mean Dinas Kesehatan \(dinkes\)"):
        choose_agency("kesehatan", _CITY, in_full=True)
    with pytest.raises(ConfigError, match="may be any of"):
        choose_agency("kelurahan rawa", _CITY, in_full=True)


_NAMES = st.lists(st.text("abcdeé -", min_size=1, max_size=9), min_size=1, max_size=6)


@given(_NAMES, st.text("abcdeE é-", max_size=5))
def test_who_is_chosen_is_the_only_one_with_the_text(names, text):
    city = [Agency(f"kantor-{n}", name, "skpd") for n, name in enumerate(names)]
    try:
        slug = choose_agency(text, city)
    except ConfigError:
        assert len(suggest(text, city)) <= 5
        return
    plain = _plain(text)
    holding = [each for each in city if plain in _plain(each.name)]
    whole = [each for each in holding if _plain(each.name) == plain]
    assert [each.slug for each in whole or holding] == [slug]


def _plain(text):
    return " ".join(text.lower().replace("é", "e").replace("-", " ").split())


@given(_NAMES)
def test_an_id_to_the_letter_is_always_that_office(names):
    city = [Agency(f"kantor-{n}", name, "skpd") for n, name in enumerate(names)]
    for each in city:
        assert choose_agency(each.slug, city) == choose_agency(each.slug, city, in_full=True) == each.slug
