"""Several ledgers: the files that patterns match, and all of them read as one."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from pledges.domain.ids import is_pattern
from pledges.domain.pledge import Ledger
from pledges.errors import FaultyLedger, NoLedger, WrongUse
from pledges.ledger.reading.find import STDIN, LedgerFile, home_path


def is_file_pattern(location: str) -> bool:
    """Whether a location is a pattern of files, and not the name of one."""
    return is_pattern(location) and not os.path.lexists(home_path(location))


def names_several(said: Sequence[str] | None) -> bool:
    """Whether paths and patterns may name more than one ledger.

    A pattern that happens to match one file does, so that ids are written in the same way.
    """
    return len(said or ()) > 1 or any(map(is_file_pattern, said or ()))


def one_location(said: Sequence[str] | None) -> str | None:
    """The only ledger that is named; None is the nearest one.

    Raises: ``WrongUse`` if several may be named.
    """
    if names_several(said):
        raise WrongUse("this takes one ledger, not several", "give the path of one with --ledger")
    return said[0] if said else None


def ledger_locations(said: Sequence[str] | None) -> Sequence[str | None]:
    """The ledgers that paths and patterns name: those of a pattern sorted, and each once.

    None is the nearest ledger, if none is named.

    Raises: ``NoLedger`` for a pattern that matches no file; ``WrongUse`` if standard input is to be
    read twice.
    """
    if not said:
        return [None]
    if said.count(STDIN) > 1:
        raise WrongUse("standard input can be read only once", f"give {STDIN} in one place only")
    found: dict[str, str] = {}
    for each in said:
        locations = [each]
        if is_file_pattern(each):
            import glob  # noqa: PLC0415  (only if there are patterns)

            # Path.glob takes no pattern that begins at the root.
            paths = glob.glob(str(home_path(each)), recursive=True)  # noqa: PTH207  (see above)
            locations = sorted(path for path in paths if not Path(path).is_dir())
            if not locations:
                raise NoLedger(f"no file matches {each!r}", "check the path")
        for location in locations:
            key = location
            if location != STDIN:
                with suppress(ValueError):  # it can't be a file's name, as is said when it is read
                    key = os.path.realpath(home_path(location))  # also by links
            found.setdefault(key, location)
    return [*found.values()]


def read_ledgers(
    locations: Sequence[str | None], read: Callable[[str | None], LedgerFile]
) -> list[LedgerFile]:
    """The ledgers at some locations.

    Raises: ``FaultyLedger`` with the faults of all; ``NoLedger`` if any can't be read.
    """
    files: list[LedgerFile] = []
    errors: list[NoLedger | FaultyLedger] = []
    for each in locations:
        try:
            files.append(read(each))
        except (NoLedger, FaultyLedger) as error:
            errors.append(error)
    if errors:
        raise _as_one(errors, len(locations))
    return files


def whole_ledger(files: Sequence[LedgerFile], said: Sequence[str] | None) -> Ledger:
    """What ledgers say together; a single one as it is, unless several may have been named."""
    if not names_several(said):
        return files[0].ledger
    from pledges.domain.joint import NamedLedger, joint_ledger  # noqa: PLC0415  (not of one ledger)

    return joint_ledger([NamedLedger(each.ledger, each.name) for each in files])


def _as_one(errors: Sequence[NoLedger | FaultyLedger], number: int) -> NoLedger | FaultyLedger:
    """All that is wrong with some ledgers of so many, as one error."""
    if len(errors) == 1:
        return errors[0]
    messages = [each.message for each in errors if isinstance(each, NoLedger)]
    faulty = [each for each in errors if isinstance(each, FaultyLedger)]
    if not faulty:
        error = NoLedger(f"{len(messages):,} of {number:,} ledgers can't be read")
        error.details = messages
        return error
    name = faulty[0].name if len(faulty) == 1 else f"{len(faulty):,} of {number:,} ledgers"
    faults = FaultyLedger(name, [*chain.from_iterable(each.faults for each in faulty)])
    faults.details = messages
    return faults
