"""Filters as they are typed, over nine pledges that differ in everything."""

import json
import re
import unicodedata
from typing import Final

import pytest

from desk import Desk
from pledges.commands._options import Filters
from samples import entry, ledger_text, pledge_table

LEDGER: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market\u2019s gates",
        owed_by=["VN"],
        lead=["Bộ Công Thương", "MTI"],
        strength="signed",
        made="2025-03-12",
        due="2026-10-31",
        tags=["rice"],
        source=["vov", "https://a.vn/1"],
        update=[entry("2026-10-01", status="in-progress", note="Talks in Đà Nẵng.")],
    ),
    pledge_table(
        "ECO-02",
        "Build parks",
        owed_by=["SG"],
        strength="agreed",
        made="2025-12",
        due="2026",
        claim=[{"due": "2030", "source": "vov"}],
        update=[
            entry("2026-02-01", due="2027", why="The year was moved."),
            entry("2026-11-01", note="Asked both ministries."),
        ],
    ),
    pledge_table(
        "ENE-01",
        "Link the grids",
        owed_by=["VN", "SG"],
        asked_by=["SG"],
        strength="requested",
        made="2026-01-15",
        update=[entry("2026-06-01", status="completed")],
    ),
    pledge_table("PPL-02", "Exchange youth", strength="proposed", lead="MTI"),
    pledge_table("PPL-10", "Found a school", made="2025-01"),
    sources={"vov": {"title": "Call of the ministers", "publisher": "Voice of Vi\u1ec7t Nam"}},
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with these pledges on it."""
    desk.text = LEDGER
    return desk


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ("", "ECO-01 ECO-02 ENE-01 PPL-02 PPL-10"),
        ("--agreed", "ECO-01 ECO-02 PPL-10"),
        ("--asked", "ENE-01 PPL-02"),
        ("--agreed --asked", ""),
        ("--open", "ECO-01 ECO-02 PPL-02 PPL-10"),
        ("--moved", "ECO-02"),
        ("--no-news", "PPL-02 PPL-10"),
        ("--no-lead", "ECO-02 ENE-01 PPL-10"),
        ("--no-lead --agreed", "ECO-02 PPL-10"),
        ("--not-pillar economy", "ENE-01 PPL-02 PPL-10"),
        ("--not-pillar 'economic cooperation' --not-pillar energy", "PPL-02 PPL-10"),
        ("--not-party VN", "ECO-02 PPL-02 PPL-10"),
        ("--not-party 'viet nam' --party SG", "ECO-02"),
        ("--not-lead MTI", "ECO-02 ENE-01 PPL-10"),
        ("--lead mti", "ECO-01 PPL-02"),
        ("--not-tag rice --pillar economy", "ECO-02"),
        ("--not-source vov", "ENE-01 PPL-02 PPL-10"),
        ("--source https://a.vn/1", "ECO-01"),
        ("--not-kind ongoing --not-strength agreed --not-status unreported", "ECO-01 ENE-01"),
        ("--made-by 2025-12-31", "ECO-01 ECO-02 PPL-10"),
        ("--made-by 2025-03-12", "ECO-01 PPL-10"),
        ("--made-by 2025-03-11", "PPL-10"),
        ("--made-after 2025-03-11", "ECO-01 ECO-02 ENE-01"),
        ("--made-after 2025-03-12", "ECO-02 ENE-01"),
        ("--made-after 2025", "ENE-01"),
        ("--made-after 2025-03-12 --made-by 2025", "ECO-02"),
        ("--search 'PARKS build'", "ECO-02"),
        ("--search 'da nang'", "ECO-01"),
        ("--search 'bo cong thuong'", "ECO-01"),
        ('--search "market\'s"', "ECO-01"),
        ("--search 'parks grids'", ""),
        ("--search parks --search grids", "ECO-02 ENE-01"),
        ("--search singapore", "ECO-02 ENE-01"),
        ("--search 'voice of viet nam'", "ECO-01 ECO-02"),
        ("--search ministers", "ECO-01 ECO-02"),
        ("--search moved", "ECO-02"),
    ],
)
def test_filter(desk: Desk, options: str, ids: str) -> None:
    """Each filter leaves the pledges of which it is true; a repeated one means or."""
    out = desk.line(f"list {options} --format json").out
    assert [each["id"] for each in json.loads(out)["pledges"]] == ids.split()


def test_decomposed(desk: Desk) -> None:
    """What is typed with accents of their own, as macOS does, finds the same."""
    out = desk("list", "--search", unicodedata.normalize("NFD", "Đà Nẵng"), "--columns", "id").out
    assert out == "ECO-01\n"


@pytest.mark.parametrize("name", [each for each in Filters.__struct_fields__ if each != "ids"])
def test_every_filter_is_in_the_help(desk: Desk, name: str) -> None:
    """No filter is left out of the help of a command that has filters."""
    assert re.search(rf"--{name.replace('_', '-')}[ ,]", desk.line("list --help").out)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--not-tag ricee", "the ledger has no tag 'ricee'; did you mean rice?"),
        ("--not-lead MIT", "the ledger has no lead 'MIT'; did you mean MTI?"),
    ],
)
def test_an_unknown_word_is_reported(desk: Desk, options: str, told: str) -> None:
    """A misspelt word that would exclude something is reported as one that would include it."""
    assert told in desk.line(f"list {options}").err


@pytest.mark.parametrize("option", ["--made-by soon", "--made-after 31/12/2025"])
def test_a_day_that_is_none(desk: Desk, option: str) -> None:
    """What is no day is refused, and the message names the option."""
    ended = desk.line(f"list {option}")
    assert (ended.code, option.split(maxsplit=1)[0] in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("keys", "ids"), [("id", "A-2 A-10 B-1"), ("title", "A-10 B-1 A-2"), ("-title", "A-2 B-1 A-10")]
)
def test_order(desk: Desk, keys: str, ids: str) -> None:
    """Ids are in the order of their numbers; titles as without their accents."""
    titles = {"A-10": "\u00c0 b\u1ea3n", "B-1": "\u0110\u00e0 N\u1eb5ng", "A-2": "Elbow"}
    tables = [pledge_table(key, titles[key], pillar="economy") for key in titles]
    desk.text = ledger_text(*tables)
    out = desk("list", f"--sort={keys}", "--columns", "id").out
    assert out.split() == ids.split()


def test_no_news_leaves_out_what_is_told_by_its_parts(desk: Desk) -> None:
    """A pledge that has parts and no news of its own is not one that was never heard of."""
    whole = pledge_table("ECO-01", "Whole")
    news = [entry("2026-01-01", status="in-progress")]
    part = pledge_table("ECO-02", "Part", part_of="ECO-01", update=news)
    desk.text = ledger_text(whole, part, pledge_table("ECO-03", "Alone"))
    assert desk.line("list --no-news --columns id").out == "ECO-03\n"
