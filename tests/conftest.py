"""What holds for every test; its place also lets tests import ``build``, wherever they stand."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from desk import Desk
from nightly import IS_NIGHT

# A busy machine says nothing about our code: no example fails for being slow.
ANY_MACHINE: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The same examples in every run, so that a change is judged by itself; new ones every night.
settings.register_profile("ci", ANY_MACHINE, max_examples=25, derandomize=True, database=None)
settings.register_profile("nightly", ANY_MACHINE, max_examples=500, print_blob=True)
settings.load_profile("nightly" if IS_NIGHT else "ci")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the sample ledger on it."""
    return Desk(tmp_path)
