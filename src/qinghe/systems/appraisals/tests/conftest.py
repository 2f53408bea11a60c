import pytest

from tests.cast import make_wider_cast
from tests.kept import kept

from . import makers


@kept
def cast():
    return make_wider_cast()


@pytest.fixture
def members(cast):
    return makers.make_members(cast.branch, 10)


@pytest.fixture
def campaign(cast, members):
    return makers.open_and_list(cast)


@pytest.fixture
def roll(cast, campaign):
    return campaign.rolls.get(org=cast.branch)
