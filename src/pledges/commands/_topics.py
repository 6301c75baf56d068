"""The topics of the help, and the tables in them, which are what the program itself goes by."""

from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Final

from msgspec import Struct

from pledges.clean import without_joints
from pledges.commands._options import AS_OF, LEDGER
from pledges.domain.day import DATE_FORMS
from pledges.domain.fields import terms
from pledges.domain.pledge import Ask, Claim, Measure, Plan, Pledge, Source, Update
from pledges.errors import Exit
from pledges.ledger.check.check_rules import ERRORS, RULES
from pledges.ledger.importing.targets import IMPORTABLE_AS_TEXT, NEWS, PERCENT
from pledges.render import Format
from pledges.view import help_page
from pledges.view.help_page import Tables, text_page
from pledges.view.page import Page
from pledges.view.pledge_columns import column_meanings
from pledges.view.wording.standings import PACES
from pledges.view.wording.word_meanings import MEANINGS

FOLDER: Final = Path(help_page.__file__).with_name("topics")
Rows = Iterable[tuple[str, str]]

ENVIRONMENT: Final[Mapping[str, str]] = {
    LEDGER: "The ledger, if --ledger is not given; a leading ~ is the home folder. Commands that "
    "read take several, separated as in PATH.",
    AS_OF: "The as-of date, if --as-of is not given.",
    "VISUAL": "The editor of pledges edit.",
    "EDITOR": "The same, if VISUAL is not set.",
    "NO_COLOR": "No colours, if it is set to anything.",
    "CLICOLOR_FORCE": "The output of a terminal in a pipe, too, unless it is 0.",
    "TERM": "No colours, if it is dumb.",
    "COLUMNS": "The width of the terminal, in cells.",
    "LC_ALL": "ASCII only, unless it names UTF-8; else LC_CTYPE and LANG say so.",
    "LC_CTYPE": "See LC_ALL.",
    "LANG": "See LC_ALL.",
    "XDG_STATE_HOME": "The folder of what undo needs, on Linux; by default ~/.local/state.",
}
"""The variables that are read, by us or by what we use."""


def _terms(record: type[Struct]) -> Rows:
    """The keys of a table of the ledger; those that it needs are said to be required."""
    for name, term in terms(record).items():
        said = term.description
        yield name, f"{said.removesuffix('.')}; required." if term.is_required else said


def _sentences(meanings: Mapping[str, str]) -> Rows:
    """Meanings without the joints that they have for pages of other kinds."""
    return [(each, without_joints(text)) for each, text in meanings.items()]


IMPORT_MEANINGS: Final[Mapping[str, str]] = {
    **column_meanings(),
    **{name: terms(Update)[key].description for name, key in NEWS.items()},
    PERCENT: "The value of a measure from 0 to 100 %, and the measure itself.",
}
"""The columns that a mapping may name: those of a pledge, and of its updates."""

TABLES: Final[Tables] = {
    "date-forms": DATE_FORMS.items,
    "statuses": MEANINGS["status"].items,
    "standings": lambda: _sentences(MEANINGS["standing"]),
    "paces": lambda: _sentences({each: x.meaning for each, x in PACES.items()}),
    "events": MEANINGS["event"].items,
    "strengths": MEANINGS["strength"].items,
    "kinds": MEANINGS["kind"].items,
    "everies": MEANINGS["every"].items,
    "columns": lambda: column_meanings().items(),
    "formats": lambda: [
        (x, f"{x.use} ({', '.join(x.suffixes)})".replace(" ()", "")) for x in Format
    ],
    "exit-codes": lambda: [(f"{each}", each.meaning) for each in Exit],
    "environment": ENVIRONMENT.items,
    **{
        kind.__name__.lower(): partial(_terms, kind)
        for kind in (Plan, Pledge, Measure, Update, Claim, Ask, Source)
    },
    "importable": lambda: [(each, IMPORT_MEANINGS[each]) for each in IMPORTABLE_AS_TEXT],
    "check-rules": lambda: [(each.name, each.paragraph) for each in RULES],
    "check-errors": lambda: [(code, f"{x[0].upper()}{x[1:]}.") for code, x in ERRORS.items()],
}
"""What a text can name; a topic is one file, and a new table one more line."""


@cache
def topics() -> Mapping[str, str]:
    """The topics, each with what it is about, which is the first line of its text."""
    files = sorted(FOLDER.glob("*.txt"))
    return {x.stem: x.read_text(encoding="utf-8").partition("\n")[0] for x in files}


def topic_page(name: str, tables: Tables) -> Page:
    """The page of a topic; ``tables`` are those besides ``TABLES``, of the commands themselves."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return text_page(text, {**TABLES, **tables})
