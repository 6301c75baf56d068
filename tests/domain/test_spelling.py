"""How closed words are read."""

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.domain.assessment import Standing
from pledges.domain.pledge import STATUS_WORDS, Kind, Strength
from pledges.domain.spelling import read_words, search_key
from pledges.errors import Exit, UnknownWord


def test_closed_words() -> None:
    """Closed words are read as the program or a page spells them, also with commas between."""
    assert read_words(Standing, "standing", ["Due soon, OVERDUE", "not_due"]) == [
        Standing.DUE_SOON,
        Standing.OVERDUE,
        Standing.NOT_DUE,
    ]
    assert read_words(Standing, "standing", ["overdue", "due-soon"]) == [
        Standing.OVERDUE,
        Standing.DUE_SOON,
    ]
    assert read_words(STATUS_WORDS, "status", ["Unreported,completed"]) == [
        "unreported",
        "completed",
    ]
    assert read_words(STATUS_WORDS, "status", []) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đà Nẵng", "da nang"),
        (unicodedata.normalize("NFD", "Điện Biên Phủ"), "dien bien phu"),
        ("MINISTRY", "ministry"),
        ("Viet Nam\u2019s", "viet nam's"),
        ("\u201cParks\u201d", '"parks"'),
        ("on\u2011going", "on-going"),
        ("2025\u20132030", "2025-2030"),
        ("a\u00a0b \n c", "a b c"),
        ("CO\u2082", "co2"),
        ("Stra\u00dfe", "strasse"),
        ("wo\u00adrd\u200b", "word"),
        ("\uff36\uff2e", "vn"),
        ("\u0130stanbul", "istanbul"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430", "\u043c\u043e\u0441\u043a\u0432\u0430"),
    ],
)
def test_search_key(one: str, other: str) -> None:
    """How a text is typed makes no difference to a search."""
    assert search_key(one) == search_key(other) == other


def test_marks_that_are_letters() -> None:
    """What looks like an accent is a letter of its own in other scripts."""
    assert search_key("\u304c") != search_key("\u304b")
    assert search_key("\u0e01\u0e34") != search_key("\u0e01")


@given(st.text())
def test_search_key_is_settled(text: str) -> None:
    """What is brought into the form of searches stays as it is."""
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    ("known", "what", "word", "hint"),
    [
        (Standing, "standing", "overdu", "did you mean overdue?"),
        (STATUS_WORDS, "status", "complete", "did you mean completed?"),
        (STATUS_WORDS, "status", "unreportd", "did you mean unreported?"),
        (Kind, "kind", "recuring", "did you mean recurring?"),
        (Kind, "kind", "x", "use one of one-off, recurring, ongoing"),
        (Strength, "strength", "", "use one of requested, proposed, agreed, reaffirmed, signed"),
    ],
)
def test_unknown_word(known: Iterable[str], what: str, word: str, hint: str) -> None:
    """A closed word that is not known is refused with the nearest one, or else with all."""
    first = next(iter(known))
    with pytest.raises(UnknownWord) as refused:
        read_words(known, what, [first, word])
    assert (refused.value.message, refused.value.hint) == (f"there is no {what} {word!r}", hint)
    assert refused.value.exit is Exit.USAGE
