"""A county and a small one, made once."""

import pytest

from ingest.sample.people import make_people
from tests.support.sample_land import PlainNames, make_land


@pytest.fixture(scope="session")
def county_land():
    """A whole county: 131 small areas."""
    return make_land(1.0)


@pytest.fixture(scope="session")
def county(county_land):
    return make_people(county_land, PlainNames())


@pytest.fixture(scope="session")
def small_land():
    """The smallest county there is."""
    return make_land(0.1)


@pytest.fixture(scope="session")
def small(small_land):
    return make_people(small_land, PlainNames())


@pytest.fixture(params=["county", "small"], scope="session")
def people(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def land_of(people, county, county_land, small_land):
    return county_land if people is county else small_land
