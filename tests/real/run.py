"""Try Denyut on real systems, seeded with known posts: `make test-real [ONLY=pelican]`.

Needs root for apt and a network for the package registries; everything it serves stays on loopback.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from machine import Processes
from pelican import start_pelican
from truth import NOW, SINCE, Known, Served, Verdict, compare, known_posts
from wordpress import start_wordpress

_ROOT = Path(__file__).parents[2]
_DENYUT = [sys.executable, "-m", "cli"]

Starter = Callable[[Path, Sequence[Known], Processes], Served]

SYSTEMS: Mapping[str, Starter] = {
    "wordpress": lambda folder, posts, processes: start_wordpress(folder, posts, processes, locked=False),
    "wordpress-locked": lambda folder, posts, processes: start_wordpress(
        folder, posts, processes, locked=True
    ),
    "pelican": start_pelican,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("systems", nargs="*", metavar="SYSTEM", help=f"of {', '.join(SYSTEMS)}; default: all")
    chosen = parser.parse_args().systems or list(SYSTEMS)
    processes = Processes()
    with tempfile.TemporaryDirectory(prefix="denyut-real-") as scratch:
        try:
            served = [_start(name, Path(scratch), processes) for name in chosen]
            verdicts = [_probe(system) for system in served]
            _print_verdicts(verdicts)
            ranked = _rank(served, Path(scratch))
        finally:
            processes.stop()
    failed = sum(not v.passed for v in verdicts) + sum(not right for right in ranked.values())
    print(f"{2 * len(served) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _start(name: str, scratch: Path, processes: Processes) -> Served:
    print(f"setting up {name} …", file=sys.stderr, flush=True)
    folder = scratch / name
    folder.mkdir()
    return SYSTEMS[name](folder, known_posts(), processes)


def _settings(database: Path | None = None) -> dict[str, str]:
    return {
        **os.environ,
        "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DENYUT_TIMEZONE": "Asia/Makassar",
        "DENYUT_NOW": NOW.isoformat(),
        "DENYUT_DELAY": "0",
        **({"DENYUT_DATABASE": f"sqlite:///{database}"} if database else {}),
    }


def _probe(served: Served) -> Verdict:
    command = [*_DENYUT, "probe", served.url, "--since", SINCE, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env=_settings(), cwd=_ROOT, check=False)
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
        return Verdict(served.name, len(served.addresses), 0, 0, 0, 0, 0)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return compare(served, answers, json.loads(done.stderr.splitlines()[-1]))


def _rank(served: Sequence[Served], scratch: Path) -> dict[str, bool]:
    """The main job on the same systems: registry, crawl, ranking; every post must have counted."""
    registry = scratch / "registry.csv"
    lines = ["slug,name,level,website,instagram,facebook"]
    lines += [
        f"kantor-{n},{system.name.replace(',', '')},skpd,{system.url},," for n, system in enumerate(served)
    ]
    registry.write_text("\n".join(lines) + "\n")
    settings = _settings(scratch / "denyut.db")
    for words in (["init"], ["agencies", "import", str(registry)], ["crawl"], ["crawl"]):
        subprocess.run([*_DENYUT, *words], env=settings, cwd=_ROOT, check=True)
    ranking = subprocess.run(
        [*_DENYUT, "rank", "2026-S1", "--channel", "website", "--json"],
        env=settings,
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    standings = json.loads(ranking.stdout)["categories"][0]["standings"]
    counted = {s["agency"]: (s["place"], s["posts"]) for s in standings}
    results = {}
    for n, system in enumerate(served):
        place, posts = counted[f"kantor-{n}"]
        results[system.name] = place is not None and posts == len(system.addresses)
        print(f"{system.name}: place {place}, {posts} of {len(system.addresses)} posts counted")
    return results


def _print_verdicts(verdicts: Sequence[Verdict]) -> None:
    print(f"{'system':20} {'known':>6} {'found':>6} {'wrong':>6} {'day':>6} {'minute':>7} {'requests':>9}")
    for v in verdicts:
        figures = f"{v.known:6} {v.found:6} {v.wrong:6} {v.right_day:6} {v.right_minute:7} {v.requests:9}"
        print(f"{v.system:20} {figures}")


if __name__ == "__main__":
    main()
