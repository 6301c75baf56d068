"""Options that are made of the model's fields, and the readers of their values."""

import re
from enum import StrEnum

import pytest
from msgspec import Struct

from desk import Desk
from pledges.commands._term_options import METAVARS, term_options
from pledges.commands._values import READERS
from pledges.domain.fields import TextKind, terms
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Source, Update

RECORDS = (Pledge, Measure, Update, Ask, Source, Claim)


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_can_be_an_option(record: type[Struct]) -> None:
    """Each field that holds values has a title, a help, a reader and, but for a flag, a metavar."""
    for option in term_options(record):
        term = option.term
        assert term.title
        assert option.help.endswith(".")
        if not issubclass(term.kind, StrEnum):
            assert term.kind in READERS
        if not issubclass(term.kind, StrEnum | bool):
            assert METAVARS[term.text_kind if term.kind is str else term.kind]


@pytest.mark.parametrize("kind", TextKind)
def test_every_text_has_a_metavar(kind: TextKind) -> None:
    """No kind of text was forgotten."""
    assert METAVARS[kind]


def test_order() -> None:
    """Options are in the model's order, but for the first and the last."""
    options = term_options(Ask, first=["by"], last=["what"])
    assert [each.flag for each in options] == [
        *("--ask-by", "--date", "--ask-of", "--settled", "--ask")
    ]


def test_help() -> None:
    """A closed set names its words; prose says that it can be piped in."""
    helps = {each.name: each.help for each in term_options(Pledge)}
    assert helps["every"] == "How often it recurs: year, half, quarter, month."
    assert helps["kind"] == "How often it is due: one-off, recurring, ongoing."
    assert helps["note"] == "A note; - reads standard input."
    assert helps["lead"] == "The body in charge; repeatable."


def test_a_column_has_a_name_of_its_own() -> None:
    """In one row the terms of a pledge and of its measure have different names."""
    names = [each.flat_name for record in (Pledge, Measure) for each in terms(record).values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("update --date", "The day it happened; today by default."),
        ("correct --date", "The day it happened, or on which a decision was asked for."),
        ("add --id", "Its id; by default the next free one of its pillar."),
        ("set --id", "A new id, which whatever refers to the pledge takes over."),
        ("update --due", "The new deadline; a move needs --why."),
        ("correct --due", "The deadline that the entry or claim gives; a move needs --why."),
    ],
)
def test_help_is_of_its_command(desk: Desk, line: str, says: str) -> None:
    """An option that several commands have is described for each of them as it works there."""
    command, flag = line.split()
    shown = " ".join(desk(command, "--help").out.split())
    assert re.search(rf"{flag} \w+ {re.escape(says)}", shown)


def test_the_ledger_knows_no_options() -> None:
    """What the model says of a field is true in the ledger too, where there are no options."""
    said = [each.description for record in RECORDS for each in terms(record).values()]
    assert [each for each in said if "--" in each or "by default the next" in each] == []
