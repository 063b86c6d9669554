"""The Graph API speaks as Meta documents it and shows what the truth says."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.agency import Channel
from samplecity.city import City
from samplecity.graph.selection import SelectionError, parse_fields
from samplecity.graph.shortcode import build_shortcode, read_shortcode
from samplecity.graph.token import APP_TOKEN, build_proof
from samplecity.server import CityServer

BEGINNING = datetime(2025, 7, 1).date()
MEDIA = "id,caption,media_type,media_product_type,permalink,timestamp,like_count,comments_count"
POST = (
    "id,created_time,updated_time,message,permalink_url,status_type,is_published,is_hidden,parent_id,shares,"
    "attachments{media_type,url},reactions.limit(0).summary(total_count),comments.limit(0).summary(true)"
)
FIXTURES = Path(__file__).parents[2] / "../shared/fixtures/graph"


def read_fixture(name: str):
    path = FIXTURES / name
    if not path.is_file():
        pytest.skip("the captured answers are not beside this checkout")
    return json.loads(path.read_text())


@pytest.fixture(autouse=True)
def _renew(server: CityServer, city: City):
    server.set_now(datetime(2026, 6, 30, 23, 30, tzinfo=city.zone))
    yield
    server.graph.throttle_after(None)
    server.graph.withdraw_permission(withdrawn=False)
    server.graph.renew_token("instagram")
    server.graph.renew_token("facebook")
    server.graph.require_proof(required=False)
    server.graph.withdraw_scope("instagram", "instagram_manage_insights", withdrawn=False)


def discover(server: CityServer, client: httpx.Client, name: str, media: str, *, secret: str | None = None):
    fields = f"business_discovery.username({name}){{id,username,followers_count,media_count,{media}}}"
    return client.get(
        f"{server.graph_url}/v26.0/{server.instagram_user_id}",
        params={"fields": fields},
        headers={"authorization": f"Bearer {secret or server.tokens['instagram']}"},
    )


def ask_page(server: CityServer, client: httpx.Client, path: str, **parameters: str | int):
    return client.get(
        f"{server.graph_url}/v26.0/{path}", params={**parameters, "access_token": server.tokens["facebook"]}
    )


def walk_media(server: CityServer, client: httpx.Client, name: str, limit: int = 50):
    after = ""
    while True:
        answer = discover(server, client, name, f"media.limit({limit}){after}{{{MEDIA}}}").json()
        media = answer["business_discovery"]["media"]
        yield from media["data"]
        cursors = media.get("paging", {}).get("cursors", {})
        if "after" not in cursors:
            return
        after = f".after({cursors['after']})"


def walk_edge(server: CityServer, client: httpx.Client, path: str, **parameters: str | int):
    answer = ask_page(server, client, path, **parameters).json()
    yield from answer["data"]
    while "next" in answer.get("paging", {}):
        answer = client.get(answer["paging"]["next"]).json()
        yield from answer["data"]


@pytest.mark.parametrize("day", [10, 30])
def test_business_discovery_shows_the_truth(server: CityServer, client, city, day):
    server.set_now(datetime(2026, 6, day, 23, 30, tzinfo=city.zone))
    for account in city.truth(server.now().date(), since=BEGINNING).accounts:
        if account.channel is not Channel.INSTAGRAM or account.reason:
            continue
        presence = city.office(account.agency).presence(Channel.INSTAGRAM)
        media = list(walk_media(server, client, presence.handle_at(server.now())))
        shown = {
            (item["permalink"].split("/")[4], datetime.fromisoformat(item["timestamp"])) for item in media
        }
        assert shown == {(post.key, post.published) for post in account.posts}, account.agency
        assert len(media) == len(shown)


def test_published_posts_and_reels_show_the_truth(server: CityServer, client, city):
    doubles = 0
    for account in city.truth(server.now().date(), since=BEGINNING).accounts:
        if account.channel is not Channel.FACEBOOK or account.reason:
            continue
        page = city.office(account.agency).presence(Channel.FACEBOOK).handle_at(server.now())
        posts = list(walk_edge(server, client, f"{page}/published_posts", fields=POST, limit=100))
        reels = list(
            walk_edge(server, client, f"{page}/video_reels", fields="id,created_time,post_id,permalink_url")
        )
        listed_twice = {reel["post_id"] for reel in reels} & {post["id"] for post in posts}
        doubles += len(listed_twice)
        alone = [post for post in posts if post["id"] not in listed_twice]
        shown = {
            (item["id"].rpartition("_")[2], datetime.fromisoformat(item["created_time"]))
            for item in alone + reels
        }
        assert shown == {(post.key, post.published) for post in account.posts}, account.agency
    assert doubles > 20


def test_shapes_are_those_of_real_answers(server: CityServer, client):
    real = read_fixture("python-facebook/testdata/base/discovery_medias_p1.json")
    last = read_fixture("python-facebook/testdata/base/discovery_medias_p2.json")
    answer = discover(server, client, "dinkes_selaras", f"media.limit(3){{{MEDIA},media_url}}").json()
    ours = answer["business_discovery"]["media"]
    theirs = real["business_discovery"]["media"]
    assert set(answer) == set(real)
    assert set(theirs["data"][0]) <= set(ours["data"][0])
    assert set(ours["paging"]) == set(theirs["paging"])
    assert set(ours["paging"]["cursors"]) == set(theirs["paging"]["cursors"])
    *_, end = _pages(server, client)
    assert set(end["paging"]["cursors"]) == set(last["business_discovery"]["media"]["paging"]["cursors"])


def _pages(server: CityServer, client: httpx.Client):
    after = ""
    while True:
        answer = discover(server, client, "dinkes_selaras", f"media.limit(100){after}{{id}}").json()
        media = answer["business_discovery"]["media"]
        yield media
        if "after" not in media["paging"]["cursors"]:
            return
        after = f".after({media['paging']['cursors']['after']})"


def test_everything_asked_for_is_in_metas_own_specification(server: CityServer, client):
    spec = read_fixture("facebook-business-sdk-codegen/api_specs/specs/IGMedia.json")
    names = {field["name"] for field in spec["fields"]}
    answer = discover(server, client, "dinkes_selaras", f"media.limit(1){{{MEDIA}}}").json()
    assert set(answer["business_discovery"]["media"]["data"][0]) <= names
    page = read_fixture("facebook-business-sdk-codegen/api_specs/specs/PagePost.json")
    post = ask_page(server, client, "dinkes.selaras/published_posts", fields=POST, limit=1).json()["data"][0]
    # These three are edges of a post, which stand in no list of fields.
    edges = {"attachments", "reactions", "comments"}
    assert set(post) - edges <= {field["name"] for field in page["fields"]}


def test_error_bodies_have_the_fields_of_real_ones(server: CityServer, client):
    real = read_fixture("transcribed/err_110_2207013_bd_user_not_found_no.json")["error"]
    ours = discover(server, client, "nobody_at_all", "media{id}")
    assert ours.status_code == 400
    assert set(ours.json()["error"]) == set(real)
    assert all(
        ours.json()["error"][name] == real[name] for name in ("code", "error_subcode", "message", "type")
    )
    server.graph.expire_token("instagram")
    dead = discover(server, client, "dinkes_selaras", "media{id}").json()["error"]
    expected = read_fixture("transcribed/err_190_463_expired.json")["error"]
    assert set(dead) == set(expected)
    assert (dead["code"], dead["error_subcode"]) == (190, 463)


def test_media_filters_and_defaults(server: CityServer, client, city):
    since = int(datetime(2026, 6, 20, tzinfo=city.zone).timestamp())
    recent = discover(
        server, client, "dinkes_selaras", f"media.since({since}).limit(100){{timestamp}}"
    ).json()
    media = recent["business_discovery"]["media"]
    assert media["data"]
    assert "paging" not in media
    assert all(datetime.fromisoformat(m["timestamp"]).timestamp() >= since for m in media["data"])
    default = discover(server, client, "dinkes_selaras", "media{id}").json()
    assert len(default["business_discovery"]["media"]["data"]) == 25


def test_captions_have_no_at_sign_and_likes_may_be_hidden(server: CityServer, client):
    media = list(walk_media(server, client, "dishub_selaras"))
    assert all("@" not in item["caption"] for item in media)
    assert any("pemkot_tanjungselaras" in item["caption"] for item in media)
    assert all("like_count" not in item for item in media)
    assert all("like_count" in item for item in walk_media(server, client, "dinkes_selaras"))


def test_shortcode_agrees_with_the_timestamp(server: CityServer, client):
    media = list(walk_media(server, client, "damkar_selaras"))
    for item in media:
        code = item["permalink"].rstrip("/").rpartition("/")[2]
        assert read_shortcode(code) == datetime.fromisoformat(item["timestamp"])
    assert len({item["permalink"] for item in media}) == len(media)


@given(st.datetimes(datetime(2012, 1, 1), datetime(2100, 1, 1)), st.integers(0, (1 << 23) - 1))
def test_every_shortcode_reads_back(moment, number):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    code = build_shortcode(moment, number)
    assert len(code) == 11
    assert read_shortcode(code) == moment


def test_renamed_and_personal_accounts_look_alike(server: CityServer, client, city):
    server.set_now(datetime(2026, 3, 1, 12, tzinfo=city.zone))
    assert discover(server, client, "dpupr_selaras", "media{id}").status_code == 200
    assert discover(server, client, "dpupr_selaras_official", "media{id}").status_code == 400
    server.set_now(datetime(2026, 5, 1, 12, tzinfo=city.zone))
    assert discover(server, client, "dpupr_selaras_official", "media{id}").status_code == 200
    for name in ("dpupr_selaras", "kel_sumber_rejeki_selaras"):
        error = discover(server, client, name, "media{id}").json()["error"]
        assert (error["code"], error["error_subcode"]) == (110, 2207013)


def test_next_carries_the_token_and_paging_ends(server: CityServer, client):
    answer = ask_page(server, client, "dinkes.selaras/published_posts", limit=100).json()
    query = parse_qs(urlsplit(answer["paging"]["next"]).query)
    assert query["access_token"] == [server.tokens["facebook"]]
    pages = 1
    while "next" in answer.get("paging", {}):
        answer, pages = client.get(answer["paging"]["next"]).json(), pages + 1
    assert pages == 3
    beyond = {"limit": 100, "after": answer["paging"]["cursors"]["after"]}
    assert ask_page(server, client, "dinkes.selaras/published_posts", **beyond).json() == {"data": []}


def test_page_node_by_name_and_by_number(server: CityServer, client):
    fields = "id,name,username,fan_count,followers_count,instagram_business_account,website"
    node = ask_page(server, client, "dinkes.selaras", fields=fields).json()
    assert node["instagram_business_account"]["username"] == "dinkes_selaras"
    assert "website" not in node
    assert ask_page(server, client, node["id"], fields=fields).json() == node


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        ("dinkes.selaras/published_posts", {"limit": 101}, 400, 100),
        ("dinkes.selaras/published_posts", {"fields": "nonsense"}, 400, 100),
        ("dinkes.selaras/published_posts", {"after": "###"}, 400, 100),
        ("dinkes.selaras/albums", {}, 400, 100),
        ("dinkes.selaras", {"fields": "id,name{"}, 400, 100),
        ("nobody.selaras", {}, 404, 803),
        ("bapperida.selaras/published_posts", {}, 400, 10),
    ],
)
def test_mistakes_on_pages(server: CityServer, client, path, parameters, status, code):
    answer = ask_page(server, client, path, **parameters)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_faults_on_demand(server: CityServer, client):
    def code():
        answer = discover(server, client, "dinkes_selaras", "media.limit(1){id}")
        return answer.json().get("error", {}).get("code", 0)

    assert code() == 0
    too_big = discover(server, client, "dinkes_selaras", "media.limit(500){id}")
    assert (too_big.status_code, too_big.json()["error"]["code"]) == (500, 1)
    assert discover(server, client, "dinkes_selaras", "media{nonsense}").json()["error"]["code"] == 100
    assert discover(server, client, "x", "media{id}", secret="made-up").json()["error"]["code"] == 190
    server.graph.withdraw_permission()
    assert code() == 10
    server.graph.withdraw_permission(withdrawn=False)
    server.graph.throttle_after(2)
    assert [code() for _ in range(4)] == [0, 0, 4, 4]
    server.graph.throttle_after(None)
    server.graph.expire_token("facebook")
    assert code() == 0
    assert ask_page(server, client, "dinkes.selaras").json()["error"]["code"] == 190


def test_usage_rises_and_is_forgotten_after_an_hour(server: CityServer, client, city):
    server.set_now(datetime(2026, 4, 1, 1, tzinfo=city.zone))
    server.graph.throttle_after(10)

    def usage():
        answer = ask_page(server, client, "dinkes.selaras")
        return json.loads(answer.headers["x-app-usage"])["call_count"]

    first = [usage() for _ in range(5)]
    assert first == sorted(first)
    assert first[-1] > first[0]
    server.set_now(datetime(2026, 4, 1, 3, tzinfo=city.zone))
    assert usage() < first[-1]


def test_robots_refuse_as_metas_own_do(server: CityServer, client):
    assert "Disallow: /" in client.get(f"{server.graph_url}/robots.txt").text


@pytest.mark.parametrize("text", ["", "id,", "media.limit{id}", "media{id", "a b", "media.limit(2"])
def test_broken_fields_are_refused(text):
    with pytest.raises(SelectionError):
        parse_fields(text)


def ask_for(server: CityServer, client: httpx.Client, path: str, secret: str, **parameters: str):
    headers = {"authorization": f"Bearer {secret}"}
    return client.get(f"{server.graph_url}/{path}", params=parameters, headers=headers)


def code_of(answer: httpx.Response) -> int:
    return answer.json().get("error", {}).get("code", 0)


def test_a_version_past_its_last_day_is_served_as_the_oldest_that_lives(server: CityServer, client, city):
    secret = server.tokens["facebook"]
    server.set_now(datetime(2026, 5, 20, 12, tzinfo=city.zone))
    assert code_of(ask_for(server, client, "v19.0/dinkes.selaras", secret)) == 0
    server.set_now(datetime(2026, 5, 21, 12, tzinfo=city.zone))
    answer = ask_for(server, client, "v19.0/dinkes.selaras", secret)
    assert (code_of(answer), answer.headers["facebook-api-version"]) == (0, "v20.0")
    assert code_of(ask_for(server, client, "v99.0/dinkes.selaras", secret)) == 2500
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret)) == 0


def test_the_shape_of_debug_token_is_metas(server: CityServer, client):
    real = read_fixture("restfb/src/test/resources/json/debug-token-info-3.json")
    secret = server.tokens["instagram"]
    body = ask_for(server, client, "v26.0/debug_token", APP_TOKEN, input_token=secret).json()
    assert set(real) <= set(body["data"])
    assert body == ask_for(server, client, "v26.0/debug_token", secret, input_token=secret).json()
    other = server.tokens["facebook"]
    assert code_of(ask_for(server, client, "v26.0/debug_token", other, input_token=secret)) == 190
    made_up = ask_for(server, client, "v26.0/debug_token", APP_TOKEN, input_token="EAAx").json()
    assert made_up["data"]["is_valid"] is False


def test_a_token_expires_by_the_clock_and_in_the_middle(server: CityServer, client, city):
    secret = server.tokens["facebook"]
    server.set_now(datetime(2026, 4, 1, 12, tzinfo=city.zone))
    server.graph.set_expiry("facebook", None, datetime(2026, 4, 2, tzinfo=city.zone))
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret)) == 0
    server.set_now(datetime(2026, 4, 2, 12, tzinfo=city.zone))
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret)) == 190
    server.graph.renew_token("facebook")
    server.graph.expire_token("facebook", after=2)
    codes = [code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret)) for _ in range(4)]
    assert codes == [0, 0, 190, 190]


def test_calls_are_signed_where_the_app_requires_it(server: CityServer, client):
    secret = server.tokens["facebook"]
    server.graph.require_proof()
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret)) == 100
    proof = build_proof(secret)
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret, appsecret_proof=proof)) == 0
    server.graph.require_proof(required=False)
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras", secret, appsecret_proof="x")) == 100


def test_a_page_token_sees_its_page_only(server: CityServer, client):
    secret = server.tokens["bapperida"]
    assert code_of(ask_for(server, client, "v26.0/bapperida.selaras/published_posts", secret)) == 0
    assert code_of(ask_for(server, client, "v26.0/dinkes.selaras/published_posts", secret)) == 10


def test_a_permission_that_is_gone(server: CityServer, client):
    server.graph.withdraw_scope("instagram", "instagram_manage_insights")
    assert code_of(discover(server, client, "dinkes_selaras", "media{id}")) == 10


def test_a_page_tells_its_own_use_of_calls(server: CityServer, client):
    answer = ask_page(server, client, "dinkes.selaras/published_posts")
    (entries,) = json.loads(answer.headers["x-business-use-case-usage"]).values()
    assert entries[0]["type"] == "pages"
    assert entries[0]["estimated_time_to_regain_access"] == 0


@pytest.mark.parametrize(
    "asked",
    [
        *({name: "x"} for name in ("ids", "date_format", "method", "callback", "batch", "is_async")),
        {"fields": "id,likes.limit(0).as(alias)"},
    ],
)
def test_what_new_apps_may_not_use_is_refused_in_every_version(server, client, asked):
    (page, *_) = (p for o in server.city.offices if (p := o.presence(Channel.FACEBOOK)))
    for version in ("v26.0", "v27.0"):
        parameters = {"access_token": server.tokens["facebook"], **asked}
        path = f"{server.graph_url}/{version}/{page.handle_at(server.now())}/published_posts"
        answer = client.get(path, params=parameters)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)
        assert "may not use" in answer.json()["error"]["message"]
