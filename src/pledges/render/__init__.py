"""How an answer looks: one file a format, with a function ``render_FORMAT(answer, canvas)``.

It returns a text, or bytes if no terminal can show the format.  A format is added with its file and
its line in ``Format``.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import Final, Self

from msgspec import Struct

from pledges.view.answer import Answer


class Format(StrEnum):
    """What an answer can be rendered as, with the module that does it and the suffixes of files."""

    module: str
    suffixes: tuple[str, ...]

    def __new__(cls, word: str, module: str, *suffixes: str) -> Self:
        """Make the member of a word."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.module, member.suffixes = module, suffixes
        return member

    TERMINAL = "terminal", "terminal"
    TEXT = "text", "text", ".txt"
    MD = "md", "md", ".md"
    HTML = "html", "html", ".html", ".htm"
    EML = "eml", "eml", ".eml"
    JSON = "json", "json", ".json"
    NDJSON = "ndjson", "json", ".ndjson", ".jsonl"
    CSV = "csv", "csv", ".csv"
    TSV = "tsv", "csv", ".tsv"
    XLSX = "xlsx", "xlsx", ".xlsx"

    @property
    def is_binary(self) -> bool:
        """Whether it is rendered as bytes, which are for programs."""
        return self is Format.XLSX


SUFFIXES: Final[Mapping[str, Format]] = {
    suffix: form for form in Format for suffix in form.suffixes
}


class Canvas(Struct, frozen=True):
    """What a terminal can show: its width in cells, and whether colours and Unicode.

    ``has_isolates`` is for a screen that may reorder what is next to words from right to left.
    """

    width: int = 80
    has_colour: bool = False
    is_ascii: bool = False
    has_isolates: bool = False


def render(answer: Answer, form: Format, canvas: Canvas) -> str | bytes:
    """The answer in a format, ready to be written."""
    module = import_module(f"pledges.render.{form.module}")
    content: str | bytes = getattr(module, f"render_{form}")(answer, canvas)
    return content
