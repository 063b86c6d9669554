from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.errors import ConfigError, GuardError
from crawler.drive.guard import Guard

REFUSED = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1", "", "nonsense", "1.2.3",
]  # fmt: skip
PUBLIC = ["103.28.12.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", REFUSED)
def test_inner_addresses_are_refused(address):
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address):
    assert Guard().permits(address)


def test_what_is_listed_passes_and_nothing_else():
    guard = Guard.of(["127.0.0.0/8", "fd00::/8"])
    assert guard.permits("127.0.0.1")
    assert guard.permits("::ffff:127.0.0.1")
    assert guard.permits("fd00::7")
    assert not guard.permits("10.0.0.1")
    assert not guard.permits("::1")


def test_a_list_that_names_no_network_is_told():
    with pytest.raises(ConfigError, match=r"127\.0\.0\.0/8"):
        Guard.of(["rumah"])


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.id/", "gopher://example.id", "data:text/html,x", "//example.id",
        "http://", "http:///x", "http://[::1", "http://example.id:99999/", "http://127.0.0.1/",
        "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://0/",
        "http://[::1]:80/", "http://[::ffff:a00:1]/", "http://user:pass@10.0.0.1/", "https://169.254.169.254",
        "http://999.999.999.999/", "http://127.0.0.1./", "http://example.id/" + "x" * 5000,
    ],
)  # fmt: skip
def test_odd_and_inner_addresses_are_refused(url):
    with pytest.raises(GuardError):
        Guard().check_url(url)


@pytest.mark.parametrize(
    "url", ["https://dinkes.banjarmasinkota.go.id/?page=berita&id=12", "http://8.8.8.8:8080/", "http://1a.id"]
)
def test_names_and_public_literals_pass(url):
    Guard().check_url(url)


def test_a_name_keeps_only_its_permitted_addresses():
    assert Guard().check_addresses("x.id", ["10.0.0.1", "8.8.8.8"]) == ("8.8.8.8",)
    with pytest.raises(GuardError, match=r"x\.id"):
        Guard().check_addresses("x.id", ["10.0.0.1"])
    with pytest.raises(GuardError):
        Guard().check_addresses("x.id", [])


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_in_ipv6_changes_nothing(ip):
    plain = Guard().permits(str(ip))
    assert Guard().permits(f"::ffff:{ip}") == plain
    assert Guard().permits(str(ip_address((0x64FF9B << 96) | int(ip)))) == plain


@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_address_is_judged_alike(ip):
    def passes(host):
        try:
            Guard().check_url(f"http://{host}/")
        except GuardError:
            return False
        return True

    assert passes(ip) == passes(int(ip)) == passes(hex(int(ip))) == Guard().permits(str(ip))


@given(st.text(max_size=60))
def test_any_text_is_judged_without_another_error(text):
    for url in (text, f"http://{text}", f"http://{text}/"):
        with suppress(GuardError):
            Guard().check_url(url)
            assert url.lower().startswith(("http://", "https://"))
