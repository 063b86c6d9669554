"""Every code of the Graph API in one table: what it means, what is done about it, what the officer does.

Sources: https://developers.facebook.com/docs/graph-api/guides/error-handling and
https://developers.facebook.com/docs/graph-api/overview/rate-limiting. Words for people come in pairs,
Indonesian first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from activity.outcome import Outcome

__all__ = ["CODES", "LIMITS", "PAIRS", "STATUSES", "UNKNOWN", "Meaning", "find_meaning", "list_meanings"]

_Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one number, or a family of them, means.

    Attributes:
        means, done, advice: what it says, what the crawl does, what the officer should do.
        transient: worth asking the same once more.
        too_big: worth asking for a smaller page.
        rests: the token makes no further call in this run.
    """

    outcome: Outcome
    means: _Words
    done: _Words
    advice: _Words
    transient: bool = False
    too_big: bool = False
    rests: bool = False


_UNSEEN: Final = ("malam ini tercatat tidak terlihat", "the night is recorded as unseen")
_RESTS: Final = ("token diistirahatkan sampai putaran berikutnya", "the token rests until the next run")
_STOPS: Final = ("token tidak dipakai lagi malam ini", "the token is not used again tonight")
_NOTHING: Final = ("tidak perlu apa-apa", "nothing needs to be done")

_NOT_VISIBLE = Meaning(
    Outcome.NOT_VISIBLE,
    (
        "akun pribadi, berganti nama, dibatasi umur, atau tidak ada",
        "the account is personal, renamed, age-gated or absent",
    ),
    _UNSEEN,
    (
        "periksa nama akun; minta dinas memakai akun profesional",
        "check the name, ask for a professional account",
    ),
)
_MERGED = Meaning(
    Outcome.MOVED,
    ("Halaman ini telah digabung ke Halaman lain", "the Page was merged into another one"),
    _UNSEEN,
    (
        "tulis nomor Halaman yang baru di daftar akun: denyut agencies import",
        "write the other Page's number into the registry: denyut agencies import",
    ),
)
_THROTTLED = Meaning(
    Outcome.THROTTLED,
    ("batas panggilan tercapai", "call limit reached"),
    _RESTS,
    (
        "tunggu; panggilan lagi hanya memperpanjang. Bila tiap malam: tambah token",
        "wait, further calls only lengthen the wait. Every night: add a token",
    ),
    rests=True,
)
_POLICY = Meaning(
    Outcome.BLOCKED,
    (
        "Meta menangguhkan tindakan ini bagi aplikasi atau penggunanya",
        "Meta has suspended this action for the app or its user",
    ),
    _RESTS,
    (
        "buka developers.facebook.com, baca peringatan aplikasi, ajukan banding",
        "read the app's alerts at developers.facebook.com and appeal",
    ),
    rests=True,
)
_DEAD = Meaning(
    Outcome.TOKEN_DEAD,
    ("token kedaluwarsa atau dicabut", "the token has expired or was withdrawn"),
    _STOPS,
    ("buat token baru: denyut meta setup", "make a new one: denyut meta setup"),
)
_FORBIDDEN = Meaning(
    Outcome.NOT_PERMITTED,
    ("izin belum diberikan atau sudah dicabut", "a permission is missing or was removed"),
    _UNSEEN,
    (
        "beri izin itu lagi kepada aplikasi; bagikan Halamannya",
        "grant it to the app again, share the Page with it",
    ),
)
_PAGE_TOKEN = Meaning(
    Outcome.NOT_PERMITTED,
    (
        "Halaman ini hanya menjawab token Halamannya sendiri",
        "this Page answers only to its own Page token",
    ),
    ("token lain dicoba, bila ada", "other tokens are tried, where there are any"),
    ("pakai token Halaman itu: denyut meta setup", "use that one: denyut meta setup"),
)
_OURS = Meaning(
    Outcome.MISCONFIGURED,
    (
        "permintaan, fitur aplikasi, atau versi API salah",
        "the request, the app's features or the API version is wrong",
    ),
    _UNSEEN,
    ("jalankan denyut meta check", "run denyut meta check"),
)
_PROOF = Meaning(
    Outcome.MISCONFIGURED,
    (
        "aplikasi mewajibkan bukti rahasia aplikasi",
        "the app requires a valid app secret proof with each call",
    ),
    _UNSEEN,
    ("isi rahasia aplikasi: denyut meta setup", "set the app's secret: denyut meta setup"),
)
_TRANSIENT = Meaning(
    Outcome.UNREACHABLE,
    ("server Meta gagal", "Meta's servers failed"),
    ("ditanya sekali lagi, lalu malam berikutnya", "asked once more, then the next night asks again"),
    _NOTHING,
    transient=True,
)
# Code 1 is both "unknown error" and "please reduce the amount of data"; only the text tells them
# apart, so a smaller page is asked for, which serves both.
_TOO_BIG = Meaning(
    Outcome.UNREACHABLE,
    ("server Meta gagal, juga untuk halaman kecil", "Meta's servers failed, also on small pages"),
    ("diminta lagi separuhnya, sampai lima", "asked again for half as much, down to five"),
    _NOTHING,
    too_big=True,
)
UNKNOWN: Final = _OURS

PAIRS: Final[Mapping[tuple[int, int], Meaning]] = {
    (110, 2207013): _NOT_VISIBLE,
    (100, 2207013): _NOT_VISIBLE,
    (100, 33): _NOT_VISIBLE,
    (190, 2069032): _PAGE_TOKEN,
}
"""An exact pair of code and subcode is looked up first, then the code alone."""

CODES: Final[Mapping[int, Meaning]] = {
    1: _TOO_BIG,
    2: _TRANSIENT,
    3: _FORBIDDEN,
    4: _THROTTLED,
    9: _THROTTLED,
    10: _FORBIDDEN,
    17: _THROTTLED,
    21: _MERGED,
    32: _THROTTLED,
    100: _OURS,
    102: _DEAD,
    104: _PROOF,
    110: _NOT_VISIBLE,
    190: _DEAD,
    **dict.fromkeys(range(200, 300), _FORBIDDEN),
    341: _THROTTLED,
    368: _POLICY,
    463: _DEAD,
    467: _DEAD,
    613: _THROTTLED,
    803: _NOT_VISIBLE,
    2500: _OURS,
    2635: _OURS,
    # One for each business use case: 80000 advertising insights, 80001 Pages, 80002 Instagram, and so on.
    **dict.fromkeys(range(80000, 80100), _THROTTLED),
}

LIMITS: Final = frozenset({1996, 1487225, 1487742, 2446079})
"""Subcodes of a limit, under whichever code: too many calls of an account, an ad account or a user."""

STATUSES: Final[Mapping[int, Meaning]] = {
    401: _DEAD,
    403: _FORBIDDEN,
    408: _TRANSIENT,
    429: _THROTTLED,
    **dict.fromkeys(range(500, 600), _TRANSIENT),
}
"""For bodies without a known code, as proxies and gateways send them."""


def find_meaning(code: int, subcode: int = 0, status: int = 0) -> Meaning:
    """Look up the exact pair, then a limit's subcode, the code, the HTTP status.

    >>> find_meaning(80004).outcome, find_meaning(21).outcome
    (<Outcome.THROTTLED: 'throttled'>, <Outcome.MOVED: 'moved'>)
    """
    pair = PAIRS.get((code, subcode))
    if pair is not None:
        return pair
    # "Too many requests" says so whatever number stands beside it.
    if status == 429 or subcode in LIMITS:
        return _THROTTLED
    return CODES.get(code) or STATUSES.get(status, UNKNOWN)


def list_meanings() -> Iterator[tuple[str, Meaning]]:
    """List every meaning once, with its numbers in words such as `4, 80000-80099, HTTP 429`.

    >>> next(numbers for numbers, meaning in list_meanings() if meaning.outcome is Outcome.THROTTLED)
    '4, 9, 17, 32, 341, 613, 80000-80099, HTTP 429'
    """
    numbers: dict[int, list[str]] = {}
    meanings: dict[int, Meaning] = {}
    codes = [(_tell_range(run), CODES[run[0]]) for run in _find_runs()]
    pairs = [(f"{code}/{subcode}", meaning) for (code, subcode), meaning in PAIRS.items()]
    statuses = [(f"HTTP {status}", STATUSES[status]) for status in STATUSES if status <= 500]
    for number, meaning in (*codes, *pairs, *statuses):
        numbers.setdefault(id(meaning), []).append(number)
        meanings[id(meaning)] = meaning
    yield from ((", ".join(told), meanings[each]) for each, told in numbers.items())


def _find_runs() -> list[list[int]]:
    """Codes that follow one another and mean the same, together."""
    runs: list[list[int]] = []
    for code in sorted(CODES):
        if runs and code == runs[-1][-1] + 1 and CODES[code] is CODES[runs[-1][-1]]:
            runs[-1].append(code)
        else:
            runs.append([code])
    return runs


def _tell_range(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
