"""Keep what trials measured, a JSON line each, and print the lines as a table for `docs/performance.md`.

`run.py --figures FILE` appends to the file; `python tests/real/figures.py FILE` prints the table.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from changes import Changed
from judge import Nights
from texts import Text
from truth import Verdict

__all__ = ["tabulate", "write_failure", "write_figures"]

_COLUMNS = ("found, strangers, right day", "claim", "first visit", "nights", "new", "counted")


def write_figures(
    file: Path, system: str, text: Text, verdict: Verdict, nights: Nights | None, changed: Changed | None
) -> None:
    """Append one trial."""
    line = {
        "system": system,
        "text": str(text),
        "posts": verdict.known,
        "found": verdict.found,
        "wrong": verdict.wrong,
        "right_day": verdict.right_day,
        "claim": verdict.claimed,
        "falsely_claimed": verdict.falsely_claimed,
        "requests": verdict.requests,
        "most_requests": verdict.most_requests,
        "nights": nights.requests[1:] if nights else (),
        "new": nights.new[1:] if nights else (),
        "counted": nights.counted if nights else None,
        "due": nights.due if nights else None,
        "changed": asdict(changed) if changed else None,
        "passed": verdict.passed and not (nights and nights.reasons) and not (changed and changed.reasons),
        "reasons": verdict.reasons + (nights.reasons if nights else []),
    }
    _append(file, line)


def write_failure(file: Path, system: str, text: Text, reason: str) -> None:
    """Append that a system could not be tried, and why."""
    _append(file, {"system": system, "text": str(text), "not_tried": reason})


def _append(file: Path, line: dict[str, Any]) -> None:
    line["commit"] = _read_commit()
    with file.open("a") as lines:
        lines.write(json.dumps(line) + "\n")


def _read_commit() -> str:
    root = Path(__file__).parents[2]
    asked = ["git", "-C", str(root), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def tabulate(trials: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give the lines of a table: a row a system with its last trial of each text, and a row of sums.

    Below it stand the systems that could not be tried, each with the last line of the reason.
    """
    trials = list(trials)
    latest = {(trial["system"], trial["text"]): trial for trial in trials if "not_tried" not in trial}
    texts = sorted({text for _, text in latest})
    heads = ["system", *(f"{text}: {column}" for text in texts for column in _COLUMNS), "commit"]
    yield _row(heads)
    yield "|" + "---|" * len(heads)
    for system in sorted({system for system, _ in latest}):
        tried = [latest.get((system, text)) for text in texts]
        commits = dict.fromkeys(trial["commit"] for trial in tried if trial)
        yield _row([system, *(cell for trial in tried for cell in _cells(trial)), ", ".join(commits)])
    sums = [_sum([trial for trial in latest.values() if trial["text"] == text]) for text in texts]
    yield _row(["all", *(cell for each in sums for cell in each), ""])
    known = {system for system, _ in latest}
    failed = {each["system"]: each["not_tried"] for each in trials if each["system"] not in known}
    yield from (f"- {system}: {reason.strip().splitlines()[-1]}" for system, reason in failed.items())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(trial: dict[str, Any] | None) -> tuple[str, ...]:
    if trial is None:
        return ("-",) * len(_COLUMNS)
    nights, new = (", ".join(map(str, trial[name])) or "-" for name in ("nights", "new"))
    counted = f"{trial['counted']} of {trial['due']}" if trial["due"] is not None else "-"
    mark = "" if trial["passed"] else " (fell short)"
    claim = trial.get("claim", "-") + (" (false)" if trial.get("falsely_claimed") else "")
    return (f"{_days([trial])}{mark}", claim, str(trial["requests"]), nights, new, counted)


def _days(trials: Sequence[dict[str, Any]]) -> str:
    found, wrong, right, posts = (
        sum(trial[name] for trial in trials) for name in ("found", "wrong", "right_day", "posts")
    )
    return f"{found}, {wrong}, {right} of {posts}"


def _sum(trials: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    passed = f"{sum(trial['passed'] for trial in trials)} of {len(trials)} passed"
    return (f"{_days(trials)}; {passed}", "", str(sum(trial["requests"] for trial in trials)), "", "", "")


if __name__ == "__main__":
    print("\n".join(tabulate(map(json.loads, Path(sys.argv[1]).read_text().splitlines()))))
