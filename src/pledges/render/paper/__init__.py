"""How a report looks: one file a format, each with ``render(report) -> str``."""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import Final

from msgspec import Struct

from pledges.view.paper import Report


class PaperFormat(StrEnum):
    """What a report can be rendered as; the module of that name does it."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    EML = "eml"


SUFFIXES: Final[Mapping[str, PaperFormat]] = {
    ".txt": PaperFormat.TEXT,
    ".md": PaperFormat.MD,
    ".html": PaperFormat.HTML,
    ".htm": PaperFormat.HTML,
    ".eml": PaperFormat.EML,
}


class Envelope(Struct, frozen=True):
    """To whom a draft is addressed."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


def render(report: Report, form: PaperFormat, envelope: Envelope) -> str:
    """The report in a format, ready to be written: cut to what mail programs take."""
    fit, look = (import_module(f"pledges.render.paper.{name}") for name in ("fit", form))
    is_whole = form is PaperFormat.EML  # its parts are cut each on its own
    text: str = look.render(report if is_whole else fit.fitted(report, form), envelope)
    return text
