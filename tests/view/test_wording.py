"""Phrases at their edges: one, none, today, a day before and after."""

import pytest

from pledges.view.wording import dates, figures, standings, values


@pytest.mark.parametrize(
    ("days_left", "text"),
    [
        (1096, "1,096 days left"),
        (1, "1 day left"),
        (0, "today"),
        (-1, "1 day late"),
        (-145, "145 days late"),
    ],
)
def test_a_day_is_as_far_off_as_it_is(days_left: int, text: str) -> None:
    """The as-of date itself is today, neither left nor late."""
    assert standings.distance(days_left) == text


@pytest.mark.parametrize(
    ("slip_days", "text"),
    [(1, "put back by 1 day"), (0, "not moved"), (-1096, "brought forward by 1,096 days")],
)
def test_a_slip_has_its_direction(slip_days: int, text: str) -> None:
    """A later deadline was put back, an earlier one brought forward."""
    assert dates.slip(slip_days) == text


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
    assert figures.amount(value, unit) == text


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
    assert values.excerpt(text, longest) == short


@pytest.mark.parametrize("text", ["Done.", "Done?", 'He said "done."', "完了。", "Done!)"])
def test_a_sentence_ends_once(text: str) -> None:
    """What ends with a mark of its own gets no full stop, in whatever script it is."""
    assert values.sentence(text) == text
    assert values.sentence(text.rstrip('.?"。!)')).endswith(".")
