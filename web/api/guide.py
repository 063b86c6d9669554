"""A page for people: every address of the API, what it may be asked, and an example."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from db.office.registry import load_agencies
from web.api.offer import API, list_offers
from web.api.ranking import CHOICES
from web.door import PageRequest

__all__ = ["ApiAddress", "show_guide"]


@dataclass(frozen=True, slots=True)
class ApiAddress:
    """One address as the page tells of it.

    Attributes:
        about: English, as docs/database.md has it.
        parameters: names, each with its meaning.
        example: path and question, to be opened.
    """

    path: str
    about: str
    parameters: tuple[tuple[str, str], ...]
    example: str


def show_guide(ask: PageRequest) -> Response:
    """Show the page; its examples are of the newest semester, and of the office whose page led here."""
    shown = ask.door.list_shown()
    semester = str(shown[0]) if shown else "2026-S1"
    office = ask.query.get("kantor", "")
    known = office and any(row.agency.slug == office for row in load_agencies(ask.door.engine))
    wanted = {"semester": semester, **({"agency": office} if known else {}), "limit": "3"}
    ranking = f"{API}/semesters/{semester}/ranking"
    addresses = [
        ApiAddress(f"{API}/openapi.json", "This list for programs: OpenAPI 3.1.", (), f"{API}/openapi.json"),
        ApiAddress(f"{API}/semesters", "The semesters, the newest first.", (), f"{API}/semesters"),
        ApiAddress(
            f"{API}/semesters/{{semester}}/ranking",
            "A semester's places per channel and level, and all channels together.",
            tuple((each.name, each.about) for each in CHOICES),
            f"{ranking}?channel=website",
        ),
    ]
    for offer in list_offers(is_public=ask.door.is_public).values():
        if ask.may(offer.right):
            told = tuple((each.name, each.about) for each in offer.parameters)
            names = {name for name, _ in told}
            question = urlencode({name: value for name, value in wanted.items() if name in names})
            addresses.append(ApiAddress(offer.path, offer.table.about, told, f"{offer.path}?{question}"))
    return ask.show("api", addresses=addresses, base=ask.base, basic=ask.door.takes_passwords)
