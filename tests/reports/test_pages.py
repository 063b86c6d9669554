"""The pages of a city: the same figures as its tables, no secret, no stranger's trick, and small."""

import csv
import io
import posixpath
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree, html

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.prize import Prize, PrizeCategory, PrizeWinner
from activity.ranking import Status
from activity.result.explanation import Explanation
from activity.result.pulse import OfficeLine, SemesterView
from desk.view.ranking_json import describe_standing
from desk.view.semester import arrange_offices, take_pulse
from reports.pages.render import SemesterSite
from reports.tables import render_tables
from testkit.paged import render


def _words(page: bytes | html.HtmlElement) -> str:
    element = html.fromstring(page.decode()) if isinstance(page, bytes) else page
    return " ".join(element.text_content().split())


def test_same_input_gives_the_same_bytes(view, site):
    assert render(view) == site


def test_every_link_within_the_site_leads_to_a_page_and_a_place_in_it(pages, site):
    ids = {path: set(html.fromstring(page.decode()).xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        depth = path.count("/")
        for link in html.fromstring(page.decode()).xpath("//a/@href"):
            if link.startswith("https://") or link.startswith("http://"):
                continue
            target, _, spot = link.partition("#")
            climbed = target.count("../")
            assert climbed == (depth if target else 0), (path, link)
            goal = target.replace("../", "") or path
            assert goal in site, (path, link)
            assert not spot or spot in ids[goal], (path, link)


def test_page_csv_and_json_say_the_same_of_every_account(view, pages):
    table = list(csv.DictReader(io.StringIO(render_tables(view.ranking)["ranking.csv"].decode("utf-8-sig"))))
    told = {(row["channel"], row["slug"]): row for row in table}
    count = 0
    for category in view.ranking.categories:
        path = f"peringkat/{category.channel.value}--{category.level}.html"
        page = html.fromstring(pages[path].decode())
        for standing in category.standings:
            record, row = describe_standing(standing), told[category.channel.value, standing.agency.slug]
            (line,) = page.xpath(f'//tr[@id="{standing.agency.slug}"]')
            score = line.xpath('.//td[contains(@class, "score")]//data/@value')
            posts = line.xpath('.//td[contains(@class, "posts")]//data/@value')
            place = line.xpath('string(.//*[contains(@class, "badge")])').strip()
            assert [record["score"]] == [float(s) for s in score] or (record["score"] is None and not score)
            assert (row["score"] == "") == (record["score"] is None)
            assert not row["score"] or abs(float(row["score"]) - record["score"]) < 0.005
            assert place == (str(record["place"]) if record["place"] else "–")
            assert row["place"] == (str(record["place"]) if record["place"] else "")
            if record["status"] != "tidak dinilai":
                assert [str(record["posts"])] == posts == [row["posts"]]
            count += 1
    assert count == len(table) == 7


def test_who_is_unknown_is_no_zero(pages):
    row = html.fromstring(pages["peringkat/instagram--kelurahan.html"].decode()).xpath('//tr[@id="kel-x"]')[0]
    assert row.xpath(".//data") == []
    assert "belum pernah terpantau" in _words(row)


def test_the_first_screen_tells_states_moves_silence_and_last_night(pages):
    said = _words(pages["index.html"])
    for expected in (
        "Kota <Uji> & kawan",
        "Semester I 2026",
        "masa sanggah",
        "peringkat 2 → 1",
        "Frekuensi +4,0 poin",
        "sunyi 230 hari sejak 3 November 2025",
        "disusupi",
        "Malam 19 Juni 2026: 5 akun diperiksa, 1 tidak terbaca, 7 unggahan baru.",
        "Sesudah itu 1 malam tidak diperiksa.",
        "91,23",
    ):
        assert expected in said


def test_further_prizes_and_deductions_are_told(view):
    (first, *others), instagram = view.ranking.categories[0].standings, view.ranking.categories[1]
    won = PrizeCategory(Channel.WEBSITE, "skpd", (PrizeWinner(first.agency, 1, 0.0475),))
    prize = Prize("<b>Paling menarik</b>", "engagement", 1, (won,))
    lost = replace(first, deductions=(("regularity", 5.0),))
    website = replace(view.ranking.categories[0], standings=(lost, *others))
    ranking = replace(view.ranking, categories=(website, instagram), prizes=(prize,))
    pages = render(replace(view, ranking=ranking))
    said = _words(pages["index.html"])
    assert "<b>Paling menarik</b>" in said
    assert "Interaksi per pengikut: 4,75%" in said
    assert "Dikurangi karena Keteraturan: 5,00 poin." in _words(pages["kantor/dinkes.html"])


def test_the_vacuum_page_tells_who_lacks_an_account_and_who_is_unseen(pages):
    said = _words(pages["vakum.html"])
    assert "melampaui UU KIP" in said
    assert "BKD" in said
    assert "Kelurahan X" in said


def test_an_office_sees_parts_decisions_and_answers_without_names(pages):
    said = _words(pages["kantor/dinkes.html"])
    assert "Keputusan 3, 2 Juli 2026: unggahan tidak dihitung" in said
    assert "Sanggahan 5, 3 Juli 2026: diterima 5 Juli 2026" in said
    assert "frequency = 91.234" in said
    assert "102 unggahan dengan buktinya" in said


def test_posts_are_paged_the_newest_first_and_none_is_lost(pages):
    first = html.fromstring(pages["unggahan/dinkes/website-1.html"].decode())
    second = html.fromstring(pages["unggahan/dinkes/website-2.html"].decode())
    assert (len(first.xpath('//ol[@class="posts"]/li')), len(second.xpath('//ol[@class="posts"]/li'))) == (
        100,
        2,
    )
    days = first.xpath('//p[@class="when"]/time/@datetime')
    assert days == sorted(days, reverse=True)
    assert "tanpa tanggal pasti" in _words(second)
    assert "Halaman 2 dari 2" in _words(second)


def test_what_strangers_wrote_is_shown_and_never_obeyed(pages):
    for path, page in pages.items():
        assert b"<script" not in page, path
        assert b"javascript:" not in page.replace(b">javascript:alert(1)<", b""), path
        assert b"\x1b" not in page
        assert "\u202e".encode() not in page
        assert b"x" * 300 not in page
    said = _words(pages["unggahan/dinkes/website-2.html"])
    assert r"<script>alert(1)</script>\x1b[2J\u202egnp.exe xxx" in said
    both = (html.fromstring(pages[f"unggahan/dinkes/website-{n}.html"].decode()) for n in (1, 2))
    (arabic,) = [p for page in both for p in page.xpath("//p[@dir]") if "ملاحظة" in p.text_content()]
    assert arabic.get("dir") == "auto"


def test_a_site_in_strangers_hands_is_not_linked(pages):
    for page in pages.values():
        assert not html.fromstring(page.decode()).xpath('//a[contains(@href, "dinsos.example")]')


def test_nothing_is_loaded_and_no_script_is_there(pages):
    for path, page in pages.items():
        tree = html.fromstring(page.decode())
        assert not tree.xpath("//script | //*[@src] | //*[@style] | //@*[starts-with(name(), 'on')]"), path
        assert tree.xpath("//link/@href") == ["data:,"]
        (policy,) = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_landmarks_headings_and_labels(pages):
    for path, page in pages.items():
        tree = html.fromstring(page.decode())
        assert [len(tree.xpath(f"//{name}")) for name in ("h1", "main", "header", "footer")] == [
            1,
            1,
            1,
            1,
        ], path
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        named = {n for names in tree.xpath("//@aria-labelledby | //@aria-describedby") for n in names.split()}
        assert named <= set(ids), path
        assert all(h.get("scope") for h in tree.iter("th"))
        levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3", "h4")]
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        for drawing in tree.iter("svg"):
            assert drawing.get("aria-hidden") or drawing.get("role") == "img", path
        assert all(_words(link) for link in tree.iter("a")), path


def test_english_has_the_same_pages_and_its_own_numbers(view, site):
    english = render(view, "en")
    assert english.keys() == site.keys()
    said = _words(english["index.html"])
    assert "91.23" in said
    assert "2026, first half" in said
    assert b'<html lang="en">' in english["index.html"]


def test_a_badge_is_one_small_picture_that_tells_each_channel_and_loads_nothing(site):
    badges = {path: content for path, content in site.items() if path.startswith("lencana/")}
    assert len(badges) == 7
    for path, content in badges.items():
        drawing = etree.fromstring(content)
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg", path
        assert not drawing.xpath("//*[local-name() = 'script' or local-name() = 'image' or @href]")
        assert len(content) < 3_000
    said = etree.fromstring(badges["lencana/dinsos.svg"]).findtext("{http://www.w3.org/2000/svg}title")
    assert said.endswith("Situs web vakum. Keadaan per 20 Juni 2026")
    assert b"<script" not in badges["lencana/disdik.svg"]


def test_an_unknown_language_is_refused(view):
    with pytest.raises(ConfigError, match="Use id or en"):
        SemesterSite(view, "fr")


def test_levels_that_differ_only_in_signs_get_pages_of_their_own(view):
    website, _ = view.ranking.categories
    ranking = replace(view.ranking, categories=(replace(website, level="a b"), replace(website, level="a-b")))
    offices = ()
    paths = [path for path, _ in SemesterSite(replace(view, ranking=ranking), "id").render_city(offices)]
    assert len(paths) == len(set(paths)) == 5 + 2 * (2 + 6)


_FIFTH = 100


def _enlarge(view: SemesterView, count: int) -> SemesterView:
    """So many offices on one channel: every fifth is vacuum, every seventh has no account."""
    row, website = view.rows[0], view.ranking.categories[0]
    vacuum = next(s for s in website.standings if s.status is Status.VAKUM)
    first = website.standings[0]
    agencies = [Agency(f"k-{n:04}", f"Kelurahan {n:04}", "skpd") for n in range(count)]
    drawn = [vacuum if n % 5 == 0 else first for n in range(count)]
    standings = [
        replace(s, agency=a, place=n // 2 + 1, address=None if n % 7 == 0 else s.address)
        for n, (s, a) in enumerate(zip(drawn, agencies, strict=True))
    ]
    ranking = replace(view.ranking, categories=(replace(website, standings=tuple(standings)),))
    rows = tuple(replace(row, agency=s.agency) for s in standings if s.address)
    pulse = take_pulse(ranking, rows, (), 90, view.pulse.night)
    return replace(view, ranking=ranking, rows=rows, earlier=(), pulse=pulse, alternatives=())


@pytest.fixture
def _fifty_lines_a_page(monkeypatch):
    for module in ("paths", "city"):
        monkeypatch.setattr(f"reports.pages.{module}.LINES_A_PAGE", 50)


@pytest.mark.usefixtures("_fifty_lines_a_page")
def test_a_nations_lists_go_on_over_pages_and_lose_nobody(view):
    large = _enlarge(view, 121)
    site = SemesterSite(large, "id")
    offices = tuple(arrange_offices(large, {}, {}))
    pages = {path: html.fromstring(page.decode()) for path, page in site.render_city(offices)}
    for first in ("peringkat/website--skpd", "kalender/website--skpd", "bulanan/2026-01/website--skpd"):
        parts = [page for path, page in pages.items() if path.startswith(first)]
        listed = [
            name
            for page in parts
            for name in page.xpath('//main//*[self::tr or self::li]//a[@class="name"]/@href')
        ]
        lacking = {f"../kantor/k-{n:04}.html" for n in range(0, 121, 7)} if "bulanan" in first else set()
        assert len(parts) == 3
        assert len(set(listed) | lacking) == 121
    second = pages["peringkat/website--skpd/2.html"]
    assert second.xpath('//nav[@class="pager"]//a[@rel]/@href')[:2] == [
        "../../peringkat/website--skpd.html",
        "../../peringkat/website--skpd/3.html",
    ]
    # The two of place 25 stand on the first page, both said to share it.
    last = pages["peringkat/website--skpd.html"].xpath("//tbody/tr")[-1]
    assert _words(last).startswith("Peringkat 25seri")
    vacuum = [
        n
        for page in ("vakum.html", "vakum/2.html")
        if page in pages
        for n in pages[page].xpath("//tbody//a[@class='name']/@href")
    ]
    assert len(vacuum) == len(large.pulse.vacuum)
    for path, page in pages.items():
        for link in set(page.xpath("//a/@href")):
            assert _reaches(path, link, pages), (path, link)


def _reaches(path: str, link: str, pages: Mapping[str, object]) -> bool:
    if not link or link.startswith("#") or "//" in link:
        return True
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.partition("#")[0]))
    return target in pages or target.startswith(("kantor/", "lencana/"))


@pytest.mark.usefixtures("_fifty_lines_a_page")
def test_an_office_of_a_nation_is_found_by_name_and_leads_to_its_own_line(view):
    large = _enlarge(view, 121)
    site = SemesterSite(large, "id")
    offices = tuple(arrange_offices(large, {}, {}))
    pages = {path: html.fromstring(page.decode()) for path, page in site.render_city(offices)}
    ranges = pages["kantor.html"].xpath("//main//li/a")
    assert [_words(a) for a in ranges][1] == "Kelurahan 0050 – Kelurahan 0099"
    assert ranges[1].get("href") == "daftar/2.html"
    named = pages["daftar/2.html"].xpath('//main//a[@class="name"]/@href')
    assert named[0] == "../kantor/k-0050.html"
    assert len(named) == 50
    office = next(each for each in offices if each.agency.slug == "k-0078")
    page = dict(site.render_office(office, _explain_nothing))["kantor/k-0078.html"].decode()
    assert "../peringkat/website--skpd/2.html#k-0078" in page
    assert pages["peringkat/website--skpd/2.html"].xpath('//tr[@id="k-0078"]')


def test_five_hundred_offices_stay_small(view, city):
    row, (website, _) = city.rows[0], view.ranking.categories
    agencies = [Agency(f"kantor-{n}", f"Dinas Percobaan Nomor {n}", "skpd") for n in range(_FIFTH)]
    categories = tuple(
        replace(
            website,
            channel=channel,
            standings=tuple(replace(website.standings[3], agency=a, channel=channel) for a in agencies),
        )
        for channel in (Channel.WEBSITE, Channel.INSTAGRAM, Channel.FACEBOOK)
    )
    rows = tuple(replace(row, agency=a, channel=c.channel) for c in categories for a in agencies)
    ranking = replace(view.ranking, categories=categories)
    pulse = take_pulse(ranking, rows, rows[:1], 90, view.pulse.night)
    before = tuple(replace(city.earlier[0], agency=r.agency, channel=r.channel) for r in rows)
    large = replace(view, ranking=ranking, rows=rows, earlier=before, pulse=pulse)
    site, offices = SemesterSite(large, "id"), tuple(arrange_offices(large, {}, {}))
    sizes = {path: len(page) for path, page in site.render_city(offices)}
    assert sizes["index.html"] <= 100_000
    assert len(offices) == _FIFTH
    # They are alike, so one of them tells what all take, and a fifth of them what five hundred do.
    each = sum(len(page) for _, page in site.render_office(offices[0], _explain_nothing))
    assert 5 * (sum(sizes.values()) + _FIFTH * each) <= 40_000_000


def _explain_nothing(line: OfficeLine) -> Explanation:
    return Explanation(line.category, line.standing, (), (), (), None)


def test_what_other_rules_would_do_is_told_with_who_wins_and_who_does_not(pages):
    page = html.fromstring(pages["andai.html"].decode())
    lines = [_words(row) for row in page.xpath("//tbody/tr")]
    assert [line[-1] for line in lines] == ["0", "2", "0", "0"]
    assert "75%" in lines[1]
    assert "85%" in lines[1]
    (section,) = page.xpath('//section[@aria-labelledby="andai-2"]')
    assert "peringkat 1 → –; tidak lagi juara" in _words(section)
    assert "peringkat 2 → 1; akan menjadi juara" in _words(section)
    assert not page.xpath('//section[@aria-labelledby="andai-1"]')


def test_without_trials_no_page_leads_to_them(view):
    site = render(replace(view, alternatives=()))
    assert "andai.html" not in site
    assert b"andai.html" not in site["index.html"]


def test_an_office_stands_beside_its_neighbours_with_the_middle_of_all(pages):
    def beside(slug: str) -> list[str]:
        rows = html.fromstring(pages[f"kantor/{slug}.html"].decode()).xpath(
            '//table[contains(@class, "near")]//tr'
        )
        return [_words(row.xpath("./th")[0]) for row in rows[1:]]

    assert beside("dinkes") == ["Dinas Kesehatan", "Dinas Perhubungan"]
    assert beside("dishub") == [
        "Dinas Kesehatan",
        "Dinas Perhubungan",
        "Dinas Pendidikan <script>alert(1)</script>",
    ]
    assert beside("diskominfo") == []
    assert "bernilai di atas 70,00" in _words(pages["kantor/dishub.html"])
