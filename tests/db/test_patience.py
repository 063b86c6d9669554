"""A server that goes away for a while: what waits goes on, once, and holds its lock again."""

import threading
import time

import pytest
from sqlalchemy import text

from activity.errors import DatabaseBusyError, StoreError, StoreGoneError
from db.engine import reading, writing
from db.lock import hold_lock
from db.opening import open_database
from db.patience import Patience


def count(engine) -> int:
    with reading(engine) as connection:
        return connection.execute(text("SELECT count(*) FROM setting WHERE name LIKE 'n%'")).scalar_one()


def add(engine, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES (:n, 'x')"), {"n": name})


@pytest.fixture
def engine(own_postgres):
    engine = open_database(own_postgres.url, create=True)
    yield engine
    engine.dispose()


def test_what_needs_a_server_that_went_away_is_done_when_it_is_back_and_once(own_postgres, engine, caplog):
    add(engine, "n0")
    with hold_lock(engine.url, "crawl") as renew:
        own_postgres.stop()
        back = threading.Timer(1.5, own_postgres.start)
        back.start()
        patience = Patience(60, renew)
        patience.outlast(lambda: add(engine, "n1"))
        back.join()
        assert count(engine) == 2
        # The server took the lock with it; whoever went on holds it again.
        with pytest.raises(DatabaseBusyError), hold_lock(engine.url, "crawl"):
            pass
    with hold_lock(engine.url, "crawl"):
        pass
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "waited for, up to 60 s" in told[0]
    assert "is back after" in told[1]


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_server_that_stays_away_ends_it_when_the_time_is_over(own_postgres, engine, mode, caplog):
    with hold_lock(engine.url, "crawl") as renew:
        own_postgres.stop(mode)
        start = time.monotonic()
        patience = Patience(1, renew)
        with pytest.raises(StoreGoneError, match="cannot be used"):
            patience.outlast(lambda: add(engine, "n1"))
        assert 0.9 < time.monotonic() - start < 10
        with pytest.raises(StoreGoneError):
            patience.outlast(lambda: add(engine, "n3"))
        with pytest.raises(StoreGoneError):
            Patience(0).outlast(lambda: add(engine, "n2"))
        with pytest.raises(StoreGoneError):
            renew()
    # Nothing is said of the lock's connection, at the other end of which nobody is.
    assert [record.name for record in caplog.records] == ["db.patience"]


def test_somebody_who_took_the_lock_meanwhile_keeps_it(own_postgres, engine):
    with hold_lock(engine.url, "crawl") as renew:
        own_postgres.stop()
        own_postgres.start()
        with hold_lock(engine.url, "crawl"), pytest.raises(DatabaseBusyError):
            Patience(1, renew).outlast(lambda: add(engine, "n1"))
        assert count(engine) == 0
        renew()
        renew()


def test_who_gives_up_waits_no_longer(own_postgres, engine):
    own_postgres.stop()
    patience = Patience(60)
    threading.Timer(0.5, patience.give_up).start()
    start = time.monotonic()
    with pytest.raises(StoreGoneError):
        patience.outlast(lambda: add(engine, "n1"))
    assert time.monotonic() - start < 10


def test_what_waiting_does_not_mend_is_not_waited_for(engine):
    with pytest.raises(StoreError) as caught:
        Patience(60).outlast(lambda: open_database(str(engine.url.set(database="template1"))))
    assert type(caught.value) is not StoreGoneError
