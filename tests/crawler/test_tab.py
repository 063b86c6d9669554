"""What a page being rendered is given: a real Chromium, and exchanges that go nowhere."""

import asyncio
import json
import shutil
from importlib.util import find_spec

import pytest

from crawler.drive.driver import Answer, Ask
from crawler.drive.guard import Guard

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
HOME = "https://dinkes.contoh.go.id/berita"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_spec("scrapy_playwright") is None, reason="denyut[browser] is not installed"),
    pytest.mark.skipif(PROGRAM is None, reason=f"no browser here: none of {', '.join(NAMES)} was found"),
]


@pytest.fixture
def answers():
    return []


@pytest.fixture
def show(monkeypatch, answers):
    """Renders a page whose parts come from a mapping; gives its HTML and what it asked for."""
    from crawler.browser.chromium import Browser
    from crawler.browser.tab import Tab

    monkeypatch.setattr("crawler.browser.tab.QUIET_BARE", 0.7)

    def render(html, parts, zone="Asia/Jayapura"):
        asked: list[Ask] = []

        async def carry(ask):
            asked.append(ask)
            return parts.get(ask.url) or Answer(ask.url, 404)

        async def run():
            ask = Ask(HOME, {}, None, 25.0, 5_000_000, rendered=True)
            first = Answer(HOME, 200, {"content-type": "text/html; charset=utf-8"}, html.encode())
            browser = Browser(PROGRAM or "", "Denyut/0.1 (+uji)", zone)
            try:
                return await browser.render(Tab(ask, first, carry, Guard()))
            finally:
                await browser.close()

        answer = asyncio.run(run())
        answers.append(answer)
        return answer.body.decode(), {one.url: dict(one.headers) for one in asked}

    return render


def fetch_all(*urls):
    tries = "".join(f"fetch('{url}').then(r => r.text()).then(say, () => say('refused'));" for url in urls)
    return f"<body><script>const say = text => document.body.append(`[${{text}}]`);{tries}</script>"


def test_data_come_from_the_pages_own_site_and_no_other(show):
    near = ["https://api.contoh.go.id/v1", "https://dinkes.contoh.go.id/data", "http://contoh.go.id/"]
    far = ["https://lain.go.id/", "https://contoh.co.id/", "https://cdn.jsdelivr.net/x", "http://10.0.0.1/"]
    html, asked = show(fetch_all(*near, *far), {})
    assert set(asked) <= {*near}
    assert {*near[:2]} <= set(asked)
    assert html.count("[refused]") >= len(far)


def test_scripts_come_from_hosts_of_libraries_too(show):
    library, other = "https://cdn.jsdelivr.net/npm/vue", "https://iklan.example.com/x.js"
    page = f"<body><script src={library}></script><script src={other}></script>"
    kind = {"content-type": "text/javascript", "access-control-allow-origin": "*"}
    html, asked = show(page, {library: Answer(library, 200, kind, b"document.body.append('drawn')")})
    assert "drawn" in html
    assert set(asked) == {library}


def test_an_api_is_asked_as_the_page_asks_it_and_nothing_is_told_of_the_caller(show):
    url = "https://api.contoh.go.id/v1"
    page = f"""<body><script>document.cookie = "a=b";
        fetch("{url}", {{headers: {{"X-Api-Key": "umum"}}}}).then(r => r.json())
        .then(all => document.body.append("judul: " + all.judul))</script>"""
    headers = {
        "content-type": "application/json",
        "access-control-allow-origin": "https://dinkes.contoh.go.id",
        "set-cookie": "sesi=1",
    }
    html, asked = show(page, {url: Answer(url, 200, headers, b'{"judul": "Rapat"}')})
    assert "judul: Rapat" in html
    assert asked[url]["x-api-key"] == "umum"
    assert asked[url]["origin"] == "https://dinkes.contoh.go.id"
    assert not {"cookie", "referer", "user-agent"} & set(asked[url])


@pytest.mark.parametrize("limit", ["MAX_PARTS", "LONGEST", "nothing"])
def test_a_page_that_had_not_all_its_parts_says_so(show, answers, monkeypatch, limit):
    url = "https://dinkes.contoh.go.id/kabar.json"
    kind = {"content-type": "application/json"}
    if limit != "nothing":
        monkeypatch.setattr(f"crawler.browser.tab.{limit}", 0)
    show(fetch_all(url, "https://lain.go.id/iklan"), {url: Answer(url, 200, kind, b'{"data": []}')})
    # An advertiser's part is never fetched, and nobody misses it.
    assert answers[0].starved is (limit != "nothing")


def test_only_get_is_asked(show):
    page = "".join(
        f"<script>fetch('/data', {{method: '{method}', body: 'x'}}).catch(() => 0)</script>"
        for method in ("POST", "PUT", "DELETE")
    )
    assert (
        show(f"<body>{page}<form method=post action=/kirim><script>document.forms[0].submit()</script>", {})[
            1
        ]
        == {}
    )


def test_a_redirect_is_followed_within_the_site_only(show):
    inside, outside, end = (f"https://dinkes.contoh.go.id/{name}" for name in ("a", "b", "c"))
    parts = {
        inside: Answer(inside, 302, {"location": "/c"}),
        outside: Answer(outside, 302, {"location": "http://169.254.169.254/latest"}),
        end: Answer(end, 200, {"content-type": "text/plain"}, b"arrived"),
    }
    html, asked = show(fetch_all(inside, outside), parts)
    assert "[arrived]" in html
    assert "[refused]" in html
    assert set(asked) == {inside, outside, end}


def test_dates_are_written_in_the_citys_zone_and_language(show):
    page = """<body><script>document.body.append(new Date(Date.UTC(2026, 0, 31, 15, 30))
        .toLocaleString("id-ID", {dateStyle: "long", timeStyle: "short"}), navigator.language)</script>"""
    html, _ = show(page, {})
    assert "1 Februari 2026" in html
    assert "00.30" in html
    assert "id-ID" in html


DRAW = """<body><ul id=list></ul><button id=mehr>Muat lebih banyak</button><script>
    let page = 0;
    const list = document.getElementById("list"), button = document.getElementById("mehr");
    const line = row => `<li><a href=/kabar/${row.slug}>${row.judul}</a></li>`;
    const draw = rows => { list.innerHTML += rows.map(line).join(""); };
    const more = () => { page += 1; %s };
    button.addEventListener("click", more); more();
</script>"""
OWN = """const all = [...Array(4).keys()].map(n => ({slug: `a-${page}-${n}`, judul: `Kabar ${page}-${n}`}));
    draw(all); if (page == 3) button.remove();"""
ASK = "fetch(`/layanan?hal=${page}`).then(r => r.json()).then(d => draw(d.data));"


def test_a_button_for_more_is_pressed_until_nothing_comes(show):
    html, asked = show(DRAW % OWN, {})
    assert html.count('<li><a href="/kabar/a-') == 12
    assert asked == {}


def test_where_data_come_one_press_tells_how_they_go_on_and_they_are_handed_back(show, answers):
    url = "https://dinkes.contoh.go.id/layanan?hal={}"
    kind = {"content-type": "application/json"}
    rows = {url.format(n): json.dumps({"data": [{"slug": f"b-{n}", "judul": "B"}]}) for n in range(1, 9)}
    parts = {each: Answer(each, 200, kind, text.encode()) for each, text in rows.items()}
    _, asked = show(DRAW % ASK, parts)
    assert sorted(asked) == [url.format(1), url.format(2)]
    assert [each.url for each in answers[0].captured] == [url.format(1), url.format(2)]
