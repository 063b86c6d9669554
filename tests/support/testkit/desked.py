"""The desk's pages of the small ranked city, as files that a browser opens."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from activity.agency import Channel, Keeper
from activity.flag import Flag, FlaggedPost, FlagKind
from activity.jury import Action, Objection, Override, Publication
from activity.result.pulse import SemesterView
from activity.upload import Upload
from activity.user import Missed, Role, User
from desk.office.keeper import KeptOffice, KeptState
from desk.view.case import Beside, Case
from desk.view.semester import arrange_offices
from reports.pages.desk import DeskPages
from scoring.jury.decision import measure_progress
from testkit.paged import EVIL as _ENDLESS
from testkit.zone import MAKASSAR

__all__ = ["draw_desk"]

_EVIL = _ENDLESS[:400]
_NOW = datetime(2026, 7, 2, 2, tzinfo=UTC)
_POST = FlaggedPost("/b/1", "https://dinkes.example/b/1", _EVIL, date(2026, 2, 5), date(2026, 2, 5))
_FLAG = Flag(FlagKind.COPIED, "dinkes", Channel.WEBSITE, (_POST,), "has the words of another (/b/2) " + _EVIL)


@dataclass(frozen=True)
class _Desk:
    """Everything that the templates are given."""

    view: SemesterView

    def draw(self) -> dict[str, bytes]:
        """Each page by its path."""
        pages = DeskPages("Kota <Uji> & kawan", "id", MAKASSAR)
        jury = User("siti", "Siti <b>Aminah</b>", Role.JURY, _NOW)
        links = (("desk.missed_link", "/terlewat"), ("desk.work", "/meja"))
        frame: dict[str, Any] = {"user": jury, "csrf": "0" * 64, "links": links, "here": "/meja"}
        drawn = {
            f"meja/{name}.html": pages.draw(name, **frame, **values) for name, values in self._tell().items()
        }
        stranger = frame | {"user": None}
        return drawn | {
            "meja/signin.html": pages.draw("signin", **stranger, back="/", name="x", problem="Tidak cocok."),
            "meja/message.html": pages.draw(
                "message", **stranger, title="Tidak ada", lead="Alamatnya keliru.", back="/", foreign=False
            ),
        }

    def _tell(self) -> dict[str, dict[str, Any]]:
        offices = list(arrange_offices(self.view, {}, {}))
        decision = Override(
            3, "2026-S1", "dinkes", Channel.WEBSITE, Action.DROP, "/b/1", "Ketua", _EVIL, "BA 4", _NOW
        )
        asked = Objection(1, "2026-S1", "dinkes", None, "Lurah", _EVIL, _NOW, late="Surat tertahan")
        told = Objection(
            2, "2026-S1", "dinkes", Channel.WEBSITE, "L", "r", _NOW, _NOW, "K", "Ya", accepted=True
        )
        missed = Missed(
            7, "dinkes", Channel.WEBSITE, "https://dinkes.example/" + "x" * 300, "Ibu", _EVIL, _NOW
        )
        shown = Publication("2026-S1", _NOW, "Ketua", date(2026, 7, 1), "0" * 64)
        progress = measure_progress(shown, (asked,), (), (), date(2026, 7, 2))
        case = Case("0" * 16, _FLAG, "Dinas Kesehatan", "do not count", {"/b/1": decision})
        whole = Case("1" * 16, Flag(FlagKind.SPAM, "dinkes", Channel.WEBSITE, (), _EVIL), "Dinkes", "", {})
        office = next(each for each in offices if each.agency.slug == "dinkes")
        frame = {"semester": self.view.ranking.semester, "newest": False, "progress": progress}
        rights = {"may_decide": True, "may_handle": True, "is_sealed": False}
        agencies, channels = [each.agency for each in offices], list(Channel)
        keeper = Keeper(_EVIL, date(2024, 5, 2))
        kept = [KeptOffice(each, keeper, KeptState.LONG_AGO) for each in agencies]
        sent = Upload(
            1,
            "dinkes",
            Channel.INSTAGRAM,
            "2026-03",
            _NOW,
            "Siti",
            _NOW,
            _NOW,
            _EVIL[:200],
            4_000_000,
            "0" * 64,
        )
        waiting = Upload(2, "dinkes", Channel.FACEBOOK, "2026-03", _NOW, "Siti", _NOW + timedelta(days=9))
        return {
            "keepers": {"groups": [(state, kept) for state in KeptState]},
            "uploads": {
                "found": [sent, waiting],
                "agencies": {each.slug: each for each in agencies},
                "offices": agencies,
                "channels": channels,
                "now": _NOW,
                "form": {},
                "problem": _EVIL,
                "may_handle": True,
            },
            "upload_made": {
                "link": waiting,
                "agency": agencies[0],
                "address": "http://127.0.0.1/kirim/" + "x" * 43,
            },
            "upload": {
                "upload": sent,
                "agency": agencies[0],
                "lines": [],
                "problem": _EVIL,
                "now": _NOW,
                "may_handle": True,
            },
            "send": {"link": waiting, "agency": agencies[0], "most": 100, "problem": ""},
            "missed": {
                "offices": agencies,
                "channels": channels,
                "form": {"who": _EVIL},
                "problem": "Pilih kantornya.",
            },
            "work": {"semesters": [frame["semester"]], "waiting": 2, "files": 1, "lacking": 3},
            "overview": frame | {"cases": 2, "decisions": 1, "objections": 2, "offices": agencies},
            "flags": frame
            | {
                "cases": [case, whole],
                "count": 2,
                "kinds": list(FlagKind),
                "kind": "copied",
                "agency": _EVIL[:80],
            }
            | {"only_open": True, "page": 2, "pages": 3, "query": "jenis=&kantor="},
            "flag": frame
            | rights
            | {"case": case, "most": 40}
            | {"beside": [Beside("disdik", "Dinas Pendidikan", _POST, _EVIL)]},
            "agency": frame
            | rights
            | {"office": office, "cases": [case], "decisions": [decision], "standing": {3}}
            | {"objections": [asked, told], "missed": [missed], "keeper": keeper},
            "decisions": frame | {"found": [decision], "standing": set()},
            "objections": frame
            | rights
            | {"found": [asked, told], "offices": agencies, "channels": channels},
            "reports": rights | {"found": [missed]},
        }


def draw_desk(view: SemesterView) -> dict[str, bytes]:
    """Every page of the desk, and each form, by its path."""
    return _Desk(view).draw()
