"""Reports of small ledgers, and of ones that are made to break them."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from build import SHIPPED
from desk import Desk
from everything import lines
from samples import entry, ledger_text, numbered_pledge

DAY: Final = date(2026, 11, 22)
SINCE: Final = ("--since", "2026-01-01")

HOSTILE: Final = (
    "<script>alert(1)</script> & <b>bold</b> &amp; &#60;",
    "=?UTF-8?Q?=0A?=Bcc: x@y",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m \x00 nul",
    "Vie\u0323\u0302t Nam da\u0300nh",
    "工业园区" * 30,
    "اتفاقية \u202eالشراكة\u202c \u200fالاستراتيجية",  # noqa: RUF001  (Arabic)
    "x" * 77,
    "https://example.org/" + "a" * 100,
    "a | b || c",
    "`code` ``two`` **bold** _it_ [link](http://x) ![i](y) ~~s~~ $x$ <http://z>",
    "two\nlines\r\nand\ta tab",
    "From here on",
    "> quoted",
    "-- ",
    ".",
    "# heading",
    "1. first",
    "A1 B2 C3 D4 E5 F6 G7 H8 I9 J1 K2 L3 M4 N5 O6 P7 Q8 R9 S1 T2 U3 V4 W5 X6 Y7 Z8",
    "\ufdd0\uffff\ufffe nothing",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 flag \U0001f1fb\U0001f1f3",
    "\u3000ideographic\u00a0and\u2003odd\u2028spaces",
    "\"double\" 'single' </td></table> onclick=x style=y",
)
LONG: Final = " ".join(["Establish a comprehensive framework for the mutual recognition of"] * 4)


def late_by(days: int) -> date:
    """A deadline that passed so many days ago."""
    return DAY - timedelta(days=days)


def done(on: str) -> list[dict[str, Any]]:
    """A history that ends it."""
    return [entry(on, status="completed", note="Done.")]


def _sixty(count: int = 60) -> str:
    measure = {"unit": "parks", "baseline": 0, "baseline_date": "2025-06-01", "target": 10}
    news = [entry("2026-02-01", status="in-progress", value=1, note=LONG)]
    return ledger_text(
        *(
            numbered_pledge(at, f"{LONG} {at}", due=late_by(at - 9), measure=measure, update=news)
            for at in range(count)
        ),
        plan={"title": LONG},
    )


def _hostile() -> str:
    ask = [entry("2026-03-01", what=text, of="VN") for text in HOSTILE]
    moved = entry("2026-03-02", due="2026-H1", why=HOSTILE[0])
    return ledger_text(
        *(
            numbered_pledge(at, text, due=late_by(200), due_text=text, source="s", update=[moved])
            for at, text in enumerate(HOSTILE)
        ),
        numbered_pledge(98, "Decide", ask=ask),
        numbered_pledge(99, "Cite", source='https://example.org/"><script>&x=1'),
        plan={"title": HOSTILE[1]},
        parties={"VN": HOSTILE[0], "SG": HOSTILE[4]},
        pillars={"economy": HOSTILE[0], "people": HOSTILE[6]},
        sources={"s": {"title": HOSTILE[0], "publisher": HOSTILE[9], "url": "https://x.org/<a>"}},
    )


def _every_standing() -> str:
    """Pledges of each standing with long titles of wide letters, and changes of each kind."""
    wide = "工业园区" * 40
    ended = {"status": "completed", "note": wide}
    meeting = {"kind": "recurring", "every": "year", "since": "2025"}
    moved = entry("2026-08-01", due="2027", why=wide)
    terms: list[dict[str, Any]] = [
        *({"due": late_by(at)} for at in range(1, 15)),
        {"due": "2026"},
        {"due": "2029"},
        {"due": "2026", "update": [entry("2026-09-01", **ended)]},
        {"due": "2025", "update": [entry("2026-09-01", **ended)]},
        {"update": [entry("2026-09-01", **ended)]},
        {"made": "2026-08-01"},
        {"kind": "ongoing"},
        {"kind": "ongoing", "review": "1 month"},
        {"update": [entry("2026-09-01", status="withdrawn")]},
        {**meeting, "update": [entry("2026-09-01", **ended, period="2025")]},
        {"due": "2026", "update": [moved], "ask": [entry("2026-09-01", what=wide)]},
    ]
    return ledger_text(
        *(numbered_pledge(at, wide, **each) for at, each in enumerate(terms)),
        parties={"VN": wide, "SG": wide},
    )


SIXTY: Final = _sixty()
THOUSAND: Final = _sixty(1000)
LEDGERS: Final[dict[str, str]] = {
    "shipped": SHIPPED.read_text(encoding="utf-8"),
    "no pledge": ledger_text(),
    "one pledge": ledger_text(numbered_pledge(1, due="2026-12-31")),
    "one without a deadline": ledger_text(numbered_pledge(1)),
    "none overdue": ledger_text(numbered_pledge(1, due=DAY), numbered_pledge(2, due="2028")),
    "all overdue": ledger_text(*(numbered_pledge(at, due=late_by(at + 1)) for at in range(14))),
    "all done": ledger_text(
        *(numbered_pledge(at, due="2027", update=done("2026-05-01")) for at in range(4))
    ),
    "sixty": SIXTY,
    "a thousand": THOUSAND,
    "every standing": _every_standing(),
    "sixty in wide letters": _sixty().replace(LONG, "工业园区" * 30),
    "every standing in letters": _every_standing().replace("工业园区" * 40, "a b c d " * 40),
    "hostile": _hostile(),
}

PAGES: Final = {name: (name, ("report", *SINCE, "--full")) for name in LEDGERS} | {
    f"{command}, {name}": (name, tuple(command.split()))
    for name in ("shipped", "hostile")
    for command in lines("*", progress="progress --all")
}
"""What is there as HTML: reports of every ledger, and of two what the other commands show."""


def paper(folder: Path, text: str, *options: str) -> str:
    """The report of a ledger of this text, on the day that all tests are about."""
    code, out, err = Desk(folder, text)("report", *options, "--debug")
    assert (code, err) == (0, "")
    return out


def part_texts(text: str) -> dict[str, str]:
    """The parts of a report as text by their headings, without their numbers."""
    body = re.split(r"\n\n(?:Next report|As of)", text)[0]
    found = re.split(r"\n\n([A-Z][A-Z0-9, ]+)(?: \([^)]+\))?\n", body)
    return dict(zip(found[1::2], found[2::2], strict=True))


def web_page(folder: Path, name: str) -> str:
    """One of the pages of HTML."""
    ledger, argv = PAGES[name]
    code, out, err = Desk(folder, LEDGERS[ledger])(*argv, "--format", "html", "--quiet", "--debug")
    assert (code, err) == (0, "")
    return out


def refused(folder: Path, *options: str) -> tuple[int, str]:
    """How a report of a small ledger is refused: its exit code, and what is said."""
    code, out, err = Desk(folder, ledger_text(numbered_pledge(1)))("report", *options, "--debug")
    assert out == ""
    return code, err
