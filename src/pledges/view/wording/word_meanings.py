"""What the closed words mean, of which each pledge, update or event has one."""

from collections.abc import Mapping
from typing import Final

from pledges.domain.events import EventWord
from pledges.domain.pledge import UNREPORTED, Every, Kind, Status, Strength
from pledges.view.wording.standings import STANDINGS

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {
        Status.NOT_STARTED: "nothing was done yet",
        Status.IN_PROGRESS: "it is being done",
        Status.COMPLETED: "it is done",
        Status.SUSPENDED: "it rests for now; its deadline stays",
        Status.WITHDRAWN: "it was given up",
        Status.SUPERSEDED: "another pledge replaces it",
        UNREPORTED: "no status was reported: nothing is known, which is not the same "
        "as not started",
    },
    "standing": {each: entry.meaning.format(warn="warn_days") for each, entry in STANDINGS.items()},
    "strength": {
        Strength.REQUESTED: "one side asked for it; it is not agreed",
        Strength.PROPOSED: "one side proposed it; it is not agreed",
        Strength.AGREED: "both sides agreed on it",
        Strength.REAFFIRMED: "it was agreed, and agreed again",
        Strength.SIGNED: "it is in a document that both sides signed",
    },
    "kind": {
        Kind.ONE_OFF: "due once, or without a deadline; the usual kind",
        Kind.RECURRING: "due in each period: every year from since on, to until if it ends",
        Kind.ONGOING: "without an end; review says how often to look at it",
    },
    "every": {
        Every.YEAR: "once a year",
        Every.HALF: "once in half a year",
        Every.QUARTER: "once a quarter",
        Every.MONTH: "once a month",
    },
    "event": {
        EventWord.MOVED: "a deadline was moved",
        EventWord.COMPLETED: "a pledge was completed",
        EventWord.STARTED: "a pledge was reported in progress for the first time",
        EventWord.VALUE: "a figure was reported",
        EventWord.NEW: "a pledge was made",
        EventWord.CLAIM: "a source gave other terms",
        EventWord.ASK: "a decision was asked for",
        EventWord.NOTE: "something was noted",
    },
}
"""What each word means, by the options that take these words."""
