"""What people really type, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.address.canonical import parse_facebook, parse_instagram, parse_website

WEBSITES = [
    ("https://dinkes.banjarmasinkota.go.id", "https://dinkes.banjarmasinkota.go.id/"),
    ("http://dinkes.banjarmasinkota.go.id/", "http://dinkes.banjarmasinkota.go.id/"),
    ("dinkes.banjarmasinkota.go.id", "https://dinkes.banjarmasinkota.go.id/"),
    ("  WWW.Dinkes.GO.ID/Berita/ ", "https://www.dinkes.go.id/Berita/"),
    ("HTTPS://Dinkes.go.id:443/#atas", "https://dinkes.go.id/"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/"),
    ("http://localhost:8080/a", "http://localhost:8080/a"),
    ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ("dinkes.go.id:8443", "https://dinkes.go.id:8443/"),
    ("https://kota.go.id/?page=berita&utm_source=wa&fbclid=1", "https://kota.go.id/?page=berita"),
    ("Website: dinkes.go.id", "https://dinkes.go.id/"),
    ("\ufeffdinkes.go.id\u200b", "https://dinkes.go.id/"),
    ("dinkes_kota.blogspot.com", "https://dinkes_kota.blogspot.com/"),
]

INSTAGRAM = [
    ("@dinkes_bjm", "dinkes_bjm"),
    ("dinkes_bjm ", "dinkes_bjm"),
    ("Dinkes_BJM", "dinkes_bjm"),
    ("https://www.instagram.com/dinkes_bjm/", "dinkes_bjm"),
    ("https://www.instagram.com/dinkes_bjm?igshid=MzRlODBiNWFlZA==", "dinkes_bjm"),
    ("instagram.com/dinkes.bjm/?hl=id", "dinkes.bjm"),
    ("http://m.instagram.com/dinkes_bjm#", "dinkes_bjm"),
    ("https://instagram.com/_u/dinkes_bjm", "dinkes_bjm"),
    ("https://instagram.com/@dinkes_bjm", "dinkes_bjm"),
    ("instagr.am/dinkes_bjm", "dinkes_bjm"),
    ("IG: @dinkes_bjm", "dinkes_bjm"),
    ("@kominfo.id", "kominfo.id"),
    ("kominfo.id", "kominfo.id"),
]

FACEBOOK = [
    ("dinkesbjm", "dinkesbjm"),
    ("@DinkesBJM", "dinkesbjm"),
    ("https://www.facebook.com/DinkesBJM/", "dinkesbjm"),
    ("https://web.facebook.com/dinkes.bjm?_rdc=1&_rdr", "dinkes.bjm"),
    ("m.facebook.com/dinkesbjm/posts/123456789", "dinkesbjm"),
    ("https://id-id.facebook.com/dinkesbjm", "dinkesbjm"),
    ("fb.com/dinkesbjm", "dinkesbjm"),
    ("https://www.facebook.com/profile.php?id=100064000000000", "100064000000000"),
    ("facebook.com/profile.php?id=100064000000000&mibextid=ZbWKwL", "100064000000000"),
    ("https://www.facebook.com/people/Dinas-Kesehatan/100064000000000/", "100064000000000"),
    ("https://www.facebook.com/pages/Dinas-Kesehatan/123456789012", "123456789012"),
    ("https://www.facebook.com/pages/category/Kantor/Dinas-Kesehatan-123456789012/", "123456789012"),
    ("https://www.facebook.com/p/Dinas-Kesehatan-100064000000000/", "100064000000000"),
    ("https://www.facebook.com/Dinas-Kesehatan-Kota-123456789012/?ref=page", "123456789012"),
    ("https://www.facebook.com/pg/dinkesbjm/about", "dinkesbjm"),
    ("100064000000000", "100064000000000"),
    ("Facebook : dinkesbjm", "dinkesbjm"),
]


@pytest.mark.parametrize(("typed", "address"), WEBSITES)
def test_websites(typed, address):
    assert parse_website(typed) == address
    assert parse_website(address) == address


@pytest.mark.parametrize(("typed", "handle"), INSTAGRAM)
def test_instagram(typed, handle):
    assert parse_instagram(typed) == handle
    assert parse_instagram(handle) == handle


@pytest.mark.parametrize(("typed", "handle"), FACEBOOK)
def test_facebook(typed, handle):
    assert parse_facebook(typed) == handle
    assert parse_facebook(handle) == handle


@pytest.mark.parametrize("parse", [parse_website, parse_instagram, parse_facebook])
@pytest.mark.parametrize(
    "typed", ["", "  ", "-", " – ", "tidak ada", "Tidak  Ada", "N/A", "n/a", "belum ada", "nihil", "NONE"]
)
def test_no_account(parse, typed):
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("parse", "typed", "expected"),
    [
        (parse_website, "Dinas Kesehatan", "a web address"),
        (parse_website, "dinkes", "a web address"),
        (parse_website, "http//dinkes.go.id", "a web address"),
        (parse_website, "https://https://dinkes.go.id", "a web address"),
        (parse_website, "ftp://dinkes.go.id", "a web address"),
        (parse_website, "javascript:alert(1)", "a web address"),
        (parse_website, "admin@dinkes.go.id", "a web address"),
        (parse_website, "https://user:secret@dinkes.go.id", "a web address"),
        (parse_website, "https://dinkes.go.id:99999", "a web address"),
        (parse_website, "https://[::1", "a web address"),
        (parse_website, "a.go.id, b.go.id", "a web address"),
        (parse_website, "https://www.instagram.com/dinkes_bjm", "its own column"),
        (parse_website, "web.facebook.com/dinkesbjm", "its own column"),
        (parse_instagram, "Dinas Kesehatan", "@dinkes_bjm"),
        (parse_instagram, "https://www.instagram.com/p/CSr71Gzlqo4/", "@dinkes_bjm"),
        (parse_instagram, "https://www.instagram.com/", "@dinkes_bjm"),
        (parse_instagram, "https://www.facebook.com/dinkesbjm", "@dinkes_bjm"),
        (parse_instagram, "dinkes.banjarmasinkota.go.id", "@dinkes_bjm"),
        (parse_instagram, "dinkes-bjm", "@dinkes_bjm"),
        (parse_instagram, "@a..b", "@dinkes_bjm"),
        (parse_instagram, "@a, @b", "@dinkes_bjm"),
        (parse_instagram, "https://evil.example/instagram.com/dinkes", "@dinkes_bjm"),
        (parse_instagram, "https://[::1", "@dinkes_bjm"),
        (parse_facebook, "Dinas Kesehatan Kota", "a Facebook page"),
        (parse_facebook, "https://www.facebook.com/groups/123456789", "a Facebook page"),
        (parse_facebook, "https://www.facebook.com/share/1ABCdef/", "a Facebook page"),
        (parse_facebook, "https://www.facebook.com/profile.php", "a Facebook page"),
        (parse_facebook, "https://www.facebook.com/", "a Facebook page"),
        (parse_facebook, "https://www.instagram.com/dinkes_bjm", "a Facebook page"),
        (parse_facebook, "1.00064E+14", "a Facebook page"),
        (parse_facebook, "1,00064E+14", "a Facebook page"),
    ],
)
def test_what_cannot_be_read_is_named(parse, typed, expected):
    with pytest.raises(ValueError, match="found") as caught:
        parse(typed)
    assert f'found "{typed}"' in str(caught.value)
    assert expected in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_a_result_is_stable(text):
    for parse in (parse_website, parse_instagram, parse_facebook):
        try:
            address = parse(text)
        except ValueError:
            continue
        if address is not None:
            assert parse(address) == address
