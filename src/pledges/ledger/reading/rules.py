"""What must hold across a ledger for its answers to be true; one function a rule.

A rule of a single pledge takes the pledge and where it stands, one of the whole ledger the ledger;
those about what records call each other by are in ``references``.  A fault is told at the key that
has to change.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from pledges.domain.pledge import Every, Kind, Ledger, Pledge, Status
from pledges.ledger.reading.references import (
    known_parties,
    known_pillar,
    known_sources,
    linked_pledges,
    plain_parties,
    sources_have_addresses,
    unique_ids,
)
from pledges.ledger.text.finding import Finding, Path

PledgeRule = Callable[[Pledge, Path, Ledger], Iterator[Finding]]
LedgerRule = Callable[[Ledger], Iterator[Finding]]


def broken_rules(ledger: Ledger, broken: AbstractSet[Path] = frozenset()) -> list[Finding]:
    """Every fault that the rules find, but for what rests on the ``broken`` places."""
    findings = [each for rule in LEDGER_RULES for each in rule(ledger)]
    for at, pledge in enumerate(ledger.pledges):
        for rule in PLEDGE_RULES:
            findings.extend(rule(pledge, ("pledge", at), ledger))
    return [each for each in findings if not _rests_on(each, broken)] if broken else findings


def _rests_on(finding: Finding, broken: AbstractSet[Path]) -> bool:
    return any(
        path[:length] in broken
        for path in (finding.path, *finding.premises)
        for length in range(1, len(path) + 1)
    )


def measure_can_move(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A target differs from its baseline, else no progress could be told."""
    measure = pledge.measure
    if not measure or measure.baseline is None:
        return
    if measure.target is not None and abs(measure.target - measure.baseline) < SHORTEST_WAY:
        yield _no_way(at, "measure", "target")
    for number, claim in enumerate(pledge.claims):
        if claim.target is not None and abs(claim.target - measure.baseline) < SHORTEST_WAY:
            yield _no_way(at, "claim", number, "target")


def finite_numbers(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A number is an ordinary one: neither nan nor inf."""
    for value, path in _numbers(pledge, at):
        if value is not None and not math.isfinite(value):
            yield Finding("number", path, f"{value} is no number here", "write it in digits")


def recurs_by_the_calendar(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A recurring pledge says how often and since when, and others say neither."""
    if pledge.kind is not Kind.RECURRING:
        for key, value in (("every", pledge.every), ("since", pledge.since)):
            if value is not None:
                hint = 'add kind = "recurring", or take this line out'
                premises = ((*at, "kind"),)
                message = f"{key!r} is for recurring pledges"
                yield Finding("rule", (*at, key), message, hint, on_key=True, premises=premises)
        return
    if not pledge.every:
        yield _needs(at, "every", 'every = "year" (or half, quarter, month)')
    if not pledge.since:
        yield _needs(at, "since", 'since = "2025", the first period')
    if pledge.due:
        message = "a recurring pledge is due at the end of each period"
        yield Finding("rule", (*at, "due"), message, "take due out", on_key=True)
    if pledge.every and pledge.since and pledge.since.length != pledge.every:
        yield _wrong_length((*at, "since"), pledge.since.name, pledge.every, at)


def updates_fit(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """An update gives a value, a period or a deadline only where the pledge can have one."""
    for number, update in enumerate(pledge.updates):
        path = (*at, "update", number)
        if update.value is not None and not pledge.measure:
            message = "a value needs a measure in its pledge"
            hint = 'add measure = { unit = "...", baseline = 0, target = ... }'
            premises = ((*at, "measure"),)
            yield Finding("rule", (*path, "value"), message, hint, on_key=True, premises=premises)
        if update.due and not update.why:
            hint = 'add why = "..."; the first deadline stays where it is'
            premises = ((*path, "why"),)
            message = "a moved deadline needs a why"
            yield Finding("rule", (*path, "due"), message, hint, on_key=True, premises=premises)


def periods_fit(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """The periods that updates name are those in which the pledge recurs."""
    premises = ((*at, "kind"), (*at, "every"), (*at, "since"))
    for number, update in enumerate(pledge.updates):
        path = (*at, "update", number, "period")
        if not update.period:
            continue
        if pledge.kind is not Kind.RECURRING:
            hint = "take it out, or make the pledge recurring"
            message = "only a recurring pledge has periods"
            yield Finding("rule", path, message, hint, on_key=True, premises=premises)
        elif pledge.every and update.period.length != pledge.every:
            yield _wrong_length(path, update.period.name, pledge.every, at)
        elif pledge.since and update.period.first < pledge.since.first:
            message = f"the first period is {pledge.since.name}"
            hint = "name a later period, or let since be earlier"
            yield Finding("rule", path, message, hint, premises=premises)


def updates_of_recurring_fit(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """An update of a recurring pledge moves no deadline, and says which period was held."""
    if pledge.kind is not Kind.RECURRING:
        return
    for number, update in enumerate(pledge.updates):
        path = (*at, "update", number)
        if update.due:
            message = "the periods of a recurring pledge can't be moved"
            yield Finding("rule", (*path, "due"), message, "say it in a note", on_key=True)
        if update.status is Status.COMPLETED and not update.period:
            hint = f'add period = "{update.date.year}", or as the pledge recurs'
            missing = ((*path, "period"),)
            message = "say which period was held"
            yield Finding("rule", (*path, "status"), message, hint, premises=missing)


def claims_say_something(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A claim gives another deadline, or another target of a measure."""
    for number, claim in enumerate(pledge.claims):
        path = (*at, "claim", number)
        if claim.target is not None and not pledge.measure:
            message = "a target needs a measure in its pledge"
            hint = 'add measure = { unit = "...", baseline = 0, target = ... }'
            premises = ((*at, "measure"),)
            yield Finding("rule", (*path, "target"), message, hint, on_key=True, premises=premises)
        if claim.due and pledge.kind is Kind.RECURRING:
            message = "a recurring pledge is due at the end of each period"
            premises = ((*at, "kind"),)
            hint = "say it in a note"
            yield Finding("rule", (*path, "due"), message, hint, on_key=True, premises=premises)
        if claim.due is None and claim.target is None:
            either = ((*path, "due"), (*path, "target"))
            hint = 'add due = "2030" or target = 30'
            yield Finding(
                "rule", path, "a claim gives another due or target", hint, premises=either
            )


def plain_texts(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """An id has no spaces or patterns in it, and a title is not blank."""
    if not re.fullmatch(r"[\w./-]+", pledge.id) and not _is_id(pledge.id):
        hint = "letters, digits, - _ . and /, for example ECO-01"
        yield Finding("id", (*at, "id"), f"{pledge.id!r} can't be an id", hint)
    if not pledge.title.strip():
        yield Finding("text", (*at, "title"), "this title is blank", "write what was promised")


SHORTEST_WAY: Final = 1e-9
"""What must lie between a baseline and a target at least."""

PLEDGE_RULES: Final[Sequence[PledgeRule]] = (
    plain_texts,
    known_pillar,
    known_parties,
    known_sources,
    measure_can_move,
    finite_numbers,
    recurs_by_the_calendar,
    updates_fit,
    periods_fit,
    updates_of_recurring_fit,
    claims_say_something,
)
LEDGER_RULES: Final[Sequence[LedgerRule]] = (
    unique_ids,
    linked_pledges,
    plain_parties,
    sources_have_addresses,
)


def _is_id(text: str) -> bool:
    """Whether letters that were written as a letter and its marks make an id."""
    return bool(re.fullmatch(r"[\w./-]+", unicodedata.normalize("NFC", text)))


def _numbers(pledge: Pledge, at: Path) -> Iterator[tuple[float | None, Path]]:
    if pledge.measure:
        yield pledge.measure.baseline, (*at, "measure", "baseline")
        yield pledge.measure.target, (*at, "measure", "target")
    for number, claim in enumerate(pledge.claims):
        yield claim.target, (*at, "claim", number, "target")
    for number, update in enumerate(pledge.updates):
        yield update.value, (*at, "update", number, "value")


def _no_way(at: Path, *where: str | int) -> Finding:
    path = (*at, *where)
    message = "the target is the same as the baseline"
    hint = "progress runs from the one to the other, so they must differ"
    premises = ((*at, "measure", "baseline"),)
    return Finding("rule", path, message, hint, premises=premises)


def _needs(at: Path, key: str, example: str) -> Finding:
    message = f"a recurring pledge needs {key}"
    return Finding("missing", (*at, key), message, f"add {example}", on_key=True)


def _wrong_length(path: Path, name: str, every: Every, at: Path) -> Finding:
    examples = {"year": "2026", "half": "2026-H2", "quarter": "2026-Q4", "month": "2026-11"}
    message = f"it recurs every {every}, and {name} is none"
    premises = ((*at, "every"), (*at, "since"))
    return Finding("rule", path, message, f'for example "{examples[every]}"', premises=premises)
