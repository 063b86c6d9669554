"""`python -m tests.awkward.show SEED [dimension=kind …]`: a site, what was read of it, its least form."""

import sys
from collections.abc import Sequence

from tests.awkward.dimension import DIMENSIONS
from tests.awkward.judge import Verdict, judge_first
from tests.awkward.plan import Plan, compose, draw
from tests.awkward.site import Site
from tests.awkward.visiting import first_target, look

__all__ = ["shrink"]


def shrink(plan: Plan, failure: str) -> Plan:
    """Make plain whatever can be made plain while the failure stays, many at once where that does."""
    odd = [name for name, kinds in DIMENSIONS.items() if plan[name] != next(iter(kinds))]
    return _shrink(plan, odd, failure)


def _shrink(plan: Plan, names: Sequence[str], failure: str) -> Plan:
    plainer = plan
    for name in names:
        plainer = plainer.with_kind(name, next(iter(DIMENSIONS[name])))
    if plainer == plan or failure in judge_first(Site(plainer)).kinds_of_failure:
        return plainer
    if len(names) == 1:
        return plan
    half = len(names) // 2
    return _shrink(_shrink(plan, names[:half], failure), names[half:], failure)


def _tell(verdict: Verdict) -> None:
    print(f"{verdict.outcome} {verdict.found} of {verdict.expected} posts, {verdict.requests} requests")
    for name in ("crash", "false_claim"):
        if said := getattr(verdict, name):
            print(f"  {name.replace('_', ' ')}: {said}")
    for name in ("wrong_day", "twice", "strangers", "missed", "undated", "titles"):
        for line in getattr(verdict, name)[:5]:
            print(f"  {name.replace('_', ' ')}: {line}")


def main() -> None:
    """Show, and shrink by each failure."""
    seed = int(sys.argv[1])
    plain = next((given for given in sys.argv[2:] if "," in given or given == "-"), None)
    plan = draw(seed) if plain is None else compose(seed, plain)
    for given in sys.argv[2:]:
        if "=" in given and "," not in given:
            plan = plan.with_kind(*given.split("=", 1))
    site = Site(plan)
    verdict = judge_first(site)
    print(plan)
    _tell(verdict)
    if "--notes" in sys.argv:
        looked = look(site, first_target(site))
        for note in looked.harvest.notes if looked.harvest else ():
            print(f"    {note.subject}: {note.text}")
        for fetch in looked.asked:
            print(f"    {fetch.purpose.value} {fetch.url}")
    for failure in verdict.kinds_of_failure:
        print(f"least with {failure}: {seed} {shrink(plan, failure).odd}")


if __name__ == "__main__":
    main()
