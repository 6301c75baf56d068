"""Pledges of a register that its file has no more."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.pledge import Ledger, Pledge, Status
from pledges.domain.spelling import match_key
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping

_DROPPED: Final = (Status.WITHDRAWN, Status.SUPERSEDED)


class Vanished(Struct, frozen=True):
    """Pledges that the file does not have; of the ``doubtful`` ids it may never have had any."""

    pledges: Sequence[Pledge] = ()
    doubtful: Sequence[str] = ()

    @property
    def sure(self) -> Sequence[Pledge]:
        """Those that the file surely had."""
        return [each for each in self.pledges if each.id not in self.doubtful]


def vanished_pledges(
    ledger: Ledger,
    ids: frozenset[str],
    columns: ImportColumns,
    reader: CellReader,
    mapping: SheetMapping,
) -> Vanished:
    """The pledges of the register that the file does not have.

    What ``[set]`` says of all its rows tells them from those of other registers, and so do their
    ids: those of a register begin alike.  A file without titles is no register, but news of some
    pledges.
    """
    is_register = mapping.is_of_register and "title" in columns.targets
    if not (mapping.vanished_tag or is_register):
        return Vanished()
    keys = mapping.fixed.keys() & {"owed_by", "pillar"}
    common = {key: reader.value(mapping.fixed[key], key) for key in keys}
    gone = []
    for each in ledger.pledges:
        own = {"owed_by": [*each.owed_by], "pillar": each.pillar}
        is_dropped = bool(each.updates) and each.history[-1].status in _DROPPED
        is_other = is_dropped or mapping.vanished_tag in each.tags or own | common != own
        if each.id not in ids and not is_other:
            gone.append(each)
    beginnings = set(map(_beginning, ids))
    return Vanished(gone, [each.id for each in gone if _beginning(each.id) not in beginnings])


def _beginning(name: str) -> str | None:
    """What an id has before its number; None if it has no number."""
    found = re.match(r"\D*(?=\d)", match_key(name))
    return found[0] if found else None
