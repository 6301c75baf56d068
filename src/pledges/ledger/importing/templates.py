"""Texts that are put together from the cells of a row: ``{A}[: {B}]``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from pledges.ledger.importing.cell_texts import cell_text

_GROUP: Final = re.compile(r"\[([^\[\]]*)\]")
_HEADING: Final = re.compile(r"\{([^{}]*)\}")


class Template(Struct, frozen=True):
    """A text with the places of cells in it.

    ``parts`` are its groups, each with whether it goes if one of its cells is empty; a group is
    made of texts and of the places of cells.
    """

    parts: Sequence[tuple[bool, Sequence[str | int]]]

    def filled(self, cells: Sequence[Any]) -> str | None:
        """The text with the cells of a row; None if all of these are empty."""
        found, has_any = [], False
        for is_optional, pieces in self.parts:
            texts = [cell_text(cells[each]) if isinstance(each, int) else each for each in pieces]
            values = [x for x, each in zip(texts, pieces, strict=True) if isinstance(each, int)]
            if is_optional and not all(values):
                continue
            has_any |= any(values)
            found += texts
        return "".join(found).strip() or None if has_any else None


def headings_in(text: str) -> Iterator[str]:
    """Yield the headings that a template names."""
    yield from _HEADING.findall(text)


def template(text: str, places: Mapping[str, int]) -> Template:
    """The template that a text is, with the places of its headings."""
    parts: list[tuple[bool, Sequence[str | int]]] = []
    for at, group in enumerate(_GROUP.split(text)):
        pieces: list[str | int] = []
        for number, piece in enumerate(_HEADING.split(group)):
            pieces.append(places[piece] if number % 2 else piece)
        parts.append((bool(at % 2), [each for each in pieces if each != ""]))
    return Template(parts)
