"""Standard output that goes through a pager once it is longer than the screen."""

import io
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TextIO

from cli.cells import measure

__all__ = ["Pager", "choose_pager"]

_OFF = {"0", "off", "no", ""}
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


def choose_pager(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The command that pages, by DENYUT_PAGER, PAGER, or what the machine has; empty for none."""
    named = environment.get("DENYUT_PAGER", environment.get("PAGER"))
    if (named is not None and named.strip() in _OFF) or environment.get("TERM") == "dumb":
        return ()
    for words in (named or "", "less", "more"):
        with suppress(ValueError):  # a quotation mark without its end
            command = shlex.split(words)
            if command and shutil.which(command[0]):
                return () if command == ["cat"] else tuple(command)
    return ()


class Pager(io.TextIOBase):
    """Holds what a command prints until it is longer than the screen, then hands it to a pager as it comes.

    A pager that was closed is no error: what comes after is not shown, and the command goes on to its end.

    Args:
        screen: the terminal.
        command: the pager and its arguments.
        options: what `less` is to be told, where the environment does not say it.
    """

    def __init__(self, screen: TextIO, command: Sequence[str], size: os.terminal_size, options: str) -> None:
        super().__init__()
        self._screen, self._command, self._size, self._options = screen, tuple(command), size, options
        self._held: list[str] = []
        self._rest = ""
        self._lines = 0
        self._gone = False
        self._on_interrupt: Any = signal.SIG_DFL
        self._process: subprocess.Popen[str] | None = None
        self._source: TextIO | None = None
        self._later: list[tuple[TextIO, str]] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The terminal's."""
        return self._screen.encoding

    def isatty(self) -> bool:
        """True: what is printed is for people."""
        return True

    def fileno(self) -> int:
        """The terminal's."""
        return self._screen.fileno()

    def write(self, text: str) -> int:
        """Hold it, or pass it on."""
        if self._source is not None:
            self._source.write(text)
        elif self._process is not None:
            self._feed(text)
        else:
            self._hold(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what a child of ours has written; the pager takes its text as it comes."""
        if self._source is not None:
            self._source.flush()

    def postpone(self, stream: TextIO, line: str) -> bool:
        """Keep a line for another stream until the pager is closed; False where none is open."""
        if self._process is not None:
            self._later.append((stream, line))
        return self._process is not None

    def become_source(self, pipe: int) -> None:
        """Write into a pipe from now on: we are in a child process, and the pager is our parent's."""
        self._source = open(pipe, "w", encoding="utf-8", newline="")  # noqa: SIM115 - it ends with the child

    def take_from(self, pipe: int) -> None:
        """Print what a child process writes, to its end or as long as somebody reads it."""
        with open(pipe, encoding="utf-8", newline="") as lines:
            for line in lines:
                self.write(line)
                if self._gone:
                    return

    def finish(self) -> None:
        """Show what is held, or wait until the reader closes the pager."""
        if self._process is None:
            self._screen.write("".join(self._held))
            self._screen.flush()
            self._held = []
            return
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        signal.signal(signal.SIGINT, self._on_interrupt)
        for stream, line in self._later:
            stream.write(line)

    def _hold(self, text: str) -> None:
        self._held.append(text)
        *lines, self._rest = (self._rest + text).split("\n")
        columns = max(1, self._size.columns)
        self._lines += sum(max(1, -(-measure(_COLOURS.sub("", line)) // columns)) for line in lines)
        # The prompt that comes after it takes a line as well.
        if self._command and self._lines >= self._size.lines:
            self._open()

    def _open(self) -> None:
        environment = {"LESS": self._options, "LV": "-c"} | os.environ
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the pager that this person has chosen
                self._command, stdin=subprocess.PIPE, env=environment, text=True, encoding=self.encoding
            )
        except OSError:
            self._command = ()
            return
        # Ctrl-C is the pager's from now on: it ends a search there. Whoever wants no more closes it.
        self._on_interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
        held, self._held = "".join(self._held), []
        self._feed(held)

    def _feed(self, text: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        if not self._gone:
            try:
                self._process.stdin.write(text)
            except BrokenPipeError:
                self._gone = True
