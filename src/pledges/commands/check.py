"""``pledges check``: every error and every warning of the ledger in one run."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._completion import Completed
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import OUTPUT, WRITING, Reading, Word, Words, Writing, flag, option
from pledges.commands._output import check_file, emit, named_format, write_content
from pledges.commands._session import as_of_day, unread_ledger
from pledges.commands._spread import spread, without
from pledges.commands._writing import open_desk
from pledges.domain.spelling import read_words
from pledges.errors import Exit, Fault, FaultyLedger, Severity, WrongUse
from pledges.ledger.check.check_rules import ERRORS, RULES, CheckRule, every_fault
from pledges.ledger.check.mends import mended
from pledges.ledger.reading.find import UnreadLedger
from pledges.ledger.reading.several import ledger_locations, names_several, one_location
from pledges.own_commands import faults_with_ledger
from pledges.render import Canvas, CheckFormat, render, suffixes
from pledges.streams import has_unicode, is_terminal, notify
from pledges.view.check_page import RuleText, fault_answer, fault_counts, rules_answer
from pledges.view.wording.values import be, count

RULE_NAMES: Final = [each.name for each in RULES]
COMPLETED: Final = Completed(lambda _: {x.name: x.summary for x in RULES}, by_commas=True)
RULES_PANEL: Final = "Rules"
MOST_UNSEEN: Final = 20  # places that are named next to a diff that can't show them
ALWAYS: Final = "An error, which stops every other command; no option leaves it out."

CheckReading = Annotated[Reading, without("format", "width", "color")]
Asking = Annotated[Writing, without("ledger", "as_of", "format", "color", "quiet", "debug")]
FORMS: Final = f"{', '.join(CheckFormat)}."
FormWord = Annotated[
    Word, option("FORMAT", FORMS, OUTPUT, "-f", "--format", completed=Completed(CheckFormat))
]
ONLY: Final = "Only the warnings of this rule."
NOT: Final = "No warnings of this rule."
ListRules = Annotated[bool, flag("List the rules.", RULES_PANEL, "--list-rules")]
Strict = Annotated[bool, flag("Exit with 1 for warnings, too.", RULES_PANEL, "--strict")]
Fix = Annotated[bool, flag("Mend what has one right mend.", WRITING, "--fix")]

HELP: Final = CommandHelp(
    "Show every error and every warning of the ledger.",
    [
        Example("All that is wrong or doubtful, with its place:", "pledges check"),
        Example("What a rule finds, for scripts:", "pledges check --rule stale -f json"),
        Example("What can be mended, without writing it:", "pledges check --fix --dry-run"),
        Example("In a script that warnings end, too:", "pledges check --strict --no-rule stale"),
    ],
    about="Errors stop every other command, and are always shown. Warnings stop none: each comes "
    "from a rule that can be chosen or left out. A ledger with errors is checked as far as it can "
    "be read.",
    exits=[
        *(Exit.DONE, Exit.BAD_ANSWER, Exit.USAGE, Exit.NO_LEDGER, Exit.FAULTS),
        *(Exit.BUSY, Exit.CANNOT_WRITE),
    ],
    bad_answer="there are errors; with --strict, also if there are warnings",
    topics=["check"],
)


@spread
def run(
    reading: CheckReading,
    asking: Asking,
    form: FormWord = None,
    rule: Annotated[Words, option("NAME", ONLY, RULES_PANEL, completed=COMPLETED)] = None,
    no_rule: Annotated[Words, option("NAME", NOT, RULES_PANEL, completed=COMPLETED)] = None,
    strict: Strict = False,  # noqa: FBT002  (an option of the command line)
    fix: Fix = False,  # noqa: FBT002  (likewise)
    list_rules: ListRules = False,  # noqa: FBT002  (likewise)
) -> int:
    reading = replace(reading, format=form)
    only = read_words(RULE_NAMES, "rule", rule or ()) or RULE_NAMES
    left_out = read_words(RULE_NAMES, "rule", no_rule or ())
    rules = [each for each in RULES if each.name in only and each.name not in left_out]
    check_file(reading)
    if asking != Writing() and not fix:
        raise WrongUse("--dry-run, --yes and --no-input work only with --fix", "add --fix")
    if list_rules:
        if strict or fix:
            raise WrongUse("--list-rules checks nothing", "leave out --strict and --fix")
        emit(rules_answer(_rule_texts(rules)), reading)
        return Exit.DONE
    if fix:
        return _fix(reading, asking, rules, is_strict=strict)
    as_of = as_of_day(reading.as_of)
    hint = f"use one of {', '.join(suffixes(CheckFormat))}, or --format"
    chosen = named_format(reading, CheckFormat, hint) or CheckFormat.TEXT
    found = [unread_ledger(each, reading.at) for each in ledger_locations(reading.ledger)]
    faults = faults_with_ledger([x for each in found for x in _faults(each, rules, as_of)])
    is_one = not names_several(reading.ledger)
    answer = fault_answer(faults, _rule_texts(RULES), found[0].name if is_one else None, as_of)
    canvas = Canvas(is_ascii=is_terminal() and not has_unicode())
    write_content(render(answer, chosen, canvas), reading, [each.file for each in found])
    if not reading.quiet:
        where = found[0].name_in_messages if is_one else count(len(found), "ledger")
        notify([f"{answer.summary} in {where}."])
    return _exit(faults, is_strict=strict)


def _rule_texts(rules: Sequence[CheckRule]) -> list[RuleText]:
    """What is said of rules, and of the errors, which have none."""
    errors = [RuleText(code, Severity.ERROR, summary, ALWAYS) for code, summary in ERRORS.items()]
    texts = [
        RuleText(each.name, Severity.WARNING, each.summary, each.paragraph, each.can_fix)
        for each in rules
    ]
    return [*texts, *errors]


def _faults(found: UnreadLedger, rules: Sequence[CheckRule], as_of: dt.date) -> Sequence[Fault]:
    try:
        return every_fault(found.text, found.name_in_messages, as_of, rules)
    except FaultyLedger as error:  # it is not UTF-8: there is no text that a rule could judge
        return error.faults


def _exit(faults: Sequence[Fault], *, is_strict: bool) -> int:
    is_bad = any(is_strict or each.severity is Severity.ERROR for each in faults)
    return Exit.BAD_ANSWER if is_bad else Exit.DONE


def _fix(reading: Reading, asking: Writing, rules: Sequence[CheckRule], *, is_strict: bool) -> int:
    """Show what can be mended, ask, write it, and say what is left.

    Raises: ``WrongUse`` for a file to write the answer to, if no rule mends, or if nobody can be
    asked; and what ``open_desk`` and ``mended`` raise.
    """
    as_of = as_of_day(reading.as_of)
    if reading.at:
        raise WrongUse("--fix changes the ledger as it is now", "leave out --at")
    if reading.output is not None:
        raise WrongUse("--fix writes to the ledger, not to --output", "leave out one of them")
    shared = {name: getattr(reading, name) for name in ("as_of", "format", "quiet", "debug")}
    desk = open_desk(replace(asking, ledger=one_location(reading.ledger), **shared))
    if not any(each.can_fix for each in rules):
        able = ", ".join(each.name for each in RULES if each.can_fix)
        raise WrongUse("--fix mends nothing that these rules find", f"it mends {able}")
    text = desk.read_text()
    revision = mended(text, desk.name, as_of, rules)
    unseen = [*revision.unseen[:MOST_UNSEEN]]
    if (more := len(revision.unseen) - MOST_UNSEEN) > 0:
        unseen.append(f"... and {more:,} more that the diff can't show")
    if not revision.places:
        desk.say("There is nothing to mend.")
    elif desk.user_agrees_to(f"mend {count(revision.places, 'place')}", revision, unseen):
        desk.write(desk.note("check --fix"), revision)
        desk.say(desk.write_line(revision))
        text = revision.new
    if left := every_fault(text, desk.name, as_of, rules):
        errors = sum(each.severity is Severity.ERROR for each in left)
        numbers = fault_counts(errors, len(left) - errors)
        desk.say(f"{numbers} {be(len(left))} left. To see what is: pledges check")
    return _exit(left, is_strict=is_strict)
