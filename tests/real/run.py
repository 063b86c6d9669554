"""Try Denyut on real systems with known posts: `make test-real`, or with ONLY="pelican hugo" TEXT=awkward.

Needs root for apt and a network for the package registries; everything it serves stays on loopback.
A system that cannot be installed counts as failed and does not keep the others from being tried.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from changes import judge_changes
from figures import write_failure, write_figures
from judge import DATABASE, judge_nights, judge_probe
from machine import Processes, SetupError
from record import record_site
from replay import recorded_names, start_recorded
from systems import SYSTEMS
from texts import Text
from truth import NIGHTS, Served, known_posts, late_post

_GOLDEN = Path(__file__).parents[1] / "golden" / "systems"


def main() -> None:
    asked = _read_arguments()
    failures: dict[str, list[str]] = {}
    for text in [Text(asked.text)] if asked.text != "both" else list(Text):
        with tempfile.TemporaryDirectory(prefix="denyut-real-") as scratch:
            for name, reasons in _try_systems(asked, text, Path(scratch)).items():
                failures[f"{name}, {text}"] = reasons
    for system, reasons in failures.items():
        for reason in reasons:
            print(f"{system}: {reason}")
    failed = sum(bool(reasons) for reasons in failures.values())
    print(f"{len(failures) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("systems", nargs="*", metavar="SYSTEM", help=f"of {', '.join(SYSTEMS)}; default: all")
    parser.add_argument("--text", choices=[*Text, "both"], default=os.environ.get("TEXT") or "both")
    parser.add_argument("--serve", action="store_true", help="only serve them until Enter is pressed")
    parser.add_argument("--probe", action="store_true", help="the first visit only, no nights and no ranking")
    parser.add_argument(
        "--changes", action="store_true", help="four nights more, with a post rewritten and one taken away"
    )
    parser.add_argument(
        "--record",
        nargs="?",
        type=Path,
        const=_GOLDEN,
        metavar="FOLDER",
        help="only keep the pages that they render, one folder a system; default: tests/golden/systems",
    )
    parser.add_argument(
        "--replay",
        nargs="?",
        type=Path,
        const=_GOLDEN,
        metavar="FOLDER",
        help="the first visit only, to systems as they were recorded: no root, no registries",
    )
    parser.add_argument(
        "--figures", type=Path, metavar="FILE", help="append what was measured; see figures.py"
    )
    parser.add_argument("--blind", action="store_true", help="replay them without feeds, maps and APIs")
    asked = parser.parse_args()
    known = recorded_names(asked.replay) if asked.replay else list(SYSTEMS)
    asked.systems = asked.systems or os.environ.get("ONLY", "").split() or known
    if unknown := sorted(set(asked.systems) - set(known)):
        parser.error(f"no such system: {', '.join(unknown)}; there are {', '.join(known)}")
    if asked.replay:
        asked.text = Text.AWKWARD
    return asked


def _try_systems(asked: argparse.Namespace, text: Text, scratch: Path) -> dict[str, list[str]]:
    """Why each system fell short; an empty list for one that did not."""
    processes = Processes(scratch)
    processes.set_clock(NIGHTS[0])
    failures: dict[str, list[str]] = {name: [] for name in asked.systems}
    served: dict[str, Served] = {}
    try:
        for name in asked.systems:
            try:
                served[name] = _start(name, asked, text, scratch, processes)
            except SetupError as error:
                failures[name].append(f"could not be set up: {error}")
                if asked.figures:
                    write_failure(asked.figures, name, text, str(error))
        if asked.serve:
            input("\n".join(f"{name}: {system.url}" for name, system in served.items()) + "\n")
        elif asked.record:
            for name, system in served.items():
                record_site(system, asked.record / name)
        else:
            _judge(served, asked, text, scratch, processes, failures)
    finally:
        processes.stop()
    return failures


def _judge(
    served: dict[str, Served],
    asked: argparse.Namespace,
    text: Text,
    scratch: Path,
    processes: Processes,
    failures: dict[str, list[str]],
) -> None:
    nights = not (asked.probe or asked.replay)
    verdicts = {name: judge_probe(system) for name, system in served.items()}
    judged = judge_nights(served, late_post(text), scratch, processes) if nights and served else {}
    changed = judge_changes(served, scratch / DATABASE, processes) if asked.changes and judged else {}
    for name, verdict in verdicts.items():
        failures[name] += verdict.reasons
        failures[name] += [
            reason for part in (judged, changed) if name in part for reason in part[name].reasons
        ]
        if asked.figures:
            write_figures(asked.figures, name, text, verdict, judged.get(name), changed.get(name))


def _start(name: str, asked: argparse.Namespace, text: Text, scratch: Path, processes: Processes) -> Served:
    if asked.replay:
        return start_recorded(asked.replay / name, blind=asked.blind)
    print(f"setting up {name}, {text} …", file=sys.stderr, flush=True)
    folder = scratch / name
    folder.mkdir()
    return SYSTEMS[name](folder, known_posts(text), processes)


if __name__ == "__main__":
    main()
