"""What the API offers: the analysts' views, and how each is asked. Routes and document are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from activity.user import Right
from db.export.kind import Table, choose_tables
from web.api.parameter import Parameter, list_parameters

__all__ = ["API", "Offer", "is_api", "list_offers"]

API = "/api/v1"
_PUBLIC = frozenset(
    {"posts", "rankings", "ranking_metrics", "vacuum", "flags", "views_version", "dictionary"}
)
"""What everybody may have of a sealed semester: what was settled with the seal. The others tell what the data
say today, which may be another thing, or what the public pages do not show."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One view.

    Attributes:
        right: what one needs to see it.
    """

    table: Table
    right: Right
    parameters: tuple[Parameter, ...]

    @property
    def path(self) -> str:
        """Where it is asked."""
        return f"{API}/{self.table.name}"


def is_api(path: str) -> bool:
    """Tell whether a program asks there, and is answered in JSON.

    >>> is_api("/api/v1/posts"), is_api("/api")
    (True, False)
    """
    return path.startswith("/api/")


@cache
def list_offers(*, is_public: bool) -> Mapping[str, Offer]:
    """List every view that is offered, in the documents' order; without names and words of persons."""
    tables = [table for table in choose_tables() if not is_public or table.name in _PUBLIC]
    return MappingProxyType({table.name: _make_offer(table) for table in tables})


def _make_offer(table: Table) -> Offer:
    # Where a captured page lies is for those who may see it.
    right = Right.EVIDENCE if table.name == "records" else Right.LOOK
    return Offer(table, right, list_parameters(table))
