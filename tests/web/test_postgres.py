"""The same pages and the same desk on PostgreSQL."""

from datetime import UTC, datetime

from activity.user import Role
from desk.office.user import add_user
from desk.setting.config import load_config
from testkit.served import AFTER, fill
from web.serving import PagesPlace, open_door

_DESK = "/meja/2026-S1"


def test_pages_decisions_and_reports(new_postgres_url, serve):
    engine = fill(new_postgres_url)
    for role in Role:
        name = role.value
        add_user(
            engine, name, f"Orang {name}", role, "empat kata yang mudah", datetime(2026, 1, 1, tzinfo=UTC)
        )
    engine.dispose()
    config = load_config({"DENYUT_DATABASE": new_postgres_url, "DENYUT_NOW": AFTER})
    city = serve(open_door(config, PagesPlace()))
    jury = city.visit(Role.JURY)
    pages = ("kantor/dinkes.html", "unggahan/dinkes/website-1.html", "lencana/dinkes.svg")
    for path in (*(f"/2026-S1/{page}" for page in pages), "/meja", _DESK, f"{_DESK}/tanda"):
        assert jury.get(path).status_code == 200, path
    form = {
        "agency": "dispora",
        "channel": "website",
        "action": "do not count post",
        "post": "/b/20260205-15",
    }
    assert jury.send(f"{_DESK}/keputusan", **form, reason="x", evidence="y").status_code == 303
    assert "Orang jury (jury)" in jury.get(f"{_DESK}/keputusan").text
    sent = {"agency": "dinkes", "channel": "website", "url": "https://dinkes.go.id/b", "who": "Ibu Rahasia"}
    assert jury.send("/terlewat", **sent).status_code == 200
    assert "Ibu Rahasia" in jury.get("/meja/terlewat").text
    semester = city.door.find_semester("2026-S1")
    city.door.semesters.get(semester)
    city.door.semesters.wait()
    assert "Keputusan 1" in jury.get("/2026-S1/kantor/dispora.html").text
    city.door.semesters.close()
