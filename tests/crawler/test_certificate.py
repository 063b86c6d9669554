"""Certificates are checked by the crawl and by `probe`, and what is wrong with one is said."""

import json
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

import crawler.probe
from activity.agency import Account, Channel
from activity.outcome import Outcome
from activity.visit import Fetch, Harvest, Purpose, Target, Window
from crawler.drive.guard import Guard
from crawler.probe import probe
from testkit.zone import MAKASSAR

TODAY = datetime.now(UTC)
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, names, days):
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY - timedelta(days=90))
        .not_valid_after(TODAY + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer_key, SHA256())


LOOPBACK = x509.IPAddress(ip_address("127.0.0.1"))
KINDS = {
    "valid": ([LOOPBACK], 90, "200"),
    "old": ([LOOPBACK], -1, "CERTIFICATE_EXPIRED"),
    "other": ([x509.DNSName("lain.example.id")], 90, "CERTIFICATE"),
    "self": ([LOOPBACK], 90, "CERTIFICATE"),
}


@pytest.fixture(scope="module")
def secure(serve, tmp_path_factory):
    """The authority's file, and a server for each kind of certificate."""
    folder = tmp_path_factory.mktemp("tls")
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = folder / "root.pem"
    root.write_bytes(certificate("Akar", root_key, "Akar", root_key, [], 90).public_bytes(Encoding.PEM))
    addresses = {}
    for kind, (names, days, _) in KINDS.items():
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = ("Situs", key) if kind == "self" else ("Akar", root_key)
        signed = certificate("Situs", key, *issuer, names, days)
        pem = folder / f"{kind}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        pem.write_bytes(signed.public_bytes(Encoding.PEM) + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)

        def wrap(connection, context=context):
            return context.wrap_socket(connection, server_side=True)

        addresses[kind] = f"https://127.0.0.1:{serve(respond, wrap).port}/"
    return root, addresses


def respond(hit):
    hit.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_the_crawl_checks_certificates(secure, city, crawl_apart):
    root, addresses = secure
    result, done = crawl_apart(
        city(addresses.values()), env={"SSL_CERT_FILE": str(root)}, allowed=["127.0.0.0/8"], timeout=5
    )
    assert result is not None, done.stderr
    fates = {kind: json.loads(result["harvests"][url]["detail"]) for kind, url in addresses.items()}
    assert {kind: fate["failure"] or str(fate["status"]) for kind, fate in fates.items()} == {
        kind: expected for kind, (_, _, expected) in KINDS.items()
    }
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_probe_checks_certificates(secure, kind, monkeypatch):
    root, addresses = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    # A process reads its authorities once, and this one is not only ours.
    monkeypatch.setattr(crawler.probe, "_read_authorities", crawler.probe._read_authorities.__wrapped__)

    def visit():
        page = yield Fetch(addresses[kind], Purpose.HOME)
        return Harvest(Outcome.OK, detail=page.failure.name if page.failure else str(page.status))

    account = Account(1, "a", Channel.WEBSITE, addresses[kind])
    target = Target(account, Window(NOW - timedelta(days=30), NOW), MAKASSAR)
    guard = Guard.of(["127.0.0.0/8"])
    harvest = probe(target, visit(), guard=guard, user_agent="Denyut", clock=lambda: NOW, timeout=5)
    assert harvest.detail == KINDS[kind][2]
