"""The same pages live: figures as `denyut site` writes them, and strangers' words harmless."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from lxml import html

from activity.user import Role
from desk.semester.judge import judge
from desk.view.live import LiveSemesters
from desk.view.site import write_site
from web.serving import PagesPlace, open_door, serve

_PATHS = (
    "/2026-S1/",
    "/2026-S1/vakum.html",
    "/2026-S1/kantor.html",
    "/2026-S1/peringkat/website--skpd.html",
    "/2026-S1/kalender/website--skpd.html",
    "/2026-S1/kantor/bappeda.html",
    "/2026-S1/unggahan/bappeda/website-1.html",
    "/2026-S1/lencana/bappeda.svg",
    "/lencana/bappeda.svg",
    "/terlewat",
    "/masuk",
    "/meja",
    "/meja/2026-S1",
    "/meja/2026-S1/tanda",
    "/meja/2026-S1/kantor/bappeda",
    "/meja/2026-S1/sanggahan",
    "/api",
    "/nowhere.html",
)


@pytest.mark.parametrize("path", _PATHS)
def test_nothing_strangers_wrote_runs_and_nothing_comes_from_outside(city, path):
    answer = city.visit(Role.JURY).get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    for evil in ("<script", "<b>Kesehatan", "Kota <Uji>", 'href="javascript:', "\u202e"):
        assert evil not in answer.text
    page = html.fromstring(answer.content)
    assert page.xpath("//@src | //link/@href[not(starts-with(., 'data:'))]") == []
    assert not [each for each in page.xpath("//@*") if each.attrname.startswith("on")]


def test_styles_of_the_desk_are_those_that_its_policy_names(city):
    answer = city.visit().get("/masuk")
    style = html.fromstring(answer.content).xpath("string(//style)")
    from base64 import b64encode
    from hashlib import sha256

    assert b64encode(sha256(style.encode()).digest()).decode() in answer.headers["content-security-policy"]
    assert "form-action 'self'" in answer.headers["content-security-policy"]


def test_a_page_is_what_the_site_writes_but_for_its_menu(city, opened, tmp_path):
    write_site(judge(opened.config, opened.find_semester("2026-S1")), tmp_path / "s", "id")
    written = {
        p.relative_to(tmp_path / "s").as_posix(): p for p in (tmp_path / "s").rglob("*.*") if p.is_file()
    }
    del written[".denyut-site"]
    visitor = city.visit()
    for path, file in written.items():
        shown, kept = (
            html.fromstring(visitor.get(f"/2026-S1/{path}").content),
            html.fromstring(file.read_bytes()),
        )
        for page in (shown, kept):
            for menu in page.xpath("//header/nav | //p[@class='ask']"):
                menu.getparent().remove(menu)
        assert html.tostring(shown) == html.tostring(kept), path


@pytest.mark.parametrize(
    "path",
    [
        "/2026-S1/kantor/nobody.html",
        "/2026-S1/unggahan/dinkes/website-2.html",
        "/2026-S1/unggahan/dinkes/website-0.html",
        "/2026-S1/unggahan/dinkes/instagram-1.html",
        "/2026-S1/../2026-S1/x.html",
        "/2026-S1/lencana/../../etc/passwd",
        "/2031-S1/",
        "/1995-S1/",
        "/2026-s1/",
        "/favicon.ico",
        "/%00",
        "/lencana/nobody.svg",
    ],
)
def test_what_is_not_there_is_said_in_indonesian(city, path):
    answer = city.visit().get(path)
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text
    assert html.fromstring(answer.content).get("lang") == "id"


def test_beyond_loopback_a_user_is_demanded(tmp_path, opened):
    from activity.errors import ConfigError
    from desk.setting.config import load_config
    from testkit.database import new_database

    config = load_config({"DENYUT_DATABASE": new_database(tmp_path / "new.db")})
    for place in (PagesPlace("0.0.0.0"), PagesPlace("::"), PagesPlace(url="https://denyut.kota.go.id")):
        with pytest.raises(ConfigError, match="nobody can sign in") as refused:
            open_door(config, place)
        assert "\n" not in str(refused.value)
        assert not open_door(opened.config, place).is_open
    assert open_door(config, PagesPlace("0.0.0.0", is_public=True)).is_public
    assert open_door(config, PagesPlace("::1")).is_open


def test_a_port_in_use_is_one_line(opened, city):
    from activity.errors import ConfigError

    with pytest.raises(ConfigError, match="Nothing can listen"):
        serve(opened.config, PagesPlace(port=city.client.base_url.port), print)


@pytest.mark.parametrize("url", ["denyut.kota.go.id", "ftp://a.id", "https://a.id/sub"])
def test_an_address_that_leads_nowhere_is_refused(opened, url):
    from activity.errors import ConfigError

    with pytest.raises(ConfigError, match="--url"):
        open_door(opened.config, PagesPlace(url=url))


def test_an_offices_page_leads_to_a_report_of_its_own_and_to_the_desk(city):
    page = html.fromstring(city.visit().get("/2026-S1/kantor/dinkes.html").content)
    report, data, desk = page.xpath("//p[@class='ask']/a/@href")
    assert data == "/api?kantor=dinkes"
    chosen = html.fromstring(city.visit().get(report).content).xpath("//option[@selected]/@value")
    assert chosen == ["dinkes"]
    assert city.visit(Role.OFFICER).get(desk).status_code == 200


def test_pages_of_offices_are_drawn_before_anybody_asks(opened, monkeypatch):
    semesters = LiveSemesters(opened.config, opened.engine)
    live = semesters.get(opened.find_semester("2026-S1"))
    semesters.draw_ahead(live)

    def refuse(*_):
        raise AssertionError("taken apart once more")

    monkeypatch.setattr("desk.semester.explanation.Explainer.explain", refuse)
    assert all(live.read(f"kantor/{slug}.html") for slug in live.offices)


class _Broken(LiveSemesters):
    def list_semesters(self):
        raise RuntimeError("kata sandi rahasia")


def test_an_error_of_our_own_says_nothing_of_itself_and_has_its_headers(opened, serve):
    broken = serve(replace(opened, semesters=_Broken(opened.config, opened.engine)))
    answer = broken.visit().get("/")
    assert answer.status_code == 500
    assert "Kesalahan di pihak kami" in answer.text
    assert "rahasia" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_many_at_once_are_all_answered(city):
    """Forty browsers, some of them at pages that nobody has asked for."""
    paths = [
        f"/2026-S1/{path}" for path in ("", "kantor/dinkes.html", "unggahan/dispora/website-1.html", "x")
    ]

    def ask(number):
        with httpx.Client(base_url=city.client.base_url, timeout=60, trust_env=False) as client:
            return client.get(paths[number % len(paths)]).status_code

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(ask, range(40)))
    assert found == [200, 200, 200, 404] * 10
