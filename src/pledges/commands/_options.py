"""The options that commands share, as records: declared once, the same everywhere.

Typer reads options from a function's parameters.  A command here takes whole records of them
instead, and ``_spread.spread`` lays their fields out for Typer.
"""

from typing import Annotated, Any, Final

import typer
from msgspec import Struct
from typer._click.types import ParamType

from pledges.commands._completion import (
    FILE,
    IDS,
    LEADS,
    PARTIES,
    PILLARS,
    REVISIONS,
    SORT_KEYS,
    SOURCES,
    TAGS,
    Completed,
)
from pledges.domain.counts import CLOSED_WORDS
from pledges.domain.sorting import GroupBy
from pledges.render import Format

FILTERS = "Filters (a repeated filter means or, different filters mean and)"
ARRANGEMENT = "Arrangement"
WRITING = "Writing"
LEDGER_AND_DAY = "Ledger and day"
OUTPUT = "Output"
LAST_PANELS = (FILTERS, WRITING, LEDGER_AND_DAY, OUTPUT)
"""The groups that come after a command's own, in their order."""

COLOURS: Final = ("auto", "always", "never")

Word = str | None
Words = list[str] | None


def option(
    metavar: str,
    help_text: str,
    panel: str | None = None,
    *flags: str,
    completed: ParamType | None = None,
) -> Any:
    """An option with a value; without ``flags`` it has the name of its parameter.

    ``completed`` says what a shell completes.
    """
    return typer.Option(
        *flags, metavar=metavar, help=help_text, rich_help_panel=panel, click_type=completed
    )


def flag(help_text: str, panel: str | None, *flags: str) -> Any:
    """An option without a value."""
    return typer.Option(*flags, help=help_text, rich_help_panel=panel)


def argument(metavar: str, help_text: str, completed: ParamType) -> Any:
    """A word that a command takes before its options; a shell completes what ``completed`` says."""
    return typer.Argument(metavar=metavar, help=help_text, click_type=completed, show_default=False)


CLOSED: Final = {
    name: Completed(words, by_commas=True, meanings=name) for name, words in CLOSED_WORDS.items()
}
"""What a shell completes for the filters whose words are the program's."""


def _filter(metavar: str, help_text: str, completed: Completed | None = None) -> Any:
    return option(metavar, help_text, FILTERS, completed=completed)


def _words(name: str, claim: str) -> Any:
    """A filter of closed words, which its help lists."""
    return _filter("WORD", f"{claim}: {', '.join(CLOSED_WORDS[name])}.", CLOSED[name])


def ids_argument(metavar: str) -> Any:
    """The ids that a command takes before its options."""
    said = "Ids or patterns, such as 'ECO-*'; - reads ids from standard input, one per line."
    return argument(metavar, said, IDS)


def _output(metavar: str, help_text: str, *flags: str, completed: ParamType | None = None) -> Any:
    return option(metavar, help_text, OUTPUT, *flags, completed=completed)


def _standing_in(
    metavar: str, help_text: str, variable: str, completed: ParamType | None = None
) -> Any:
    return typer.Option(
        metavar=metavar,
        help=help_text,
        rich_help_panel=LEDGER_AND_DAY,
        click_type=completed,
        envvar=variable,  # which has the value without the option
    )


LEDGER = "PLEDGES_LEDGER"
AS_OF = "PLEDGES_AS_OF"
CALENDARS: Final = ("list", "ls", "due", "timeline")
"""The commands that answer as a calendar, too."""

FormatWord = Annotated[
    Word, _output("FORMAT", f"{', '.join(Format)}.", "-f", "--format", completed=Completed(Format))
]
Color = Annotated[str, _output("WHEN", "auto, always or never.", completed=Completed(COLOURS))]
Quiet = Annotated[bool, flag("Print no remarks.", OUTPUT, "-q", "--quiet")]
Debug = Annotated[bool, flag("Show the traceback of a bug.", OUTPUT, "--debug")]


class Reading(Struct, frozen=True):
    """The options of every command that reads."""

    ledger: Annotated[
        Words,
        _standing_in(
            "PATH|-",
            "The ledger; - reads standard input. Repeatable; 'plans/*.toml' names several.",
            LEDGER,
            FILE,
        ),
    ] = None
    as_of: Annotated[
        Word, _standing_in("DATE", "The day to answer for; today by default.", AS_OF)
    ] = None
    at: Annotated[
        Word,
        option(
            "REVISION",
            "The ledger as git had it in a revision, or on a day.",
            LEDGER_AND_DAY,
            completed=REVISIONS,
        ),
    ] = None
    format: FormatWord = None
    output: Annotated[
        Word,
        _output(
            "FILE",
            "Write to this file; its suffix sets the format.",
            "-o",
            "--output",
            completed=FILE,
        ),
    ] = None
    force: Annotated[bool, flag("Overwrite the file of --output.", OUTPUT, "--force")] = False
    width: Annotated[int | None, _output("CELLS", "Lay out for this width, even in a pipe.")] = None
    color: Color = "auto"
    quiet: Quiet = False
    debug: Debug = False


class Writing(Struct, frozen=True):
    """The options of every command that writes."""

    dry_run: Annotated[
        bool, flag("Show the change as a unified diff; write nothing.", WRITING, "-n", "--dry-run")
    ] = False
    yes: Annotated[bool, flag("Answer yes to every question.", WRITING, "-y", "--yes")] = False
    no_input: Annotated[bool, flag("Never ask a question.", WRITING, "--no-input")] = False
    ledger: Annotated[Word, _standing_in("PATH", "The ledger.", LEDGER, FILE)] = None
    as_of: Annotated[Word, _standing_in("DATE", "Use this day as today.", AS_OF)] = None
    format: FormatWord = None
    color: Color = "auto"
    quiet: Annotated[
        bool,
        flag("Print nothing if all goes well, unless --format is given.", OUTPUT, "-q", "--quiet"),
    ] = False
    debug: Debug = False

    @property
    def reading(self) -> Reading:
        """The options for the report of the change."""
        names = set(Reading.__struct_fields__) & set(self.__struct_fields__) - {"ledger"}
        same = {name: getattr(self, name) for name in names}
        return Reading(**same, ledger=None if self.ledger is None else [self.ledger])


class Filters(Struct, frozen=True):
    """Which pledges an answer is about."""

    ids: Annotated[Words, ids_argument("[ID]...")] = None
    status: Annotated[Words, _words("status", "What was reported")] = None
    not_status: Annotated[Words, _filter("WORD", "Any status but this.", CLOSED["status"])] = None
    standing: Annotated[Words, _words("standing", "What the calendar says")] = None
    not_standing: Annotated[
        Words, _filter("WORD", "Any standing but this.", CLOSED["standing"])
    ] = None
    pillar: Annotated[Words, _filter("KEY", "A pillar, by key or title.", PILLARS)] = None
    not_pillar: Annotated[Words, _filter("KEY", "Any pillar but this.", PILLARS)] = None
    party: Annotated[Words, _filter("KEY", "Who owes it, by key or name.", PARTIES)] = None
    not_party: Annotated[Words, _filter("KEY", "Not owed by this party.", PARTIES)] = None
    lead: Annotated[Words, _filter("NAME", "The body in charge.", LEADS)] = None
    not_lead: Annotated[Words, _filter("NAME", "Any lead but this.", LEADS)] = None
    strength: Annotated[Words, _words("strength", "How firm it is")] = None
    not_strength: Annotated[
        Words, _filter("WORD", "Any strength but this.", CLOSED["strength"])
    ] = None
    kind: Annotated[Words, _words("kind", "How often it is due")] = None
    not_kind: Annotated[Words, _filter("WORD", "Any kind but this.", CLOSED["kind"])] = None
    tag: Annotated[Words, _filter("TAG", "A tag.", TAGS)] = None
    not_tag: Annotated[Words, _filter("TAG", "Without this tag.", TAGS)] = None
    source: Annotated[Words, _filter("ID", "A source that it cites.", SOURCES)] = None
    not_source: Annotated[Words, _filter("ID", "Without this source.", SOURCES)] = None
    made_by: Annotated[Word, _filter("DATE", "Made on or before this day.")] = None
    made_after: Annotated[Word, _filter("DATE", "Made after this day.")] = None
    due_by: Annotated[Word, _filter("DATE", "Due on or before this day.")] = None
    due_after: Annotated[Word, _filter("DATE", "Due after this day.")] = None
    due_within: Annotated[Word, _filter("SPAN", "Due from now on within 90d, 6m, eoq, ...")] = None
    agreed: Annotated[bool, flag("Agreed, not only asked for.", FILTERS, "--agreed")] = False
    asked: Annotated[bool, flag("Asked for, not agreed.", FILTERS, "--asked")] = False
    open: Annotated[bool, flag("Neither done nor dropped.", FILTERS, "--open")] = False
    overdue: Annotated[bool, flag("Past its deadline.", FILTERS, "--overdue")] = False
    stale: Annotated[bool, flag("No news for too long.", FILTERS, "--stale")] = False
    behind: Annotated[bool, flag("Behind or far behind in pace.", FILTERS, "--behind")] = False
    contested: Annotated[bool, flag("A source gives other terms.", FILTERS, "--contested")] = False
    moved: Annotated[bool, flag("Its deadline was moved.", FILTERS, "--moved")] = False
    no_deadline: Annotated[bool, flag("Without a deadline.", FILTERS, "--no-deadline")] = False
    no_news: Annotated[bool, flag("Without any news.", FILTERS, "--no-news")] = False
    no_lead: Annotated[bool, flag("Without a lead.", FILTERS, "--no-lead")] = False
    search: Annotated[
        Words,
        _filter(
            "TEXT", "All of these words, in id, title, notes, history, leads, parties or sources."
        ),
    ] = None


BY_KEYS: Final = (
    "Sort by these columns, separated by commas; - reverses one, as in due,-progress. "
    "The columns: see pledges help columns."
)
Sort = Annotated[Word, option("COLUMNS", BY_KEYS, ARRANGEMENT, completed=SORT_KEYS)]
AT_MOST: Final = "List at most so many; standard error says how many are left out."
Limit = Annotated[int | None, option("N", AT_MOST, ARRANGEMENT)]
GROUP: Final = option(
    "WORD", f"Group by {', '.join(GroupBy)}.", ARRANGEMENT, "--group", completed=Completed(GroupBy)
)
Internal = Annotated[bool, flag("Show internal notes too.", ARRANGEMENT, "--internal")]
