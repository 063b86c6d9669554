"""Hold the command against systems that answer: a first visit by `probe`, nights by `crawl`, a ranking."""

import json
import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from command import DENYUT, ROOT, denyut, settings
from machine import Processes, SetupError
from truth import NIGHTS, SINCE, Known, Served, Verdict, compare, place_of

from scoring.rubrics.rubric import load_default

__all__ = ["DATABASE", "Nights", "judge_nights", "judge_probe"]

DATABASE = "denyut.db"
# What a night without news and one with a single new post may cost (docs/crawl.md). The account's number
# decides on which night the home page has its turn, and so what else is tried: where it does not show the
# news it is asked beside the list (dokuwiki), where it shows the new post first the list is as well (ablog).
MOST_REQUESTS_UNCHANGED = 2
MOST_REQUESTS_APART = 3
MOST_REQUESTS_ONE_NEW = 4


def judge_probe(served: Served) -> Verdict:
    """How far the answer to a first visit agrees with what was seeded."""
    command = [*DENYUT, "probe", served.url, "--since", f"{SINCE:%Y-%m-%d}", "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=settings(NIGHTS[0]), cwd=ROOT, check=False
    )
    try:
        closing = json.loads(done.stderr.splitlines()[-1])
        answers = [json.loads(line) for line in done.stdout.splitlines()]
    except (IndexError, ValueError):
        ended = f"probe ended with {done.returncode}: {done.stderr[-2000:]}"
        return Verdict(served.name, complaints=(ended,))
    verdict = compare(served, answers, closing)
    print(f"{verdict.system}: {verdict.figures} ({closing.get('endpoint')})", flush=True)
    return verdict


@dataclass(frozen=True, slots=True)
class Nights:
    """What three nights of one system cost and brought, and what was wrong with them, a line each."""

    requests: tuple[int, ...]
    new: tuple[int, ...]
    counted: int | None
    due: int
    reasons: list[str]


def judge_nights(
    served: Mapping[str, Served], news: Known, scratch: Path, processes: Processes
) -> dict[str, Nights]:
    """Judge three nights of the main job, the last with news, and the ranking."""
    registry, database = scratch / "registry.csv", scratch / DATABASE
    lines = ["slug,name,level,website,instagram,facebook"]
    lines += [f"{name},{name},skpd,{system.url},," for name, system in served.items()]
    registry.write_text("\n".join(lines) + "\n")
    denyut(["init"], NIGHTS[0], database)
    denyut(["agencies", "import", str(registry)], NIGHTS[0], database)
    quiet = {name: _bound_quiet(system) for name, system in served.items()}
    unpublished: dict[str, str] = {}
    for number, night in enumerate(NIGHTS):
        processes.set_clock(night)
        time.sleep(1.5)
        if number == len(NIGHTS) - 1:
            for name, system in served.items():
                try:
                    system.publish(news)
                except SetupError as error:
                    unpublished[name] = f"nothing could be published: {error}"
        denyut(["crawl"], night, database)
    judged = _judge_snapshots(served, quiet, database, _write_rubric(scratch))
    for name, reason in unpublished.items():
        judged[name].reasons.insert(0, reason)
    return judged


def _write_rubric(scratch: Path) -> Path:
    """The built-in rubric, but for posts that are alike: they count.

    All systems hold the same seeded posts, some of them with much the same text; the rubric as it is
    rightly keeps those for the jury.
    """
    text = load_default()
    for kind in ("copied", "repeated"):
        strict, lenient = f'\n{kind} = "hold"\n', f'\n{kind} = "count"\n'
        if strict not in text:
            raise SystemExit(f"The built-in rubric holds {kind} posts no more; this script needs to follow.")
        text = text.replace(strict, lenient)
    path = scratch / "rubric.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _bound_quiet(system: Served) -> int:
    """What a night without news may cost: it depends on whether the home page links the two newest posts.

    One more where the address leads on to it, as on any other site: that is asked first (MediaWiki).
    """
    with urlopen(system.url, timeout=60) as answer:
        home, led = (
            answer.read().decode(errors="replace"),
            str(answer.url).rstrip("/") != system.url.rstrip("/"),
        )
    newest = sorted(system.addresses, key=lambda address: system.addresses[address].at)[-2:]
    parts = [re.split("[/?=]", place_of(address).rstrip("?"))[-1] for address in newest]
    # A forum's home page links a topic's last reply, which is no address of the topic.
    linked = all(re.search(rf"{re.escape(part)}/?[\"'#\s>]", home) for part in parts)
    return (MOST_REQUESTS_UNCHANGED if linked else MOST_REQUESTS_APART) + int(led)


def _judge_snapshots(
    served: Mapping[str, Served], quiet: Mapping[str, int], database: Path, rubric: Path
) -> dict[str, Nights]:
    query = (
        "SELECT g.slug, s.night, s.requests, s.outcome, s.posts_new FROM snapshot s"
        " JOIN account a ON a.id = s.account_id JOIN agency g ON g.id = a.agency_id ORDER BY s.night"
    )
    rows = json.loads(denyut(["sql", query, "--json"], NIGHTS[-1], database))
    ranking = ["rank", "2026-S1", "--channel", "website", "--rubric", str(rubric), "--json"]
    standings = json.loads(denyut(ranking, NIGHTS[-1], database))
    counted = {s["agency"]: s["posts"] for c in standings["categories"] for s in c["standings"]}
    judged = {}
    for name, system in served.items():
        nights = [row for row in rows if row["slug"] == name]
        due = 1 + sum(post.at >= SINCE for post in system.addresses.values())
        costs = ", ".join(f"{n['requests']} requests ({n['outcome']}, {n['posts_new']} new)" for n in nights)
        print(f"{name}: {costs}; {counted.get(name)} of {due} posts counted")
        judged[name] = Nights(
            tuple(night["requests"] for night in nights),
            tuple(night["posts_new"] for night in nights),
            counted.get(name),
            due,
            _judge_costs(nights, counted.get(name), due, quiet[name]),
        )
    return judged


def _judge_costs(nights: Sequence[Mapping[str, Any]], counted: int | None, due: int, quiet: int) -> list[str]:
    if len(nights) != len(NIGHTS):
        return [f"{len(nights)} nights of {len(NIGHTS)} were crawled"]
    reasons = []
    if nights[1]["requests"] > quiet:
        reasons.append(f"a night without news took {nights[1]['requests']} requests")
    if nights[2]["requests"] > MOST_REQUESTS_ONE_NEW:
        reasons.append(f"a night with one new post took {nights[2]['requests']} requests")
    if nights[1]["posts_new"] or nights[2]["posts_new"] != 1:
        reasons.append(f"{nights[1]['posts_new']} and {nights[2]['posts_new']} new posts where 0 and 1 were")
    if counted is None or abs(counted - due) > 0.01 * due:
        reasons.append(f"{counted} posts of {due} counted")
    return reasons
