"""`python -m tests.awkward.causes N [FIRST]`: failures by their least site, each cause once."""

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

from tests.awkward.dimension import DIMENSIONS
from tests.awkward.judge import judge_first
from tests.awkward.plan import draw
from tests.awkward.show import shrink
from tests.awkward.site import Site

__all__ = ["find_causes"]

_SEVERE = ("crash", "false claim", "wrong day", "twice", "stranger", "missed", "undated", "not claimed")
# These change the site's looks; where a failure needs one of them, the others hide it.
_LOOKS = frozenset({"names", "zone", "rhythm"})


def find_causes(seed: int) -> list[tuple[str, str]]:
    """Of a seed's failures each with the kinds without which it does not happen."""
    plan, causes = draw(seed), []
    for failure in judge_first(Site(plan)).kinds_of_failure[:2]:
        odd = [
            f"{name}={kind}"
            for name, kind in shrink(plan, failure).kinds.items()
            if kind != next(iter(DIMENSIONS[name])) and name not in _LOOKS
        ]
        causes.append((failure, " ".join(odd)))
    return causes


def main() -> None:
    """Print each cause with its seeds, the most severe first and the commonest of these."""
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    seeds = range(first, first + int(sys.argv[1]))
    causes: dict[tuple[str, str], list[int]] = defaultdict(list)
    with ProcessPoolExecutor() as pool:
        for seed, found in zip(seeds, pool.map(find_causes, seeds, chunksize=5), strict=True):
            for cause in found:
                causes[cause].append(seed)
    for (failure, odd), failed in sorted(
        causes.items(), key=lambda item: (_SEVERE.index(item[0][0]), -len(item[1]))
    ):
        shown = ", ".join(map(str, failed[:6]))
        print(f"{failure} | {odd or 'nothing odd'} | {len(failed)} sites: {shown}")


if __name__ == "__main__":
    main()
