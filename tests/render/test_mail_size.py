"""What a mail has no room for: it is left out from the end of the page, and counted."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk import Desk
from papers import LEDGERS
from pledges.clean import without_joints
from pledges.render import Canvas, Format, render
from pledges.render.mail_size import fitted
from pledges.view.answer import Answer, Document
from pledges.view.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Entries,
    Entry,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    line,
)


def entries(count: int) -> Entries:
    """So many pledges."""
    return Entries([Entry(line(f"A-{at} Title"), Run("late")) for at in range(count)])


def table(count: int) -> Table:
    """A table of so many pledges."""
    rows = [[Cell(f"A-{at} Title")] for at in range(count)]
    return Table([Column("Pledge")], rows, lines=[line(row[0].text) for row in rows])


def bullets(count: int) -> Bullets:
    """A list of so many pledges."""
    return Bullets([line(f"A-{at} Title") for at in range(count)])


def shown(page: Page) -> tuple[list[int], list[str]]:
    """How many items each part of a page shows, and what it says of those that it does not."""
    counts: list[int] = []
    said = []
    for section in page.sections:
        if section.is_top:
            counts.append(0)
        for block in section.blocks:
            match block:
                case Table(left_out=left_out):
                    counts[-1] += len(block.rows)
                    said += [f"and {left_out} more"] if left_out else []
                case Entries(left_out=left_out) | Bullets(left_out=left_out):
                    counts[-1] += len(block.items)
                    said += [f"and {left_out} more"] if left_out else []
                case Paragraph():
                    said.append(without_joints(block.line[0].text))
    return counts, said


def cut_to(most: int, *sections: Section) -> tuple[list[int], list[str]]:
    """What a page of these sections shows if so many items fit."""
    page = Page("Plan", sections=sections, is_mail=True)
    return shown(fitted(page, lambda each: sum(shown(each)[0]) <= most))


@pytest.mark.parametrize(
    ("most", "counts", "said"),
    [
        (12, [4, 3, 5], []),
        (11, [4, 3, 3], ["and 2 more"]),
        (9, [4, 3, 2], ["and 3 more"]),
        (7, [4, 3, 0], ["5 not shown"]),
        (6, [4, 1, 0], ["and 2 more", "5 not shown"]),
        (1, [1, 0, 0], ["and 3 more", "3 not shown", "5 not shown"]),
        (0, [0, 0, 0], ["4 not shown", "3 not shown", "5 not shown"]),
    ],
)
def test_what_comes_last_is_left_out_first(most: int, counts: list[int], said: list[str]) -> None:
    """Rows, entries and items go from the end of the page on; never a single one."""
    sections = [Section("Attention", blocks=[entries(4)]), Section("Changed", blocks=[bullets(3)])]
    assert cut_to(most, *sections, Section("All", blocks=[table(5)])) == (counts, said)


def test_parts_of_a_part_are_counted_together() -> None:
    """Once a list is cut, the sections after it that are parts of the same whole are gone too."""
    parts = [Section(f"Pillar {at}", blocks=[table(4)], level=3) for at in range(3)]
    page = Page("Plan", sections=[Section("All pledges"), *parts], is_mail=True)
    cut = fitted(page, lambda each: sum(shown(each)[0]) <= 6)
    assert [section.title for section in cut.sections] == ["All pledges", "Pillar 0", "Pillar 1"]
    assert shown(cut) == ([6], ["and 6 more"])
    cut = fitted(page, lambda each: sum(shown(each)[0]) <= 4)
    assert [section.title for section in cut.sections] == ["All pledges", "Pillar 0"]
    assert shown(cut) == ([4], ["and 8 more"])


def test_what_is_whole_stays() -> None:
    """Explanations and tables that have to be whole are kept, whatever comes before them."""
    whole: list[Block] = [replace(table(3), is_whole=True), Paragraph(line("Words."))]
    sections = [Section("All", blocks=[table(5)]), Section("Pillars", blocks=whole)]
    page = Page("Plan", sections=sections, is_mail=True)
    for most in range(6):
        cut = fitted(page, lambda each: sum(shown(each)[0]) <= most + 3)  # noqa: B023
        assert cut.sections[1] == sections[1]


def test_what_is_whole_is_cut_if_it_is_too_much_by_itself() -> None:
    """A page is never too large: what should be whole is shortened if nothing else helps."""
    whole: list[Block] = [replace(table(9), is_whole=True)]
    sections = [Section("All", blocks=[table(5)]), Section("Pillars", blocks=whole)]
    assert cut_to(7, *sections) == ([5, 2], ["and 7 more"])


@given(
    sizes=st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=3), max_size=4),
    kinds=st.lists(st.sampled_from([entries, table, bullets]), min_size=12, max_size=12),
    most=st.integers(0, 40),
)
def test_counts_add_up(
    sizes: list[list[int]], kinds: list[Callable[[int], Block]], most: int
) -> None:
    """What each part shows and what it says to be left out are together what there is."""
    make = iter(kinds)
    sections = [
        Section(f"{at}", blocks=[next(make)(size)], level=3 if at else 2)
        for part in sizes
        for at, size in enumerate(part)
    ]
    counts, said = cut_to(most, *sections)
    told = [int(number) for each in said for number in re.findall(r"\d+", each)]
    assert sum(counts) + sum(told) == sum(map(sum, sizes))
    assert sum(counts) <= max(most, 0) or not sum(told)
    assert "and 1 more" not in said
    assert len(counts) == len(sizes)


@pytest.mark.parametrize("form", [Format.TEXT, Format.MD])
def test_text_is_never_cut(form: Format) -> None:
    """A file of text or Markdown has all that the page has."""
    page = Page("Plan", sections=[Section("All", blocks=[bullets(5000)])], is_mail=True)
    text = render(Answer(lambda: page, Document, {}, []), form, Canvas())
    assert isinstance(text, str)
    assert text.count("\n- A") == 5000


def test_a_page_that_is_too_large_is_said(tmp_path: Path) -> None:
    """A page of a command is whole; that mail programs would cut it is said, unless quiet."""
    desk = Desk(tmp_path, LEDGERS["a thousand"])
    code, out, err = desk("list", "--format", "html")
    assert (code, out.count("<tr")) == (0, 1003)
    assert re.fullmatch(
        r"This page has \d{3} KB once pasted, and mail programs cut what is over 100 KB; "
        r"filters make it shorter\.\n",
        err,
    )
    assert desk("list", "--format", "html", "--quiet").err == ""
    assert desk("list", "PPL-01", "--format", "html").err == ""
