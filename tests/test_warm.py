"""The warm Python's commands are processes of their own, as cold ones are."""

import os
import signal
import subprocess
import sys

import pytest

REPORT = """
import json, os, sys
print(json.dumps([os.getpid(), sys.argv[1:], dict(os.environ), os.getcwd(), sys.stdin.read(), __name__]))
print("aduh ✗", file=sys.stderr)
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def script(tmp_path):
    def write(text):
        path = tmp_path / "script.py"
        path.write_text(text, encoding="utf-8")
        return [sys.executable, path]

    return write


def test_it_answers_as_a_cold_one_does(warm_python, script, tmp_path):
    order = {"env": {"A": "1", "LC_CTYPE": "C.UTF-8"}, "cwd": tmp_path, "input": "masuk\n"}
    command = [*script(REPORT), "3", "dua kata"]
    warm = warm_python.run(command, **order)
    cold = subprocess.run(command, capture_output=True, text=True, check=False, **order)
    assert (warm.returncode, warm.stderr) == (cold.returncode, cold.stderr) == (3, "aduh ✗\n")
    assert warm.stdout.split(", ", 1)[1] == cold.stdout.split(", ", 1)[1]
    again = warm_python.run(command, **order)
    assert again.stdout.split(", ")[0] != warm.stdout.split(", ")[0]


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("sys.exit()", 0),
        ("sys.exit('alasan')", 1),
        ("raise ValueError('x')", 1),
        ("os.kill(os.getpid(), 9)", -9),
        ("threading.Thread(target=lambda: (time.sleep(0.1), print('lagi'))).start()", 0),
        ("atexit.register(print, 'lagi')", 0),
    ],
)
def test_it_ends_as_a_cold_one_does(warm_python, script, ending, code):
    command = script(f"import atexit, os, sys, threading, time\n{ending}\n")
    warm = warm_python.run(command, env=os.environ)
    assert warm.returncode == code
    assert warm.stdout == ("lagi\n" if "lagi" in ending else "")
    assert ("alasan" in ending) == (warm.stderr == "alasan\n")
    assert ("Traceback" in warm.stderr) == ("ValueError" in ending)


def test_what_hangs_is_killed(warm_python, script):
    with pytest.raises(subprocess.TimeoutExpired):
        warm_python.run(script("import time; time.sleep(60)"), env=os.environ, timeout=0.3)


def test_no_reactor_has_been_installed(warm_python, script):
    command = script("import sys; print('scrapy' in sys.modules, 'twisted.internet.reactor' in sys.modules)")
    assert warm_python.run(command, env=os.environ).stdout == "True False\n"


def test_what_is_started_leads_its_session_and_can_be_read_and_signalled(warm_python, script):
    told = "print('aduh', file=sys.stderr); print(os.getsid(0), flush=True)"
    process = warm_python.start(script(f"import os, sys, time; {told}; time.sleep(60)"), env=os.environ)
    assert process.stdout.readline() == f"{process.pid}\n"
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.communicate() == ("", "aduh\n")
    assert process.poll() == process.wait() == process.returncode == -signal.SIGTERM
    assert process.stdout.closed
