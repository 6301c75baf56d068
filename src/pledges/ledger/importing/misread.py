"""A cell whose value does not fit its column, and how it is quoted."""

from typing import Final

from pledges.ledger.text.finding import Explanation

LONGEST_QUOTE: Final = 40  # characters of a cell that are quoted at most


class Misread(Exception):
    """A cell whose value does not fit its column."""

    def __init__(self, code: str, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.words = Explanation(code, message, hint)


def quotation(text: str) -> str:
    """A text in quotes, shortened if it is long."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}...")
