"""Who keeps an office's accounts: taken in, changed, emptied, kept apart from what everybody sees."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from activity.agency import Agency, Channel, Keeper, RegistryEntry
from db.office.keeper import load_keepers
from db.office.registry import load_agencies, save_registry
from desk.office.keeper import KeptState, list_kept, read_kept

NOW = datetime(2026, 7, 1, 4, tzinfo=UTC)


def _enter(engine: Engine, slug: str, contact: str | None, handover: tuple[date | None] | None) -> int:
    site = {Channel.WEBSITE: f"https://{slug}.go.id/"}
    entry = RegistryEntry(Agency(slug, slug.upper(), "skpd"), site, contact=contact, handover=handover)
    return save_registry(engine, [entry], NOW, timezone="Asia/Makassar").changed


def test_a_registry_says_who_keeps_and_what_it_does_not_say_stays(engine: Engine) -> None:
    _enter(engine, "dinkes", "Siti, 0812", (date(2025, 3, 1),))
    assert load_keepers(engine) == {"dinkes": Keeper("Siti, 0812", date(2025, 3, 1))}
    assert _enter(engine, "dinkes", None, None) == 0
    assert _enter(engine, "dinkes", "Budi", None) == 1
    assert load_keepers(engine) == {"dinkes": Keeper("Budi", date(2025, 3, 1))}
    assert _enter(engine, "dinkes", "", (None,)) == 1
    assert load_keepers(engine) == {}
    assert not hasattr(load_agencies(engine)[0].agency, "contact")


def test_who_is_missing_or_was_handed_over_long_ago_comes_first(engine: Engine) -> None:
    _enter(engine, "baru", "Ani", (date(2026, 1, 1),))
    _enter(engine, "lama", "Budi", (date(2024, 1, 1),))
    _enter(engine, "tanpa", None, None)
    _enter(engine, "tanpa-hari", "Citra", None)
    found = [(kept.agency.slug, kept.state) for kept in read_kept(engine, date(2026, 7, 1))]
    assert found == [
        ("tanpa", KeptState.MISSING),
        ("lama", KeptState.LONG_AGO),
        ("tanpa-hari", KeptState.UNDATED),
        ("baru", KeptState.KNOWN),
    ]


def test_offices_that_do_not_exist_on_the_day_are_left_out() -> None:
    gone = Agency("gone", "Gone", "skpd", valid_to=date(2026, 7, 1))
    assert list_kept([gone], {}, date(2026, 7, 1), timedelta(days=365)) == ()
    assert len(list_kept([gone], {}, date(2026, 6, 30), timedelta(days=365))) == 1
