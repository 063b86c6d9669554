"""What every page needs, and who may pass."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from threading import Semaphore
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from activity.errors import DenyutError
from activity.semester import Semester
from activity.user import Right, User
from desk.setting.config import Config
from desk.view.live import LiveSemesters
from reports.catalogue import translate
from reports.pages.desk import DeskPages
from web.limits import Limit
from web.proven import Proven

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from web.receive import SentFile

__all__ = ["DATA", "EVIDENCE", "MISSED", "WORK", "Door", "PageRequest", "list_links", "own_path"]

_OURS = re.compile(r"/(?:[\w.-]+/?)*", re.ASCII)
MISSED = ("desk.missed_link", "/terlewat")
WORK = ("desk.work", "/meja")
DATA = ("api.link", "/api")
EVIDENCE = "/bukti"
"""Where the captured pages of posts are shown."""


@dataclass(frozen=True, slots=True)
class Door:
    """One running server.

    Attributes:
        is_public: only sealed results are shown, and nobody signs in.
        is_open: whoever comes may look, since nobody comes but from this machine.
        hosts: names under which it is asked; empty where any will do.
        origin: the address that people open, where something stands before the server; else empty.
        sign_ins, failures, reports, uploads: how often one may try; by user name or client.
        reading: files that were sent are read one at a time.
        hashing: at most two passwords are worked on at once; each takes 32 MB.
        questions: how many a program may ask.
        asking: at most so many are worked on at once, so that pages are answered meanwhile.
        secret: what forms are signed with; another one after each start.
    """

    config: Config
    engine: "Engine"
    semesters: LiveSemesters
    pages: DeskPages
    is_public: bool = False
    is_open: bool = True
    hosts: frozenset[str] = frozenset()
    origin: str = ""
    sign_ins: Limit = field(default_factory=lambda: Limit(10, 900))
    failures: Limit = field(default_factory=lambda: Limit(30, 900))
    reports: Limit = field(default_factory=lambda: Limit(5, 3600))
    uploads: Limit = field(default_factory=lambda: Limit(10, 3600))
    reading: Semaphore = field(default_factory=lambda: Semaphore(1))
    hashing: Semaphore = field(default_factory=lambda: Semaphore(2))
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    questions: Limit = field(default_factory=lambda: Limit(600, 60))
    asking: Semaphore = field(default_factory=lambda: Semaphore(4))
    proven: Proven = field(default_factory=lambda: Proven(token_bytes(32)), repr=False)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """What the menu has beside the pages of a semester."""
        return list_links(is_public=self.is_public)

    @property
    def takes_passwords(self) -> bool:
        """Whether a program may send a password along: nowhere that it crosses a network readable."""
        return not self.is_public and (self.is_open or self.is_secure)

    @property
    def is_secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.origin.startswith("https:")

    def may(self, user: User | None, right: Right) -> bool:
        """Tell whether somebody, or nobody in particular, may do something here."""
        if user is not None and user.role.may(right):
            return True
        if right is Right.EVIDENCE:
            # What was captured may hold what others wrote below a post: it is shown to nobody in public.
            return not self.is_public and self.is_open and user is None
        return right is Right.LOOK and (self.is_public or (self.is_open and user is None))

    def sign(self, value: str) -> str:
        """Make what a form must bring along so that it is known to be of this browser."""
        return hmac.new(self.secret, value.encode("utf-8", "replace"), sha256).hexdigest()

    def find_semester(self, name: str) -> Semester | None:
        """Find the semester of that name, where it may be seen here."""
        return next((each for each in self.list_shown() if str(each) == name), None)

    def list_shown(self) -> tuple[Semester, ...]:
        """List the semesters that may be seen here, the newest first."""
        return self.semesters.list_sealed() if self.is_public else self.semesters.list_semesters()


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request, as the pages see it.

    Attributes:
        path, query, form: what was named in each; of several values the last.
        client: whom limits count.
        csrf: what a form of the answer must bring along.
        here: the path that was asked.
        base: what stands before a path in a link that is sent to somebody.
        session: the secret that a signed-in browser keeps.
        sent: the file that came along; None but where one may.
    """

    door: Door
    user: User | None
    path: Mapping[str, Any]
    query: Mapping[str, str]
    form: Mapping[str, str]
    client: str
    csrf: str
    here: str
    base: str = ""
    session: str = field(default="", repr=False)
    sent: "SentFile | None" = None

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """Show a page of the desk."""
        frame = {"user": self.user, "csrf": self.csrf, "links": self.door.links, "here": self.here}
        content = self.door.pages.draw(template, **frame, **values)
        headers = {"Content-Security-Policy": self.door.pages.policy}
        return Response(content, status, headers, "text/html; charset=utf-8")

    def tell(self, status: int, title: str, lead: str, back: str = "") -> Response:
        """Answer with a page that says one thing, by keys of the catalogue."""
        say = self.door.pages.say
        return self.show("message", status, title=say(title), lead=say(lead), back=back)

    def report(self, error: DenyutError, status: int, back: str = "") -> Response:
        """Answer with what the desk refuses, in its own words."""
        said = " ".join(
            translate(part, self.door.pages.language) for part in (error.message, error.remedy) if part
        )
        title = self.door.pages.say("desk.failed")
        return self.show("message", status, title=title, lead=said, back=back)

    def lack(self) -> Response:
        """Answer that there is no such page."""
        return self.tell(404, "desk.not_found", "desk.not_found_lead", back="/")

    def demand(self) -> Response:
        """Answer that nobody has signed in, and somebody must."""
        return self.go(f"/masuk?lalu={quote(self.here)}")

    @staticmethod
    def go(path: str) -> Response:
        """Look there, after something was done."""
        return RedirectResponse(path, 303)

    def words(self, name: str, most: int = 1000) -> str:
        """Read a line of a form, without breaks; empty where it is missing or too long."""
        said = " ".join(self.form.get(name, "").split())
        return said if len(said) <= most else ""

    def may(self, right: Right) -> bool:
        """Tell whether whoever asks may do something."""
        return self.door.may(self.user, right)


def list_links(*, is_public: bool) -> tuple[tuple[str, str], ...]:
    """List what a menu has beside the pages of a semester: key of the word, and where it leads."""
    return (MISSED, DATA) if is_public else (MISSED, DATA, WORK)


def own_path(text: str, otherwise: str) -> str:
    """Find a path of ours to go on to, never another site.

    >>> own_path("/meja/2026-S1", "/"), own_path("//evil.example", "/"), own_path("https://evil", "/")
    ('/meja/2026-S1', '/', '/')
    """
    return text if _OURS.fullmatch(text) and "//" not in text else otherwise
