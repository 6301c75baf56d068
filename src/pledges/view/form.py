"""A form: a workbook that somebody is asked to fill in, and to send back."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct


class Blank(StrEnum):
    """What an open cell of a form takes."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


class FormColumn(Struct, frozen=True):
    """A column of a form with its width in characters; without a ``blank`` it only tells.

    A blank of ``choices`` takes one of these.
    """

    heading: str
    width: int
    blank: Blank | None = None
    choices: Sequence[str] = ()


class FormRow(Struct, frozen=True):
    """What a row tells, and the columns of answers that it has no use for."""

    told: Sequence[str]
    closed: Collection[str] = ()


class Form(Struct, frozen=True):
    """A form in the ``file``: what is asked, how to answer, fields and rows to fill in.

    ``fields`` are labels with what each takes.  ``states`` is what the import compares with.
    """

    file: str
    title: str
    lead: Sequence[str]
    steps: Sequence[str]
    fields: Mapping[str, Blank]
    columns: Sequence[FormColumn]
    rows: Sequence[FormRow]
    states: Sequence[Struct]
