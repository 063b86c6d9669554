"""Who may sign in, what is remembered of it, and how long; on both engines."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from activity.agency import Agency, Channel
from activity.errors import ConfigError
from activity.user import Missed, Role, User
from db.engine import reading
from db.nightly.run import begin_run
from db.office.missed import answer_missed, forget_senders, load_missed, save_missed
from db.office.user import (
    delete_user,
    find_session,
    find_user,
    has_users,
    load_users,
    save_password,
    save_user,
)
from db.post.query import load_named_posts
from db.semester.state import load_known_days, load_state
from desk.office import password
from desk.office.password import hash_password, matches
from desk.office.user import add_user, change_password, find_signed_in, sign_in, sign_out

NOW = datetime(2026, 7, 2, 3, tzinfo=UTC)
WORDS = "empat kata yang mudah"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    cheap = (2, 8, 1)
    monkeypatch.setattr(password, "COST", cheap)
    monkeypatch.setattr(password.hash_password, "__defaults__", (cheap,))


def _add(engine, name="siti", role=Role.JURY):
    return add_user(engine, name, "Siti  Aminah", role, WORDS, NOW)


def _enter(engine, words=WORDS, now=NOW):
    signed = sign_in(engine, "siti", words, now)
    assert signed is not None
    return signed


def test_a_session_is_known_by_its_secret_until_its_time_is_over(engine):
    user = _add(engine)
    assert (user.signature, load_users(engine)) == ("Siti Aminah (siti)", (user,))
    signed = _enter(engine)
    assert find_signed_in(engine, signed.secret, NOW + timedelta(hours=11)) == user
    assert find_signed_in(engine, signed.secret, NOW + timedelta(hours=12)) is None
    assert find_signed_in(engine, "another", NOW) is None
    sign_out(engine, signed.secret)
    assert find_signed_in(engine, signed.secret, NOW) is None


def test_neither_password_nor_secret_stands_in_the_database(engine):
    _add(engine)
    signed = _enter(engine)
    with reading(engine) as connection:
        kept = repr(
            [connection.execute(text(f"SELECT * FROM {t}")).all() for t in ("web_user", "web_session")]
        )
    assert WORDS not in kept
    assert signed.secret not in kept
    assert sha256(signed.secret.encode()).hexdigest() in kept


@pytest.mark.parametrize(("name", "words"), [("siti", "empat kata yang lain"), ("budi", WORDS), ("a\0b", "")])
def test_another_password_or_name_opens_nothing(engine, name, words):
    _add(engine)
    assert sign_in(engine, name, words, NOW) is None


def test_another_password_and_a_removal_end_every_session(engine):
    _add(engine)
    first = _enter(engine)
    change_password(engine, "siti", "lima kata yang amat mudah")
    assert find_signed_in(engine, first.secret, NOW) is None
    second = _enter(engine, "lima kata yang amat mudah")
    delete_user(engine, "siti")
    assert find_signed_in(engine, second.secret, NOW) is None
    assert not has_users(engine)
    for gone in (lambda: delete_user(engine, "siti"), lambda: save_password(engine, "siti", "x")):
        with pytest.raises(ConfigError, match="no user 'siti'"):
            gone()


def test_a_session_that_is_over_is_forgotten_when_the_next_begins(engine):
    _add(engine)
    old = _enter(engine)
    _enter(engine, now=NOW + timedelta(days=1))
    assert find_session(engine, sha256(old.secret.encode()).hexdigest(), NOW) is None


def test_a_name_belongs_to_one(engine):
    _add(engine)
    with pytest.raises(ConfigError, match="already"):
        save_user(engine, User("siti", "X", Role.VIEWER, NOW), "x")
    found = find_user(engine, "siti")
    assert found is not None
    assert found[0].role is Role.JURY


@pytest.mark.parametrize(
    ("name", "full", "words"),
    [("Siti", "S", WORDS), ("s", "S", WORDS), ("siti", " ", WORDS), ("siti", "S", "x" * 11)],
)
def test_what_will_not_do_is_refused(engine, name, full, words):
    with pytest.raises(ConfigError):
        add_user(engine, name, full, Role.VIEWER, words, NOW)
    assert load_users(engine) == ()


def test_a_password_is_itself_and_no_other():
    kept = hash_password(WORDS)
    assert matches(WORDS, kept)
    assert not matches(WORDS + ".", kept)
    assert not matches(WORDS, None)
    assert hash_password(WORDS) != kept


def test_a_report_waits_is_answered_once_and_forgets_its_sender(engine):
    draft = Missed(0, "dinkes", Channel.WEBSITE, "https://dinkes.id/a", "Ibu Rahasia", "di beranda", NOW)
    first, second = save_missed(engine, draft), save_missed(engine, draft)
    assert first is not None
    answer_missed(engine, first, who="Budi (budi)", answer="sudah masuk", now=NOW)
    assert [each.number for each in load_missed(engine)] == [second, first]
    assert load_missed(engine, "dishub") == ()
    with pytest.raises(ConfigError, match="No report"):
        answer_missed(engine, first, who="x", answer="y", now=NOW)
    assert forget_senders(engine, NOW) == 0
    assert forget_senders(engine, NOW + timedelta(seconds=1)) == 1
    assert [(each.who, each.url) for each in load_missed(engine)] == [
        ("Ibu Rahasia", draft.url),
        ("", draft.url),
    ]


def test_the_state_moves_with_the_registry_and_with_every_night(engine, office):
    states = [load_state(engine)]
    office.register(date(2026, 2, 1), Agency("kuin", "Kuin", "kelurahan"), website="https://kuin.id/")
    states.append(load_state(engine))
    office.register(date(2026, 2, 2), Agency("kuin", "Kuin Baru", "kelurahan"), website="https://kuin.id/")
    states.append(load_state(engine))
    assert load_known_days(engine) is None
    begin_run(engine, date(2026, 2, 3), office.evening(date(2026, 2, 3)))
    assert load_state(engine) == states[-1]
    office.crawl(date(2026, 2, 3), office.looked())
    states.append(load_state(engine))
    assert len(set(states)) == len(states)
    assert load_known_days(engine) == (date(2026, 2, 3), date(2026, 2, 3))
    assert load_state(engine) == states[-1]


def test_posts_are_found_by_address_and_key_of_the_offices_that_are_named(engine, office):
    night = date(2026, 2, 3)
    office.register(night, Agency("kuin", "Kuin", "kelurahan"), website="https://kuin.id/")
    office.register(night, Agency("antasan", "Antasan", "kelurahan"), website="https://antasan.id/")
    office.crawl(night, office.looked(office.post("k1", night), office.post("k2", night)))
    named = {"https://a.id/k1", "k2", "k3"}
    found = load_named_posts(engine, Channel.WEBSITE, {"kuin"}, named)
    assert [(each.agency, each.key) for each in found] == [("kuin", "k1"), ("kuin", "k2")]
    assert load_named_posts(engine, Channel.INSTAGRAM, {"kuin"}, named) == ()
    assert load_named_posts(engine, Channel.WEBSITE, set(), named) == ()
