"""A name's addresses, as the machine's own resolver gives them; blocks, so it is for threads."""

import os
import socket

__all__ = ["Addresses", "find_addresses"]

Addresses = tuple[str, ...]


def find_addresses(host: str) -> Addresses:
    """Find a host's addresses, IPv4 first; raises OSError, with EMFILE where it was not the name's fault."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        # Without a file to ask through, it says that the name server does not answer.
        os.close(os.open(os.devnull, os.O_RDONLY))
        raise
    found.sort(key=lambda one: one[0] != socket.AF_INET)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
