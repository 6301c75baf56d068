"""Phrases at their edges: one, none, today, a day before and after."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace

from pledges.cell_width import width
from pledges.clean import JOINT, clean, encodable, screen_text, tidy, without_joints
from pledges.domain.pace import Rate
from pledges.domain.pledge import Measure
from pledges.view.wording import dates, figures, standings, values


@pytest.mark.parametrize(
    ("days_left", "text"),
    [
        (8799, "24 years left"),
        (732, "2 years left"),
        (731, "24 months left"),
        (63, "2 months left"),
        (62, "62 days left"),
        (1, "1 day left"),
        (0, "today"),
        (-1, "1 day late"),
        (-145, "5 months late"),
    ],
)
def test_a_day_is_as_far_off_as_it_is(days_left: int, text: str) -> None:
    """Over two months are told in months, over two years in years; the day itself is today."""
    assert without_joints(standings.distance(days_left)) == text


@pytest.mark.parametrize(
    ("slip_days", "text"),
    [(1, "delayed by 1 day"), (0, "not moved"), (-1096, "brought forward by 3 years")],
)
def test_a_slip_has_its_direction(slip_days: int, text: str) -> None:
    """A later deadline was put back, an earlier one brought forward."""
    assert without_joints(dates.slip(slip_days)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (9, "parks", "9 parks"),
        (1, "parks", "1 park"),
        (-1, "ministries", "-1 ministry"),
        (1, "boxes", "1 box"),
        (1, "branches", "1 branch"),
        (1, "business", "1 business"),
        (1, "percent", "1 percent"),
        (0.5, "hectares", "0.5 hectares"),
    ],
)
def test_one_of_a_unit_is_singular(value: float, unit: str, text: str) -> None:
    """One of what English counts with an s loses it; other words stay as they are."""
    assert without_joints(figures.amount(value, unit)) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (None, ""),
        (0, "0%"),
        (1 / 300, "under 1%"),
        (1 / 200, "1%"),
        (0.625, "63%"),
        (995 / 1000, "99%"),
        (299 / 300, "99%"),
        (1, "100%"),
        (301 / 300, "over 100%"),
        (13.5, "1,350%"),
        (-0.1, "-10%"),
        (-1 / 300, "under 0%"),
    ],
)
def test_only_the_whole_is_all(fraction: float | None, text: str) -> None:
    """Nothing that is not whole is 100%, and nothing that is not nothing is 0%."""
    assert values.percent(fraction) == text


PARKS = Measure(unit="parks", baseline=20, target=30)
TONNES = Measure(unit="tonnes", baseline=100, target=40)


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        (PARKS, 21, "21 of 30 parks (1 of the 10 to add)"),
        (PARKS, 20, "20 of 30 parks (0 of the 10 to add)"),
        (PARKS, 19, "19 of 30 parks (1 fewer than at the start)"),
        (PARKS, 30, "30 of 30 parks"),
        (PARKS, 31, "31 of 30 parks"),
        (replace(PARKS, total_text="in operation"), 30, "30 of 30 parks in operation"),
        (replace(PARKS, baseline=0), 12, "12 of 30 parks"),
        (replace(PARKS, baseline=None), 12, "12 of 30 parks"),
        (replace(PARKS, target=None), 1, "1 park"),
        (TONNES, 80, "80 tonnes, to be reduced to 40 (20 of the 60 to cut)"),
        (TONNES, 110, "110 tonnes, to be reduced to 40 (10 more than at the start)"),
        (TONNES, 40, "40 tonnes, to be reduced to 40"),
    ],
)
def test_a_figure_has_what_it_is_of(measure: Measure, value: float, text: str) -> None:
    """The whole comes first, and what was to be added or cut is said of the baseline."""
    assert without_joints(figures.figures(measure, value)) == text


def test_a_rate_is_told_by_the_month_if_that_helps() -> None:
    """Less than one a month, or a rate of two months at most, is only told in all."""
    assert without_joints(figures.rate(Rate(9, 39), "parks")) == "9 parks in 39 days"
    assert without_joints(figures.rate(Rate(1, 292), "parks")) == "1 park in 10 months"
    assert (
        without_joints(figures.rate(Rate(90, 400), "parks"))
        == "90 parks in 13 months (6.8 a month)"
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_an_enumeration_has_one_and(parts: list[str], text: str) -> None:
    """Parts of a sentence are separated by commas, the last two by "and"."""
    assert values.enumeration(parts) == text


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("one  two\nthree", 20, "one two three"),
        ("one two three", 12, "one two..."),
        ("onetwothreefour", 10, "onetwot..."),
        ("a bcdefghijklmnop", 10, "a bcdef..."),
    ],
)
def test_an_excerpt_ends_between_words(text: str, longest: int, short: str) -> None:
    """An excerpt is one line; it ends within a word only if it would lose most of its text."""
    assert values.beginning(text, longest) == short


@pytest.mark.parametrize("text", ["Done.", "Done?", 'He said "done."', "完了。", "Done!)"])
def test_a_sentence_ends_once(text: str) -> None:
    """What ends with a mark of its own gets no full stop, in whatever script it is."""
    assert values.sentence(text) == text
    assert values.sentence(text.rstrip('.?"。!)')).endswith(".")


def test_no_point_follows_a_url() -> None:
    """A full stop after a URL would be taken for a part of it."""
    assert values.sentence("See https://example.org/a") == "See https://example.org/a"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (values.day(dt.date(2026, 12, 12)), ["12", "Dec", "2026"]),
        (values.month(dt.date(2026, 12, 12)), ["Dec", "2026"]),
        (values.count(1096, "day"), ["1,096", "days"]),
        (figures.amount(30, "parks in all"), ["30", "parks in all"]),
        (values.quote("21 parks by 12 Dec 2026"), ["21", "parks by 12", "Dec", "2026"]),
        (values.quote("10% done in March 2026."), ["10%", "done in March", "2026."]),
        (values.quote("the 2027 visit, see 1 https://a.b"), ["the 2027 visit, see 1 https://a.b"]),
        (values.excerpt("At most 30 parks", 13), ["At most..."]),
    ],
)
def test_what_belongs_together_is_joined(words: str, parts: list[str]) -> None:
    """Dates and figures are joined where they are worded; a year is no figure of what follows."""
    assert words.split(JOINT) == parts


@pytest.mark.parametrize("border", [clean, tidy, encodable, partial(screen_text, is_ascii=True)])
def test_no_joint_crosses_a_border(border: Callable[[str], str]) -> None:
    """Whatever cleans a text makes spaces of its joints."""
    assert border(values.count(30, "park")) == "30 parks"


def test_a_joint_is_a_cell_wide() -> None:
    """A joint takes the cell of the space that it becomes."""
    assert width(values.day(dt.date(2026, 12, 12))) == len("12 Dec 2026")


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r"])
def test_lines_of_a_note(end: str) -> None:
    """A blank line ends a paragraph; a control that is shown ends no line."""
    assert list(values.paragraphs(f"One.{end}Two.")) == ["One.", "Two."]
    assert list(values.paragraphs("One.\x1e\x1eTwo.\x85Three.")) == ["One.\x1e\x1eTwo.\x85Three."]
