"""What each morning of the sample city's year says, printed, and told in `docs/messages.md` (`make year`)."""

import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from testkit.trouble import YEAR
from testkit.year import Morning, find_faults, find_told, live

__all__ = ["PAGE", "main"]

PAGE = Path(__file__).parents[3] / "docs" / "messages.md"
_BEGIN, _END = "<!-- year: written by make year -->\n", "<!-- end of year -->\n"


def main() -> None:
    """Print the year as a table, and write into the page what was said of each trouble.

    A row a morning; mornings on which all is as before are drawn together. Where a trouble was not named, or
    another morning alarmed somebody, the page stays as it is, and this ends with 1.
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
    faults = find_faults(mornings)
    sys.stdout.write("\n".join(["", *faults, f"{len(mornings)} mornings, {len(faults)} faults", ""]))
    if faults:
        sys.exit(1)
    _write_page(mornings)


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


def _write_page(mornings: Sequence[Morning]) -> None:
    """What the first message that arrived said of each trouble, whole, and how many mornings were well."""
    rows = ["| what happened | the night | the message of the next morning |", "|---|---|---|"]
    for name, morning in find_told(mornings):
        said = "<br>".join((f"**{_title(morning)}**", *morning.lines))
        rows.append(f"| {name} | {morning.night} | {said} |")
    well = sum(morning.is_well for morning in mornings)
    rows += ["", f"Of {len(mornings)} mornings {well} were *well*; the others each named a trouble.", ""]
    before, rest = PAGE.read_text(encoding="utf-8").split(_BEGIN)
    after = rest.split(_END)[1]
    PAGE.write_text("".join((before, _BEGIN, "\n".join(rows), _END, after)), encoding="utf-8")


def _title(morning: Morning) -> str:
    """Without the city and the night."""
    return morning.title.partition(": ")[2]


if __name__ == "__main__":
    main()
