"""How an answer looks: one file a format, with a function ``render_FORMAT(answer, canvas)``.

It returns a text, or bytes if no terminal can show the format.  A format is added with its file and
its line in ``Format``.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import Self, TypeVar

from msgspec import Struct

from pledges.view.answer import Answer

AnyForm = TypeVar("AnyForm", bound="Rendering")


class Rendering(StrEnum):
    """What an answer can be rendered as: the module that does it, its use, suffixes of files."""

    module: str
    use: str
    suffixes: tuple[str, ...]

    def __new__(cls, word: str, module: str, use: str, *suffixes: str) -> Self:
        """Make the member of a word."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.module, member.use, member.suffixes = module, use, suffixes
        return member


class Format(Rendering):
    """What every answer can be rendered as."""

    TERMINAL = "terminal", "terminal", "tables and colours that fit the width of a terminal"
    TEXT = "text", "text", "plain text, one record a line", ".txt"
    MD = "md", "md", "Markdown, for wikis and chats", ".md"
    HTML = "html", "html", "a page for a browser, or for pasting into an email", ".html", ".htm"
    EML = "eml", "eml", "a draft that opens in a mail program", ".eml"
    JSON = "json", "json", "one document, for scripts", ".json"
    NDJSON = "ndjson", "json", "JSON, one record a line", ".ndjson", ".jsonl"
    CSV = "csv", "csv", "columns with commas between, for spreadsheets and scripts", ".csv"
    TSV = "tsv", "csv", "columns with tabs between", ".tsv"
    XLSX = "xlsx", "xlsx", "a workbook for Excel and others, which import reads again", ".xlsx"
    ICS = "ics", "ics", "a calendar of deadlines and reviews: of list, due and timeline", ".ics"

    @property
    def is_binary(self) -> bool:
        """Whether it is rendered as bytes, which are for programs."""
        return self is Format.XLSX


class CheckFormat(Rendering):
    """What the answer of ``check`` can be rendered as."""

    TEXT = "text", "fault_list", "each fault with the line that it is in", ".txt"
    JSON = "json", "json", "one document, for scripts", ".json"
    GITHUB = "github", "fault_list", "what GitHub's runners mark in a pull request"
    SARIF = "sarif", "sarif", "SARIF 2.1.0, for programs that gather what checks find", ".sarif"


def suffixes(forms: type[AnyForm]) -> Mapping[str, AnyForm]:
    """The suffixes of files, each with the format that it stands for."""
    return {suffix: form for form in forms for suffix in form.suffixes}


class Canvas(Struct, frozen=True):
    """What a terminal can show: its width in cells, and whether colours and Unicode.

    ``has_isolates`` is for a screen that may reorder what is next to words from right to left.
    """

    width: int = 80
    has_colour: bool = False
    is_ascii: bool = False
    has_isolates: bool = False


def render(answer: Answer, form: Rendering, canvas: Canvas) -> str | bytes:
    """The answer in a format, ready to be written."""
    module = import_module(f"pledges.render.{form.module}")
    content: str | bytes = getattr(module, f"render_{form}")(answer, canvas)
    return content
