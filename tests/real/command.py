"""The command that is tried, on a pretended night."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

__all__ = ["DENYUT", "ROOT", "denyut", "settings"]

ROOT = Path(__file__).parents[2]
DENYUT = (sys.executable, "-m", "cli")


def settings(now: datetime, database: Path | None = None) -> dict[str, str]:
    """What the command finds in its environment."""
    return {
        **os.environ,
        "DENYUT_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        "DENYUT_CONTACT": "uji@example.invalid",
        "DENYUT_TIMEZONE": "Asia/Makassar",
        "DENYUT_NOW": now.isoformat(),
        "DENYUT_DELAY": "0",
        **({"DENYUT_DATABASE": f"sqlite:///{database}"} if database else {}),
    }


def denyut(words: Sequence[str], now: datetime, database: Path) -> str:
    """Run one command to its end and return what it printed; a failure ends the trial."""
    done = subprocess.run(
        [*DENYUT, *words],
        env=settings(now, database),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(f"denyut {words[0]} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout
