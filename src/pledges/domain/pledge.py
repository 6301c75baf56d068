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
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import StrEnum
from operator import attrgetter
from typing import Annotated

from msgspec import Meta, Struct, UnsetType, field
from msgspec.structs import replace

from pledges.domain.day import Interval, Period
from pledges.domain.fields import TextKind, term, text_of

Text = Annotated[str, Meta(min_length=1)]
Prose = Annotated[str, text_of(TextKind.PROSE)]
PillarKey = Annotated[str, text_of(TextKind.PILLAR)]
PartyKey = Annotated[str, text_of(TextKind.PARTY)]
PartyOrText = Annotated[str, text_of(TextKind.PARTY_OR_TEXT)]
Citation = Annotated[str, text_of(TextKind.SOURCE)]
PledgeId = Annotated[str, text_of(TextKind.PLEDGE)]
Days = Annotated[int, Meta(ge=0, le=100_000)]
Number = Annotated[int, Meta(ge=-(10**15), le=10**15)] | Annotated[float, Meta(ge=-1e15, le=1e15)]


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


FINAL = frozenset({Status.COMPLETED, Status.WITHDRAWN, Status.SUPERSEDED})
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

    title: Annotated[
        Text,
        term("Title", "The title of a new source; --source gives its id.", option="source_title"),
    ]
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
    """Another cited version of one of a pledge's terms."""

    source: Annotated[Citation, term("Source", "The source of the claim.")]
    due: Annotated[Period | None, term("Deadline", "The deadline that it gives.")] = None
    target: Annotated[Number | None, term("Target", "The target that it gives.")] = None
    note: Annotated[Prose | None, term("Note", "A note.")] = None


class Update(Record, frozen=True):
    """One dated entry in a pledge's history; ``due`` moves the deadline and needs a ``why``."""

    date: Annotated[dt.date, term("Date", "The day it happened; today by default.")]
    period: Annotated[
        Period | None, term("Period", "Which period of a recurring pledge.", "PERIOD")
    ] = None
    status: Annotated[Status | None, term("Status")] = None
    value: Annotated[Number | None, term("Value", "The new value of its measure.")] = None
    due: Annotated[Period | None, term("Deadline", "The new deadline; needs --why.")] = None
    why: Annotated[Text | None, term("Why", "Why the deadline is moved.")] = None
    note: Annotated[Prose | None, term("Note", "What happened.")] = None
    source: Annotated[Citation | None, term("Source", "The id of a source, or a URL.")] = None
    by: Annotated[Text | None, term("Reported by", "Who reported it.", "NAME")] = None


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


class Pledge(Record, frozen=True):
    """One promise.  ``due`` is the deadline as it was first made; updates may move it."""

    id: Annotated[Text, term("Id", "Its id; by default the next free one.", "ID")]
    title: Annotated[Text, term("Title", "What was promised.")]
    pillar: Annotated[PillarKey, term("Pillar", "Its pillar, by key or title.")]
    kind: Annotated[Kind, term("Kind")] = Kind.ONE_OFF
    every: Annotated[Every | None, term("Every", "How often it recurs.")] = None
    since: Annotated[
        Period | None, term("Since", "Its first period; by default that of --made.", "PERIOD")
    ] = None
    review: Annotated[Interval | None, term("Review", "How often to review it: '6 months'.")] = None
    owed_by: Annotated[tuple[PartyKey, ...], term("Owed by", "Who owes it, by key or name.")] = ()
    lead: Annotated[Text | None, term("Lead", "The body in charge.", "NAME")] = None
    waiting_on: Annotated[
        PartyOrText | None, term("Waiting on", "Who must act next: a party, or a text.")
    ] = None
    strength: Annotated[Strength | None, term("Strength")] = None
    made: Annotated[Period | None, term("Made", "When it was made: a day or a period.")] = None
    due: Annotated[
        Period | None, term("Deadline", "Its deadline: a day or a period.", flat_name="pledged_due")
    ] = None
    due_text: Annotated[
        Text | None, term("Due text", "The deadline in the words of the source.")
    ] = None
    source: Annotated[Citation | None, term("Source", "The id of a source, or a URL.")] = None
    part_of: Annotated[PledgeId | None, term("Part of", "The pledge that it is part of.")] = None
    superseded_by: Annotated[
        PledgeId | None, term("Superseded by", "The pledge that replaces it.")
    ] = None
    tags: Annotated[tuple[Text, ...], term("Tags", "A tag.", "TAG", option="tag")] = ()
    note: Annotated[Prose | None, term("Note", "A note.")] = None
    internal: Annotated[Prose | UnsetType | None, term("Internal", "An internal note.")] = None
    measure: Measure | None = None
    claims: tuple[Claim, ...] = field(name="claim", default=())
    updates: tuple[Update, ...] = field(name="update", default=())
    asks: tuple[Ask, ...] = field(name="ask", default=())

    @property
    def history(self) -> list[Update]:
        """Its updates, oldest first; those of one day in the ledger's order."""
        return sorted(self.updates, key=attrgetter("date"))

    @property
    def moves(self) -> list[Update]:
        """The updates that moved its deadline, oldest first."""
        moves = (update for update in self.updates if update.due)
        return sorted(moves, key=attrgetter("date"))

    @property
    def last_news_on(self) -> dt.date | None:
        """The day of its latest update; None if it was never reported on."""
        return max([update.date for update in self.updates], default=None)


class Ledger(Record, frozen=True):
    """A whole ledger, its pledges in the file's order."""

    plan: Plan
    schema: Annotated[int, Meta(ge=1, le=1)] = 1
    parties: dict[str, Text] = {}
    pillars: dict[str, Text] = {}
    sources: dict[str, Source] = {}
    pledges: tuple[Pledge, ...] = field(name="pledge", default=())

    def party(self, key: str) -> str:
        """The name of a party; a key that is not in the register is its own name."""
        return self.parties.get(key, key)

    def source_date(self, cited: str) -> Period | None:
        """When a cited source was published; None if that is not known."""
        source = self.sources.get(cited)
        return source.date if source else None

    def known_on(self, as_of: dt.date) -> "Ledger":
        """What this ledger would have said on ``as_of``.

        Leaves out the pledges, updates, asks and sources that are dated later, and the claims of
        such sources; a decision settled later is open.  A period is known from its first day on,
        and what has no date is always known.  A pledge or an update that cites a source of a later
        day keeps the citation, so what is cited need not be in ``sources``.
        """
        made = [each for each in self.pledges if not (each.made and each.made.first > as_of)]
        known = (self.pledge_known_on(each, as_of) for each in made)
        if len(made) < len(self.pledges):
            ids = frozenset(each.id for each in made)
            known = (_with_links_to(ids, each) for each in known)
        sources = {key: x for key, x in self.sources.items() if self._is_published(key, as_of)}
        return replace(self, pledges=tuple(known), sources=sources)

    def pledge_known_on(self, pledge: Pledge, as_of: dt.date) -> Pledge:
        """The pledge with what was known of it on ``as_of``, as ``known_on`` says.

        Links to pledges that were made later are kept.
        """
        is_known = all(each.date <= as_of for each in pledge.updates)
        if is_known and not (pledge.claims or pledge.asks):
            return pledge
        asks = (each for each in pledge.asks if each.date <= as_of)
        return replace(
            pledge,
            updates=tuple(each for each in pledge.updates if each.date <= as_of),
            claims=tuple(x for x in pledge.claims if self._is_published(x.source, as_of)),
            asks=tuple(
                replace(each, settled=None) if each.settled and each.settled > as_of else each
                for each in asks
            ),
        )

    def _is_published(self, cited: str, as_of: dt.date) -> bool:
        date = self.source_date(cited)
        return date is None or date.first <= as_of


def _with_links_to(ids: AbstractSet[str], pledge: Pledge) -> Pledge:
    """The pledge without links to others than those of ``ids``."""
    part_of = pledge.part_of if pledge.part_of in ids else None
    superseded_by = pledge.superseded_by if pledge.superseded_by in ids else None
    if (part_of, superseded_by) == (pledge.part_of, pledge.superseded_by):
        return pledge  # a new record for every pledge would cost more than all else here
    return replace(pledge, part_of=part_of, superseded_by=superseded_by)


def citations(pledge: Pledge) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield each source that a pledge cites, with its path in the pledge's table."""
    if pledge.source:
        yield pledge.source, ("source",)
    if pledge.measure and pledge.measure.source:
        yield pledge.measure.source, ("measure", "source")
    for number, claim in enumerate(pledge.claims):
        yield claim.source, ("claim", number, "source")
    for number, update in enumerate(pledge.updates):
        if update.source:
            yield update.source, ("update", number, "source")


def cited_sources(pledge: Pledge) -> set[str]:
    """Every source that a pledge, its measure, claims or updates cite."""
    return {source for source, _ in citations(pledge)}


def is_url(source: str) -> bool:
    """Whether a citation is a URL of its own, not the id of a source in the register."""
    return bool(re.fullmatch(r"https?://[^\s/]\S*", source))
