"""JSON from strangers: values that no JSON knows, and numbers without end, cost themselves only."""

import json
from typing import Any, Final

__all__ = ["decode_first", "load_json"]

# Python refuses to convert longer ones; no date, id or count is as long.
_MOST_DIGITS: Final = 400


def _read_integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _read_constant(_: str) -> None:
    """NaN and Infinity, which JSON does not have, say nothing."""


# strict=False: editors paste line breaks into headlines.
_QUICK: Final = json.JSONDecoder(strict=False, parse_constant=_read_constant)
_PATIENT: Final = json.JSONDecoder(strict=False, parse_constant=_read_constant, parse_int=_read_integer)


def load_json(text: str) -> Any:
    """Read a JSON text, whatever follows its first value; None where it is none.

    >>> load_json('{"tanggal": NaN, "judul": "Rapat"};')
    {'tanggal': None, 'judul': 'Rapat'}
    """
    return decode_first(text.lstrip("\ufeff \t\r\n"))[0]


def decode_first(text: str, start: int = 0) -> tuple[Any, int]:
    """Read the JSON value that begins at a place of a text, and where it ends; `(None, start)` for none."""
    for decoder in (_QUICK, _PATIENT):
        try:
            return decoder.raw_decode(text, start)
        except json.JSONDecodeError:
            return None, start
        except ValueError:
            continue  # a number of thousands of digits
        except (RecursionError, IndexError):
            return None, start
    return None, start
