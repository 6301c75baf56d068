"""Pages of HTML on a phone, whatever a ledger names its pledges, and a picture that lines up.

Without a browser, or the package that drives it, these are skipped.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from browsing import in_browser, resize, show
from desk import Desk
from papers import LEDGERS, late_by
from samples import ledger_text, numbered_pledge

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = in_browser

PHONE: Final = 375
"""Pixels across a phone."""

STRIPS: Final = """
[...document.querySelectorAll("table[aria-hidden][width]")].map((each) => {
  const today = each.querySelector('td[bgcolor="#1f6feb"]');
  const at = today && Math.round(today.getBoundingClientRect().x);
  return [each.getBoundingClientRect().height, at];
}).filter(([_, at]) => at !== null)
"""


def a_ledger(start: str, value: int = 1, due_text: str | None = None) -> str:
    """Some pledges whose ids begin with ``start``, with a measure that stands at ``value``."""
    measure = {"unit": "parks in operation", "baseline": 0, "baseline_date": date(2025, 6, 1)}
    news = [{"date": date(2026, 2, 1), "status": "in-progress", "value": value, "note": "News."}]
    more: dict[str, Any] = {"measure": measure | {"target": 10 * value}, "update": news}
    more |= {"due_text": due_text} if due_text else {}
    pledges = [numbered_pledge(1, due="2027", **more), numbered_pledge(2, due=late_by(3), **more)]
    named = [{**each, "id": f"{start}{number}"} for number, each in enumerate(pledges)]
    return ledger_text(*named)


WORDED: Final = "before the end of the second half of the plan, as both sides agreed"
WIDE: Final = {
    "shipped": LEDGERS["shipped"],
    "hyphens": a_ledger("ECO-PARKS-2026-0"),
    "letters": a_ledger("A" * 39),
    "both": a_ledger("PROMISE-" * 4 + "2026-0", due_text=WORDED),
    "numbers": a_ledger("ECO-0", value=10**14),
}
COMMANDS: Final = (
    *("overview", "list", "list --columns id,title,due,days_left,standing"),
    *("list --columns id,due,standing", "list --columns title", "list --group standing"),
    *("progress", "progress --all", "progress --group party", "due", "timeline", "log", "show *"),
)


def on_phone(page: "Page", folder: Path, ledger: str, command: str) -> "Page":
    """A phone that shows what a command says of a ledger."""
    code, out, err = Desk(folder, ledger)(*command.split(), "--format", "html", "--quiet")
    assert (code, err) == (0, "")
    resize(page, PHONE)
    show(page, folder, out)
    return page


@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_phone_has_room(name: str, command: str, page: "Page", tmp_path: Path) -> None:
    """No table reaches beyond a phone: long ids are broken, and columns go below the main one."""
    phone = on_phone(page, tmp_path, WIDE[name], command)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("unit", ["year", "quarter", "month"])
def test_tracks_line_up(unit: str, page: "Page", tmp_path: Path) -> None:
    """On a phone a track is one line high, and today stands below today."""
    phone = on_phone(page, tmp_path, LEDGERS["shipped"], f"timeline --by {unit}")
    heights, places = zip(*phone.evaluate(STRIPS), strict=True)
    assert set(heights) == {5, 16}
    assert max(places) - min(places) <= 1
