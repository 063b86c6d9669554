"""Commands as a person runs them in a terminal of a given size: a pseudo-terminal, read to its end."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from testkit.warm import WarmPython

__all__ = ["run_in_terminal"]


def run_in_terminal(
    python: WarmPython,
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    columns: int,
    rows: int = 24,
    keys: bytes = b"",
) -> tuple[int, str]:
    """The exit code, and all that was drawn, colours included; `keys` are typed at once.

    Raises:
        TimeoutError: nothing was drawn for a minute and the command has not ended.
    """
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    chosen = {name: value for name, value in env.items() if name not in {"COLUMNS", "LINES"}}
    process = python.start(
        [sys.executable, *command], env={"TERM": "xterm"} | chosen, cwd=cwd, terminal=follower
    )
    os.close(follower)
    os.write(leader, keys)
    content = bytearray()
    while select.select([leader], [], [], 60)[0]:
        try:
            content += os.read(leader, 65536)
        except OSError:
            break
    else:
        process.send_signal(signal.SIGKILL)
        raise TimeoutError(content.decode())
    process.communicate(timeout=60)
    os.close(leader)
    return process.wait(), content.decode().replace("\r\n", "\n")
