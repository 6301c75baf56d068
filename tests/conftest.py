"""What holds for every test; its place also lets tests import ``build``, wherever they stand."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

from browsing import DARK, PROGRAM
from desk import Desk
from nightly import IS_NIGHT
from pledges.streams import ENDING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

# A busy machine says nothing about our code: no example fails for being slow.
ANY_MACHINE: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# The same examples in every run, so that a change is judged by itself; new ones every night.
settings.register_profile("ci", ANY_MACHINE, max_examples=25, derandomize=True, database=None)
settings.register_profile("nightly", ANY_MACHINE, max_examples=500, print_blob=True)
settings.load_profile("nightly" if IS_NIGHT else "ci")

# ``nohup`` and a shell's background jobs ignore signals, and so would the programs that tests send
# them to; a handler of our own is not handed on to these.
for number in filter(None, (getattr(signal, name, None) for name in ENDING)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)


@pytest.hookimpl(tryfirst=True)  # before what is slow is left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A law that is tried with many examples is slow."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("slow")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the sample ledger on it."""
    return Desk(tmp_path)


# One browser for all tests of a process: it takes longer to start than to show a page.


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """What drives a browser."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: "Playwright") -> Iterator["Browser"]:
    """The browser of this system."""
    with playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"]) as launched:
        yield launched


@pytest.fixture(scope="session")
def dark_browser(playwright: "Playwright") -> Iterator["Browser"]:
    """The browser of this system where it forces a dark mode on what it shows."""
    args = ["--no-sandbox", DARK]
    with playwright.chromium.launch(executable_path=PROGRAM, args=args) as launched:
        yield launched


@pytest.fixture(scope="session")
def page(browser: "Browser") -> Iterator["Page"]:
    """A page of the browser, for one text of HTML after the other."""
    opened = browser.new_page()
    yield opened
    opened.close()
