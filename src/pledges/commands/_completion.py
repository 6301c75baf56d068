"""What a shell completes: the words that the value of an option or an argument can have.

Each is the type of its option, and is declared there.  Nothing is read before a shell asks.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from typer._click import Context, Parameter
from typer._click.shell_completion import CompletionItem
from typer._click.types import INT, STRING, ParamType, StringParamType

from pledges.domain.pledge import Ledger
from pledges.domain.spelling import match_key, search_key
from pledges.errors import NoLedger

Offers = Mapping[str, str]
"""Words, each with what it stands for; empty if it speaks for itself."""


class Completed(ParamType):
    """A text or number that is one of the words on offer, or, ``by_commas``, several of them.

    ``offers`` are these words, or what finds them for the command line so far; what they mean is in
    ``MEANINGS`` under the key ``meanings``.  ``sign`` may be typed before each of them.
    """

    def __init__(
        self,
        offers: Iterable[str] | Callable[[Context], Offers],
        *,
        by_commas: bool = False,
        meanings: str = "",
        sign: str = "",
        read: ParamType = STRING,
    ) -> None:
        self.offers, self.by_commas, self.sign = offers, by_commas, sign
        self.meanings, self.read, self.name = meanings, read, read.name

    @property
    def as_number(self) -> "Completed":
        """The same words, of which a whole number is read."""
        return Completed(self.offers, read=INT)

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:
        """What was typed, as it is read without completion."""
        return self.read.convert(value, param, ctx)

    def shell_complete(
        self, ctx: Context, param: Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that begin with what is typed, whatever its case and accents.

        A word that was given already is not offered again.
        """
        part = incomplete.rpartition(",")[2] if self.by_commas else incomplete
        part = part.removeprefix(self.sign)
        head = incomplete.removesuffix(part)
        begin = search_key(f"{part}.")[:-1]  # which would lose a space at the end
        if isinstance(self.offers, Iterable):  # an enum of words could be called, too
            from pledges.view.wording.word_meanings import MEANINGS  # noqa: PLC0415  (only if a shell asks)

            meanings = MEANINGS.get(self.meanings, {})
            offers: Offers = {word: meanings.get(word, "") for word in self.offers}
        else:
            offers = self.offers(ctx)
        given = ctx.params.get(param.name or "")
        words = [*head.split(","), *(given if isinstance(given, list | tuple) else ())]
        used = {match_key(each.removeprefix(self.sign)) for each in map(str, words)}
        return [
            CompletionItem(f"{head}{word}", help=help_text)
            for word, help_text in offers.items()
            if search_key(word).startswith(begin) and match_key(word) not in used
        ]


class FileName(StringParamType):
    """A text that is the name of a file, which the shell completes by itself."""

    envvar_list_splitter = os.pathsep  # several in a variable are written as in PATH

    def shell_complete(
        self,
        ctx: Context,  # noqa: ARG002  (Click's signature)
        param: Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """What says so."""
        return [CompletionItem(incomplete, type="file")]


def _ledger(ctx: Context) -> Ledger:
    """The ledger that the command would read, if it is a file.

    Standard input and a named pipe are not touched: the shell would wait for them.

    Raises: ``PledgesError`` if there is none, or it is broken: then nothing is completed.
    """
    from pledges.ledger.reading.find import LedgerFile, ledger_path, open_ledger  # noqa: PLC0415  (only if a shell asks)
    from pledges.ledger.reading.several import ledger_locations, read_ledgers, whole_ledger  # noqa: PLC0415

    def read(location: str | None) -> LedgerFile:
        if not ledger_path(location).is_file():
            raise NoLedger(f"{location} is no file")
        return open_ledger(location)

    said = ctx.params.get("ledger")
    said = [said] if isinstance(said, str) else said
    return whole_ledger(read_ledgers(ledger_locations(said), read), said)


def _revisions(ctx: Context) -> Offers:
    from pledges.ledger.reading.find import ledger_path  # noqa: PLC0415  (only if a shell asks)
    from pledges.ledger.reading.several import ledger_locations  # noqa: PLC0415
    from pledges.ledger.repository import Repository  # noqa: PLC0415

    first = next(iter(ledger_locations(ctx.params.get("ledger"))))
    return dict.fromkeys(Repository(ledger_path(first)).names(), "")


def _used(ctx: Context, term: str) -> Offers:
    """The values that the pledges have for a term, which is a list."""
    return dict.fromkeys(chain(*(getattr(each, term) for each in _ledger(ctx).pledges)), "")


def _numbers(ctx: Context, key: str) -> Offers:
    """The numbers of the entries, claims or decisions of the pledge that is named first.

    Raises: ``NoSuchPledge`` if there is none.
    """
    from pledges.domain.ids import KnownIds  # noqa: PLC0415  (see above)
    from pledges.view.wording.dates import claim_text  # noqa: PLC0415
    from pledges.view.wording.history_phrases import ask_text, update_text  # noqa: PLC0415

    ledger = _ledger(ctx)
    pledges = {each.id: each for each in ledger.pledges}
    pledge = pledges[KnownIds(pledges).named(ctx.params.get("pledge") or ctx.params["ids"][0])[0]]
    texts: Mapping[str, Iterable[str]] = {
        "update": (f"{each.date} {update_text(pledge, each)}" for each in pledge.updates),
        "claim": (claim_text(each, ledger) for each in pledge.claims),
        "ask": (ask_text(each, ledger) for each in pledge.asks),
    }
    return {str(number): text for number, text in enumerate(texts[key], 1)}


def _columns(_: Context) -> Offers:
    from pledges.view.pledge_columns import column_meanings  # noqa: PLC0415  (see above)

    return column_meanings()


PILLARS = Completed(lambda ctx: _ledger(ctx).pillars, by_commas=True)
PARTIES = Completed(lambda ctx: _ledger(ctx).parties, by_commas=True)
SOURCES = Completed(
    lambda ctx: {key: each.title for key, each in _ledger(ctx).sources.items()}, by_commas=True
)
REVISIONS = Completed(_revisions)
IDS = Completed(lambda ctx: {each.id: each.title for each in _ledger(ctx).pledges})
LEADS = Completed(lambda ctx: _used(ctx, "lead"))
TAGS = Completed(lambda ctx: _used(ctx, "tags"))
ENTRIES = Completed(lambda ctx: _numbers(ctx, "update"))
CLAIMS = Completed(lambda ctx: _numbers(ctx, "claim"))
ASKS = Completed(lambda ctx: _numbers(ctx, "ask"))
COLUMNS = Completed(_columns, by_commas=True)
SORT_KEYS = Completed(_columns, by_commas=True, sign="-")
FILE = FileName()
