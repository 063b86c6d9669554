"""`denyut serve` and `denyut users` as a person runs them."""

import os
import signal

import httpx
import pytest

from testkit.served import AFTER, fill

_WORDS = "empat kata yang mudah"


@pytest.fixture
def machine(denyut):
    fill(f"sqlite:///{denyut.database}").dispose()
    denyut.settings["DENYUT_NOW"] = AFTER
    del denyut.settings["DENYUT_TIMEZONE"]
    return denyut


def test_a_user_is_added_signs_in_and_ctrl_c_ends_it_cleanly(machine):
    named = ("users", "add", "siti", "--role", "jury", "--full", "Siti Aminah")
    words = machine.write("sandi", f"{_WORDS}\nsecond line\n")
    assert machine.done(*named, "--password-file", words).strip() == "Siti Aminah (siti) may sign in as jury."
    assert [(each["name"], each["role"]) for each in machine.json("users", "list", "--json")] == [
        ("siti", "jury")
    ]
    running = machine.start("serve", "--port", "0")
    try:
        address = running.stdout.readline().strip()
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            assert 'href="/meja"' in client.get("/", follow_redirects=True).text
            token = client.get("/masuk").text.partition('name="csrf" value="')[2][:64]
            form = {"csrf": token, "name": "siti", "password": _WORDS}
            assert client.post("/masuk", data=form).status_code == 303
            assert "Siti Aminah (siti)" in client.get("/meja").text
    finally:
        os.killpg(running.pid, signal.SIGINT)
        _, complaints = running.communicate(timeout=30)
    assert (running.returncode, complaints) == (0, "Ended.\n")


def test_without_a_user_nobody_else_may_come_and_no_password_is_an_argument(machine, complaint):
    assert "nobody can sign in" in complaint(machine.run("serve", "--host", "0.0.0.0", "--port", "0"), 2)
    named = ("users", "add", "siti", "--role", "jury", "--full", "S")
    assert "--password-file" in complaint(machine.run(*named), 2)
    assert "cannot be read" in complaint(machine.run(*named, "--password-file", "nowhere"), 2)
    assert machine.run(*named, "--password", _WORDS).returncode == 2
    short = machine.write("sandi", "kata\n")
    assert "12 to 200" in complaint(machine.run(*named, "--password-file", short), 2)
    assert complaint(machine.run("users", "remove", "siti"), 2)


def test_without_its_packages_it_says_what_to_install(machine, complaint):
    hidden = machine.folder / "hidden" / "uvicorn.py"
    hidden.parent.mkdir()
    hidden.write_text("raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')")
    path = os.pathsep.join([str(hidden.parent), machine.settings["PYTHONPATH"]])
    assert "install 'denyut[serve]==" in complaint(machine.run_cold("serve", PYTHONPATH=path), 2)
