"""The server keeps time, validators, counters, and refuses connections when it should."""

import csv
import io
import json
import socket
from datetime import datetime, timedelta

import httpx
import pytest

from activity.agency import Channel
from samplecity.__main__ import main
from samplecity.city import City
from samplecity.server import CityServer


def at(city: City, day: str, hour: int = 23) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=30, tzinfo=city.zone)


def test_registry_follows_the_clock(server: CityServer, city):
    def handles(day: str) -> dict[str, str]:
        server.set_now(at(city, day))
        return {row["slug"]: row["instagram"] for row in csv.DictReader(io.StringIO(server.registry_csv()))}

    before, after = handles("2026-03-01"), handles("2026-05-01")
    assert [slug for slug in before if before[slug] != after[slug]] == ["dpupr"]
    row = next(csv.DictReader(io.StringIO(server.registry_csv())))
    assert list(row) == ["slug", "name", "level", "website", "instagram", "facebook", "status"]
    assert row["status"] == "non-kompetisi"
    assert row["website"] == server.website_url("diskominfo")


def test_unchanged_pages_answer_304_until_something_is_new(server: CityServer, client, city):
    server.set_now(at(city, "2026-02-10", 5))
    feed = f"{server.website_url('dinkes')}feed/"
    first = client.get(feed)
    tag = {"if-none-match": first.headers["etag"]}
    dated = {"if-modified-since": first.headers["last-modified"]}
    assert client.get(feed, headers=tag).status_code == 304
    assert client.get(feed, headers=dated).status_code == 304
    assert client.get(feed, headers={"if-none-match": '"other"'}).status_code == 200
    server.set_now(at(city, "2026-02-18"))
    assert client.get(feed, headers=tag).status_code == 200
    assert client.get(feed, headers=dated).status_code == 200


def test_one_site_has_a_fresh_etag_each_time_and_one_has_none(server: CityServer, client):
    opensid = server.website_url("kel-sungai-jernih")
    first, second = client.get(opensid), client.get(opensid)
    assert first.content == second.content
    assert first.headers["etag"] != second.headers["etag"]
    assert "etag" not in client.get(server.website_url("dinsos")).headers


def test_a_post_appears_at_its_minute(server: CityServer, client, city):
    post = city.truth(city.semester.end_day).account("dinkes", Channel.WEBSITE).posts[40]
    url = server.website_url("dinkes").rstrip("/") + post.key
    server.set_now(post.appeared - timedelta(minutes=1))
    assert client.get(url).status_code == 404
    server.set_now(post.appeared)
    assert client.get(url).status_code == 200


def test_back_dated_posts_appear_later_than_they_claim(server: CityServer, client, city):
    posts = city.truth(city.semester.end_day).account("kel-teluk-mutiara", Channel.WEBSITE).posts
    post = next(post for post in posts if post.appeared > post.published + timedelta(days=20))
    url = f"{server.website_url('kel-teluk-mutiara')}{post.key[1:]}"
    server.set_now(post.published + timedelta(days=5))
    assert "tidak ditemukan" in client.get(url).text
    server.set_now(post.appeared)
    assert f"{post.published:%H:%M} WITA" in client.get(url).text


def test_ten_nights_of_silence_and_then_everything(server: CityServer, city):
    outage = city.truth(city.semester.end_day).account("dlh", Channel.WEBSITE).outages[0]
    assert outage.end - outage.start == timedelta(days=10)
    url = f"{server.website_url('dlh')}sitemap.xml"
    with httpx.Client() as client:
        server.set_now(outage.start - timedelta(hours=1))
        before = client.get(url).text.count("<loc>")
        for now in (outage.start, outage.end - timedelta(minutes=1)):
            server.set_now(now)
            with pytest.raises(httpx.TransportError):
                client.get(url)
            with pytest.raises(httpx.ConnectError):
                httpx.get(url)
        server.set_now(outage.end)
        assert client.get(url).text.count("<loc>") > before


def test_one_server_never_answers(server: CityServer, city):
    for day in ("2025-08-01", "2026-01-01", "2026-06-30"):
        server.set_now(at(city, day))
        with pytest.raises(httpx.ConnectError):
            httpx.get(server.website_url("dispora"))


def test_requests_are_counted_for_each_site(server: CityServer, client):
    server.clear_requests()
    client.get(f"{server.website_url('dinkes')}profil/")
    client.get(f"{server.website_url('dinkes')}tidak-ada")
    client.get(f"{server.graph_url}/v26.0/me")
    assert [(logged.target, logged.status) for logged in server.requests("dinkes")] == [
        ("/profil/", 200),
        ("/tidak-ada", 404),
    ]
    assert len(server.requests("graph")) == 1
    assert server.requests("disdik") == ()


def test_desk_sets_the_clock(server: CityServer, client, city):
    assert client.post(f"{server.control_url}/_clock", content="2026-03-10").status_code == 200
    assert server.now() == at(city, "2026-03-10")
    assert client.post(f"{server.control_url}/_clock", content="tomorrow").status_code == 400
    assert client.get(f"{server.control_url}/registry.csv").text == server.registry_csv()
    assert client.get(f"{server.control_url}/truth.json").json()["as_of"] == "2026-03-10"
    assert server.graph_url in client.get(server.control_url).text
    assert client.get(f"{server.control_url}/other").status_code == 404


def test_head_and_closing_connections(server: CityServer, client):
    url = server.website_url("dinkes")
    head = client.head(url)
    assert head.content == b""
    assert int(head.headers["content-length"]) > 1000
    assert client.get(url, headers={"connection": "close"}).status_code == 200


def test_by_hand_it_prints_its_truth_or_one_line_of_error(capsys):
    assert main(["--seed", "2", "--truth", "2026-03-01"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == "2026-03-01"
    for mistake in (["--semester", "2026-X"], ["--zone", "Asia/Nowhere"], ["--at", "soon"]):
        assert main(mistake) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_a_port_that_is_taken_is_told_and_nothing_stays_open(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--port-base", str(taken.getsockname()[1])]) == 2
    assert "in use" in capsys.readouterr().err


def test_two_servers_do_not_meet(city):
    with CityServer(city) as one, CityServer(city) as other:
        assert set(one.hosts.values()).isdisjoint(other.hosts.values())
        assert httpx.get(one.website_url("dinkes")).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(one.website_url("dinkes"))
