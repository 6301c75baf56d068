"""From options to a ledger as it was known on a day, and to the pledges that were asked about.

The clock is read here, once, and nowhere else.
"""

import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands._later_entries import later_entry_lines
from pledges.commands._options import Filters, Reading
from pledges.commands._output import check_output, emit
from pledges.commands._typed_words import FEW, registered_keys, typed_ids
from pledges.domain.assessment import AssessedPledge
from pledges.domain.counts import CLOSED_WORDS, WORDS_OF
from pledges.domain.day import Period, read_when
from pledges.domain.filters import Filter, select
from pledges.domain.ids import KnownIds, is_pattern
from pledges.domain.known import pledge_known_from
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot, snapshot
from pledges.domain.sorting import read_sort, sorted_pledges
from pledges.domain.spelling import match_key, read_words
from pledges.errors import NoSuchPledge, NotADate, WrongUse, nearest
from pledges.ledger.reading.find import LedgerFile, UnreadLedger, content_at, decoded, find_content
from pledges.ledger.reading.several import ledger_locations, read_ledgers, whole_ledger
from pledges.own_commands import with_ledger
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.wording import values as words

REGISTERS: Final = ("pillar", "party", "source")  # whose words the ledger lists: others are refused
OPEN_WORDS: Final = ("lead", "tag")  # that a pledge may have without any list of them


def clock() -> dt.datetime:
    """The local time; without its zone if the clock is set to one a day or more from UTC."""
    now = dt.datetime.now()  # noqa: DTZ005  (its zone is added if Python knows such a zone)
    try:
        return now.astimezone()
    except (ValueError, OverflowError):
        return now


def as_of_day(text: str | None) -> dt.date:
    """The as-of date; a ledger's days are civil days, without a time zone."""
    today = clock().date()
    return today if text is None else option_period(text, "--as-of", today).last


def option_period(text: str, option: str, today: dt.date) -> Period:
    """The day or period that an option gives.

    Raises: ``NotADate`` that names the option.
    """
    try:
        return read_when(text, today)
    except NotADate as error:
        raise NotADate(text, f"{option}: {error.reason}", error.hint) from None


def sort_keys(text: str | None) -> list[tuple[str, bool]]:
    """The columns of ``--sort``, each with whether it runs downwards.

    Raises: ``UnknownWord`` with the nearest column.
    """
    if text is None:
        return []
    from pledges.view.pledge_columns import FIELDS  # noqa: PLC0415  (only if they are sorted)

    return read_sort(text, list(FIELDS))


def check_limit(limit: int | None) -> None:
    """Refuse a number of entries that is not one, before anything is read."""
    if limit is not None and limit < 1:
        raise WrongUse(f"--limit must be at least 1, not {limit}", "leave it out to list all")


def left_out_lines(
    listed: int, total: int, one: str = "pledge", many: str = "pledges"
) -> list[str]:
    """A line that says how many of a list are left out because of ``--limit``, if any are."""
    if listed == total:
        return []
    rest = total - listed
    return [f"{words.count(rest, one, many)} {words.be(rest)} left out; --limit lists {listed:,}."]


def day_ahead(text: str, option: str, as_of: dt.date) -> dt.date:
    """The last day of a span that begins on the as-of date.

    Raises: ``WrongUse`` if it ends before that date; ``NotADate`` that names the option.
    """
    last = option_period(text, option, as_of).last
    if last < as_of:
        message = f"{option} {text} is before {words.day(as_of)}"
        raise WrongUse(message, "give a span such as 90d, or a later day")
    return last


class Session(Struct, frozen=True):
    """What a command reads and is asked about, and what was known on the as-of date.

    ``ledger`` is the whole one, with what became known later; of several ``files`` it is all.
    """

    reading: Reading
    filters: Filters
    locations: Sequence[str | None]
    files: Sequence[LedgerFile]
    ledger: Ledger
    now: Snapshot
    names_none: bool = False  # ids were to come from standard input, and there were none

    def write(self, answer: Answer, remarks: Sequence[str] = ()) -> None:
        """Write an answer to the output that the options name, with these remarks after its own.

        A word of a filter that the ledger does not know is reported even with ``--quiet``: it may
        be the reason why nothing was found.  So is an entry that is dated after today: its year
        may be mistyped.

        Raises: ``CannotWrite``; ``BrokenPipeError`` if the reader has gone.
        """
        answer = replace(answer, remarks=[*answer.remarks, *remarks])
        emit(answer, self.reading, [each.file for each in self.files])
        # If a user gives the as-of date, it is no surprise what is left out.
        is_today = self.reading.as_of is None
        later = later_entry_lines(self.files, self.ledger, self.now) if is_today else []
        # Nothing else on the page may say that the answer is from an older version.
        at = []
        if self.reading.at is not None and not self.reading.quiet:
            at = [f"From {words.enumeration([each.name_in_messages for each in self.files])}."]
        notify([*at, *self.unknown_word_lines(), *later])

    def selection(
        self, sort: Sequence[tuple[str, bool]] = (), *, with_internal: bool = False
    ) -> list[AssessedPledge]:
        """The pledges that ids and filters leave, in the order of the keys in ``sort``.

        Raises: ``WrongUse`` for an unknown word or date; ``NoSuchPledge`` for an id.
        """
        if self.names_none:
            return []
        now, filters = self.now, self.filters
        wanted: dict[str, Any] = _span(filters, "due", now.as_of)
        wanted |= _span(filters, "made", now.as_of)
        patterns = [x for x in filters.ids or () if is_pattern(x)]
        named = self.known_ids([x for x in filters.ids or () if not is_pattern(x)])
        for name in Filters.__struct_fields__:
            said, word = getattr(filters, name), name.removeprefix("not_")
            if word in CLOSED_WORDS:
                wanted[name] = read_words(CLOSED_WORDS[word], word, said or ())
            elif word in REGISTERS and said:
                wanted[name] = registered_keys(said, word, self.ledger)
            elif name in Filter.__struct_fields__:
                wanted[name] = () if said is None else said
        wanted["ids"] = [*patterns, *chain(*named)]
        query = Filter(**wanted, search_internal=with_internal)
        found = select(now.assessed, query, now.ledger)
        if not sort:
            return found
        from pledges.view.pledge_columns import sort_key  # noqa: PLC0415  (only if they are sorted)

        return sorted_pledges(found, sort, lambda name: sort_key(name, now.ledger))

    def known_ids(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """Yield the ids that each word of the command line names.

        Raises: ``NoSuchPledge``, also for a pledge that became known after the as-of date.
        """
        known = KnownIds(each.id for each in self.now.ledger.pledges)
        for text in texts:
            try:
                found = known.named(text)
            except NoSuchPledge as error:
                raise self._unknown_id(text, known) or error from None
            yield found

    def _unknown_id(self, text: str, known: KnownIds) -> NoSuchPledge | None:
        """Why a text is not among the known ids: its pledge is later, or it is a file's name."""
        later = KnownIds(each.id for each in self.ledger.pledges if each.id not in known.keys)
        if not known.matches(text) and (ids := later.matches(text)):
            as_of = self.now.as_of
            pledge = next(each for each in self.ledger.pledges if each.id == ids[0])
            made = pledge.made
            what, when = "published", words.day(pledge_known_from(pledge, self.ledger))
            if made and made.first > as_of:
                what, when = "made", words.period(made)
            message = f"{text} was {what} after {words.day(as_of)} ({when})"
            return NoSuchPledge(message, "give a later day with --as-of")
        # A shell makes "--ledger plans/*.toml" an option with one file, followed by the others.
        if os.path.isfile(text):  # noqa: PTH113  (a name may be too long to ask for)
            hint = "to read several ledgers, put the pattern in quotes: --ledger '*.toml'"
            return NoSuchPledge(f"{text!r} is a file, not the id of a pledge", hint)
        return None

    def window_days(self, text: str | None, option: str) -> int | None:
        """How many days an option looks ahead; without one it is the plan's ``warn_days``.

        None is as far as each of several plans says for itself.

        Raises: ``WrongUse`` if its span ends in the past; ``NotADate`` that names the option.
        """
        if text is None:
            return self.now.ledger.warn_days
        return (day_ahead(text, option, self.now.as_of) - self.now.as_of).days

    def no_match_lines(self, found: Collection[AssessedPledge]) -> list[str]:
        """A line that says why no pledge is found; none if any is."""
        now = self.now
        if found:
            return []
        if now.assessed:
            return [words.no_match(len(now.assessed), now.as_of)]
        ledger = self.ledger
        known = [(pledge_known_from(each, ledger), each.made) for each in ledger.pledges]
        if not known:
            return [with_ledger("The ledger has no pledges yet. To add the first: pledges add")]
        day, made = min(known, key=itemgetter(0))
        first = words.period(made) if made and made.first == day else words.day(day)
        return [f"No pledges as of {words.day(now.as_of)}; the first is from {first}."]

    def unknown_word_lines(self) -> list[str]:
        """A line for each word of an open filter that is not in the ledger, with the nearest."""
        lines: list[str] = []
        for what in OPEN_WORDS:
            filters = self.filters
            said = [*(getattr(filters, what) or ()), *(getattr(filters, f"not_{what}") or ())]
            in_pledges = chain(*map(WORDS_OF[what], self.now.assessed if said else ()))
            used = list(dict.fromkeys(in_pledges))
            known = set(map(match_key, used))
            for word in (each for each in said if match_key(each) not in known):
                close = nearest(word, used)
                few = f"; it has {', '.join(used)}" if used and len(used) <= FEW else ""
                rest = f"; did you mean {close}?" if close else few
                lines.append(f"the ledger has no {what} {word!r}{rest}")
        return lines


def open_session(
    reading: Reading, filters: Filters | None = None, today: dt.date | None = None
) -> Session:
    """Read the ledger; ``today`` is the as-of date, if that is known already.

    Raises: ``WrongUse``, ``NoLedger`` or ``FaultyLedger``.
    """
    check_output(reading)
    as_of = today or as_of_day(reading.as_of)
    filters = filters or Filters()
    ids = typed_ids(filters.ids, reading.ledger)
    locations = ledger_locations(reading.ledger)
    files = read_ledgers(locations, lambda each: decoded(unread_ledger(each, reading.at)))
    ledger = whole_ledger(files, reading.ledger)
    now = snapshot(ledger, files[0].name, as_of)
    names_none = bool(filters.ids) and not ids
    filters = replace(filters, ids=ids)
    return Session(reading, filters, locations, files, ledger, now, names_none)


def unread_ledger(location: str | None, revision: str | None) -> UnreadLedger:
    """The content of a ledger, now or in the revision of git that ``--at`` names.

    Raises: ``NoLedger``; ``WrongUse`` if there is no such revision.
    """
    if revision is None:
        return find_content(location)
    return content_at(location, revision, clock().date())


def _span(filters: Filters, what: str, as_of: dt.date) -> dict[str, Any]:
    """The first and the last day on which a pledge may be due, or made."""
    firsts, lasts = [], []
    by, after = getattr(filters, f"{what}_by"), getattr(filters, f"{what}_after")
    if by is not None:
        lasts.append(option_period(by, f"--{what}-by", as_of).last)
    if after is not None:
        last = option_period(after, f"--{what}-after", as_of).last
        firsts.append(min(last, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1))
    if what == "due" and filters.due_within is not None:
        firsts.append(as_of)
        lasts.append(day_ahead(filters.due_within, "--due-within", as_of))
    return {f"{what}_from": max(firsts, default=None), f"{what}_to": min(lasts, default=None)}
