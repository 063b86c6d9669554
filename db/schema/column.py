"""How moments, days and words of the vocabulary are kept, alike on both engines."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

__all__ = ["Day", "MomentColumn", "Word", "days_since_epoch", "epoch_day"]

_EPOCH = date(1970, 1, 1)


def days_since_epoch(day: date) -> int:
    """Count the days from 1970 to a local day, as it is stored."""
    return (day - _EPOCH).days


@lru_cache(maxsize=4096)
def epoch_day(number: int) -> date:
    """Read a local day from what is stored."""
    return _EPOCH + timedelta(days=number)


class MomentColumn(TypeDecorator[datetime]):
    """An aware moment, kept as whole seconds since 1970-01-01 UTC on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Refuse a moment without a zone: it would silently mean the host's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return int(value.timestamp() // 1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give UTC back."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Day(TypeDecorator[date]):
    """A local day, kept as days since 1970-01-01, so that both engines count with it alike."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Count the days."""
        return None if value is None else days_since_epoch(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Count back."""
        return None if value is None else epoch_day(value)


class Word(TypeDecorator[StrEnum]):
    """A member of one of the vocabulary's enums, kept as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self._members = {word.value: word for word in words}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Refuse a word that the vocabulary does not have."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Give the member back; by a table, since a million rows would wait for the enum to be called."""
        return None if value is None else self._members.get(value) or self.words(value)
