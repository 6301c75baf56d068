"""What a ledger holds.  Each field is declared here, once: its type, bounds, default and help.

    Ledger ─┬─ Plan                      its title and its two warning spans
            ├─ parties, pillars          key -> title, in the ledger's order
            ├─ sources ── Source         id -> where a statement was published
            └─ Pledge ─┬─ Measure        a number that moves from a baseline to a target
                       ├─ Claim          another cited version of a term
                       ├─ Update         one dated entry of its history
                       └─ Ask            a decision that is wanted

A field's name is its key in the ledger and in JSON, unless ``field(name=...)`` says otherwise.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Annotated, Final

from msgspec import Meta, Struct, UnsetType, field

from pledges.domain.day import Interval, Period
from pledges.domain.fields import Several, TextKind, meaning, term, text_kind, text_of

Text = Annotated[str, Meta(min_length=1)]
Prose = Annotated[str, text_of(TextKind.PROSE)]
PillarKey = Annotated[str, text_of(TextKind.PILLAR)]
PartyKey = Annotated[str, text_of(TextKind.PARTY)]
PartyOrText = Annotated[str, text_of(TextKind.PARTY_OR_TEXT)]
Citation = Annotated[str, text_of(TextKind.SOURCE)]
PledgeId = Annotated[str, text_of(TextKind.PLEDGE)]
Citations = Annotated[Several, text_kind(TextKind.SOURCE)]
PledgeIds = Annotated[Several, text_kind(TextKind.PLEDGE)]
Days = Annotated[int, Meta(ge=0, le=100_000)]
LARGEST: Final = 10**18  # sums in dong have so many digits
WholeNumber = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
Number = WholeNumber | Annotated[float, Meta(ge=-1e18, le=1e18)]


class Status(StrEnum):
    """What was reported, a person's word."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def is_final(self) -> bool:
        """Whether nothing more is awaited after it."""
        return self in FINAL


FINAL: Final = frozenset({Status.COMPLETED, Status.WITHDRAWN, Status.SUPERSEDED})
UNREPORTED = "unreported"
"""The word for no status: nothing is known, which is not the same as not started."""
STATUS_WORDS = (*map(str, Status), UNREPORTED)


class Strength(StrEnum):
    """How firm a pledge is, from the weakest."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    AGREED = "agreed"
    REAFFIRMED = "reaffirmed"
    SIGNED = "signed"


ASKED_FOR: Final = frozenset({Strength.REQUESTED, Strength.PROPOSED})
"""The strengths of what was asked for and is not agreed."""


class Kind(StrEnum):
    """How a pledge meets the calendar: once, in every period, or without an end."""

    ONE_OFF = "one-off"
    RECURRING = "recurring"
    ONGOING = "ongoing"


class Every(StrEnum):
    """The length of a recurring pledge's periods."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


class Record(Struct, frozen=True):
    """A table of the ledger; keys that it does not declare are let through."""


class Plan(Record, frozen=True):
    """What the ledger is about, and when it warns (both spans in days)."""

    title: Annotated[Text, term("Title", "What the ledger is about.")]
    short: Annotated[Text | None, term("Short title", "A short form of the title.")] = None
    warn_days: Annotated[Days, term("Due soon", "Due soon within this many days.")] = 60
    stale_days: Annotated[Days, term("Stale", "Stale after this many days without news.")] = 180


class Source(Record, frozen=True):
    """Where a statement was published."""

    title: Annotated[Text, term("Title", "Its title.", option="source_title")]
    publisher: Annotated[
        Text | None, term("Publisher", "Who published it.", "NAME", option="source_publisher")
    ] = None
    date: Annotated[
        Period | None,
        term("Date", "When it was published: a day or a period.", option="source_date"),
    ] = None
    url: Annotated[
        Text | None, term("URL", "Where it can be read.", "URL", option="source_url")
    ] = None


class Measure(Record, frozen=True):
    """A number that must move from ``baseline`` to ``target``, counted in ``unit``.

    ``total_text`` is what is said of the total, such as ``in operation``; ``source`` is that of the
    baseline.
    """

    unit: Annotated[Text, term("Unit", "What is counted.")]
    baseline: Annotated[Number | None, term("Baseline", "The value at the start.")] = None
    baseline_date: Annotated[dt.date | None, term("Baseline date", "The day of the baseline.")] = (
        None
    )
    target: Annotated[Number | None, term("Target", "The value to reach.")] = None
    total_text: Annotated[
        Text | None, term("Total text", "Words that follow the total, for example 'in operation'.")
    ] = None
    source: Annotated[
        Citation | None,
        term(
            "Measure source",
            "The source of the baseline.",
            option="measure_source",
            flat_name="measure_source",
        ),
    ] = None


class Claim(Record, frozen=True):
    """Another cited version of one of a pledge's terms; it is open until it is settled."""

    source: Annotated[Citations, term("Source", "The source of the claim.")]
    due: Annotated[Period | None, term("Deadline", "The deadline that it gives.")] = None
    target: Annotated[Number | None, term("Target", "The target that it gives.")] = None
    note: Annotated[Prose | None, term("Note", "A note.")] = None
    settled: Annotated[dt.date | None, term("Settled", "The day on which it was settled.")] = None

    @property
    def is_open(self) -> bool:
        """Whether it is not settled yet which version is right."""
        return self.settled is None


class Update(Record, frozen=True):
    """One dated entry in a pledge's history.

    ``due`` sets or moves the deadline; a move needs a ``why``.  If it was only ``seen``, ``date``
    is the day on which it was found to be so, and when it happened is not known.
    """

    date: Annotated[dt.date, term("Date", "The day it happened.")]
    period: Annotated[
        Period | None, term("Period", "Which period of a recurring pledge.", "PERIOD")
    ] = None
    status: Annotated[Status | None, term("Status", "What was reported.")] = None
    value: Annotated[Number | None, term("Value", "The new value of its measure.")] = None
    due: Annotated[
        Period | None, term("Deadline", "The new deadline; a move needs a reason, why.")
    ] = None
    why: Annotated[Text | None, term("Why", "Why the deadline is moved.")] = None
    note: Annotated[Prose | None, term("Note", "What happened.")] = None
    source: Annotated[Citations, term("Source", "The id of a source, or a URL.")] = Several()
    by: Annotated[Text | None, term("Reported by", "Who reported it.", "NAME")] = None
    seen: Annotated[
        bool, term("Seen", "The date is when it was found; when it happened is not known.")
    ] = False

    @property
    def is_news(self) -> bool:
        """Whether somebody said it; a note without a source or reporter is the desk's remark."""
        is_said = bool(self.note and (self.source or self.by))
        return bool(self.status or self.value is not None or self.due or is_said)


class Ask(Record, frozen=True):
    """A decision wanted from someone; it is open until it is settled."""

    what: Annotated[Text, term("Decision", "A decision that is wanted.", option="ask")]
    date: Annotated[dt.date, term("Date", "The day on which it was asked for.")]
    of: Annotated[PartyOrText | None, term("Of", "Who should decide.", option="ask_of")] = None
    by: Annotated[dt.date | None, term("By", "The day by which it is wanted.", option="ask_by")] = (
        None
    )
    settled: Annotated[dt.date | None, term("Settled", "The day on which it was settled.")] = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.settled is None


class Pledge(Record, frozen=True, dict=True):
    """One promise.  ``due`` is the deadline as it was first made; updates may move it."""

    # ``dict`` is for what is worked out once: a history may be long, and is asked for by each of
    # its entries.

    id: Annotated[Text, term("Id", "Its id.", "ID")]
    title: Annotated[Text, term("Title", "What was promised.")]
    pillar: Annotated[PillarKey, term("Pillar", "Its pillar.")]
    kind: Annotated[Kind, term("Kind", "How often it is due.")] = Kind.ONE_OFF
    every: Annotated[Every | None, term("Every", "How often it recurs.")] = None
    since: Annotated[
        Period | None,
        term("Since", "Its first period; by default that in which it was made.", "PERIOD"),
    ] = None
    until: Annotated[Period | None, term("Until", "Its last period.", "PERIOD")] = None
    review: Annotated[Interval | None, term("Review", "How often to review it: '6 months'.")] = None
    owed_by: Annotated[tuple[PartyKey, ...], term("Owed by", "Who owes it.")] = ()
    asked_by: Annotated[tuple[PartyKey, ...], term("Asked by", "Who asked for it.")] = ()
    lead: Annotated[Several, term("Lead", "The body in charge.", "NAME")] = Several()
    waiting_on: Annotated[
        PartyOrText | None, term("Waiting on", "Who must act next: a party, or a text.")
    ] = None
    strength: Annotated[Strength | None, term("Strength", "How firm it is.")] = None
    made: Annotated[Period | None, term("Made", "When it was made: a day or a period.")] = None
    due: Annotated[
        Period | None, term("Deadline", "Its deadline: a day or a period.", flat_name="pledged_due")
    ] = None
    due_text: Annotated[
        Text | None, term("Due text", "The deadline in the words of the source.")
    ] = None
    source: Annotated[Citations, term("Source", "The id of a source, or a URL.")] = Several()
    part_of: Annotated[PledgeId | None, term("Part of", "The pledge that it is part of.")] = None
    superseded_by: Annotated[PledgeIds, term("Superseded by", "The pledge that replaces it.")] = (
        Several()
    )
    tags: Annotated[tuple[Text, ...], term("Tags", "Its tag.", "TAG", option="tag")] = ()
    note: Annotated[Prose | None, term("Note", "A note.")] = None
    internal: Annotated[
        Prose | UnsetType | None, term("Internal", "A note that is shown only if it is asked for.")
    ] = None
    measure: Measure | None = None
    claims: tuple[Claim, ...] = field(name="claim", default=())
    updates: tuple[Update, ...] = field(name="update", default=())
    asks: tuple[Ask, ...] = field(name="ask", default=())

    @property
    def plan_key(self) -> str:
        """The short name of its plan if several ledgers are read as one, else empty."""
        return plan_key_of(self.id)

    @cached_property
    def history(self) -> Sequence[Update]:
        """Its updates, oldest first; those of one day in the ledger's order."""
        return tuple(sorted(self.updates, key=attrgetter("date")))

    @cached_property
    def moves(self) -> Sequence[Update]:
        """The updates that moved its deadline, oldest first."""
        return tuple(update for update in self.history if update.due)

    @property
    def is_agreed(self) -> bool:
        """Whether it was agreed, not only requested or proposed."""
        return self.strength not in ASKED_FOR

    @cached_property
    def last_news_on(self) -> dt.date | None:
        """The day of its latest news; None if it was never heard of."""
        return max([update.date for update in self.updates if update.is_news], default=None)


class Ledger(Record, frozen=True, dict=True):
    """A whole ledger, its pledges in the file's order."""

    plan: Plan
    schema: Annotated[int, Meta(ge=1, le=1, description="The version of this form: 1.")] = 1
    parties: Annotated[dict[str, Text], meaning("The names of the parties, by key.")] = {}
    pillars: Annotated[dict[str, Text], meaning("The titles of the chapters, by key.")] = {}
    sources: dict[str, Source] = {}
    pledges: tuple[Pledge, ...] = field(name="pledge", default=())

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each pledge, by its id."""
        return {each.id: each.title for each in self.pledges}

    @property
    def plans(self) -> Mapping[str, Plan]:
        """Its plan by the ``plan_key`` of its pledges; of several ledgers as one, their plans."""
        return {"": self.plan}

    @property
    def files(self) -> Mapping[str, str]:
        """The names of the files of several ledgers that are read as one, like ``plans``."""
        return {}

    @property
    def is_joint(self) -> bool:
        """Whether it is several ledgers, which are read as one."""
        return bool(self.files)

    @property
    def warn_days(self) -> int | None:
        """The plan's ``warn_days``; None if several plans have different ones."""
        return _one({each.warn_days for each in self.plans.values()})

    @property
    def stale_days(self) -> int | None:
        """The plan's ``stale_days``; None if several plans have different ones."""
        return _one({each.stale_days for each in self.plans.values()})

    def party(self, key: str) -> str:
        """The name of a party; a key that is not in the register is its own name."""
        return self.parties.get(key, key)

    def source_date(self, cited: str) -> Period | None:
        """When a cited source was published; None if that is not known."""
        source = self.sources.get(cited)
        return source.date if source else None


def _one(values: set[int]) -> int | None:
    """The value that all have; None if there are several."""
    return values.pop() if len(values) == 1 else None


PLAN_MARK: Final = ":"
"""What ends the short name of a plan, as in ``VN-SG:ECO-02``; no id of a ledger contains it."""


def plan_key_of(name: str) -> str:
    """The short name of the plan that a name of a joint ledger begins with, else empty."""
    return name.partition(PLAN_MARK)[0] if PLAN_MARK in name else ""


def own_name(name: str) -> str:
    """A name of a joint ledger as its own ledger has it."""
    return name.partition(PLAN_MARK)[2] if PLAN_MARK in name else name


def citations(pledge: Pledge) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield each source that a pledge cites, with its path in the pledge's table."""
    cited: list[tuple[Sequence[str], tuple[str | int, ...]]] = [(pledge.source, ())]
    if pledge.measure and pledge.measure.source:
        cited.append(((pledge.measure.source,), ("measure",)))
    cited += [(each.source, ("claim", at)) for at, each in enumerate(pledge.claims)]
    cited += [(each.source, ("update", at)) for at, each in enumerate(pledge.updates)]
    for sources, path in cited:
        # A single one is most often written as a text, and its place is that of the key.
        for at, source in enumerate(sources):
            yield source, (*path, "source", *([at] if len(sources) > 1 else []))


def cited_sources(pledge: Pledge) -> set[str]:
    """Every source that a pledge, its measure, claims or updates cite."""
    return {source for source, _ in citations(pledge)}


def is_url(source: str) -> bool:
    """Whether a citation is a URL of its own, not the id of a source in the register."""
    return bool(re.fullmatch(r"https?://[^\s/]\S*", source))
