from collections.abc import Iterator

import httpx
import pytest

from samplecity.city import City
from samplecity.server import CityServer


@pytest.fixture(scope="session")
def city() -> City:
    return City.build(seed=1)


@pytest.fixture(scope="module")
def server(city: City) -> Iterator[CityServer]:
    with CityServer(city) as running:
        yield running


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10) as running:
        yield running
