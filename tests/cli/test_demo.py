"""What the demo says last, by the name under which it was called."""

import sys
from pathlib import Path

import pytest

from cli import demo


@pytest.mark.parametrize(
    ("called", "on_path", "said"),
    [
        (".venv/bin/denyut", False, ".venv/bin/denyut"),
        (".venv/bin/denyut", True, "denyut"),
        ("cli/__main__.py", False, "denyut"),
    ],
)
def test_what_to_type_next_can_be_typed(monkeypatch, capsys, called, on_path, said):
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if on_path else None)
    demo._say_next(Path("x"), Path("x/denyut.db"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3].strip() == f"{said} --database sqlite:///x/denyut.db rank 2026-S1 --channel website"
