"""The small city served on loopback, with a user of each role."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html

from activity.user import Role
from desk.office import password
from desk.office.user import add_user
from desk.setting.config import Config, load_config
from testkit.database import new_database
from testkit.served import AFTER, fill, listening
from web.app import make_app
from web.door import Door
from web.serving import PagesPlace, open_door

WORDS = "empat kata yang mudah"


@dataclass
class Visitor:
    """A browser, signed in or not."""

    client: httpx.Client
    role: Role | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
        return self.ask("POST", path, data=form, headers=headers)

    def ask(self, method: str, path: str, **values: Any) -> httpx.Response:
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        answer = self.client.request(method, path, **values)
        self.cookies |= dict(answer.cookies)
        return answer

    def csrf(self, path: str = "/terlewat") -> str:
        """The token that a form of that page brings along."""
        found = html.fromstring(self.get(path).content).xpath("//input[@name='csrf']/@value")
        return str(found[0])

    def send(self, path: str, page: str = "/terlewat", **form: str) -> httpx.Response:
        """A form as the browser sends it from one of our pages."""
        return self.post(path, {"csrf": self.csrf(page), **form})

    def sign_in(self, name: str, words: str = WORDS, **form: str) -> httpx.Response:
        return self.send("/masuk", "/masuk", name=name, password=words, **form)


@dataclass
class City:
    """A door, and browsers before it."""

    door: Door
    client: httpx.Client

    def visit(self, role: Role | None = None) -> Visitor:
        visitor = Visitor(self.client, role)
        if role is not None:
            assert visitor.sign_in(role.value).status_code == 303
        return visitor


@pytest.fixture(scope="package", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    cheap = (2, 8, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password, "COST", cheap)
        patch.setattr(password.hash_password, "__defaults__", (cheap,))
        yield


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="package")
def opened(folder: Path) -> Door:
    url = new_database(folder / "denyut.db")
    engine = fill(url)
    for role in Role:
        add_user(engine, role.value, f"Orang {role.value}", role, WORDS, datetime(2026, 1, 1, tzinfo=UTC))
    engine.dispose()
    config = load_config({"DENYUT_DATABASE": url, "DENYUT_NOW": AFTER, "DENYUT_CITY": "Kota <Uji>"})
    return open_door(config, PagesPlace())


@pytest.fixture(scope="package")
def serve() -> Iterator[Callable[[Door], City]]:
    """Serves a door until the tests are over."""
    with ExitStack() as until_the_end:

        def start(door: Door) -> City:
            until_the_end.enter_context(closing(door.semesters))
            return City(door, until_the_end.enter_context(listening(make_app(door))))

        yield start


@pytest.fixture(scope="package")
def city(opened: Door, serve: Callable[[Door], City]) -> City:
    """As on an officer's own machine: whoever comes may look."""
    return serve(opened)


@pytest.fixture(scope="package")
def closed(opened: Door, serve: Callable[[Door], City]) -> City:
    """As beyond loopback: one signs in to look."""
    return serve(replace(opened, is_open=False))


@pytest.fixture(scope="package")
def public(opened: Door, serve: Callable[[Door], City]) -> City:
    return serve(replace(opened, is_public=True))


@pytest.fixture
def copied(opened: Door, folder: Path, tmp_path: Path) -> Config:
    """The same city, for a test that writes."""
    opened.engine.dispose()
    shutil.copy(folder / "denyut.db", tmp_path / "denyut.db")
    return load_config({"DENYUT_DATABASE": f"sqlite:///{tmp_path / 'denyut.db'}", "DENYUT_NOW": AFTER})


@pytest.fixture
def own(copied: Config, serve: Callable[[Door], City]) -> City:
    """That city served."""
    return serve(open_door(copied, PagesPlace()))
