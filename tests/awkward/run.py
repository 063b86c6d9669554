"""`make awkward`: some thousand sites read, compared with their truth, counted by kind of fault."""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from typing import Any

from tests.awkward.judge import Verdict, judge_first
from tests.awkward.plan import draw
from tests.awkward.site import Site
from tests.awkward.visiting import MODULE

__all__ = ["judge_seed", "main", "sum_up"]

_CHUNK = 25


def judge_seed(seed: int) -> Verdict:
    """The first visit to one seed's site."""
    return judge_first(Site(seed))


def sum_up(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """The figures of many first visits; shares in percent."""
    total: Counter[str] = Counter()
    for v in verdicts:
        total.update(sites=1, unreadable=not v.readable, requests=v.requests, crashes=bool(v.crash))
        total.update(expected=v.expected, found=v.found, right=v.right, missed=len(v.missed))
        dated = v.found if v.readable else 0
        total.update(dated=dated, right_dated=v.right if v.readable else 0)
        total.update(wrong_day=len(v.wrong_day), twice=len(v.twice), strangers=len(v.strangers))
        total.update(undated=len(v.undated) if v.readable else 0, wrong_titles=len(v.titles))
        total.update(false_claims=bool(v.false_claim), provable=v.provable, claimed=v.provable and v.claimed)
        total.update(faultless=not v.kinds_of_failure)
    share = {
        "recall": _percent(total["found"], total["expected"]),
        "right_day": _percent(total["right_dated"], total["dated"]),
        "claimed_where_provable": _percent(total["claimed"], total["provable"]),
    }
    return {**total, **share}


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 100.0


def count_by_kind(verdicts: Sequence[Verdict]) -> dict[str, dict[str, Any]]:
    """Of each failure its sites, by what is awkward about them, the most suspicious first.

    A kind is the more suspicious the larger the share of its own sites that fail.
    """
    drawn: Counter[str] = Counter()
    failed: dict[str, Counter[str]] = defaultdict(Counter)
    sites: dict[str, list[int]] = defaultdict(list)
    for verdict in verdicts:
        kinds = [f"{name}={kind}" for name, kind in draw(verdict.seed).kinds.items()]
        drawn.update(kinds)
        for failure in verdict.kinds_of_failure:
            failed[failure].update(kinds)
            sites[failure].append(verdict.seed)
    return {
        failure: {
            "sites": len(seeds),
            "seeds": seeds[:12],
            "kinds": {
                kind: f"{count}/{drawn[kind]}"
                for kind, count in sorted(
                    failed[failure].items(), key=lambda item: (-item[1] / drawn[item[0]], item[0])
                )[:6]
            },
        }
        for failure, seeds in sites.items()
    }


def run(seeds: Sequence[int], jobs: int) -> Iterator[Verdict]:
    """The verdicts, as they come."""
    if jobs == 1:
        yield from map(judge_seed, seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(judge_seed, seeds, chunksize=_CHUNK)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print a table or JSON."""
    parser = argparse.ArgumentParser(prog="make awkward", description=__doc__)
    parser.add_argument("-n", type=int, default=3000, help="how many sites (3000)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.n)
    verdicts = []
    for verdict in run(seeds, options.jobs):
        verdicts.append(verdict)
        if len(verdicts) % 100 == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r{len(verdicts)} of {options.n}")
    figures, kinds = sum_up(verdicts), count_by_kind(verdicts)
    if options.json:
        told = {"module": MODULE, "figures": figures, "failures": kinds}
        print(json.dumps({**told, "sites": [asdict(v) for v in verdicts if v.kinds_of_failure]}, indent=1))
    else:
        _print(figures, kinds)
    return 1 if figures["false_claims"] or figures["crashes"] or figures["twice"] else 0


def _print(figures: dict[str, Any], kinds: dict[str, dict[str, Any]]) -> None:
    print(f"\n{figures['sites']} sites read by {MODULE}")
    for name, value in figures.items():
        print(f"  {name.replace('_', ' '):<24}{value:>10}")
    for failure, told in sorted(kinds.items(), key=lambda item: -item[1]["sites"]):
        print(f"{failure}: {told['sites']} sites, such as seeds {told['seeds'][:6]}")
        print("   " + ", ".join(f"{kind} {share}" for kind, share in told["kinds"].items()))


if __name__ == "__main__":
    sys.exit(main())
