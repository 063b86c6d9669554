"""What stands in a registry's cells beside handles: links, formulas, service pages, words, nothing."""

from pathlib import Path

import openpyxl
import pytest

from activity.address.canonical import parse_facebook, parse_instagram, parse_website
from activity.agency import Channel
from activity.errors import ConfigError, RegistryError
from cli.registry_file import load_registry
from testkit.workbook import write_sheets

CASES = Path(__file__).parent / "cases/social/registry"
HEADER = ["slug", "nama", "tingkat", "website", "instagram", "facebook"]
HYPERLINK = '=HYPERLINK("https://www.instagram.com/dinkes_uji/","IG kami")'


def write(path, instagram, *, link=None, more=""):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([*HEADER, "catatan"])
    sheet.append(["dinkes", "Dinas Kesehatan", "skpd", None, instagram, None, more])
    if link:
        sheet["E2"].hyperlink = link
    book.save(path)
    return path


def problems(path):
    with pytest.raises(RegistryError) as refused:
        load_registry(path)
    return refused.value.problems


@pytest.mark.parametrize("name", ["reg_hyper.xlsx", "reg_formula.xlsx"])
def test_linked_cells_are_read_by_what_they_open(name):
    (entry,) = load_registry(CASES / name)
    assert entry.addresses == {Channel.INSTAGRAM: "dinkes_uji", Channel.FACEBOOK: "dinkesuji"}


def test_service_pages_and_words_are_refused_each_by_its_line():
    found = problems(CASES / "service.csv")
    assert [problem.partition(":")[0] for problem in found] == [
        "line 2, column instagram",
        "line 3, column instagram",
        "line 3, column facebook",
        "line 4, column facebook",
    ]


@pytest.mark.parametrize("text", ["Instagram", "klik di sini", "Dinas Kesehatan", "IG"])
def test_a_link_under_any_words(tmp_path, text):
    (entry,) = load_registry(write(tmp_path / "r.xlsx", text, link="https://instagram.com/dinkes_uji?igsh=x"))
    assert entry.addresses == {Channel.INSTAGRAM: "dinkes_uji"}


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Instagram", "https://www.instagram.com/p/C3_x0aAAAAA/"),
        ("Instagram", "https://www.instagram.com/"),
        ("Instagram", "mailto:dinkes@example.go.id"),
        ("@dlh_uji", "https://www.instagram.com/dinkes_uji/"),
    ],
)
def test_a_link_that_opens_no_account_or_another_is_refused(tmp_path, text, link):
    (problem,) = problems(write(tmp_path / "r.xlsx", text, link=link))
    assert problem.startswith("line 2, column instagram")


@pytest.mark.parametrize(
    "formula",
    [
        "=B7",
        "=VLOOKUP(A2,Lain!A:B,2,FALSE)",
        '=HYPERLINK(B9,"IG")',
        '=CONCATENATE("@",A2)',
        '=IF(A2="","",A2)',
    ],
)
def test_a_formula_without_its_result_is_unreadable_and_never_blank(tmp_path, formula):
    (problem,) = problems(write(tmp_path / "r.xlsx", formula))
    assert problem.startswith("line 2, column instagram: found the formula")


def test_a_formula_where_nobody_looks_is_left_alone(tmp_path):
    (entry,) = load_registry(write(tmp_path / "r.xlsx", "dinkes_uji", more="=1+1"))
    assert entry.addresses == {Channel.INSTAGRAM: "dinkes_uji"}


@pytest.mark.parametrize(
    "cell", ['"=HYPERLINK(""https://www.instagram.com/dinkes_uji/"";""IG"")"', "#N/A", "=A1(B)"]
)
def test_formulas_as_text(tmp_path, cell):
    path = tmp_path / "r.csv"
    path.write_text(f"{','.join(HEADER)}\ndinkes,Dinas,skpd,,{cell},\n")
    if "HYPERLINK" in cell:
        assert load_registry(path)[0].addresses == {Channel.INSTAGRAM: "dinkes_uji"}
    else:
        assert problems(path)[0].startswith("line 2, column instagram")


@pytest.mark.parametrize(
    "text",
    [
        "link",
        "Klik",
        "instagram",
        "Facebook",
        "ada",
        "belum",
        "aktif",
        "https://www.instagram.com/invites/contact",
        "instagram.com/reels/abc",
        "instagram.com/explore/tags/x",
        "instagram.com/accounts/login",
        "081234567890",
        "https://help.instagram.com/dinkes",
        "instagram.com/p/C3x/",
        "instagram.com/stories/dinkes/1",
        "index.php",
    ],
)
def test_no_account_on_instagram(text):
    with pytest.raises(ValueError, match="expected an Instagram account"):
        parse_instagram(text)


@pytest.mark.parametrize(
    "text",
    [
        "link",
        "Halaman",
        "facebook",
        "me",
        "https://www.facebook.com/me",
        "facebook.com/profile",
        "facebook.com/sharer",
        "https://business.facebook.com/latest/home?asset_id=1",
        "facebook.com/sharer/sharer.php?u=x",
        "facebook.com/groups/1",
        "https://www.facebook.com/dialog/share",
        "https://www.facebook.com/reel/12345",
        "facebook.com/events/9",
        "facebook.com/plugins/page.php?href=x",
        "facebook.com/tr?id=1",
        "https://l.facebook.com/l.php?h=AT0",
        "https://developers.facebook.com/docs",
        "facebook.com/media/set",
        "facebook.com/some_page.php",
    ],
)
def test_no_account_on_facebook(text):
    with pytest.raises(ValueError, match="expected a Facebook page"):
        parse_facebook(text)


@pytest.mark.parametrize(
    ("parse", "text", "address"),
    [
        (
            parse_facebook,
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fdinkesbjm&h=A",
            "dinkesbjm",
        ),
        (
            parse_instagram,
            "https://l.instagram.com/?u=https%3A%2F%2Finstagram.com%2Fdinkes_bjm%2F&e=A",
            "dinkes_bjm",
        ),
        (
            parse_instagram,
            "https://www.google.com/url?q=https://www.instagram.com/dinkes_bjm/&sa=D",
            "dinkes_bjm",
        ),
        (
            parse_website,
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fdinkes.go.id%2F&h=A",
            "https://dinkes.go.id/",
        ),
        (parse_facebook, "https://id-id.facebook.com/dinkesbjm/photos", "dinkesbjm"),
        (parse_instagram, "instagram.com/dinkes_bjm/reel/C3x/", "dinkes_bjm"),
    ],
)
def test_what_stands_inside_an_address_that_counts_clicks(parse, text, address):
    assert parse(text) == address


@pytest.mark.parametrize("handle", ["@dinkes_uji", HYPERLINK])
def test_the_sheet_with_the_agencies_is_found_behind_others(tmp_path, handle):
    office = ["dinkes", "Dinas Kesehatan", "skpd", None, handle]
    path = write_sheets(tmp_path / "r.xlsx", Petunjuk=[["Isi lembar Data"]], Kosong=[], Data=[HEADER, office])
    (entry,) = load_registry(path)
    assert entry.addresses == {Channel.INSTAGRAM: "dinkes_uji"}


def test_agencies_on_several_sheets_are_refused_not_forgotten(tmp_path):
    """A level a sheet: read alone, the first would have closed all accounts of the others."""
    one, two = ["a", "A", "skpd", None, "@aa"], ["b", "B", "kelurahan", None, "@bb"]
    path = write_sheets(tmp_path / "r.xlsx", SKPD=[HEADER, one], Kelurahan=[HEADER, two])
    with pytest.raises(ConfigError, match="several sheets: SKPD, Kelurahan"):
        load_registry(path)


@pytest.mark.parametrize("path", ["popular/dinkes", "your_activity/photos", "anything/new", "explore/tags/x"])
def test_what_stands_before_something_else_than_a_tab_is_no_handle(path):
    with pytest.raises(ValueError, match="expected an Instagram account"):
        parse_instagram(f"https://www.instagram.com/{path}/")
    assert parse_instagram("instagram.com/dinkes_uji/reels/") == "dinkes_uji"
