"""One page under several addresses, as far as they show it: languages, renderings, idle query values."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

__all__ = ["Translation", "find_idle_parameters", "fold_case", "strip_rendering", "translation_of"]

# Links of a list that must agree, and addresses of earlier nights that must be met again.
FEWEST_LINKS: Final = 3
FEWEST_RETURNS: Final = 2
# So many words, or figures, are a title's.
FEWEST_WORDS: Final = 3
_BETWEEN: Final = re.compile(r"[-_]")
_LANGUAGE_NAMES: Final = re.compile(r"lang(?:uage)?|bahasa|locale|hl|lg", re.IGNORECASE)
_LANGUAGES: Final = frozenset(
    {
        "id",
        "en",
        "ind",
        "eng",
        "id_id",
        "en_us",
        "en_gb",
        "ar",
        "zh",
        "ja",
        "ko",
        "de",
        "fr",
        "nl",
        "ms",
        "jv",
        "su",
    }
)
# Names that say themselves that they are no part of the address: versions, clocks, where one came from.
_IDLE_NAMES: Final = re.compile(
    r"v|ver|version|_|t|ts|time|timestamp|r|rnd|rand|random|cb|cache|nocache|cachebuster|hash|token|csrf\w*|nonce|"
    r"ref|referr?er|from|src|source|via|utm_\w+|sid|session\w*|visit\w*|click\w*|_\w{1,4}",
    re.IGNORECASE,
)
# What chooses the post, even where all links of one list have one value.
_ROUTES: Final = re.compile(
    r"page|hal|halaman|mod|module|modul|option|view|task|act|action|menu|p|m|id|itemid|cat\w*", re.IGNORECASE
)
_OPAQUE: Final = re.compile(r"(?=[^\d]*\d)[\w.\-]{2,64}")
# As nearly every stored post's address is written; each is read every night.
_BARE: Final = re.compile(r"https?://[^/?#;\s\[\]@]+(/[^?#;\s]*)")
_FRONT: Final = re.compile(r"^/(?:index|default)\.(?:php|aspx?|cfm)(?=/.)", re.IGNORECASE)
_AMP: Final = re.compile(r"/amp/?$|(?<=\w)[.-]amp(?=\.html?$)", re.IGNORECASE)
_PRINT_FOLDER: Final = re.compile(
    r"/(?:print|cetak|printview|printable|printer)(?=/.)|(?<=\w)/(?:print|cetak)/?$", re.IGNORECASE
)
_RENDERING: Final = frozenset(
    {
        ("amp", ""),
        ("amp", "1"),
        ("m", "0"),
        ("m", "1"),
        ("print", "1"),
        ("tmpl", "component"),
        ("layout", "default"),
    }
    | {
        ("format", "amp"),
        ("outputtype", "amp"),
        ("output", "print"),
        ("view", "print"),
        ("cetak", "1"),
        ("printable", "yes"),
    }
)


@dataclass(frozen=True, slots=True)
class Translation:
    """A version in a language; `url` is the same address without what names the language."""

    language: str
    url: str


def translation_of(url: str) -> Translation | None:
    """Read the language out of an address's first folder or its query; None where it names none.

    >>> translation_of("https://a.id/en/berita/rapat")
    Translation(language='en', url='https://a.id/berita/rapat')
    >>> translation_of("https://a.id/berita/rapat?lang=en").url
    'https://a.id/berita/rapat'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    query = parse_qsl(parts.query, keep_blank_values=True)
    for name, value in query:
        if _LANGUAGE_NAMES.fullmatch(name) and _is_language(value):
            left = [pair for pair in query if pair[0] != name]
            return Translation(
                value.lower()[:2], urlunsplit(parts._replace(query=urlencode(left, errors="replace")))
            )
    front = _FRONT.match(parts.path)
    path = parts.path[front.end() :] if front else parts.path
    first, _, rest = path.lstrip("/").partition("/")
    if rest and _is_language(first):
        return Translation(first.lower()[:2], urlunsplit(parts._replace(path=f"/{rest}")))
    return None


def _is_language(text: str) -> bool:
    return text.lower().replace("-", "_") in _LANGUAGES


@lru_cache(maxsize=4_096)
def strip_rendering(url: str) -> str:
    """Give the address of a page itself for that of its AMP, print or mobile view, or behind `index.php/`.

    >>> strip_rendering("https://a.id/index.php/berita/12?tmpl=component&print=1")
    'https://a.id/berita/12'
    >>> strip_rendering("https://a.id/berita/cetak/12-rapat/"), strip_rendering("https://a.id/berita/rapat/amp/")
    ('https://a.id/berita/12-rapat/', 'https://a.id/berita/rapat/')
    """
    bare = _BARE.fullmatch(url)
    if bare is not None and not any(form.search(bare[1]) for form in (_FRONT, _AMP, _PRINT_FOLDER)):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = _FRONT.sub("", parts.path)
    amp = _AMP.sub("", path)
    if amp != path:
        path = f"{amp}/" if path.endswith("/") else amp
    path = _PRINT_FOLDER.sub("", path) or "/"
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if (name.lower(), value.lower()) not in _RENDERING]
    written = parts.query if len(kept) == len(query) else urlencode(kept, errors="replace")
    return urlunsplit(parts._replace(path=path, query=written))


def fold_case(key: str) -> str:
    """Give the key of a page whose address ends in words for that of the same words in other letters.

    Programs on Windows, and some others, answer under any case, and link a title now so, now so. What is no
    words, as the address of a file at Drive, tells pages apart by it.

    >>> fold_case("/berita/Rapat-Kerja-Tahunan"), fold_case("/d/1aZ-9xQ-b")
    ('/berita/rapat-kerja-tahunan', '/d/1aZ-9xQ-b')
    """
    if key.islower():
        return key
    words = _BETWEEN.split(key.rpartition("/")[2].partition(".")[0])
    told = len(words) >= FEWEST_WORDS and all(word.isalpha() or word.isdecimal() for word in words)
    return key.lower() if told else key


def find_idle_parameters(urls: Iterable[str], earlier: Iterable[str] = ()) -> frozenset[str]:
    """Find the query values that tell nothing of the post, by evidence over a list's addresses.

    Either all links of the list bear one opaque value though their paths alone tell them apart, or addresses
    of earlier nights come back with another value, which none of them had before.

    Args:
        urls: the links that head the list's records tonight.
        earlier: addresses of posts stored before.

    >>> sorted(find_idle_parameters([f"https://a.id/berita/{n}?v=1127f" for n in "abc"]))
    ['v']
    >>> find_idle_parameters([f"https://a.id/?page=berita&id={n}" for n in "123"])
    frozenset()
    """
    tonight = [query for url in dict.fromkeys(urls) if (query := _split(url)) is not None]
    before = [query for url in dict.fromkeys(earlier) if (query := _split(url)) is not None]
    names = {name for _, query in tonight for name in query}
    idle = {name for name in names if _is_same_everywhere(name, tonight)}
    idle |= {name for name in names if _changes(name, tonight, before)}
    return frozenset(idle)


_Split = tuple[str, Mapping[str, str]]


def _split(url: str) -> _Split | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))


def _is_same_everywhere(name: str, tonight: Sequence[_Split]) -> bool:
    """Whether all links bear one value of this name, and are told apart by their paths."""
    values = {query.get(name) for _, query in tonight}
    paths = {path for path, _ in tonight}
    if len(tonight) < FEWEST_LINKS or len(values) != 1 or None in values or len(paths) != len(tonight):
        return False
    value = next(iter(values)) or ""
    if _ROUTES.fullmatch(name) or _LANGUAGE_NAMES.fullmatch(name):
        return False
    return bool(_IDLE_NAMES.fullmatch(name) or _OPAQUE.fullmatch(value))


def _changes(name: str, tonight: Sequence[_Split], before: Sequence[_Split]) -> bool:
    """Whether addresses of earlier nights are met again with nothing changed but this value."""
    if _LANGUAGE_NAMES.fullmatch(name):
        return False
    known: defaultdict[object, set[str]] = defaultdict(set)
    for path, query in before:
        if name in query:
            known[_rest(path, query, name)].add(query[name])
    values = {query[name] for _, query in tonight if name in query}
    if values & {value for group in known.values() for value in group}:
        return False
    back = {rest for path, query in tonight if name in query and (rest := _rest(path, query, name)) in known}
    if len(back) < FEWEST_RETURNS or not any(_tells(path, query, name) for path, query in tonight):
        return False
    return bool(_IDLE_NAMES.fullmatch(name)) or all(_OPAQUE.fullmatch(value) for value in values)


def _tells(path: str, query: Mapping[str, str], name: str) -> bool:
    """Whether an address still names something without this value."""
    return bool(path.strip("/")) or len(query) > 1 or name not in query


def _rest(path: str, query: Mapping[str, str], name: str) -> object:
    return path.rstrip("/"), tuple(sorted((n, v) for n, v in query.items() if n != name))
