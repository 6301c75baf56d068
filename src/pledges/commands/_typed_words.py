"""What was typed on the command line: ids, and words of the ledger's registers."""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Final

from pledges.domain.pledge import Ledger, cited_sources, is_url, own_name
from pledges.domain.spelling import match_key, search_key
from pledges.errors import NotInLedger, WrongUse
from pledges.ledger.reading.find import STDIN
from pledges.streams import notify, standard_input

FEW: Final = 20  # how many words of a register are named at most


def typed_ids(
    texts: Sequence[str] | None, ledgers: Collection[str] | None, others: Iterable[object] = ()
) -> list[str]:
    """The ids of the command line, with those of standard input in the place of ``-``.

    There they are one per line; blank lines, and what follows a ``#``, are left out.  ``others``
    are the values of options that may read standard input too.

    Raises: ``WrongUse`` if it can't be read, or is to be read twice.
    """
    ids = list(texts or ())
    if STDIN not in ids:
        return ids
    if ids.count(STDIN) > 1 or STDIN in (*(ledgers or ()), *others):
        message = "standard input can be read only once"
        raise WrongUse(message, f"give {STDIN} in one place only")
    if sys.stdin is None:
        raise WrongUse("standard input is closed", "pipe the ids into the command")
    if sys.stdin.isatty():
        notify(["Type the ids, one per line; end with Ctrl-D on an empty line."])
    try:
        lines = standard_input().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise WrongUse(f"can't read standard input: {error.strerror}") from None
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} of standard input is not valid UTF-8"
        raise WrongUse(message, "convert the ids to UTF-8") from None
    typed = (re.sub(r"(^|\s)#.*", "", line).strip() for line in lines)
    at = ids.index(STDIN)
    return [*ids[:at], *filter(None, typed), *ids[at + 1 :]]


def registered_keys(said: Sequence[str], what: str, ledger: Ledger) -> list[str]:
    """The keys of what a filter names by key or title, in any case, with or without accents.

    ``ledger`` is the whole one: a word that is known only after the as-of date finds nothing, but
    is no error.  A text may name several, with commas.

    Raises: ``NotInLedger`` for the first word that names none.
    """
    if not said:
        return []
    titles = {"pillar": ledger.pillars, "party": ledger.parties}.get(what)
    if titles is None:
        cited = chain.from_iterable(map(cited_sources, ledger.pledges))
        titles = {each: each for each in dict.fromkeys([*ledger.sources, *cited])}

    # Of several ledgers "economy" names the pillars of all plans that have one of this key.
    own = {key: key if is_url(key) or not ledger.is_joint else own_name(key) for key in titles}

    def keys_of(text: str) -> list[str]:
        alike: Callable[[str], str]
        for alike in (match_key, search_key):  # as it is written goes before a mere likeness
            wanted = alike(text.strip())
            keys = [
                key
                for key, title in titles.items()
                if wanted in (alike(key), alike(title), alike(own[key]))
            ]
            if keys:
                return keys
        return []

    found: list[str] = []
    for text in said:
        parts = [text] if keys_of(text) else text.split(",")
        for part in parts:
            if not (keys := keys_of(part)):
                keys = list(dict.fromkeys(own.values()))
                few = keys if len(keys) <= FEW else []
                entries = [*keys, *titles.values()]
                raise NotInLedger(what, part if len(parts) == 1 else part.strip(), entries, few)
            found += keys
    return found
