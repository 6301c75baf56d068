"""The rules of ``check``: each with its name, its function and what people are told of it.

What they find in a ledger is reported in one run with its errors.

To add a rule, write its function in the module beside this that has its like, and its entry here.
What a rule is for is no docstring, because ``python -OO`` has none.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.errors import Fault, Severity
from pledges.ledger.check import ledger_warnings, pledge_warnings, text_warnings, toml_version
from pledges.ledger.check.checked_ledger import CheckedLedger
from pledges.ledger.reading.faults import in_order
from pledges.ledger.text.finding import Finding, Positions
from pledges.ledger.text.salvage import read_tables
from pledges.ledger.text.scan import scan


class CheckRule(Struct, frozen=True):
    """A rule: what it warns of in a line, and what it is for in a paragraph.

    ``can_fix`` if what it finds can have one right mend, which ``check --fix`` makes.
    """

    name: str
    warnings: Callable[[CheckedLedger], Iterator[Finding]]
    summary: str
    paragraph: str
    can_fix: bool = False


RULES: Final[Sequence[CheckRule]] = (
    CheckRule(
        "unknown-key",
        ledger_warnings.unknown_key,
        "a key that the program does not read",
        "A key that the program does not read is kept as it is, but whoever wrote it may think "
        "that it counts. A misspelt key is an error; this is any other, told once for all "
        "records of its kind. Begin the names of your own keys with x_ (or x-), as in x_file: "
        "these are never reported.",
    ),
    CheckRule(
        "future-date",
        pledge_warnings.future_date,
        "an entry that is dated after today",
        "A pledge, an update, a decision, a settlement or a source that is dated after today (or "
        "the day of --as-of) does not count until then: mostly its year is mistyped. A deadline "
        "may be in the future, of course.",
    ),
    CheckRule(
        "vague",
        pledge_warnings.vague,
        "a pledge without deadline, measure and review",
        "Nothing ever brings up an open pledge that has no deadline, no measure and no review. "
        "Each one-off pledge of this kind is reported. That an ongoing one has no deadline is "
        "meant, so all that have neither a measure nor a review are one warning, at the first of "
        "them. A pledge that is told by its parts is not vague.",
    ),
    CheckRule(
        "contradiction",
        pledge_warnings.contradiction,
        "a status that contradicts the figures or the history",
        "A pledge is completed although its last figure is below its target; or its target is "
        "reached, and nobody has said that it is completed; or it is reported to go on after it "
        "was withdrawn, without a note that says why. A figure never completes a pledge, a "
        "person's word does.",
    ),
    CheckRule(
        "stale",
        pledge_warnings.stale,
        "no news for longer than the plan's stale_days",
        "There was news of an open pledge, and none for longer than the plan's stale_days (180 if "
        "it says nothing), as of today or the day of --as-of. It is the same judgement as that of "
        "pledges due. Of what was never heard of there is no news that could be stale.",
    ),
    CheckRule(
        "no-source",
        pledge_warnings.no_source,
        "completed, withdrawn or moved, and nobody is named who says so",
        "An update says that a pledge is completed or withdrawn, or moves its deadline, and has "
        "neither a source nor a by with the name of who reported it. A deadline that is set for "
        "the first time is not moved.",
    ),
    CheckRule(
        "one-source",
        pledge_warnings.one_source,
        "completed or withdrawn by the very source of the pledge",
        "A pledge is completed or withdrawn, and the only source that it cites anywhere is the one "
        "of the promise itself: a document that makes a promise seldom says that it was kept, so "
        "mostly the wrong source is cited. Another source, or a by, ends this warning.",
    ),
    CheckRule(
        "year-slip",
        pledge_warnings.year_slip,
        "a date whose year looks mistyped",
        "A deadline or an update is before the pledge was made; a deadline is moved to a day that "
        "was over by then; or it is moved to the same day or period of the next or last year, and "
        "neither why nor note names that year. A deadline of a whole year moves by a year without "
        "a warning: that is the least it can move.",
    ),
    CheckRule(
        "near-duplicate",
        ledger_warnings.near_duplicate,
        "a title that is nearly that of another pledge",
        "Two titles are the same but for case, accents, small words, a plural or one letter of a "
        "word, and the same parties owe both: mostly one pledge was entered twice. Titles with "
        "other numbers, parts of different pledges, and what was withdrawn or superseded are left "
        "alone.",
    ),
    CheckRule(
        "unused-source",
        ledger_warnings.unused_source,
        "a source that nothing cites",
        "A source of the register is cited by no pledge, measure, claim or update: its id may be "
        "mistyped where it was meant, or what it said is not entered yet. pledges sources "
        "--uncited lists them.",
    ),
    CheckRule(
        "hidden-character",
        text_warnings.hidden_character,
        "a character that can't be seen",
        "A zero-width space, a mark of direction, a tag, a control or another character that "
        "can't be seen makes two texts of one: names that look the same are two. It mostly comes "
        "from a web page. What an emoji or a script needs, such as the joiners of Persian and "
        "Hindi, is left alone. In an id, or the key of a party, a pillar or a source, it is an "
        "error, too. --fix deletes it.",
        can_fix=True,
    ),
    CheckRule(
        "mixed-form",
        text_warnings.mixed_form,
        "accents in two forms",
        "An accent can be part of its letter (Unicode's form NFC) or a character of its own (NFD, "
        "as file names of a Mac have it). Both look the same, but two names in two forms are two; "
        "two such ids are an error. If a ledger has both forms, the accents that are characters of "
        "their own are reported, and --fix composes them.",
        can_fix=True,
    ),
    CheckRule(
        "claim-equals-term",
        pledge_warnings.claim_equals_term,
        "a claim that says what the pledge says",
        "A claim is another version of a deadline or a target. An open one that gives the same as "
        "the pledge contests nothing: the deadline was moved to it, or it was entered by mistake. "
        "Settle it, or take it out.",
    ),
    CheckRule(
        "odd-figure",
        pledge_warnings.odd_figure,
        "a figure that is hard to believe, without a note",
        "A value falls, is on the wrong side of its baseline, or passes its target by half: mostly "
        "a digit is mistyped, or an increase was entered in the place of the new total. pledges "
        "update asks for a note then; this is what was entered by hand. A note that says why ends "
        "this warning.",
    ),
    CheckRule(
        "toml-1.0",
        toml_version.toml_1_0,
        "what other programs may refuse",
        "The program reads TOML 1.1; many others read TOML 1.0, and refuse an inline table over "
        r"several lines or with a comma at its end, the escapes \e and \x41, a time without "
        "seconds, and a byte order mark at the beginning of the file. --fix writes them as TOML "
        "1.0, but for a table with a comment in it.",
        can_fix=True,
    ),
    CheckRule(
        "heading-only",
        pledge_warnings.heading_only,
        "superseded, but not by which pledge",
        "A pledge was reported as superseded, and superseded_by names no other. It is neither done "
        "nor expected any more, and whoever reads it can't find what is expected instead.",
    ),
)
"""The rules in the order in which they are listed."""

ERRORS: Final[Mapping[str, str]] = {
    "character": "a character outside a text that can't be seen, or looks like a space",
    "conflict": "a merge conflict that is left in the file",
    "date": "a date that is none, or is written in another way",
    "duplicate": "a key, an id or a party that is there twice, or in two forms that look alike",
    "encoding": "a byte that is not UTF-8",
    "equals": "a key without = after it",
    "id": "an id or a key of a register that can't be one",
    "key": "a key that is misspelt or in the wrong table",
    "lines": "a line that ends with CR alone",
    "list": "a list or an inline table that is not well formed",
    "missing": "a key that must be there",
    "number": "a number that is none, or is too large",
    "quotes": "a text without its quotes, or with the wrong ones",
    "reference": "a pillar, party, source or pledge that the ledger does not have",
    "rule": "terms or entries that do not fit each other",
    "schema": "a ledger for another version of the program",
    "table": "a header of a table that is not well formed",
    "text": "a text that is empty or blank",
    "toml": "a line that is not TOML",
    "type": "a value of another type than its key takes",
    "url": "a URL that is none",
    "value": "a value that is missing or can't be used",
    "word": "a word that is none of those that can stand there",
}
"""The errors that stop every other command, by their codes; ``check`` reports them always."""


def every_fault(text: str, name: str, as_of: dt.date, rules: Sequence[CheckRule]) -> list[Fault]:
    """Every error of a ledger called ``name``, and what the rules warn of, by their places.

    Of a faulty ledger, too, there are the warnings about what can be read.
    """
    tables = read_tables(text)
    checked = CheckedLedger.of(text, tables, as_of)
    warnings = [each for rule in rules for each in rule.warnings(checked)]
    if not checked.errors and not warnings:
        return []  # without a look for the places of everything, which takes longest
    positions = Positions(text, (tables.scan or scan(text)).positions, name)
    errors = [positions.fault(each) for each in checked.errors]
    doubts = [positions.fault(each)._replace(severity=Severity.WARNING) for each in warnings]
    return in_order([*errors, *doubts])
