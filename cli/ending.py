"""How a command ends: every error becomes a line for people and an exit code, here and nowhere else."""

import os
import sys
from collections.abc import Callable

from activity.errors import DenyutError
from cli.console import complain, list_problems

__all__ = ["INTERRUPTED", "run_to_end"]

INTERRUPTED = 130


def run_to_end(action: Callable[[], object]) -> int:
    """Run it; say what went wrong in one line, and give the exit code."""
    try:
        action()
    except DenyutError as error:
        complain("{error}", error=error)
        list_problems(getattr(error, "problems", ()))
        return error.exit_code
    except (KeyboardInterrupt, SystemExit) as end:
        # Typer makes a silent exit of Ctrl-C.
        if isinstance(end, SystemExit) and end.code != INTERRUPTED:
            raise
        complain("Interrupted. Whatever was finished is saved; the same command goes on from there.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our pipe has gone (`| head`): nothing is wrong, and nothing can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ImportError as error:
        if os.environ.get("DENYUT_DEBUG"):
            raise
        complain("{error}. Run: denyut doctor, which says what stands in the way.", error=error)
        return 1
    except Exception as error:
        if os.environ.get("DENYUT_DEBUG"):
            raise
        complain(
            "Unexpected {kind}: {error}. Run again with DENYUT_DEBUG=1 and report what it says.",
            kind=type(error).__name__,
            error=error,
        )
        return 1
    return 0
