"""The page says what the ranking says, in two languages, and trusts no name."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.message import Message
from activity.ranking import Category
from activity.semester import Night
from reports.html import render_html


@pytest.fixture(scope="module")
def body(city):
    return render_html(city.ranking, city.rows, city.earlier, title="Kota <Uji> & kawan")


@pytest.fixture(scope="module")
def page(body):
    return html.fromstring(body.decode())


def _row_of(page, name: str):
    (row,) = page.xpath(f'//article[@id="website--skpd"]//tr[starts-with(@data-name, "{name}")]')
    return row


def _words(element) -> str:
    return " ".join(element.text_content().split())


def test_same_input_gives_the_same_bytes(city, body):
    assert body == render_html(city.ranking, city.rows, city.earlier, title="Kota <Uji> & kawan")


def test_header_names_semester_day_and_rubric(page):
    header = _words(page.find(".//header"))
    assert "Kota <Uji> & kawan" in header
    assert "Semester I 2026" in header
    assert "20 Juni 2026" in header
    assert "20 June 2026" in header
    assert "abababababab" in header


def test_an_unfinished_semester_is_called_interim(city, page):
    assert "sementara" in _words(page.find(".//header"))
    whole = replace(city.ranking, as_of=date(2026, 6, 30))
    assert "sementara" not in render_html(whole, city.rows, title="x").decode()


def test_scores_have_a_decimal_comma_in_indonesian_and_a_point_in_english(page):
    score = _row_of(page, "Dinas Kesehatan").xpath('.//td[contains(@class, "score")]')[0]
    assert score.xpath('string(.//*[@lang="id"])') == "91,23"
    assert score.xpath('string(.//*[@lang="en"])') == "91.23"


def test_ties_share_their_number_and_say_so(page):
    for name in ("Dinas Perhubungan", "Dinas Pendidikan"):
        place = _row_of(page, name).xpath('.//td[contains(@class, "place")]')[0]
        assert _words(place).startswith("2 seri")


def test_shortlist_keeps_a_tie_at_its_edge_whole(page):
    marked = page.xpath('//article[@id="website--skpd"]//tr[.//*[@class="tag"]]')
    assert len(marked) == 3
    assert page.xpath('//tr[@class="last-listed"]')[0].get("data-name").startswith("Dinas Pendidikan")


def test_without_a_place_comes_the_reason_and_never_a_zero(page):
    row = _row_of(page, "BKD")
    assert "tidak punya akun di kanal ini" in _words(row)
    assert "tidak dinilai" in _words(row)
    assert not any(cell.text_content().strip().startswith("0") for cell in row.iterfind("td"))
    (unseen,) = page.xpath('//article[@id="instagram--kelurahan"]//tr[@data-name]')
    posts = unseen.xpath('.//td[contains(@class, "posts")]')[0]
    assert "—" in posts.text_content()
    assert "0" not in posts.text_content()


def test_who_does_not_compete_keeps_a_score_without_a_place(page):
    row = _words(_row_of(page, "Diskominfo"))
    assert "95,50" in row
    assert "tidak ikut lomba" in row


def test_vacuum_list_names_the_silence(page):
    (row,) = page.xpath('//section[@id="vacuum"]//tbody/tr')
    said = _words(row)
    for expected in ("2 Nov 2025", "3 Nov 2025", "230", "melampaui UU KIP", "disusupi", "@links"):
        assert expected in said


def test_names_are_escaped_and_only_web_addresses_are_links(page, body):
    assert b"<script>alert" not in body
    links = set(page.xpath("//a/@href"))
    outside = {link for link in links if not link.startswith("#")}
    assert outside == {
        "https://dinkes.example/",
        "http://dishub.example/",
        "https://diskominfo.example/",
        "https://www.instagram.com/kel_x/",
    }


def test_a_site_in_strangers_hands_is_named_but_not_linked(page):
    assert "dinsos.example" in _words(page.xpath('//section[@id="vacuum"]')[0])
    assert not page.xpath('//a[contains(@href, "dinsos.example")]')


def test_nothing_is_loaded_from_outside_and_the_policy_covers_what_is_inside(page):
    assert not page.xpath("//*[@src] | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert page.xpath("//link/@href") == ["data:,"]
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_inner_link_has_a_target_and_every_id_is_one_of_a_kind(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = {link[1:] for link in page.xpath("//@href") if link.startswith("#")}
    wanted |= {name for names in page.xpath("//@aria-labelledby") for name in names.split()}
    assert wanted <= set(ids)


def test_tables_are_semantic(page):
    for table in page.xpath("//table"):
        assert table.find("caption") is not None
        assert all(head.get("scope") for head in table.iter("th"))


def test_every_text_is_in_both_languages(page):
    indonesian, english = page.xpath('//main//*[@lang="id"]'), page.xpath('//main//*[@lang="en"]')
    assert len(indonesian) == len(english) > 100


def test_the_language_asked_for_is_shown_first(city):
    page = html.fromstring(render_html(city.ranking, city.rows, title="City", language="en").decode())
    assert page.get("lang") == "en"
    assert page.xpath("//input[@checked]/@value") == ["en"]
    assert page.findtext(".//title") == "Denyut: City, 2026, first half"


def test_an_unknown_language_is_refused(city):
    with pytest.raises(ConfigError, match="Use id or en"):
        render_html(city.ranking, city.rows, title="x", language="fr")


def test_calendars_show_a_year_where_the_semester_before_is_given(city, page):
    drawings = page.xpath('//article[@id="office--dinkes"]//svg[@class="days"]/use/@href')
    assert drawings == ["#axis-2025-S2", "#axis-2026-S1"]
    alone = html.fromstring(render_html(city.ranking, city.rows, title="x").decode())
    assert alone.xpath('//article[@id="office--dinkes"]//svg[@class="days"]/use/@href') == ["#axis-2026-S1"]


def test_a_semester_before_of_which_nothing_is_known_is_left_out(city):
    dark = [replace(row, nights=(Night.UNSEEN,) * len(row.nights)) for row in city.earlier]
    page = html.fromstring(render_html(city.ranking, city.rows, dark, title="x").decode())
    assert page.xpath('//article[@id="office--dinkes"]//svg[@class="days"]/use/@href') == ["#axis-2026-S1"]


def test_an_account_that_was_never_seen_is_not_said_to_be_silent(page):
    office = _words(page.xpath('//article[@id="office--kel-x"]')[0])
    assert "ini bukan nol" in office
    assert "malam sunyi" not in office


def test_an_empty_ranking_is_still_a_page(city):
    empty = replace(city.ranking, categories=())
    assert b"Tidak ada akun yang vakum." in render_html(empty, (), title="Kota Kosong")


def test_a_page_for_forty_offices_on_three_channels_stays_small(city):
    (first, *_), row = city.ranking.categories[0].standings, city.rows[0]
    channels = list(Channel)[:3]
    agencies = [Agency(f"office-{n}", f"Dinas Percobaan Nomor {n}", "skpd") for n in range(40)]
    categories = tuple(
        Category(channel, "skpd", tuple(replace(first, agency=a, channel=channel) for a in agencies))
        for channel in channels
    )
    rows = [replace(row, agency=a, channel=channel) for a in agencies for channel in channels]
    earlier = [replace(city.earlier[0], agency=r.agency, channel=r.channel) for r in rows]
    ranking = replace(city.ranking, categories=categories)
    assert len(render_html(ranking, rows, earlier, title="Kota Besar")) < 560_000


def test_a_pointer_is_told_the_formula_and_what_all_metrics_rest_on_once(city):
    posts, nights = Message("{total} posts", total=1234), Message("{total} nights known", total=5)
    told = Message("{n} of {weeks} weeks: {gained:.2f}; {posts}; {looks}", n=1, weeks=2, gained=50.0,
                   posts=posts, looks=nights)  # fmt: skip
    website, _ = city.ranking.categories
    first = website.standings[0]
    metrics = tuple(replace(metric, told=told) for metric in first.metrics)
    category = replace(website, standings=(replace(first, metrics=metrics), *website.standings[1:]))
    ranking = replace(city.ranking, categories=(category,))
    page = html.fromstring(render_html(ranking, city.rows, title="x", language="en").decode())
    row = _row_of(page, "Dinas Kesehatan")
    assert row.xpath("td/@title") == ["1 of 2 weeks: 50.00"] * 3 + ["1234 posts", "5 nights known"]


def test_a_small_screen_is_told_what_each_figure_is(page):
    style = page.findtext(".//style")
    assert '--posts:"Unggahan";' in style
    assert '--posts:"Posts";' in style
    for column in ("posts", "last", "coverage", "m-frequency"):
        assert f".category .{column}::before{{content:var(--{column})}}" in style
        assert page.xpath(f'//td[contains(concat(" ", @class, " "), " {column} ")]')
