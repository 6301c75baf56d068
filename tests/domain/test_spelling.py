"""How closed words are read."""

from collections.abc import Iterable

import pytest

from pledges.domain.assessment import Standing
from pledges.domain.pledge import STATUS_WORDS, Kind, Strength
from pledges.domain.spelling import read_words
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
