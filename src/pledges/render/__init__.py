"""How an answer looks: one file a format, each with ``render(answer, canvas) -> str``.

A format is added with its file, its name here and, where files of it have a suffix, that.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import Final

from msgspec import Struct

from pledges.view.page import Answer


class Format(StrEnum):
    """What an answer can be rendered as; the module of that name does it."""

    TERMINAL = "terminal"
    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    TSV = "tsv"


SUFFIXES: Final[Mapping[str, Format]] = {
    ".txt": Format.TEXT,
    ".md": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
}


class Canvas(Struct, frozen=True):
    """What a terminal can show: its width in cells, and whether colours and Unicode."""

    width: int = 80
    has_colour: bool = False
    is_ascii: bool = False


def render(answer: Answer, form: Format, canvas: Canvas) -> str:
    """The answer in a format, ready to be written."""
    module = import_module(f"pledges.render.{form}")
    text: str = module.render(answer, canvas)
    return text
