"""Nights against the sample Graph API: throttled, resumed, cheap, by several tokens, without a secret."""

import json
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from activity.agency import Channel, Participation
from samplecity.city import City
from samplecity.graph.api import INSTAGRAM_USER_ID
from samplecity.graph.fault import FAULTS
from samplecity.graph.oddity import Oddity
from samplecity.graph.token import APP_ID, APP_SECRET, KEYS, build_proof
from samplecity.office import Handle, Office, Visibility
from samplecity.server import CityServer
from testkit.machine import Machine

SOCIAL = (Channel.INSTAGRAM, Channel.FACEBOOK)


def build_city(offices):
    """The sample city's accounts over and over, under other names, without any website."""
    city = City.build(seed=1, semester="2026-S1")
    donors = {
        channel: [p for o in city.offices if (p := o.presence(channel)) and p.visibility is Visibility.OPEN]
        for channel in SOCIAL
    }

    def present(channel, number):
        donor = donors[channel][number % len(donors[channel])]
        handle = Handle(f"kel.{number:03}" if channel is Channel.FACEBOOK else f"kel_{number:03}")
        return replace(donor, handles=(handle,), number=1000 + 2 * number + (channel is Channel.FACEBOOK))

    made = (
        Office(
            f"kel-{number:03}",
            f"Kelurahan {number}",
            f"Kel. {number}",
            "kelurahan",
            Participation.PESERTA,
            tuple(present(channel, number) for channel in SOCIAL),
        )
        for number in range(offices)
    )
    return replace(city, offices=tuple(made))


@pytest.fixture
def make_machine(tmp_path, warm_python):
    with ExitStack() as running:

        def make(city):
            server = running.enter_context(CityServer(city, datetime(2026, 2, 2, 23, 30, tzinfo=city.zone)))
            return Machine.prepare(server, tmp_path, warm_python)

        yield make


def of_instagram(target):
    return f"/{INSTAGRAM_USER_ID}" in target


def write_tokens(machine, *names):
    """A file of tokens in place of those of the environment."""
    path = machine.folder / "token.toml"
    path.touch(mode=0o600)
    keys = {key.name: key for key in KEYS.values()}
    tables = (
        f'[kota-{name}]\ntoken = "{keys[name].secret}"\napp_id = "{APP_ID}"\napp_secret = "{APP_SECRET}"\n'
        f'channels = ["{"instagram" if name == "instagram" else "facebook"}"]\n'
        f'instagram_user_id = "{INSTAGRAM_USER_ID}"\n'
        for name in names
    )
    path.write_text("\n".join(tables), encoding="utf-8")
    return {
        "DENYUT_TOKENS_FILE": str(path),
        "DENYUT_INSTAGRAM_TOKEN": "",
        "DENYUT_FACEBOOK_TOKEN": "",
    }


def assert_nothing_is_lost(machine):
    day = machine.server.now().date()
    truth = machine.server.truth(as_of=day)
    published = sum(len(account.posts) for account in truth.accounts)
    stored = machine.ask("SELECT count(*) FROM post WHERE local_day >= julianday('2026-01-01') - 2440587.5")
    assert stored == [(published,)]
    assert machine.ask("SELECT count(*) FROM post GROUP BY account_id, key HAVING count(*) > 1") == []


@pytest.mark.parametrize(
    ("offices", "silent"), [(40, False), (20, True)], ids=["with usage headers", "without"]
)
def test_a_throttled_night_stops_in_time_and_goes_on_where_it_stopped(make_machine, offices, silent):
    machine = make_machine(build_city(offices))
    server = machine.server
    machine.crawl()
    machine.sleep(days=1)
    whole = machine.crawl()
    instagram = [target for target in whole if of_instagram(target)]
    assert len(instagram) <= 1.1 * offices
    assert len(whole) - len(instagram) <= 2.1 * offices
    assert_nothing_is_lost(machine)

    machine.sleep(days=1)
    server.graph.meter.silent = silent
    server.graph.throttle_after(allowed := round(0.6 * len(whole)))
    throttled = machine.crawl()
    # Heeding the headers, nobody is ever refused; without them, each token is refused once.
    assert server.graph.meter.refused == (2 if silent else 0)
    assert len(throttled) <= allowed + (2 if silent else 0)
    assert len(throttled) > 0.5 * len(whole)
    first = machine.outcomes()
    assert first["throttled"] > 0.2 * 2 * offices
    assert first.get("limited", 0) <= 2  # whose posts were read when the token stopped before their reels
    assert sum(first.values()) == 2 * offices
    assert machine.ask("SELECT count(*) FROM snapshot WHERE outcome = 'throttled' AND saw") == [(0,)]
    assert machine.ask("SELECT status FROM run ORDER BY id DESC LIMIT 1") == [("running",)]

    server.graph.throttle_after(None)
    rest = machine.crawl()
    assert machine.ask("SELECT status FROM run ORDER BY id DESC LIMIT 1") == [("finished",)]
    second = machine.outcomes()
    assert second.pop("limited", 0) == first.get("limited", 0)
    assert second.keys() <= {"ok", "empty"}
    assert len(rest) <= 2.1 * first["throttled"]
    machine.sleep(days=1)
    machine.crawl()
    assert machine.outcomes().keys() <= {"ok", "empty"}
    assert_nothing_is_lost(machine)


def test_those_left_out_come_first_the_next_night(make_machine):
    machine = make_machine(build_city(20))
    machine.crawl()
    machine.sleep(days=1)
    machine.server.graph.throttle_after(30)
    machine.crawl()
    left_out = {
        address
        for (address,) in machine.ask(
            "SELECT address FROM account JOIN snapshot ON snapshot.account_id = account.id "
            "WHERE run_id = (SELECT max(id) FROM run) AND outcome = 'throttled'"
        )
    }
    machine.server.graph.throttle_after(None)
    machine.sleep(days=1)
    asked = [target for target in machine.crawl() if of_instagram(target)]
    early = {f"kel_{target.split('username(kel_')[1][:3]}" for target in asked[: len(left_out) // 4]}
    assert early <= left_out
    assert machine.ask("SELECT status FROM run ORDER BY id") == [
        ("finished",),
        ("interrupted",),
        ("finished",),
    ]
    assert_nothing_is_lost(machine)


def test_a_token_that_expires_in_the_middle_is_not_used_again(make_machine):
    machine = make_machine(build_city(20))
    machine.server.graph.expire_token("instagram", after=8)
    calls = machine.crawl()
    assert sum(map(of_instagram, calls)) == 9
    assert machine.ask(
        "SELECT channel, count(*) FROM snapshot JOIN account ON account.id = account_id "
        "WHERE outcome = 'token dead' GROUP BY channel"
    ) == [("instagram", 12)]
    # A run does not wait for somebody to make a token.
    assert machine.ask("SELECT status FROM run") == [("finished",)]
    machine.server.graph.renew_token("instagram")
    machine.crawl()
    assert_nothing_is_lost(machine)


def test_each_account_is_read_with_the_token_that_sees_it(make_machine):
    city = City.build(seed=1, semester="2026-S1")
    offices = [o for o in city.offices if o.slug in {"bapperida", "dinkes", "dinsos"}]
    only_pages = [
        replace(o, presences=tuple(p for p in [o.presence(Channel.FACEBOOK)] if p)) for o in offices
    ]
    machine = make_machine(replace(city, offices=tuple(only_pages)))
    tokens = write_tokens(machine, "facebook", "bapperida")
    first = machine.crawl(**tokens)
    assert machine.outcomes() == {"ok": 3}
    machine.sleep(days=1)
    second = machine.crawl(**tokens)
    assert machine.outcomes() == {"ok": 3}
    # The second night asks each Page by the right token at once.
    assert len(second) <= 2 * 3
    assert len(second) < len(first)
    memories = [
        json.loads(memory)["facts"]["token"] for (memory,) in machine.ask("SELECT memory FROM account_memory")
    ]
    assert sorted(memories) == ["kota-bapperida", "kota-facebook", "kota-facebook"]


def test_an_account_that_no_token_sees_is_not_asked_by_all_of_them_every_night(make_machine):
    machine = make_machine(build_city(1))
    machine.server.graph.play("kel-000", Oddity.PRIVATE)
    tokens = write_tokens(machine, "facebook", "bapperida")
    calls = []
    for _ in range(3):
        calls.append(len(machine.crawl(**tokens)))
        machine.sleep(days=1)
    assert calls[0] > calls[1] == calls[2] == 1
    assert machine.ask(
        "SELECT DISTINCT outcome FROM snapshot JOIN account ON account.id = account_id "
        "WHERE channel = 'facebook'"
    ) == [("not visible",)]


def list_processes():
    """The command line of every process, as any user of the machine may read it."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_bytes().replace(b"\0", b" ").decode(errors="replace")


def test_no_secret_is_written_anywhere_whatever_fails(make_machine):
    machine = make_machine(build_city(3))
    graph = machine.server.graph
    tokens = write_tokens(machine, "instagram", "facebook", "bapperida")
    loud = tokens | {"DENYUT_LOG_LEVEL": "DEBUG", "DENYUT_DEBUG": "1"}
    secrets = [*KEYS, *map(build_proof, KEYS), APP_SECRET]
    printed, listed = [], []

    def run(*arguments, cold=False, **more):
        settings = machine.settings | {"DENYUT_NOW": machine.server.now().isoformat()} | loud | more
        command = [sys.executable, "-m", "cli", *arguments]
        if not cold:
            done = machine.python.run(command, env=settings, cwd=machine.folder)
            printed.append(done.stdout + done.stderr)
            return
        process = subprocess.Popen(
            command,
            env=settings,
            cwd=machine.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        listed.extend(list_processes())
        printed.append(process.communicate(timeout=60)[0])

    graph.require_proof()
    run("crawl", cold=True)
    assert machine.outcomes() == {"ok": 6}
    assert "appsecret_proof" in machine.server.requests("graph")[-1].target
    for name in (
        "user limit",
        "token expired",
        "no permission",
        "unknown error",
        "service down",
        "ended version",
    ):
        machine.sleep(days=1)
        graph.order(FAULTS[name])
        run("crawl")
    graph.order(None)
    for oddity in (Oddity.SAME_CURSOR, Oddity.PRIVATE):
        machine.sleep(days=1)
        graph.play("kel-001", oddity)
        run("crawl")
    run("meta", "check")
    run("probe", "kel_000", "--channel", "instagram", "--explain", cold=True)
    run("probe", "kel.000", "--channel", "facebook", "--json", DENYUT_GRAPH_URL="http://127.0.0.1:9")
    machine.sleep(days=1)
    run("crawl", DENYUT_GRAPH_URL="http://127.0.0.1:9")
    run("crawl", DENYUT_NOW=(machine.server.now() + timedelta(days=1)).isoformat(), DENYUT_TIMEOUT="0.1")
    (machine.folder / "token.toml").chmod(0o640)
    run("crawl")
    assert "chmod 600" in printed[-1]
    assert "DEBUG" in printed[0]
    files = [path for path in machine.folder.rglob("*") if path.is_file() and path.name != "token.toml"]
    assert any(path.name == "denyut.db" for path in files)
    written = b"".join(path.read_bytes() for path in files)
    for secret in secrets:
        assert secret.encode() not in written
        assert secret not in "".join(printed)
        assert secret not in "".join(listed)
