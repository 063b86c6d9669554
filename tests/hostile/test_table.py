"""A few rows of the table of hostile sites, each beside five good ones; `make hostile` tries them all."""

import re
from datetime import datetime

import pytest

from testkit.zone import MAKASSAR
from tests.hostile.crawling import Office
from tests.hostile.rows import ROWS
from tests.hostile.run import try_row
from tests.hostile.serving import Town

# A page, a feed, a server.
QUICK = ("page: two million div", "feed: bad addresses", "server: a flood of headers")


@pytest.fixture(scope="module")
def town():
    with Town(datetime(2026, 3, 2, 22, 0, tzinfo=MAKASSAR)) as town:
        yield town


@pytest.fixture(scope="module")
def office(town, tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"), town)


@pytest.mark.parametrize("name", QUICK)
def test_five_good_sites_are_read_beside_a_hostile_one(office, town, name):
    _, fault = try_row(office, town, ROWS[name])
    # A machine that is busy elsewhere may take longer by the clock.
    assert not re.sub(r"(?:4[5-9]|[5-9]\d|1\d\d) s, [12]?\d s of CPU", "", fault), fault


def test_the_table_has_its_rows():
    assert len(ROWS) >= 100
