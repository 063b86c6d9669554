"""Measure first visits to all surfaces: `python -m tests.surfaces.run [-v] [words of a surface's name]`."""

import sys
import time

from tests.surfaces.faces.leaves import leaves, tell
from tests.surfaces.faces.nights import courses, judge_course
from tests.surfaces.faces.themes import theme_pages
from tests.surfaces.judge import judge
from tests.surfaces.kinds import SURFACES


def _leaves(words: list[str]) -> None:
    """Pages read alone."""
    chosen = [leaf for leaf in (*leaves(), *theme_pages()) if all(word in leaf.name for word in words)]
    wrong = {leaf.name: said for leaf in chosen if (said := tell(leaf))}
    for name, said in wrong.items():
        print(f"{name:58} {'; '.join(said)}")
    if chosen:
        print(f"{len(chosen) - len(wrong)} of {len(chosen)} pages without a fault")


def _courses(words: list[str]) -> None:
    """Sites over some nights."""
    chosen = [course for course in courses() if all(word in course.name for word in words)]
    clean = 0
    for course in chosen:
        said = judge_course(course)
        clean += not said
        print(f"{course.name:74} {', '.join(f'{name} {len(what)}' for name, what in said.items())}")
        for name, what in said.items():
            for each in what:
                print(f"    {name}: {each}")
    if chosen:
        print(f"{clean} of {len(chosen)} courses of nights without a fault")


def main(arguments: list[str]) -> None:
    """Print one line a surface, and the sums."""
    loud = "-v" in arguments
    words = [word for word in arguments if word != "-v"]
    chosen = [each for each in SURFACES if all(word in each.name for word in words)]
    clean = wanted = found = right = 0
    for surface in chosen:
        begun = time.process_time()
        verdict = judge(surface)
        spent = time.process_time() - begun
        wanted, found, right = wanted + verdict.wanted, found + verdict.found, right + verdict.right
        clean += not verdict.failures
        said = ", ".join(
            name if not isinstance(what, list) else f"{name} {len(what)}"
            for name, what in verdict.failures.items()
        )
        print(
            f"{surface.name:58} {verdict.found:3}/{verdict.wanted:<3} {verdict.right:3} {verdict.requests:3} req"
            f" {spent * 1000:5.0f} ms  {said}"
        )
        if loud:
            for name, what in verdict.failures.items():
                for each in what if isinstance(what, list) else [what]:
                    print(f"    {name}: {each}")
    if not chosen:
        return
    print(f"{clean} of {len(chosen)} surfaces without a fault; found {found} of {wanted}, right day {right}")


if __name__ == "__main__":
    main(sys.argv[1:])
    _leaves([word for word in sys.argv[1:] if word != "-v"])
    _courses([word for word in sys.argv[1:] if word != "-v"])
