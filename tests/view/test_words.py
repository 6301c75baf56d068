"""Every closed word has its tone, meaning and sign in each table that is looked up by it."""

from collections.abc import Iterable
from enum import StrEnum

import pytest

from pledges.domain.assessment import Standing
from pledges.domain.changes import ChangeKind
from pledges.domain.marks import MarkKind, StretchKind
from pledges.domain.pace import Pace
from pledges.render.timeline import chart, strips
from pledges.view.page import Guide
from pledges.view.timeline_page import LOOKS
from pledges.view.wording import change_phrases, dates, standings

WITHOUT_PERIOD = {MarkKind.MADE, MarkKind.FIRST_DUE, MarkKind.CLAIMED}
"""What is marked of a pledge, never of one period of it."""

SIGNED = {*MarkKind, *StretchKind, *Guide} - {Guide.DATE}
"""What a timeline draws with a sign; dates are written, letter by letter."""

EXPLAINED = SIGNED - {StretchKind.ALLOWED}
"""What its legend explains; the time allowed is a plain line."""

TABLES: list[tuple[Iterable[str], Iterable[str]]] = [
    (Standing, standings.STANDINGS),
    (Pace, standings.PACES),
    (ChangeKind, change_phrases.KINDS),
    (set(MarkKind) - WITHOUT_PERIOD, dates.PERIOD_WORDS),
    (SIGNED, LOOKS),
    (EXPLAINED, {kind for kind, look in LOOKS.items() if look.meaning}),
    *((SIGNED, signs) for signs in (chart.UNICODE, chart.ASCII, strips.SIGNS)),
]


@pytest.mark.parametrize(("words", "table"), TABLES)
def test_tables_cover_their_words(words: Iterable[str], table: Iterable[str]) -> None:
    """No word is missing from a table that must have one row for each."""
    assert set(words) - set(table) == set()


@pytest.mark.parametrize("change", ChangeKind)
def test_a_change_can_be_counted(change: ChangeKind) -> None:
    """Each kind of change has a title and is called something in counts of one and of many."""
    words = change_phrases.KINDS[change]
    assert all((words.title, words.counted))


@pytest.mark.parametrize("words", [Standing, Pace, MarkKind, ChangeKind])
def test_words_are_spelt_alike(words: type[StrEnum]) -> None:
    """A closed word is spelt in small letters with hyphens, as the command line takes it."""
    assert all(str(word).replace("-", "").isalpha() and word == word.lower() for word in words)
