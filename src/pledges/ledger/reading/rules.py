"""The rules that a valid ledger keeps, one function each.

A rule of a single pledge takes the pledge, its path and the ledger; one of the whole ledger takes
the ledger.  Rules about ids and links are in ``references``.  A fault is reported at the key that
has to change.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from pledges.clean import character_name, unseen_character
from pledges.domain.day import Period, period_around
from pledges.domain.pledge import Every, Kind, Ledger, Pledge, Status
from pledges.ledger.reading import references
from pledges.ledger.text.finding import Finding, Path

PledgeRule = Callable[[Pledge, Path, Ledger], Iterator[Finding]]
LedgerRule = Callable[[Ledger], Iterator[Finding]]

SHORTEST_WAY: Final = 1e-9  # the least difference between a baseline and a target

_ID: Final = re.compile(r"[\w./-]+")
_EXAMPLES: Final = {
    Every.YEAR: "2026",
    Every.HALF: "2026-H2",
    Every.QUARTER: "2026-Q4",
    Every.MONTH: "2026-11",
}
_DUE_BY_PERIOD: Final = "a recurring pledge is due at the end of each period"
_ADD_MEASURE: Final = 'add measure = { unit = "...", baseline = 0, target = ... }'


def broken_rules(ledger: Ledger, unsound: AbstractSet[Path] = frozenset()) -> list[Finding]:
    """Return every fault that the rules find, except what follows from ``unsound`` places."""
    findings = [each for rule in LEDGER_RULES for each in rule(ledger)]
    for number, pledge in enumerate(ledger.pledges):
        for rule in PLEDGE_RULES:
            findings.extend(rule(pledge, ("pledge", number), ledger))
    if not unsound:
        return findings
    if any(path[:1] == ("pledge",) and path[2:3] in ((), ("id",)) for path in unsound):
        unsound = unsound | {references.ALL_IDS}
    return [
        each
        for each in findings
        for paths in [(each.path, *each.premises)]
        if not any(path[:end] in unsound for path in paths for end in range(1, len(path) + 1))
    ]


def plain_texts(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """An id has no spaces or patterns in it, and a title is not blank."""
    unseen = None if pledge.id.isascii() else unseen_character(pledge.id)
    if unseen:
        message = f"{pledge.id!r} contains {character_name(unseen)}"
        yield Finding("id", (*at, "id"), message, "delete it")
    # A letter with accents may be written as a letter and its marks, which are no \w.
    elif not _ID.fullmatch(unicodedata.normalize("NFC", pledge.id)):
        hint = "use only letters, digits, - _ . and /, for example ECO-01"
        yield Finding("id", (*at, "id"), f"{pledge.id!r} can't be an id", hint)
    if not pledge.title.strip():
        yield Finding("text", (*at, "title"), "this title is blank", "write what was promised")


def measure_can_move(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A target differs from its baseline, because progress is divided by the difference."""
    measure = pledge.measure
    if not measure or measure.baseline is None:
        return
    targets: list[tuple[float | None, Path]] = [(measure.target, (*at, "measure", "target"))]
    for number, claim in enumerate(pledge.claims):
        targets.append((claim.target, (*at, "claim", number, "target")))
    for target, path in targets:
        if target is not None and abs(target - measure.baseline) < SHORTEST_WAY:
            message = "the target is the same as the baseline"
            hint = "progress runs from the baseline to the target, so they must differ"
            premises = ((*at, "measure", "baseline"),)
            yield Finding("rule", path, message, hint, premises=premises)


def recurs_only_if_recurring(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """Only a recurring pledge says how often it recurs, and from when until when."""
    if pledge.kind is Kind.RECURRING:
        return
    for key in ("every", "since", "until"):
        if getattr(pledge, key) is not None:
            message = f"only a recurring pledge has {key!r}"
            hint = 'add kind = "recurring", or delete this line'
            yield _key_finding((*at, key), message, hint, (*at, "kind"))


def recurs_by_the_calendar(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A recurring pledge says how often and since when."""
    if pledge.kind is not Kind.RECURRING:
        return
    if not pledge.every:
        yield _missing_key((*at, "every"), 'every = "year" (or half, quarter, month)')
    if not pledge.since:
        yield _missing_key((*at, "since"), 'since = "2025", the first period')
    if pledge.due:
        yield _key_finding((*at, "due"), _DUE_BY_PERIOD, "delete due")
    if pledge.every and pledge.since and pledge.since.length != pledge.every:
        yield _wrong_length((*at, "since"), pledge.since.name, pledge.every, at)
    if pledge.every and pledge.until and pledge.until.length != pledge.every:
        yield _wrong_length((*at, "until"), pledge.until.name, pledge.every, at)
    elif pledge.since and pledge.until and pledge.until.last < pledge.since.last:
        hint, since_path = "give a later period", (*at, "since")
        yield _before_first((*at, "until"), pledge.until, pledge.since, hint, since_path)


def updates_fit(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """An update gives a value only if there is a measure, and moves a deadline with a reason."""
    for number, update in enumerate(pledge.updates):
        path = (*at, "update", number)
        if update.value is not None and not pledge.measure:
            message = "a value needs a measure in the pledge"
            yield _key_finding((*path, "value"), message, _ADD_MEASURE, (*at, "measure"))
        is_first = pledge.due is None and pledge.moves[:1] == (update,)
        if update.due and not update.why and not is_first:
            hint = 'add why = "..."'
            message = "a moved deadline needs a reason"
            yield _key_finding((*path, "due"), message, hint, (*path, "why"))


def periods_fit(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """The periods that updates name are those in which the pledge recurs."""
    premises = ((*at, "kind"), (*at, "every"), (*at, "since"))
    named = ((number, x.period) for number, x in enumerate(pledge.updates) if x.period)
    for number, period in named:
        path = (*at, "update", number, "period")
        if pledge.kind is not Kind.RECURRING:
            hint = "delete it, or make the pledge recurring"
            yield _key_finding(path, "only a recurring pledge has periods", hint, *premises)
        elif pledge.every and period.length != pledge.every:
            yield _wrong_length(path, period.name, pledge.every, at)
        elif pledge.since and period.first < pledge.since.first:
            hint = "give a later period here, or an earlier one in since"
            yield _before_first(path, period, pledge.since, hint, *premises)
        elif pledge.until and period.last > pledge.until.last:
            message = f"{period.name} is after the last period, {pledge.until.name}"
            hint = "give an earlier period here, or a later one in until"
            yield Finding("rule", path, message, hint, premises=(*premises, (*at, "until")))


def updates_of_recurring_fit(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """An update of a recurring pledge moves no deadline, and says which period was held."""
    if pledge.kind is not Kind.RECURRING:
        return
    for number, update in enumerate(pledge.updates):
        path = (*at, "update", number)
        if update.due:
            message = "the periods of a recurring pledge can't be moved"
            yield _key_finding((*path, "due"), message, "write it in a note instead")
        if update.status is Status.COMPLETED and not update.period:
            name = period_around(update.date, pledge.every or Every.YEAR).name
            hint = f'add a line such as period = "{name}"'
            premises = ((*path, "period"),)
            message = "it is not clear which period was completed"
            yield Finding("rule", (*path, "status"), message, hint, premises=premises)


def claims_say_something(pledge: Pledge, at: Path, _: Ledger) -> Iterator[Finding]:
    """A claim gives another deadline, or another target of a measure."""
    for number, claim in enumerate(pledge.claims):
        path = (*at, "claim", number)
        if claim.target is not None and not pledge.measure:
            message = "a target needs a measure in the pledge"
            yield _key_finding((*path, "target"), message, _ADD_MEASURE, (*at, "measure"))
        if claim.due and pledge.kind is Kind.RECURRING:
            yield _key_finding(
                (*path, "due"), _DUE_BY_PERIOD, "write it in a note instead", (*at, "kind")
            )
        if not claim.source:
            message = "a claim needs a source"
            yield Finding("missing", (*path, "source"), message, 'add source = "..."')
        if claim.due is None and claim.target is None:
            either = ((*path, "due"), (*path, "target"))
            message = "a claim needs a due or a target"
            yield Finding("rule", path, message, 'add due = "2030" or target = 30', premises=either)


def _before_first(path: Path, period: Period, since: Period, hint: str, *premises: Path) -> Finding:
    message = f"{period.name} is before the first period, {since.name}"
    return Finding("rule", path, message, hint, premises=premises)


def _key_finding(path: Path, message: str, hint: str, *premises: Path) -> Finding:
    return Finding("rule", path, message, hint, on_key=True, premises=premises)


def _missing_key(path: Path, example: str) -> Finding:
    message = f"a recurring pledge needs {path[-1]!r}"
    return Finding("missing", path, message, f"add {example}", on_key=True)


def _wrong_length(path: Path, name: str, every: Every, at: Path) -> Finding:
    length = "half-year" if every is Every.HALF else every
    message = f"{name} is not a {length}, and this pledge recurs every {length}"
    premises = ((*at, "every"), (*at, "since"))
    hint = f'write a {length} such as "{_EXAMPLES[every]}"'
    return Finding("rule", path, message, hint, premises=premises)


PLEDGE_RULES: Final[Sequence[PledgeRule]] = (
    plain_texts,
    references.known_pillar,
    references.known_parties,
    references.known_sources,
    measure_can_move,
    recurs_only_if_recurring,
    recurs_by_the_calendar,
    updates_fit,
    periods_fit,
    updates_of_recurring_fit,
    claims_say_something,
)
LEDGER_RULES: Final[Sequence[LedgerRule]] = (
    references.unique_ids,
    references.linked_pledges,
    references.plain_keys,
    references.keys_of_parties,
    references.sources_have_urls,
)
