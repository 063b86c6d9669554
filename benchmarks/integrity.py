"""How well flags tell: `python -m benchmarks.integrity --seeds 50`, over as many sample cities.

Each city is lived through night by night as a crawl would keep it (`samplecity.harvest`), and its flags by
the default rubric are held against the city's own truth. A flag is right where the same agency did that on
that channel, and every post it names is one of those; a cheat is found where a right flag names it.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

from activity.flag import FlagKind
from samplecity.city import City
from samplecity.harvest import tell_trails
from samplecity.truth import CheatKind
from scoring.integrity.detect import detect_flags
from scoring.rubrics.rubric import load_default, parse_rubric

__all__ = ["FLAG_OF", "Tally", "count_city"]

FLAG_OF = {
    CheatKind.BACK_DATED: FlagKind.BACK_DATED,
    CheatKind.FLOOD: FlagKind.BURST,
    CheatKind.INJECTED: FlagKind.SPAM,
    CheatKind.COPIED: FlagKind.COPIED,
    CheatKind.DELETED: FlagKind.DELETED,
    CheatKind.GREETING: FlagKind.GREETING,
    CheatKind.REDATED: FlagKind.REDATED,
}


@dataclass
class Tally:
    """Flags and cheats by kind, over any number of cities.

    Attributes:
        cheats, found: posts of cheats, and those that a right flag names; an account where posts are
            kept by nobody.
        unasked: flags of a kind that the city's truth does not tell of that account.
        honest: how many of them are on accounts without any cheat.
    """

    flags: Counter[FlagKind] = field(default_factory=Counter)
    right: Counter[FlagKind] = field(default_factory=Counter)
    cheats: Counter[FlagKind] = field(default_factory=Counter)
    found: Counter[FlagKind] = field(default_factory=Counter)
    unasked: list[str] = field(default_factory=list)
    honest: int = 0


def count_city(seed: int, every: int, tally: Tally) -> None:
    """Add one city, crawled on every n-th night and the last."""
    city = City.build(seed)
    days = city.semester.days()
    nights = sorted({*days[2::every], days[-1]} if every > 1 else days)
    rule = parse_rubric(load_default(), "keaktifan").integrity
    flags = detect_flags(tell_trails(city, nights), rule, city.semester)
    cheats = {(c.agency, c.channel, FLAG_OF[c.kind]): set(c.keys) for c in city.truth(days[-1]).cheats}
    named: dict[object, set[str]] = {}
    for flag in flags:
        place, keys = (flag.agency, flag.channel, flag.kind), {post.key for post in flag.posts}
        right = keys <= cheats.get(place, set()) and place in cheats
        tally.flags[flag.kind] += 1
        tally.right[flag.kind] += right
        if right:
            named.setdefault(place, set()).update(keys)
        else:
            tally.unasked.append(f"seed {seed}: {flag.kind} {flag.agency} {flag.channel}: {flag.evidence}")
            tally.honest += place[:2] not in {other[:2] for other in cheats}
    for place, keys in cheats.items():
        whole_account = place[2] is FlagKind.SPAM
        tally.cheats[place[2]] += 1 if whole_account else len(keys)
        tally.found[place[2]] += place in named if whole_account else len(named.get(place, set()))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--every", type=int, default=1, help="crawl every n-th night")
    chosen = parser.parse_args()
    tally, start = Tally(), perf_counter()
    for seed in range(1, chosen.seeds + 1):
        count_city(seed, chosen.every, tally)
    print("| flag | raised | right | cheats | found |")
    print("|---|---|---|---|---|")
    for kind in FlagKind:
        figures = (tally.flags[kind], tally.right[kind], tally.cheats[kind], tally.found[kind])
        print(f"| {kind} | " + " | ".join(map(str, figures)) + " |")
    totals = [sum(counter.values()) for counter in (tally.flags, tally.right, tally.cheats, tally.found)]
    print("| all | " + " | ".join(map(str, totals)) + " |")
    print(f"{tally.honest} flags on honest accounts; {perf_counter() - start:.0f} s.")
    print(f"{len(tally.unasked)} of a kind that the truth does not tell of the account:")
    for line in tally.unasked:
        print(f"  {line}")


if __name__ == "__main__":
    main()
