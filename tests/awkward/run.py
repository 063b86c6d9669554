"""`make awkward`: some thousand sites read, compared with their truth, counted by kind of fault."""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from typing import Any

from tests.awkward.judge import Verdict, judge_first
from tests.awkward.nights import NightsVerdict, judge_nights
from tests.awkward.plan import draw
from tests.awkward.site import Site
from tests.awkward.visiting import MODULE

__all__ = ["judge_seed", "judge_seed_nights", "main", "sum_up", "sum_up_nights"]

_CHUNK = 25


def judge_seed(seed: int) -> Verdict:
    """The first visit to one seed's site."""
    return judge_first(Site(seed))


def judge_seed_nights(seed: int) -> NightsVerdict:
    """Twelve nights on one seed's site."""
    return judge_nights(Site(seed))


def sum_up_nights(verdicts: Iterable[NightsVerdict]) -> dict[str, Any]:
    """The figures of many sites over twelve nights each; shares in percent."""
    total: Counter[str] = Counter()
    for v in verdicts:
        total.update(sites=1, unreadable=not v.readable, crashes=len(v.crashes), twice=len(v.twice))
        total.update(false_claims=len(v.false_claims), new=v.new, late=len(v.late))
        total.update(
            wrong_day=len(v.wrong_day),
            cheats_drawn=v.drawn,
            cheats=v.cheats,
            cheats_unseen=v.unseen,
            caught=v.caught,
        )
        total.update(accused=len(v.accused), sites_accused=bool(v.accused), unfair=len(v.unfair))
        scored = v.readable and v.true_score is not None
        total.update(scores=scored, scores_right=scored and v.scored, not_assessed=scored and v.score is None)
        total.update(false_vacuums=len(v.false_vacuum))
        total.update(provable=v.provable, provable_right=v.provable and v.scored)
        total.update(first_requests=v.first_requests, later_requests=v.later_requests)
        total.update(faultless=not v.kinds_of_failure)
    share = {
        "same_night": _percent(total["new"] - total["late"], total["new"]),
        "cheats_caught": _percent(total["caught"], total["cheats"]),
        "score_right": _percent(total["scores_right"], total["scores"]),
        "score_right_where_provable": _percent(total["provable_right"], total["provable"]),
    }
    return {**total, **share}


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


def count_by_kind(verdicts: Sequence[Verdict | NightsVerdict]) -> dict[str, dict[str, Any]]:
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


def run(
    seeds: Sequence[int], jobs: int, judge: Callable[[int], Verdict | NightsVerdict]
) -> Iterator[Verdict | NightsVerdict]:
    """The verdicts, as they come."""
    if jobs == 1:
        yield from map(judge, seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(judge, seeds, chunksize=_CHUNK)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print a table or JSON."""
    parser = argparse.ArgumentParser(prog="make awkward", description=__doc__)
    parser.add_argument("-n", type=int, default=3000, help="how many sites (3000)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--nights", action="store_true", help="twelve nights each, with the database (slow)")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.n)
    verdicts: list[Any] = []
    for verdict in run(seeds, options.jobs, judge_seed_nights if options.nights else judge_seed):
        verdicts.append(verdict)
        if len(verdicts) % 100 == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r{len(verdicts)} of {options.n}")
    figures = sum_up_nights(verdicts) if options.nights else sum_up(verdicts)
    kinds = count_by_kind(verdicts)
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
