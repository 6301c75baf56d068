"""The options that commands share, as records: declared once, the same everywhere.

Typer reads options from a function's parameters.  A command here takes whole records of them
instead, and ``spread`` lays their fields out for Typer.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from msgspec import Struct

from pledges.commands._term_options import TermOptions
from pledges.domain.assessment import Standing
from pledges.domain.pledge import Kind, Status, Strength
from pledges.domain.sorting import SORT_WORDS, GroupBy
from pledges.render import Format

FILTERS = "Filters (the same one twice is or, different ones are and)"
ARRANGEMENT = "Arrangement"
WRITING = "Writing"
OUTPUT = "Output"

Words = list[str] | None


def _words(closed: type[StrEnum]) -> str:
    """The words of a closed set, for a help text."""
    return ", ".join(closed)


def _filter(name: str, metavar: str, help_text: str) -> Any:
    return text_option(name, metavar, help_text, FILTERS)


def text_option(name: str, metavar: str, help_text: str, panel: str | None = None) -> Any:
    """An option that takes a word or a text."""
    return typer.Option(f"--{name}", metavar=metavar, help=help_text, rich_help_panel=panel)


def _flag(name: str, help_text: str, panel: str = FILTERS) -> Any:
    return typer.Option(f"--{name}", help=help_text, rich_help_panel=panel)


def _output(*names: str, metavar: str, help_text: str, **more: Any) -> Any:
    return typer.Option(*names, metavar=metavar, help=help_text, rich_help_panel=OUTPUT, **more)


LedgerPath = Annotated[
    str | None,
    _output(
        "--ledger",
        metavar="PATH|-",
        help_text="The ledger; - is standard input.",
        envvar="PLEDGES_LEDGER",
    ),
]
AsOf = Annotated[
    str | None,
    _output(
        "--as-of",
        metavar="DATE",
        help_text="The day that the answer is given for; today unless said.",
        envvar="PLEDGES_AS_OF",
    ),
]
FormatWord = Annotated[
    str | None,
    _output(
        "--format",
        metavar="FORMAT",
        help_text=f"{_words(Format)}.",
    ),
]
Color = Annotated[str, _output("--color", metavar="WHEN", help_text="auto, always or never.")]
Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="Say nothing about the answer.", rich_help_panel=OUTPUT),
]
Debug = Annotated[bool, _flag("debug", "Show the trace of a bug.", OUTPUT)]


class Reading(Struct, frozen=True):
    """What every reading command takes: which ledger, for which day, and how to answer."""

    ledger: LedgerPath = None
    as_of: AsOf = None
    format: FormatWord = None
    output: Annotated[
        str | None,
        _output(
            "--output",
            metavar="FILE",
            help_text="Write to a new file; its suffix gives the format.",
        ),
    ] = None
    force: Annotated[bool, _flag("force", "Let --output replace a file.", OUTPUT)] = False
    width: Annotated[
        int | None,
        _output("--width", metavar="CELLS", help_text="Lay out for this width, in a pipe too."),
    ] = None
    color: Color = "auto"
    quiet: Quiet = False
    debug: Debug = False


class Writing(Struct, frozen=True):
    """What every writing command takes: which ledger, what day it is, whom to ask, what to tell."""

    dry_run: Annotated[
        bool,
        typer.Option(
            "-n",
            "--dry-run",
            help="Print the change as a unified diff; write nothing.",
            rich_help_panel=WRITING,
        ),
    ] = False
    yes: Annotated[
        bool,
        typer.Option("-y", "--yes", help="Take yes for an answer.", rich_help_panel=WRITING),
    ] = False
    no_input: Annotated[bool, _flag("no-input", "Never ask anything.", WRITING)] = False
    ledger: Annotated[
        str | None,
        _output("--ledger", metavar="PATH", help_text="The ledger.", envvar="PLEDGES_LEDGER"),
    ] = None
    as_of: Annotated[
        str | None,
        _output(
            "--as-of",
            metavar="DATE",
            help_text="The day that counts as today.",
            envvar="PLEDGES_AS_OF",
        ),
    ] = None
    format: FormatWord = None
    color: Color = "auto"
    quiet: Quiet = False
    debug: Debug = False

    @property
    def reading(self) -> Reading:
        """How what was done is told."""
        return Reading(
            ledger=self.ledger,
            as_of=self.as_of,
            format=self.format,
            color=self.color,
            quiet=self.quiet,
            debug=self.debug,
        )


class Filters(Struct, frozen=True):
    """Which pledges an answer is about."""

    status: Annotated[
        Words, _filter("status", "WORD", f"What was reported: {_words(Status)}, unreported.")
    ] = None
    not_status: Annotated[Words, _filter("not-status", "WORD", "Any status but this.")] = None
    standing: Annotated[
        Words, _filter("standing", "WORD", f"What the calendar says: {_words(Standing)}.")
    ] = None
    not_standing: Annotated[Words, _filter("not-standing", "WORD", "Any standing but this.")] = None
    pillar: Annotated[Words, _filter("pillar", "KEY", "A pillar, by key or title.")] = None
    party: Annotated[Words, _filter("party", "KEY", "Who owes it, by key or name.")] = None
    lead: Annotated[Words, _filter("lead", "NAME", "The body in charge.")] = None
    strength: Annotated[
        Words, _filter("strength", "WORD", f"How firm it is: {_words(Strength)}.")
    ] = None
    not_strength: Annotated[Words, _filter("not-strength", "WORD", "Any strength but this.")] = None
    kind: Annotated[
        Words, _filter("kind", "WORD", f"How it meets the calendar: {_words(Kind)}.")
    ] = None
    not_kind: Annotated[Words, _filter("not-kind", "WORD", "Any kind but this.")] = None
    tag: Annotated[Words, _filter("tag", "TAG", "A tag.")] = None
    source: Annotated[Words, _filter("source", "ID", "A source that it cites.")] = None
    due_by: Annotated[str | None, _filter("due-by", "DATE", "Due on that day or before.")] = None
    due_after: Annotated[str | None, _filter("due-after", "DATE", "Due after that day.")] = None
    due_within: Annotated[
        str | None, _filter("due-within", "SPAN", "Due from now on, within 90d, 6m, eoq...")
    ] = None
    overdue: Annotated[bool, _flag("overdue", "Past its deadline.")] = False
    stale: Annotated[bool, _flag("stale", "No news for too long.")] = False
    behind: Annotated[bool, _flag("behind", "Behind or far behind its pace.")] = False
    contested: Annotated[bool, _flag("contested", "A source gives other terms.")] = False
    no_deadline: Annotated[bool, _flag("no-deadline", "Without a deadline.")] = False
    search: Annotated[
        Words, _filter("search", "TEXT", "Words in its id, title, notes and history.")
    ] = None


Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Ids or patterns, such as 'ECO-*'.", show_default=False),
]
Grouping = Annotated[
    str | None,
    typer.Option(
        "--group",
        metavar="WORD",
        help=f"Into groups, by {_words(GroupBy)}.",
        rich_help_panel=ARRANGEMENT,
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="KEYS",
        help=f"By keys with commas between, downwards with -: {', '.join(SORT_WORDS)}.",
        rich_help_panel=ARRANGEMENT,
    ),
]
Internal = Annotated[
    bool,
    typer.Option("--internal", help="Show internal notes too.", rich_help_panel=OUTPUT),
]


class Without(Struct, frozen=True):
    """Options of a record that a command does not take, and that have their defaults there."""

    names: frozenset[str]


def without(*names: str) -> Without:
    """What a record is annotated with if another record of the command has options of its own."""
    return Without(frozenset(names))


def spread(run: Callable[..., int]) -> Callable[..., int]:
    """``run`` with the options of its records as parameters of their own, for Typer to read.

    Raises: ``TypeError`` if two options have one name: the later would silently have its default.
    """
    hints = get_type_hints(run, include_extras=True)
    own: list[inspect.Parameter] = []
    groups: dict[str, OptionGroup] = {}
    for each in inspect.signature(run).parameters.values():
        if group := _group(hints[each.name]):
            groups[each.name] = group
        else:
            own.append(each.replace(annotation=hints[each.name]))
    parameters = [*own, *(each for group in groups.values() for each in group.parameters)]
    counts = Counter(each.name for each in parameters)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise TypeError(f"{run.__module__}: more than one option is called {', '.join(twice)}")

    @wraps(run)
    def command(**given: Any) -> int:
        for name, group in groups.items():
            options = {each.name: given.pop(each.name) for each in group.parameters}
            given[name] = group.make(**options)
        return run(**given)

    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    command.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in keywords}
    return command


class OptionGroup(Struct, frozen=True):
    """The options that a parameter of a command stands for, and what makes its value of them."""

    parameters: Sequence[inspect.Parameter]
    make: Callable[..., Any]


def _group(declared: Any) -> OptionGroup | None:
    """The options of a record or of the model's terms; None for an option of its own."""
    kind, *notes = get_args(declared) if get_origin(declared) is Annotated else [declared]
    terms = next((each for each in notes if isinstance(each, TermOptions)), None)
    if terms:
        return OptionGroup(terms.parameters, terms.texts)
    if not (isinstance(kind, type) and issubclass(kind, Struct)):
        return None
    hints = get_type_hints(kind, include_extras=True)
    left_out = {name for each in notes for name in each.names}
    if strange := left_out - hints.keys():
        raise TypeError(f"{kind.__name__} has no options {', '.join(sorted(strange))}")
    taken = (x for x in inspect.signature(kind).parameters.values() if x.name not in left_out)
    return OptionGroup([each.replace(annotation=hints[each.name]) for each in taken], kind)
