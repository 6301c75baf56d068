"""From options to a ledger as it was known on a day, and from an answer to where it goes.

The clock is read here, once, and nowhere else.
"""

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from pledges.commands._options import Filters, Reading
from pledges.domain.assessment import Assessed, Standing
from pledges.domain.day import Interval, read_when
from pledges.domain.pledge import Kind, Ledger, Strength
from pledges.domain.query import (
    Query,
    folded,
    is_pattern,
    pledge_ids,
    read_statuses,
    read_words,
    select,
)
from pledges.domain.snapshot import Snapshot, snapshot
from pledges.errors import CannotWrite, NoSuchPledge, NotADate, UnknownWord, WrongUse, nearest
from pledges.ledger.source import Opened, open_ledger
from pledges.render import SUFFIXES, Canvas, Format, render
from pledges.view import wording
from pledges.view.page import Answer

COLOURS: Final = ("auto", "always", "never")
WIDTHS: Final = range(20, 1001)
"""The widths that can be laid out, in cells."""


class Session(Struct, frozen=True):
    """What was asked and what it is asked of; ``whole`` is the ledger with what came later too."""

    reading: Reading
    opened: Opened
    now: Snapshot


def opened(reading: Reading) -> Session:
    """The session that the options ask for.

    Raises: ``WrongUse``, ``NoLedger`` or ``FaultyLedger``.
    """
    check_output(reading)
    as_of = _as_of(reading.as_of)
    found = open_ledger(reading.ledger)
    return Session(reading, found, snapshot(found.ledger, found.name, as_of))


def selected(
    session: Session,
    filters: Filters,
    ids: Sequence[str] | None,
    *,
    with_internal: bool = False,
) -> list[Assessed]:
    """The pledges that ids and filters leave.

    Raises: ``WrongUse`` for a word or date that is none; ``NoSuchPledge`` for an id.
    """
    named = [found for text in ids or () for found in _named(session, text)]
    query = _query(filters, named, session.now.as_of, with_internal=with_internal)
    return select(session.now.assessed, query, session.now.ledger)


def known_ids(session: Session, text: str) -> list[str]:
    """The ids that a word of the command line names.

    Raises: ``NoSuchPledge`` where an id is none, or of none that was made by the as-of date.
    """
    now = session.now
    ids = [each.id for each in now.ledger.pledges]
    later = {each.id: each.made for each in session.opened.ledger.pledges if each.id not in ids}
    if made := later.get(text):
        message = f"{text} was made on {wording.period(made)}, after {wording.day(now.as_of)}"
        raise NoSuchPledge(message, "ask for a later day with --as-of")
    return pledge_ids(text, ids)


def about(session: Session, filters: Filters, shown: int) -> list[str]:
    """What is said about a selection: words that mean nothing here, and how much of what it is.

    The count is for who sits at a terminal; elsewhere only that there is nothing is worth a word.
    """
    now = session.now
    total, lines = len(now.assessed), _open_words(now, filters)
    if not total:
        return [*lines, _nothing(session.opened.ledger, now.as_of)]
    if shown and not is_terminal():
        return lines
    of = "" if shown == total else f" of {total:,}"
    noun = "pledge" if total == 1 else "pledges"
    return [*lines, f"{shown:,}{of} {noun} as of {wording.day(now.as_of)}."]


def _nothing(whole: Ledger, as_of: dt.date) -> str:
    """Why there are no pledges at all."""
    first = min((each.made.first for each in whole.pledges if each.made), default=None)
    if not first:
        return "The ledger has no pledges yet."
    return f"No pledges as of {wording.day(as_of)}: the first was made on {wording.day(first)}."


def emit(session: Session, answer: Answer) -> None:
    """Write an answer where it should go, and say on standard error what is said about it.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    form, reading = chosen_format(session.reading), session.reading
    text = render(answer, form, _canvas(reading))
    if reading.output:
        _write_file(Path(reading.output), text, session.opened.path, force=reading.force)
    else:
        _write(text, is_screen=form is Format.TERMINAL)
    if not reading.quiet:
        say(answer.said)


def say(lines: Iterable[str]) -> None:
    """Lines for people, on standard error."""
    if sys.stderr is not None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))


def split(words: str | None) -> list[str]:
    """The words of a list with commas between."""
    return [word.strip() for word in words.split(",")] if words else []


def _open_words(now: Snapshot, filters: Filters) -> list[str]:
    """A line for each word of an open filter that the ledger does not know, with the nearest."""
    ledger, pledges = now.ledger, now.ledger.pledges
    known: Mapping[str, tuple[Iterable[str] | None, Iterable[str]]] = {
        "pillar": (filters.pillar, (*ledger.pillars, *ledger.pillars.values())),
        "party": (filters.party, (*ledger.parties, *ledger.parties.values())),
        "source": (filters.source, ledger.sources),
        "lead": (filters.lead, (each.lead for each in pledges if each.lead)),
        "tag": (filters.tag, (tag for each in pledges for tag in each.tags)),
    }
    return [
        _not_known(what, word, list(register))
        for what, (given, register) in known.items()
        for word in given or ()
        if folded(word) not in {folded(each) for each in register}
    ]


def _not_known(what: str, word: str, register: Sequence[str]) -> str:
    close = nearest(word, register)
    return f"the ledger has no {what} {word!r}" + (f"; did you mean {close}?" if close else "")


def when(text: str, option: str, base: dt.date) -> dt.date:
    """The last day of what an option's date names, seen from ``base``.

    Raises: ``NotADate`` that names the option.
    """
    try:
        return read_when(text, base).last
    except NotADate as error:
        raise NotADate(text, f"{option}: {error.reason}", error.hint) from None


def _as_of(given: str | None) -> dt.date:
    today = dt.date.today()  # noqa: DTZ011  (a ledger's days are civil days, without a zone)
    return when(given, "--as-of", today) if given else today


def _query(filters: Filters, ids: Sequence[str], as_of: dt.date, *, with_internal: bool) -> Query:
    first, last = _due_span(filters, as_of)
    return Query(
        ids=ids,
        status=read_statuses(filters.status or ()),
        not_status=read_statuses(filters.not_status or ()),
        standing=read_words(Standing, "standing", filters.standing or ()),
        not_standing=read_words(Standing, "standing", filters.not_standing or ()),
        strength=read_words(Strength, "strength", filters.strength or ()),
        not_strength=read_words(Strength, "strength", filters.not_strength or ()),
        kind=read_words(Kind, "kind", filters.kind or ()),
        not_kind=read_words(Kind, "kind", filters.not_kind or ()),
        pillar=filters.pillar or (),
        party=filters.party or (),
        lead=filters.lead or (),
        source=filters.source or (),
        tag=filters.tag or (),
        due_from=first,
        due_to=last,
        overdue=filters.overdue,
        stale=filters.stale,
        behind=filters.behind,
        contested=filters.contested,
        no_deadline=filters.no_deadline,
        search=filters.search or (),
        search_internal=with_internal,
    )


def _named(session: Session, text: str) -> list[str]:
    return [text] if is_pattern(text) else known_ids(session, text)


def _due_span(filters: Filters, as_of: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that a deadline may have."""
    firsts, lasts = [], []
    if filters.due_by:
        lasts.append(when(filters.due_by, "--due-by", as_of))
    if filters.due_after:
        after = when(filters.due_after, "--due-after", as_of)
        firsts.append(Interval(1, "day").after(after))
    if filters.due_within:
        firsts.append(as_of)
        lasts.append(when(filters.due_within, "--due-within", as_of))
    return max(firsts, default=None), min(lasts, default=None)


def check_output(reading: Reading) -> None:
    """Refuse what does not go together before anything is read."""
    form = chosen_format(reading)
    if reading.color not in COLOURS:
        raise UnknownWord("--color", reading.color, COLOURS)
    if reading.width is not None and reading.width not in WIDTHS:
        raise WrongUse(f"--width is {WIDTHS[0]} to {WIDTHS[-1]} cells, not {reading.width}")
    if form is not Format.TERMINAL and _wants_screen(reading):
        option = "--width" if reading.width else "--color always"
        raise WrongUse(f"{option} is for --format terminal, not {form}", "leave one of them out")
    if reading.force and not reading.output:
        raise WrongUse("--force is for --output", "name the file to replace with --output")


def _wants_screen(reading: Reading) -> bool:
    return reading.width is not None or reading.color == "always"


def chosen_format(reading: Reading) -> Format:
    """The format that was asked for, or else the one that fits where the answer goes."""
    if reading.format:
        return read_words(Format, "format", [reading.format])[0]
    if reading.output:
        return SUFFIXES.get(Path(reading.output).suffix.lower(), Format.TEXT)
    is_screen = is_terminal() or _wants_screen(reading) or _colour_is_forced()
    return Format.TERMINAL if is_screen else Format.TEXT


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def _colour_is_forced() -> bool:
    return os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")


def _canvas(reading: Reading) -> Canvas:
    width = reading.width or max(shutil.get_terminal_size().columns, WIDTHS[0])
    return Canvas(width, has_colour=_has_colour(reading), is_ascii=not _has_unicode())


def _has_colour(reading: Reading) -> bool:
    if reading.color != "auto":
        return reading.color == "always"
    if _colour_is_forced():
        return True
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return is_terminal() and not is_plain and not reading.output


def _has_unicode() -> bool:
    """Whether the locale says that the terminal shows more than ASCII."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or ""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C")
    declared = os.name != "posix" or "utf" in locale.lower()
    return declared and "utf" in encoding.lower()


def _write(text: str, *, is_screen: bool) -> None:
    if sys.stdout is None:
        raise CannotWrite("standard output is closed", "give a file with --output")
    try:
        if is_screen and is_terminal():
            sys.stdout.write(text)
        else:
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(f"standard output can't be written: {error.strerror}") from None


def _write_file(path: Path, text: str, ledger: Path | None, *, force: bool) -> None:
    if ledger and path.exists() and path.samefile(ledger):
        raise CannotWrite(f"{path} is the ledger itself", "give another file to --output")
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    except FileExistsError:
        raise CannotWrite(f"{path} is there already", "let it be replaced with --force") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotWrite(f"{path} can't be written: {reason}") from None
