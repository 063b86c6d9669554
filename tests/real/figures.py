"""Keep what trials measured, a JSON line each, and print the lines as a table for `docs/performance.md`.

`run.py --figures FILE` appends to the file; `python tests/real/figures.py FILE` prints the table.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from judge import Nights
from texts import Text
from truth import Verdict

__all__ = ["tabulate", "write_figures"]

_HEAD = (
    "| system | text | found, wrong, right day | first visit | nights | new | counted | commit |",
    "|---|---|---|---|---|---|---|---|",
)


def write_figures(file: Path, system: str, text: Text, verdict: Verdict, nights: Nights | None) -> None:
    """Append one trial."""
    line = {
        "system": system,
        "text": str(text),
        "posts": verdict.known,
        "found": verdict.found,
        "wrong": verdict.wrong,
        "right_day": verdict.right_day,
        "requests": verdict.requests,
        "most_requests": verdict.most_requests,
        "nights": nights.requests[1:] if nights else (),
        "new": nights.new[1:] if nights else (),
        "counted": nights.counted if nights else None,
        "due": nights.due if nights else None,
        "passed": verdict.passed and not (nights and nights.reasons),
        "commit": _read_commit(),
    }
    with file.open("a") as lines:
        lines.write(json.dumps(line) + "\n")


def _read_commit() -> str:
    root = Path(__file__).parents[2]
    asked = ["git", "-C", str(root), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def tabulate(trials: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give the lines of a table, the last trial of a system with a text, and a line of sums."""
    latest = {(trial["system"], trial["text"]): trial for trial in trials}
    yield from _HEAD
    for (system, text), t in sorted(latest.items()):
        days = f"{t['found']}, {t['wrong']}, {t['right_day']} of {t['posts']}"
        nights, new = (", ".join(map(str, t[name])) or "-" for name in ("nights", "new"))
        counted = f"{t['counted']} of {t['due']}" if t["due"] is not None else "-"
        mark = "" if t["passed"] else " (fell short)"
        cells = (f"{system}{mark}", text, days, str(t["requests"]), nights, new, counted, t["commit"])
        yield f"| {' | '.join(cells)} |"
    found, wrong, right, posts, requests = (
        sum(trial[name] for trial in latest.values())
        for name in ("found", "wrong", "right_day", "posts", "requests")
    )
    passed = f"all: {sum(trial['passed'] for trial in latest.values())} of {len(latest)} passed"
    yield f"| {passed} | | {found}, {wrong}, {right} of {posts} | {requests} | | | | |"


if __name__ == "__main__":
    print("\n".join(tabulate(map(json.loads, Path(sys.argv[1]).read_text().splitlines()))))
