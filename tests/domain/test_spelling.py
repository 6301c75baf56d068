"""How closed words are read."""

import pytest

from pledges.domain.assessment import Standing
from pledges.domain.pledge import Kind, Status, Strength
from pledges.domain.spelling import read_statuses, read_words
from pledges.errors import Exit, UnknownWord


def test_closed_words() -> None:
    """Closed words are read as the program or a page spells them, also with commas between."""
    assert read_words(Standing, "standing", ["Due soon, OVERDUE", "on_course"]) == [
        Standing.DUE_SOON,
        Standing.OVERDUE,
        Standing.ON_COURSE,
    ]
    assert read_words(Standing, "standing", ["overdue", "due-soon"]) == [
        Standing.OVERDUE,
        Standing.DUE_SOON,
    ]
    assert read_statuses(["unreported", "completed"]) == [None, Status.COMPLETED]
    assert read_statuses([]) == []


@pytest.mark.parametrize(
    ("kind", "what", "word", "hint"),
    [
        (Standing, "standing", "overdu", "did you mean overdue?"),
        (Kind, "kind", "recuring", "did you mean recurring?"),
        (Kind, "kind", "x", "it is one of one-off, recurring, ongoing"),
        (Strength, "strength", "", "it is one of requested, proposed, agreed, reaffirmed, signed"),
    ],
)
def test_unknown_word(
    kind: type[Standing | Kind | Strength], what: str, word: str, hint: str
) -> None:
    """A closed word that is not known is refused with the nearest one, or else with all."""
    first = next(iter(kind))
    with pytest.raises(UnknownWord) as refused:
        read_words(kind, what, [first, word])
    assert (refused.value.message, refused.value.hint) == (f"there is no {what} {word!r}", hint)
    assert refused.value.exit is Exit.USAGE


@pytest.mark.parametrize(
    ("word", "hint"),
    [("complete", "did you mean completed?"), ("unreportd", "did you mean unreported?")],
)
def test_unknown_status(word: str, hint: str) -> None:
    """A status that is not known is refused; "unreported" is one of the words."""
    with pytest.raises(UnknownWord) as refused:
        read_statuses(["in-progress", word])
    assert (refused.value.message, refused.value.hint) == (f"there is no status {word!r}", hint)
