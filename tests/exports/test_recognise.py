"""Files as offices hand them in, one of each sort, and files that must be refused with one line."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from activity.agency import Channel
from activity.errors import ExportError
from activity.post import EvidenceKind, PostKind, Precision
from crawler.exports.export import ExportReading, Format
from crawler.exports.recognise import read_export
from samplecity.graph.shortcode import build_shortcode
from testkit.zone import JAYAPURA
from testkit.zone import MAKASSAR as ZONE

CAPTURED = Path(__file__).parents[2] / "../shared/fixtures/graph/instagram-to-bluesky/transfer"
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
PACIFIC = ZoneInfo("America/Los_Angeles")
MOMENTS = [datetime(2026, 6, 10, 1, 2, 3, tzinfo=UTC) - timedelta(days=n, hours=n) for n in range(6)]
ENGLISH = (
    "Post ID,Account ID,Account username,Description,Publish time,Permalink,Post type,Date,Likes,Comments"
)
INDONESIAN = (
    "Deskripsi,ID postingan,ID akun,Nama pengguna akun,Waktu penerbitan,Permalink,Jenis postingan,Suka,"
    "Komentar"
)
FACEBOOK = (
    "Post ID,Page ID,Page name,Title,Description,Publish time,Permalink,Post type,Reactions,Comments,Shares"
)


def read(path, **more):
    return read_export(path, ExportReading(NOW, ZONE, **more))


def code(at):
    return build_shortcode(at - timedelta(seconds=20), 7)


def row(at, zone=PACIFIC, **more):
    values = {
        "Post ID": "18012345678901234",
        "Account ID": "1784",
        "Account username": "dinkes_bjm",
        "Description": "- Vaksin, gratis (loket 1)\nBaris kedua",
        "Publish time": at.astimezone(zone).strftime("%m/%d/%Y %H:%M"),
        "Permalink": f"https://www.instagram.com/p/{code(at)}/",
        "Post type": "IG image",
        "Date": "Lifetime",
        "Likes": "1,204",
        "Comments": "",
    }
    values |= more
    return values


def write_csv(path, header, rows, encoding="utf-8-sig"):
    text = io.StringIO()
    writer = csv.writer(text)
    columns = header.split(",")
    writer.writerow(columns)
    writer.writerows([each.get(name, "") for name in columns] for each in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def posts(export):
    return [entry.post for entry in export.entries()]


def test_business_suite_in_english_with_a_zone_told_by_the_addresses(tmp_path):
    export = read(write_csv(tmp_path / "x.bin", ENGLISH, [row(at) for at in MOMENTS]))
    assert (export.format, export.channel) == (Format.BUSINESS_SUITE, Channel.INSTAGRAM)
    assert [post.key for post in posts(export)] == [code(at) for at in MOMENTS]
    assert [post.date.at for post in posts(export)] == [at.replace(second=0) for at in MOMENTS]
    first = posts(export)[0]
    assert (first.title, first.kind, first.metrics.likes, first.metrics.comments) == (
        "- Vaksin, gratis (loket 1)",
        PostKind.PHOTO,
        1204,
        None,
    )
    assert [w.kind for w in first.date.evidence] == [EvidenceKind.EXPORT, EvidenceKind.SHORTCODE]
    assert first.date.precision is Precision.MINUTE
    span = export.owners["dinkes_bjm"]
    assert (span.posts, span.since, span.last) == (
        6,
        MOMENTS[-1].replace(second=0),
        MOMENTS[0].replace(second=0),
    )
    assert any("America/Los_Angeles" in remark for remark in export.remarks)


def test_business_suite_in_indonesian_semicolons_and_windows_1252(tmp_path):
    rows = [
        [
            "Dinas – baru",
            "180",
            "1784",
            "dinkes_bjm",
            at.astimezone(ZONE).strftime("%m/%d/%Y %H:%M"),
            f"https://www.instagram.com/reel/{code(at)}/",
            "Reel IG",
            "5",
            "1",
        ]
        for at in MOMENTS
    ]
    lines = [";".join(INDONESIAN.split(","))] + [";".join(each) for each in rows]
    path = tmp_path / "unduhan"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    export = read(path)
    assert {post.kind for post in posts(export)} == {PostKind.REEL}
    assert posts(export)[0].title == "Dinas – baru"
    assert posts(export)[0].date.at == MOMENTS[0].replace(second=0)


def test_numbers_ruined_by_a_spreadsheet_are_rejected_and_links_name_the_posts(tmp_path):
    rows = [row(at, **{"Post ID": "1.22158E+17"}) for at in MOMENTS]
    export = read(write_csv(tmp_path / "a.csv", ENGLISH, rows))
    assert [post.key for post in posts(export)] == [code(at) for at in MOMENTS]
    assert any("ruined" in remark for remark in export.remarks)


def test_facebook_needs_a_zone_and_is_keyed_as_the_api_keys(tmp_path):
    links = (
        ("122100000000001", "https://www.facebook.com/77/posts/122100000000001", "122100000000001"),
        ("1.22158E+17", "https://www.facebook.com/permalink.php?story_fbid=55&id=77", "55"),
        ("122100000000003", "https://www.facebook.com/reel/988/", "988"),
        ("1.22158E+17", "https://www.facebook.com/dinkes/posts/pfbid0abc", None),
    )
    rows = [
        {
            "Post ID": number,
            "Page ID": "77",
            "Publish time": "03/27/2026 06:08",
            "Permalink": link,
            "Title": "",
            "Description": "Isi",
            "Post type": "Photos",
            "Reactions": "4",
        }
        for number, link, _ in links
    ]
    path = write_csv(tmp_path / "fb.csv", FACEBOOK, rows)
    with pytest.raises(ExportError, match="--timezone"):
        read(path)
    export = read(path, stated=ZONE)
    at = datetime(2026, 3, 27, 6, 8, tzinfo=ZONE)
    assert [post.key for post in posts(export)] == [key or f"at:{int(at.timestamp())}" for *_, key in links]
    assert {post.date.at for post in posts(export)} == {at}


def test_a_zone_that_the_addresses_contradict_is_refused(tmp_path):
    path = write_csv(tmp_path / "a.csv", ENGLISH, [row(at) for at in MOMENTS])
    with pytest.raises(ExportError, match="America/Los_Angeles"):
        read(path, stated=JAYAPURA)


def test_rows_of_others_are_told_apart_and_stories_left_out(tmp_path):
    rows = [row(at) for at in MOMENTS]
    rows[2] |= {"Account ID": "99", "Account username": "bupati"}
    rows[3] |= {"Post type": "IG story"}
    export = read(write_csv(tmp_path / "a.csv", ENGLISH, rows))
    assert {owner: span.posts for owner, span in export.owners.items()} == {"dinkes_bjm": 4, "bupati": 1}
    assert list(export.left_out.values()) == [1]


def test_a_file_of_daily_figures_is_refused_politely(tmp_path):
    path = tmp_path / "Jangkauan.csv"
    path.write_bytes('sep=,\n"Reach"\n"Date","Primary"\n"2026-03-01T00:00:00","5"\n'.encode("utf-16"))
    with pytest.raises(ExportError, match="figure a day"):
        read(path)


def test_any_table_with_a_mapping_csv_or_workbook(tmp_path):
    table = [["Rekap unggahan", "", ""], ["Tanggal", "Tautan", "Judul"]]
    table += [
        [at.astimezone(ZONE).strftime("%d/%m/%Y %H.%M"), f"https://www.instagram.com/p/{code(at)}/", "Judul"]
        for at in MOMENTS
    ]
    mapping = {"date": "tanggal", "link": "TAUTAN", "text": "Judul"}
    plain = tmp_path / "a.csv"
    plain.write_text("\n".join(",".join(line) for line in table))
    book = Workbook()
    sheet = book.worksheets[0]
    for line in table:
        sheet.append(line)
    book.save(tmp_path / "b.dat")
    for path in (plain, tmp_path / "b.dat"):
        export = read(path, mapping=mapping)
        assert [p.date.at for p in posts(export)] == [at.replace(second=0) for at in MOMENTS]
    with pytest.raises(ExportError, match="Rekap"):
        read(plain, mapping=mapping | {"text": "Isi"})
    with pytest.raises(ExportError, match="--map"):
        read(plain)


def test_crowdtangle_names_its_zone(tmp_path):
    header = "Account,User Name,Followers at Posting,Post Created,Type,Likes,Comments,Views,URL,Description"
    created = {
        "User Name": "dinkes_bjm",
        "Post Created": "2024-03-01 23:30:00 EST",
        "Type": "Photo",
        "Likes": "3",
    }
    created["URL"] = "https://www.instagram.com/p/C3_x0aAAAAA/"
    export = read(write_csv(tmp_path / "ct.csv", header, [created]))
    assert export.format is Format.CROWDTANGLE
    assert posts(export)[0].date.at == datetime(2024, 3, 2, 4, 30, tzinfo=UTC)


@pytest.mark.skipif(not CAPTURED.is_dir(), reason="captured archives are not beside the checkout")
@pytest.mark.parametrize("folder", ["test_images", "test_mixed_media", "test_video"])
def test_captured_archives_are_read_without_loss(folder):
    stated = set()
    for path in (CAPTURED / folder).glob("*.json"):
        document = json.loads(path.read_text())
        items = document if isinstance(document, list) else document.get("ig_reels_media", [])
        stated |= {i.get("creation_timestamp") or i["media"][0]["creation_timestamp"] for i in items}
    export = read(CAPTURED / folder)
    assert {int(post.date.at.timestamp()) for post in posts(export)} == stated
    assert (export.format, export.channel) == (Format.INFORMATION, Channel.INSTAGRAM)


def test_facebook_archive_merges_twins_and_mends_text(tmp_path):
    mangled = "Dinas – “Sehat”".encode().decode("latin-1")
    records = [
        {"timestamp": 1773000000, "title": "X", "data": [{"post": mangled}]},
        {
            "timestamp": 1773000000,
            "title": "X",
            "attachments": [{"data": [{"media": {"uri": "a.jpg", "creation_timestamp": 1}}]}],
        },
        {"timestamp": 1773100000, "title": "X memperbarui", "data": [{"update_timestamp": 1773100000}]},
    ]
    with zipfile.ZipFile(tmp_path / "arsip", "w") as archive:
        archive.writestr("this_profile's_activity/posts/profile_posts_1.json", json.dumps(records))
        archive.writestr("messages/inbox.json", json.dumps({"messages": [{"timestamp_ms": 1}]}))
        archive.writestr(
            "videos.json", json.dumps({"videos_v2": [{"creation_timestamp": 1773000060, "uri": "v.mp4"}]})
        )
    export = read(tmp_path / "arsip")
    (post,) = posts(export)
    assert (export.channel, post.title, post.kind) == (Channel.FACEBOOK, "Dinas – “Sehat”", PostKind.PHOTO)


def page(payload, handle="dinkes_bjm"):
    return (
        f'<!DOCTYPE html><html><head><link rel="canonical" href="https://www.instagram.com/{handle}/"></head>'
        f'<body><script type="application/json">{json.dumps(payload)}</script></body></html>'
    )


def profile_of(moments, **more):
    edges = [{"node": {"code": code(at), "pk": "1", "product_type": "feed", **more}} for at in moments]
    return {"a": [{"xig_user_by_username": {"polaris_ordered_timeline_connection": {"edges": edges}}}]}


def test_saved_instagram_page_and_its_pinned_post(tmp_path):
    path = tmp_path / "simpan.txt"
    path.write_text(page(profile_of([MOMENTS[5], *MOMENTS[:4]])))
    export = read(path)
    assert (export.format, export.channel) == (Format.SAVED_PAGE, Channel.INSTAGRAM)
    assert {post.key for post in posts(export)} == {code(MOMENTS[n]) for n in (0, 1, 2, 3, 5)}
    span = export.owners["dinkes_bjm"]
    assert abs(span.since - MOMENTS[3]) < timedelta(minutes=1)
    assert {post.date.evidence[0].kind for post in posts(export)} == {EvidenceKind.SHORTCODE}


def test_a_single_file_page_says_when_it_was_saved(tmp_path):
    body = page(profile_of(MOMENTS, taken_at=1780000000))
    text = (
        "From: <Saved by Blink>\r\nDate: Wed, 17 Jun 2026 02:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}\r\n--b--\r\n"
    )
    (tmp_path / "p").write_text(text, newline="")
    assert read(tmp_path / "p").saved_at == datetime(2026, 6, 17, 2, tzinfo=UTC)


def test_saved_facebook_page(tmp_path):
    node = {
        "post_id": "122100000000001",
        "comet_sections": {
            "content": {
                "story": {
                    "wwwURL": "https://www.facebook.com/77/posts/122100000000001",
                    "message": {"text": "Isi"},
                }
            },
            "context": {"story": {"creation_time": 1773000000}},
        },
    }
    payload = {"data": {"user": {"timeline_list_feed_units": {"edges": [{"node": node}]}}}}
    html = page(payload).replace("www.instagram.com/dinkes_bjm/", "www.facebook.com/dinkesbjm")
    (tmp_path / "fb.html").write_text(html)
    export = read(tmp_path / "fb.html")
    assert [(p.key, p.title) for p in posts(export)] == [("122100000000001", "Isi")]
    assert (export.channel, export.owners["dinkesbjm"].since) == (Channel.FACEBOOK, None)


def write_zip(path, *entries, compress=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compress) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def formula_book(path):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Tanggal", "Tautan"])
    sheet.append(["2026-01-01", '=HYPERLINK("http://x","y")'])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: write_zip(p, ("posts_1.json", b"[" + b" " * 60_000_000 + b"]")), "unpacks"),
        (lambda p: write_zip(p, ("../../etc/posts_1.json", b"[]")), "climbs out"),
        (lambda p: write_zip(p, ("/etc/posts_1.json", b"[]")), "climbs out"),
        (lambda p: write_zip(p, ("..\\..\\posts.json", b"[]")), "climbs out"),
        (lambda p: write_zip(p, ("posts_1.json", b'[{"media": [{"uri"')), "cut short"),
        (lambda p: write_zip(p, ("posts_1.json", b"[" * 200_000)), "cut short"),
        (lambda p: write_zip(p, ("readme.txt", b"hello")), "no posts"),
        (lambda p: p.write_bytes(b"PK\x03\x04" + b"x" * 500), "cut short"),
        (lambda p: p.write_bytes(b""), "empty"),
        (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 99), "old kind"),
        (lambda p: p.write_bytes(b"\x89PNG\x00\x00\x00"), "no table"),
        (lambda p: p.write_text("<html><body><form action='/login'></form></body></html>"), "no posts"),
        (lambda p: write_csv(p, ENGLISH, [row(MOMENTS[0], Description='=cmd|"/C calc"!A0')]), "formula"),
        (lambda p: write_csv(p, ENGLISH, [row(MOMENTS[0], Likes="=SUM(A1:A9)")]), "formula"),
        (lambda p: write_csv(p, ENGLISH, [row(MOMENTS[0], **{"Publish time": "kemarin"})]), "no date"),
        (lambda p: write_csv(p, ENGLISH, [row(NOW + timedelta(days=40))]), "zone|ahead"),
        (lambda p: write_csv(p, ENGLISH, []), "no post"),
    ],
)
def test_what_must_be_refused_is_refused_in_one_line(tmp_path, make, says):
    path = tmp_path / "berkas"
    make(path)
    with pytest.raises(ExportError, match=says) as refused:
        read(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("share", [0.35, 0.5, 0.77, 0.9])
def test_a_file_cut_short_is_refused(tmp_path, share):
    path = write_csv(tmp_path / "a.csv", ENGLISH, [row(at) for at in MOMENTS])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ExportError):
        read(path)


def test_a_formula_in_a_workbook_is_refused_with_its_cell(tmp_path):
    path = formula_book(tmp_path / "x.xlsx")
    with pytest.raises(ExportError, match="cell B2"):
        read(path, mapping={"date": "Tanggal", "link": "Tautan"})
