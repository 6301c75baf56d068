"""A ledger as the rules of ``check`` get it: what is sound of it, and its text."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import Assessment
from pledges.domain.known import with_links_to
from pledges.domain.pledge import Ledger, Plan, Pledge, Status, Update
from pledges.domain.snapshot import snapshot
from pledges.ledger.reading.decode import Table
from pledges.ledger.reading.faults import ledger_and_findings
from pledges.ledger.text.finding import Finding, Path
from pledges.ledger.text.salvage import Tables

MEND: Final = "to mend it: pledges check --fix"
"""The hint for what ``check --fix`` mends, without the option that names the ledger."""


class CheckedPledge(Struct, frozen=True):
    """A pledge without an error and the path to it; ``assessment`` is None if it is not known yet.

    The pledge has its whole history, whenever that is known.
    """

    path: Path
    pledge: Pledge
    assessment: Assessment | None

    @property
    def numbered_history(self) -> list[tuple[Path, Update]]:
        """Its updates, oldest first, each with the path to it."""
        paths = (((*self.path, "update", at), each) for at, each in enumerate(self.pledge.updates))
        return sorted(paths, key=lambda each: each[1].date)

    def last_report(self, status: Status) -> tuple[Path, Update] | None:
        """The latest update that reports a status, with the path to it."""
        reports = (each for each in reversed(self.numbered_history) if each[1].status is status)
        return next(reports, None)

    def path_of_figure(self, on: dt.date | None) -> Path:
        """The path to the first figure of a day."""
        history = self.numbered_history
        return next((*at, "value") for at, x in history if x.value is not None and x.date == on)


class CheckedLedger(Struct, frozen=True):
    """What there is to check: the text, its tables, and the pledges that have no error.

    ``content`` is empty if nothing could be read; ``is_toml`` if all of it could.
    """

    text: str
    is_toml: bool
    content: Table
    ledger: Ledger
    pledges: Sequence[CheckedPledge]
    as_of: dt.date
    errors: Sequence[Finding]

    @classmethod
    def of(cls, text: str, tables: Tables, as_of: dt.date) -> Self:
        """What the tables of a text contain, assessed on ``as_of``.

        Pledges in which there are errors are left out: what they seem to lack may only be unread.
        """
        found, errors = ledger_and_findings(tables)
        ledger = found or Ledger(Plan("?"))
        faulty = {each.path[1] for each in errors if each.path[:1] == ("pledge",) and each.path[1:]}
        sound = {at: each for at, each in enumerate(ledger.pledges) if at not in faulty}
        ids = frozenset(each.id for each in sound.values())
        linked = tuple(with_links_to(ids, each) for each in sound.values())
        ledger = replace(ledger, pledges=linked)
        assessments = {x.pledge.id: x.assessment for x in snapshot(ledger, "", as_of).assessed}
        pledges = [
            CheckedPledge(("pledge", at), each, assessments.get(each.id))
            for at, each in sound.items()
        ]
        return cls(text, tables.scan is None, tables.content or {}, ledger, pledges, as_of, errors)

    @property
    def assessed(self) -> Iterator[tuple[CheckedPledge, Assessment]]:
        """The pledges that are known on the as-of date, each with its assessment."""
        return ((each, each.assessment) for each in self.pledges if each.assessment)
