"""Whether what is installed is Denyut, whole and alone under its names."""

from activity.message import Message
from denyut import PACKAGES, compose_repair, find_damaged, find_foreign
from desk.installation.check import Check, Health

__all__ = ["check_packages"]


def check_packages() -> Check:
    """Say who else brings a package with a name of ours, and what became of our files; names are plain."""
    foreign = find_foreign()
    damaged = () if foreign else find_damaged()
    if not foreign and not damaged:
        found = Message("all {count} are Denyut's own", count=len(PACKAGES))
        return Check("packages", Health.OK, found)
    if foreign:
        found = Message("{foreign} brings a package with a name of ours", foreign=", ".join(foreign))
    else:
        found = Message(
            "{count} installed files are gone or were changed, {first} among them",
            count=len(damaged),
            first=damaged[0],
        )
    return Check("packages", Health.FAILED, found, Message("Run: {repair}", repair=compose_repair(foreign)))
