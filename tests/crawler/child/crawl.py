"""Runs one crawl with a visit that looks at one page, or with the real one; a process of its own, for a
reactor starts once.

Reads a JSON object from standard input and writes one to the file it names as `out`.
"""

import json
import os
import resource
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from activity.agency import Channel
from activity.errors import DenyutError
from activity.outcome import Outcome
from activity.visit import Budget, Fetch, Harvest, Purpose, Target, Validators, Visit, Window
from crawler.drive.guard import Guard
from crawler.job import CrawlJob, Policy
from crawler.run import crawl, hire
from crawler.shards import process as shard_process
from crawler.shards import supervisor
from crawler.visits.meta.graph import GraphAccess
from crawler.visits.site import website
from db.nightly.run import begin_run
from db.nightly.target import load_due, load_some
from db.opening import open_database

ORDER: dict[str, Any] = {}
ZONE = ZoneInfo("Asia/Makassar")


def look(target: Target) -> Visit:
    """One page, whose fate becomes the harvest's detail."""
    url = target.account.address
    if "crash" in url:
        raise LookupError("a defect, access_token=EAAB0secret")
    misbehave(url.rpartition("/")[2])
    token = "main" if "token" in url else "absent" if "missing" in url else None
    validators = Validators(etag='"x"') if "etag" in url else Validators()
    page = yield Fetch(url, Purpose.HOME, validators, token=token)
    fate = {
        "url": page.url,
        "status": page.status,
        "failure": page.failure.name if page.failure else None,
        "size": len(page.body),
        "unchanged": page.unchanged,
        "detail": page.detail,
    }
    return Harvest(Outcome.OK if page.ok else Outcome.UNREACHABLE, detail=json.dumps(fate))


def misbehave(name: str) -> None:
    """What no page can be trusted not to make a parser do."""
    while name == "hang":
        pass
    if name == "grow":
        held = []
        while True:
            held.append(bytearray(os.urandom(10_000_000)))
    if name == "abort":
        os.abort()
    if name == "once":
        try:
            Path(ORDER["once"]).touch(exist_ok=False)
        except FileExistsError:
            return
        os.abort()


def arrange_shards(order: dict[str, Any]) -> None:
    """Let shards end before they work, or fewer ends count for too many."""
    process: Any = shard_process
    watching: Any = supervisor
    if "stillborn" in order:
        process.run_shard = lambda *_: os._exit(7)
    if "most_barren" in order:
        watching._MOST_BARREN = order["most_barren"]


def main() -> None:
    order = json.loads(sys.stdin.read())
    ORDER.update(order)
    if order.get("visit") != "website":
        visits: Any = website
        visits.visit = look
    now = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    engine = open_database(order["database"])
    run = begin_run(engine, now.date(), now)
    if "file_limit" in order:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_limit"], order["file_limit"]))
    window = Window(now - timedelta(days=30), now)
    budget = Budget(**order.get("budget", {}))
    harvests: dict[str, Any] = {}

    drawn = {"now": 0, "ahead": 0}

    def load(accounts):
        drawn["now"] += len(accounts)
        drawn["ahead"] = max(drawn["ahead"], drawn["now"] - len(harvests))
        known = load_some(engine, accounts, window, ZONE, budget=budget)
        return [replace(target, rendering="browser" in order) for target in known]

    def note(target, harvest, _):
        harvests[target.account.address] = {
            "outcome": harvest.outcome.name,
            "detail": harvest.detail,
            "requests": harvest.cost.requests,
            "bytes": harvest.cost.bytes,
            "posts": {p.key: p.date and p.date.at.astimezone(ZONE).isoformat() for p in harvest.posts},
        }
        if "stumble" in order:
            raise BrokenPipeError("nobody reads the progress")
        if len(harvests) == order.get("kill_after"):
            os.kill(os.getpid(), signal.SIGKILL)
        if len(harvests) == order.get("interrupt_after"):
            os.kill(os.getpid(), signal.SIGINT)

    policy = Policy(
        GraphAccess(base_url=order.get("graph", "https://graph.facebook.com")),
        Guard.of(order.get("allowed", [])),
        "Denyut/0.1 (+mailto:uji@example.id)",
        {"main": "EAAB0secret"},
        moment=now,
        concurrency=order.get("concurrency", 64),
        delay=order.get("delay", 0.0),
        timeout=order.get("timeout", 1.0),
        log_level=order.get("log_level", "WARNING"),
        browser=order.get("browser"),
    )
    due = {Channel.WEBSITE: load_due(engine, Channel.WEBSITE, run, window, ZONE)}
    processes = order.get("processes", 1)
    memory = order.get("memory", 1000)
    job = CrawlJob(engine, run, due, load, policy, note, processes, memory)
    result: dict[str, Any] = {"harvests": harvests}
    job = replace(job, hang=order.get("hang", 10.0))
    arrange_shards(order)
    if "open_files" in order:
        resource.setrlimit(resource.RLIMIT_NOFILE, (order["open_files"], order["open_files"]))
    try:
        with hire(processes) as crew:
            summary = crawl(job, crew)
        result["outcomes"] = {o.name: n for o, n in summary.outcomes[Channel.WEBSITE].items()}
        result["requests"] = summary.requests
        result["replaced"] = summary.replaced
    except (DenyutError, KeyboardInterrupt, OSError) as error:
        result["error"] = type(error).__name__
    result["ahead"] = drawn["ahead"]
    Path(order["out"]).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
