"""What each morning of the sample city's year says, printed (`make year`)."""

import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from testkit.trouble import DRIFTING, TROUBLES, YEAR
from testkit.year import Morning, find_faults, live

__all__ = ["main"]


def main() -> None:
    """Print the year as a table, then what was said of each trouble; ends with 1 where one was not named.

    A row a morning; mornings on which all is as before are drawn together.
    """
    nights = [YEAR[0] + timedelta(n) for n in range((YEAR[1] - YEAR[0]).days)]
    mornings: list[Morning] = []
    with tempfile.TemporaryDirectory(prefix="year-") as folder:
        sys.stdout.write("| night | message |\n|---|---|\n")
        quiet: list[Morning] = []
        for morning in live(Path(folder), nights):
            mornings.append(morning)
            said = morning.lines[1:]
            if morning.is_well and not morning.reminders and (not quiet or quiet[0].lines[1:] == said):
                quiet.append(morning)
                continue
            _print_quiet(quiet)
            quiet = []
            _print_row(morning)
        _print_quiet(quiet)
        _print_troubles(mornings, folder)
    faults = find_faults(mornings)
    sys.stdout.write("\n".join(["", *faults, f"{len(mornings)} mornings, {len(faults)} faults", ""]))
    sys.exit(1 if faults else 0)


def _print_quiet(quiet: Sequence[Morning]) -> None:
    if quiet:
        span = f"{quiet[0].night} – {quiet[-1].night} ({len(quiet)})"
        sys.stdout.write(f"| {span} | {_title(quiet[0])}<br>{'<br>'.join(quiet[0].lines[1:])} |\n")


def _print_row(morning: Morning) -> None:
    left = "" if morning.left else " (not delivered)"
    said = [f"**{_title(morning)}**{left}", *morning.lines]
    said += [f"→ {name}: {text.replace(chr(10), ' ')}" for name, text in morning.reminders]
    sys.stdout.write(f"| {morning.night} | {'<br>'.join(said)} |\n")
    sys.stdout.flush()


def _print_troubles(mornings: Sequence[Morning], folder: str) -> None:
    """What the first message that arrived said of each trouble, whole, and the first reminder."""
    sys.stdout.write("\n| what happened | the night | the next morning's message |\n|---|---|---|\n")
    told = [
        (trouble.name, next(m for m in mornings if trouble.covers(m.night) and m.left))
        for trouble in TROUBLES
    ]
    told.append(
        ("an office that drifts to vacuum", next(m for m in mornings if DRIFTING in dict(m.reminders)))
    )
    for name, morning in told:
        text = "<br>".join((f"**{_title(morning)}**", *morning.lines)).replace(f"{folder}/", "")
        sys.stdout.write(f"| {name} | {morning.night} | {text} |\n")


def _title(morning: Morning) -> str:
    """Without the city and the night."""
    return morning.title.partition(": ")[2]


if __name__ == "__main__":
    main()
