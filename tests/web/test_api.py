"""The JSON API: every answer as its document says, every figure as the views and the ranking have it."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from activity.semester import Semester
from db.engine import reading
from db.export.kind import choose_tables
from db.export.rows import TOLD, read_pieces, tell_row
from db.schema.views import VIEWS
from desk.semester.judge import judge, keep
from desk.setting.config import load_config
from desk.view.live import LiveSemesters
from desk.view.ranking_json import describe_standing
from testkit.schema import find_faults
from testkit.served import AFTER, EVIL, fill, find_late
from web.limits import Limit
from web.serving import PagesPlace, open_door

_API = "/api/v1"
_FULL = frozenset(
    {"posts", "looks", "nights", "accounts", "months", "rankings", "ranking_metrics", "dictionary"}
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def asked(request, opened, folder, tmp_path_factory, serve):
    """The small city behind the door, on each engine, its ranking kept."""
    if request.param == "sqlite":
        opened.engine.dispose()
        path = tmp_path_factory.mktemp("asked") / "denyut.db"
        shutil.copy(folder / "denyut.db", path)
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("module_postgres_url")
        fill(url).dispose()
    config = load_config({"DENYUT_DATABASE": url, "DENYUT_NOW": AFTER})
    judgement = judge(config, Semester(2026, 1))
    keep(judgement)
    judgement.engine.dispose()
    # No page is looked at: to draw them all beside would slow down what is tried.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveSemesters, "draw_ahead", lambda *_: None)
        yield serve(replace(open_door(config, PagesPlace()), questions=Limit(10_000, 60)))


@pytest.fixture(scope="module")
def document(asked):
    return asked.visit().get(f"{_API}/openapi.json").json()


def schema_of(document, path):
    answers = document["paths"][path]["get"]["responses"]
    return answers["200"]["content"]["application/json"]["schema"]


def read_all(city, path):
    """Every row, by the addresses that the answers give, and how many answers it took."""
    items, answers, following = [], 0, path
    while following:
        answer = city.client.get(following)
        assert answer.status_code == 200, (following, answer.text)
        told = answer.json()
        link = re.fullmatch('<(.+)>; rel="next"', answer.headers.get("link", ""))
        assert (link[1] if link else None) == told["next"]
        items += told["items"]
        following, answers = told["next"], answers + 1
    return items, answers


def frozen(rows):
    return Counter(tuple(row.items()) for row in rows)


def test_every_view_of_the_documents_is_offered_and_none_with_names(document):
    offered = {path.rpartition("/")[2] for path in document["paths"]}
    assert offered == {view.name for view in VIEWS if view.name != "counted_post"} | {
        "openapi.json",
        "semesters",
        "ranking",
    }
    assert document["openapi"].startswith("3.1")
    for view in ("decisions", "overrides", "objections", "seals"):
        fields = document["components"]["schemas"][view]["properties"]
        assert fields.keys().isdisjoint({"who", "reason", "evidence", "answer", "answered_by", "reopened_by"})


@pytest.mark.parametrize("table", choose_tables(), ids=lambda table: table.name)
def test_each_row_of_a_view_comes_once_and_as_the_document_says(asked, document, table):
    items, _ = read_all(asked, f"{_API}/{table.name}?limit=300")
    with reading(asked.door.engine) as connection:
        rows = [tell_row(table, row) for piece in read_pieces(connection, table, TOLD) for row in piece]
    assert rows or table.name not in _FULL
    assert frozen(items) == frozen(rows)
    page = {"items": items, "next": None}
    assert list(find_faults(document, schema_of(document, f"{_API}/{table.name}"), page)) == []


def test_small_pages_and_large_ones_have_the_same_rows(asked):
    few, many = (read_all(asked, f"{_API}/posts?agency=dinkes&limit={limit}") for limit in (7, 1000))
    assert few[0] == many[0]
    assert (few[1], many[1]) == (-(-len(few[0]) // 7), 1)


def test_rows_are_chosen_by_what_is_equal_and_by_days(asked):
    def ask(question):
        return read_all(asked, f"{_API}/posts?{question}&limit=1000")[0]

    first, last = date(2026, 3, 1), date(2026, 3, 31)
    found = ask(f"since={first}&until={last + timedelta(days=1)}")
    assert {row["day"] for row in found} <= {f"{first + timedelta(days=n)}" for n in range(31)}
    assert len(found) == len(ask("month=2026-03")) > 20
    one = found[0]
    for name, column in (
        ("channel", "channel"),
        ("level", "level"),
        ("account", "address"),
        ("counts", "counts"),
    ):
        value = str(one[column]).lower() if name == "counts" else one[column]
        chosen = read_all(asked, f"{_API}/posts?month=2026-03&limit=1000&{name}={value}")[0]
        assert frozen(chosen) == frozen(row for row in found if row[column] == one[column])
    latest = read_all(asked, f"{_API}/rankings?semester=2026-S1&latest=true&limit=1000")[0]
    assert len({row["ranking"] for row in latest}) == 1


def test_figures_are_the_rankings_own(asked, document):
    judged = asked.door.semesters.get(asked.door.find_semester("2026-S1")).judgement.ranking
    ranking = asked.client.get(f"{_API}/semesters/2026-S1/ranking").json()
    assert (
        list(find_faults(document, schema_of(document, f"{_API}/semesters/{{semester}}/ranking"), ranking))
        == []
    )
    told = [s for category in ranking["categories"] for s in category["standings"]]
    assert told == [describe_standing(s) for category in judged.categories for s in category.standings]
    counted = Counter(
        (row["agency"], row["channel"])
        for row in read_all(asked, f"{_API}/posts?counts=true&limit=1000")[0]
        if "2026-01-01" <= row["counts_on"] <= "2026-06-30"
    )
    assert {(s["agency"], s["channel"]): s["posts"] for s in told if s["posts"]} == counted
    kept = read_all(asked, f"{_API}/rankings?semester=2026-S1&latest=true&limit=1000")[0]
    places = {(row["agency"], row["channel"]): (row["place"], row["score"], row["posts"]) for row in kept}
    assert {(s["agency"], s["channel"]): (s["place"], s["score"], s["posts"]) for s in told} == places
    some = asked.client.get(f"{_API}/semesters/2026-S1/ranking?channel=website&level=skpd").json()
    assert [(c["channel"], c["level"]) for c in some["categories"]] == [("website", "skpd")]


def test_semesters_are_those_of_the_pages(asked, document):
    told = asked.client.get(f"{_API}/semesters").json()
    assert list(find_faults(document, schema_of(document, f"{_API}/semesters"), told)) == []
    assert [each["semester"] for each in told["items"]] == [str(each) for each in asked.door.list_shown()]
    (first,) = (each["ranking"] for each in told["items"] if each["semester"] == "2026-S1")
    assert asked.client.get(first).json()["semester"] == "2026-S1"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/posts?tahun=2026", 400),
        ("/posts?agency=", 400),
        ("/posts?agency=a&agency=b", 400),
        ("/posts?agency=a%00b", 400),
        ("/posts?limit=0", 400),
        ("/posts?limit=1001", 400),
        ("/posts?limit=+5", 400),
        ("/posts?limit=%D9%A3", 400),
        ("/posts?channel=radio", 400),
        ("/posts?semester=2026", 400),
        ("/posts?since=2026-02-30", 400),
        ("/posts?since=20260101", 400),
        ("/posts?counts=1", 400),
        ("/posts?cursor=abc", 400),
        ("/posts?cursor=WyJwb3N0cyIsMSwyLDNd", 400),
        ("/accounts?since=2026-01-01", 400),
        ("/rankings?ranking=99999999999999999999", 400),
        ("/semesters?limit=1", 400),
        ("/semesters/2026-S1/ranking?level=a&level=b", 400),
        ("/semesters/1999-S1/ranking", 404),
        ("/semesters/%00/ranking", 404),
        ("/counted_post", 404),
        ("/post", 404),
        ("/web_user", 404),
        ("/", 404),
        ("", 404),
        ("/posts/1", 404),
    ],
)
def test_what_is_refused_says_what_to_do(asked, document, path, status):
    answer = asked.client.get(f"{_API}{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert list(find_faults(document, document["components"]["schemas"]["problem"], problem)) == []
    assert problem["status"] == status
    assert len(problem["detail"]) > 30


def test_a_cursor_of_another_view_is_none(asked):
    cursor = asked.client.get(f"{_API}/posts?limit=1").json()["next"].partition("cursor=")[2]
    assert asked.client.get(f"{_API}/engagement?cursor={cursor}").status_code == 400
    assert asked.client.get(f"{_API}/posts?cursor={cursor}&limit=1").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_is_written(asked, method):
    answer = asked.client.request(method, f"{_API}/posts")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["posts?limit=3", "semesters", "semesters/2026-S1/ranking", "openapi.json"])
def test_what_a_program_has_already_is_not_sent_again(asked, path):
    answer = asked.client.get(f"{_API}/{path}")
    head = asked.client.head(f"{_API}/{path}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    again = asked.client.get(f"{_API}/{path}", headers={"if-none-match": f'"x", W/{answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert asked.client.get(f"{_API}/{path}", headers={"if-none-match": '"x"'}).status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"


def test_what_is_stored_meanwhile_moves_no_row(own):
    before = read_all(own, f"{_API}/posts?limit=1000")[0]
    page = own.client.get(f"{_API}/posts?limit=20").json()
    items = page["items"]
    for slug in ("bappeda", "dinkes", "dispora"):
        find_late(own.door.engine, slug, date(2026, 6, 5), f"Kabar susulan {slug}")
    items += read_all(own, page["next"])[0]
    keys = Counter((row["agency"], row["key"]) for row in items)
    assert set(keys.values()) == {1}
    assert {(row["agency"], row["key"]) for row in before} <= keys.keys()
    assert len(keys) > len(before)


def test_what_strangers_wrote_is_told_as_it_is_and_runs_nowhere(city):
    answer = city.client.get(f"{_API}/posts?agency=bappeda&limit=1000")
    (evil,) = (row for row in answer.json()["items"] if row["title"].startswith("<script>"))
    assert evil["title"][:26] == EVIL[:26]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
