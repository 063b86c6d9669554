"""Messages as they arrive: at a real mail server, at a webhook, at one that is dead and at one that hangs."""

import json
import os
import socket
import threading
import time
import warnings
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desk.message.courier import DeliveryVerdict
from desk.message.messenger import Parcel, deliver_all
from desk.setting.recipient import Recipient
from testkit.database import new_database
from testkit.judged import Machine, fill_city

with warnings.catch_warnings():
    # It names a class of asyncio's that a later Python drops.
    warnings.simplefilter("ignore")
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

SECRET = "R4hasia-Kunci"


class _Inbox:
    """Keeps what a mail server takes."""

    def __init__(self):
        self.letters, self.logins = [], []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def authenticate(self, _server, _session, _envelope, _mechanism, data):
        self.logins.append(data.password.decode())
        return AuthResult(success=True)


@pytest.fixture(scope="module")
def mail():
    inbox = _Inbox()
    server = Controller(
        inbox,
        "127.0.0.1",
        _free_port(),
        auth_require_tls=False,
        authenticator=inbox.authenticate,
    )
    server.start()
    address = f"mailto://petugas:{SECRET}@127.0.0.1:{server.port}?from=denyut@a.go.id&to=petugas@a.go.id"
    yield inbox, address
    server.stop()


@pytest.fixture(scope="module")
def webhook():
    taken = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if self.path.startswith("/rusak") else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield taken, f"json://127.0.0.1:{server.server_address[1]}/{SECRET}"
        server.shutdown()


@contextmanager
def _hanging():
    """The address of a server that takes a connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        yield f"mailto://petugas:{SECRET}@127.0.0.1:{port}?from=a@a.go.id&to=b@a.go.id"


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _dead():
    return f"mailto://petugas:{SECRET}@127.0.0.1:{_free_port()}?from=a@a.go.id&to=b@a.go.id"


def test_none_waits_for_one_that_is_dead_or_hangs(mail, webhook):
    inbox, address = mail
    broken = webhook[1].replace(SECRET, "rusak")
    with _hanging() as hanging:
        urls = [hanging, _dead(), address, webhook[1], broken, "entah://di-mana"]
        parcels = [Parcel(Recipient(str(n), url), "Judul", "Isi: é\nbaris") for n, url in enumerate(urls)]
        begun = time.monotonic()
        came = [(parcel.recipient.name, verdict) for parcel, verdict in deliver_all(parcels, limit=12)]
        assert time.monotonic() - begun < 60
    # What came of the others is known while the server that hangs is still waited for.
    assert came[-1] == ("0", None)
    assert [verdict for _, verdict in sorted(came)] == [
        None,
        DeliveryVerdict.REFUSED,
        DeliveryVerdict.DELIVERED,
        DeliveryVerdict.DELIVERED,
        DeliveryVerdict.REFUSED,
        DeliveryVerdict.UNKNOWN_ADDRESS,
    ]
    assert inbox.letters[-1]["subject"] == "Judul"
    assert inbox.logins[-1] == SECRET
    assert webhook[0][0]["title"] == "Judul"
    assert webhook[0][0]["message"] == "Isi: é\nbaris"


def test_when_the_time_of_all_is_over_nothing_more_is_tried(webhook):
    parcel = Parcel(Recipient("1", webhook[1]), "Judul", "Isi")
    assert [verdict for _, verdict in deliver_all([parcel], whole=0)] == [None]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A machine on the morning after a semester's last night."""
    folder = tmp_path_factory.mktemp("city")
    url = new_database(folder / "denyut.db")
    fill_city(url)
    machine = Machine(folder, url, lambda done, _: done.stderr)
    machine.settings |= {"DENYUT_LOG_LEVEL": "DEBUG", "DENYUT_CONTACT": "humas@a.go.id"}
    machine.settings["DENYUT_BACKUP_DAYS"] = "0"
    return machine


def test_a_morning_is_told_once_and_a_dead_server_is_made_up_for(city, mail, webhook):
    inbox, address = mail
    dead = _dead()
    city.settings["DENYUT_MESSAGE_URLS"] = f"{address} {dead}"
    city.on("2026-07-01")
    done = city.run("message", "send")
    assert done.returncode == 1
    assert done.stderr == (
        "denyut: 1 of 2 messages were not delivered: 2 (mailto): "
        "the server cannot be reached, or refused it.\n"
    )
    letter = inbox.letters[-1]
    assert "night of 2026-06-30" in letter["subject"]
    assert letter.get_body().get_content().strip() == "Nothing is wrong with it, and nothing changed."
    count = len(inbox.letters)
    again = city.json("message", "send")
    assert (again, len(inbox.letters)) == ([], count)
    city.settings["DENYUT_MESSAGE_URLS"] = f"{address} {webhook[1]}"
    city.on("2026-07-02")
    told = city.json("message", "send")
    assert sorted((each["recipient"], each["message"], each["delivered"]) for each in told) == [
        ("1", "morning", True),
        ("2", "morning", True),
    ]
    assert "did not reach you" not in inbox.letters[-1].get_body().get_content()
    text = webhook[0][-1]["message"]
    assert "The crawl of this night was not finished: 0 of 4 accounts" in text
    assert "The message of 2026-06-30 did not reach you" in text


def test_a_test_goes_to_everybody_and_is_not_written_down(city, mail, webhook):
    path = city.folder / "penerima.toml"
    path.write_text(f'[kantor]\nurl = "{webhook[1]}"\nagency = "dinkes"\n')
    path.chmod(0o600)
    city.settings |= {"DENYUT_MESSAGE_URLS": mail[1], "DENYUT_MESSAGES_FILE": str(path)}
    told = city.json("message", "test")
    assert sorted((each["recipient"], each["service"], each["delivered"]) for each in told) == [
        ("1", "mailto", True),
        ("kantor", "json", True),
    ]
    assert webhook[0][-1]["title"] == "Denyut Denyut: a test"


def test_a_text_is_ready_to_paste(city):
    city.on("2026-07-01")
    (letter,) = city.json("message", "preview")
    assert letter["whatsapp"].startswith("https://wa.me/?text=Denyut%20Denyut%2C%20night%20of")
    assert len(letter["text"].splitlines()) < 10
    printed = city.done("message", "preview")
    assert letter["text"] in printed
    assert letter["whatsapp"] in printed


def test_a_backup_that_is_overdue_is_told(city, monkeypatch):
    monkeypatch.setitem(city.settings, "DENYUT_BACKUP_DAYS", "7")
    city.on("2026-07-01")
    (letter,) = city.json("message", "preview")
    assert letter["title"].endswith("to look at: 1")
    assert "There is no backup in" in letter["text"]
    assert "Run denyut backup" in letter["text"]


def test_the_doctor_looks_whether_anybody_is_told(city, monkeypatch):
    for name in ("DENYUT_MESSAGE_URLS", "DENYUT_MESSAGES_FILE"):
        monkeypatch.delitem(city.settings, name, raising=False)
    assert _examine(city) == ("warning", "nobody is told in the morning how the night went")
    monkeypatch.setitem(city.settings, "DENYUT_MESSAGE_URLS", f"json://a.id/{SECRET} json://b.id/x")
    assert _examine(city) == ("ok", "officers: 2, offices: 0; `denyut message test` tries them")
    monkeypatch.setitem(city.settings, "DENYUT_MESSAGES_FILE", str(city.folder / "tiada.toml"))
    assert _examine(city)[0] == "failed"


def _examine(city):
    checks = json.loads(city.run("doctor", "--json").stdout)
    return next((check["health"], check["found"]) for check in checks if check["name"] == "messages")


_BROKEN = {
    "is no TOML": '[a]\nurl = "{url}\n',
    "has no address": '[a]\nurl = "{secret}"\n',
    "names no office": '[a]\nurl = "{url}"\nchannels = ["website"]\n',
    "has unknown channels": '[a]\nurl = "{url}"\nagency = "a"\nchannels = ["{secret}"]\n',
    "has password": '[a]\nurl = "{url}"\npassword = "{secret}"\n',
    "is a number": '[1]\nurl = "{url}"\n',
    "stands outside a table": 'url = "{url}"\n',
}


def test_no_secret_is_ever_said_or_kept(city, webhook):
    path = city.folder / "rahasia.toml"
    url = f"json://127.0.0.1:{_free_port()}/{SECRET}"
    city.on("2026-07-03")
    said = []

    def run(*arguments, **settings):
        before = dict(city.settings)
        city.settings |= settings
        done = city.run(*arguments)
        city.settings = before
        said.append((arguments, done.stdout + done.stderr))
        return done

    for number, (words, text) in enumerate(_BROKEN.items()):
        path.write_text(text.format(url=url, secret=SECRET))
        path.chmod(0o600)
        done = run("message", "test", DENYUT_MESSAGES_FILE=str(path))
        assert (done.returncode, words in done.stderr) == (2, True), (number, done.stderr)
    path.write_text(f'[a]\nurl = "{url}"\n[b]\nurl = "entah://{SECRET}"\n')
    path.chmod(0o644)
    assert run("message", "test", DENYUT_MESSAGES_FILE=str(path)).returncode == 2
    path.chmod(0o600)
    both = {"DENYUT_MESSAGES_FILE": str(path), "DENYUT_MESSAGE_URLS": f"{webhook[1]} {_dead()}"}
    assert run("message", "test", **both).returncode == 1
    assert run("message", "send", **both).returncode == 1
    assert run("message", "send", "--json", **both).returncode == 0
    assert run("message", "test", DENYUT_MESSAGE_URLS=f"{SECRET}").returncode == 2
    for command in (("config", "show"), ("config", "show", "--json"), ("doctor",), ("message", "preview")):
        run(*command, **both)
    settings = city.folder / "denyut.toml"
    settings.write_text(f'message_urls = "{url}"\n')
    done = run("config", "show", DENYUT_SETTINGS=str(settings))
    assert (done.returncode, "a secret, which belongs" in done.stderr) == (2, True)
    settings.unlink()
    assert [(command, text) for command, text in said if SECRET in text] == []
    files = [f for f in city.folder.iterdir() if f != path and f.name != "penerima.toml"]
    assert [f.name for f in files if SECRET.encode() in f.read_bytes()] == []
    assert not [name for name in os.environ if "MESSAGE" in name]
