"""Options that are made of the model's fields: what is declared there is their name and their help.

A field that is added to the model is an option by that alone.
"""

import datetime as dt
import inspect
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Final

from msgspec import Struct

from pledges.commands._completion import (
    ASKS,
    CLAIMS,
    IDS,
    LEADS,
    PARTIES,
    PILLARS,
    SOURCES,
    TAGS,
    Completed,
)
from pledges.commands._options import flag, option
from pledges.domain.day import Interval, Period
from pledges.domain.fields import Term, TextKind, terms

Texts = Mapping[str, str | Sequence[str]]
"""What was typed for options, by their names, but for those not used; a flag is "yes"."""

METAVARS: Final[Mapping[type | TextKind, str]] = {
    float: "NUMBER",
    Interval: "SPAN",
    **dict.fromkeys((Period, dt.date), "DATE"),
    **dict.fromkeys((TextKind.PLAIN, TextKind.PROSE), "TEXT"),
    **dict.fromkeys((TextKind.PILLAR, TextKind.PARTY), "KEY"),
    **dict.fromkeys((TextKind.SOURCE, TextKind.PLEDGE), "ID"),
    TextKind.PARTY_OR_TEXT: "PARTY",
}
"""The metavar of an option if its field declares none; that of a closed set is WORD."""

WAYS_TO_GIVE: Final[Mapping[TextKind, str]] = {
    TextKind.PROSE: "; - reads standard input",
    TextKind.PILLAR: ", by key or title",
    TextKind.PARTY: ", by key or name",
}
"""How a text may be given on the command line, besides as the ledger writes it."""


COMPLETED: Final[Mapping[str | TextKind, Completed]] = {
    TextKind.PILLAR: PILLARS,
    TextKind.PARTY: PARTIES,
    TextKind.PARTY_OR_TEXT: PARTIES,
    TextKind.SOURCE: SOURCES,
    TextKind.PLEDGE: IDS,
    "lead": LEADS,
    "tags": TAGS,
    "settle": ASKS,
    "settle_claim": CLAIMS,
}
"""What a shell completes for an option, by the name of its field or by what its text names."""


class TermOption(Struct, frozen=True):
    """An option that gives a term of a record of this kind."""

    name: str
    record: type[Struct]
    term: Term
    panel: str | None = None
    own_help: str = ""

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def help(self) -> str:
        """What the command says of it, or else what the field is and how it is given."""
        if self.own_help:
            return self.own_help
        said = self.term.description.removesuffix(".")
        if issubclass(self.term.kind, StrEnum):
            return f"{said}: {', '.join(self.term.kind)}."
        said += WAYS_TO_GIVE.get(self.term.text_kind, "")
        return f"{said}; repeatable." if self.term.is_list else f"{said}."

    @property
    def _completed(self) -> Completed | None:
        """What a shell completes: the words of a closed set, or those of the ledger."""
        if issubclass(self.term.kind, StrEnum):
            return Completed(self.term.kind, meanings=self.term.name)
        return COMPLETED.get(self.term.name) or COMPLETED.get(self.term.text_kind)

    @property
    def parameter(self) -> inspect.Parameter:
        """The parameter that Typer makes the option of."""
        kind = self.term.kind
        if kind is bool:
            declared: Any = Annotated[bool, flag(self.help, self.panel, self.flag)]
        else:
            usual = METAVARS.get(self.term.text_kind if kind is str else kind, "WORD")
            metavar, completed = self.term.metavar or usual, self._completed
            given = option(metavar, self.help, self.panel, self.flag, completed=completed)
            values: Any = list[str] if self.term.is_list else str
            declared = Annotated[values | None, given]
        return inspect.Parameter(
            self.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if kind is bool else None,
            annotation=declared,
        )


class TermOptions(Struct, frozen=True):
    """The options of a command that are made of fields, in the order of its help."""

    options: Sequence[TermOption]

    def __getitem__(self, name: str) -> TermOption:
        return next(each for each in self.options if each.name == name)

    def of(self, record: type[Struct]) -> list[TermOption]:
        """Those that are made of the fields of one kind of record."""
        return [each for each in self.options if each.record is record]

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """Their parameters, for Typer."""
        return [each.parameter for each in self.options]

    def texts(self, **typed: Any) -> Texts:
        """What was typed for those that were used."""
        used = {name: text for name, text in typed.items() if text not in (None, [], False)}
        return {name: "yes" if text is True else text for name, text in used.items()}


def term_options(
    record: type[Struct],
    panel: str | None = None,
    *,
    first: Sequence[str] = (),
    last: Sequence[str] = (),
    helps: Mapping[str, str] = MappingProxyType({}),
) -> list[TermOption]:
    """An option for each field of a record, in the model's order but for ``first`` and ``last``.

    ``helps`` are those that differ here from what the model says of a field.
    """
    found = terms(record)
    others = [name for name in found if name not in (*first, *last)]
    return [
        TermOption(found[name].option, record, found[name], panel, helps.get(name, ""))
        for name in (*first, *others, *last)
    ]
