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

IDS_PROMPT: Final = "Type the ids, one per line; end with Ctrl-D on an empty line."
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
        raise WrongUse("standard input can be read only once", f"give {STDIN} in one place only")
    lines = standard_input_text("ids", IDS_PROMPT).splitlines()
    typed = (re.sub(r"(^|\s)#.*", "", line).strip() for line in lines)
    return [x for each in ids for x in (filter(None, typed) if each == STDIN else [each])]


def standard_input_text(what: str, prompt: str, label: str = "", most: int | None = None) -> str:
    """What is piped or typed into standard input; ``label`` names in messages what it is for.

    Raises: ``WrongUse`` if it can't be read, or has more than ``most`` bytes.
    """
    if sys.stdin is None:
        raise WrongUse(f"{label}standard input is closed", f"pipe the {what} into the command")
    if sys.stdin.isatty():
        notify([prompt])
    try:
        content = standard_input(-1 if most is None else most + 1)
        if most is not None and len(content) > most:
            raise WrongUse(f"{label}the text is longer than 1 MiB", "shorten it")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise WrongUse(f"{label}can't read standard input: {error.strerror}") from None
    except UnicodeDecodeError as error:
        message = f"{label}byte {error.start + 1} of standard input is not valid UTF-8"
        raise WrongUse(message, f"convert the {what} to UTF-8") from None


def registered_keys(said: Sequence[str], what: str, ledger: Ledger) -> list[str]:
    """The keys of what a filter names by key or title, in any case, with or without accents.

    ``ledger`` is the whole one: a word that is known only after the as-of date finds nothing, but
    is no error.  A text may name several, with commas.

    Raises: ``NotInLedger`` for the first word that names none.
    """
    register = _Register(what, ledger)
    found: list[str] = []
    for text in said:
        parts = [text] if register.keys_of(text) else text.split(",")
        for part in parts:
            if not (keys := register.keys_of(part)):
                raise register.unknown(part if len(parts) == 1 else part.strip())
            found += keys
    return found


class _Register:
    """The pillars, parties or sources of a ledger, by their keys and titles."""

    def __init__(self, what: str, ledger: Ledger) -> None:
        self.what = what
        titles = {"pillar": ledger.pillars, "party": ledger.parties}.get(what)
        if titles is None:
            cited = chain.from_iterable(map(cited_sources, ledger.pledges))
            titles = {each: each for each in dict.fromkeys([*ledger.sources, *cited])}
        self.titles = titles
        # Of several ledgers "economy" names the pillars of all plans that have one of this key.
        self.own = {x: x if is_url(x) or not ledger.is_joint else own_name(x) for x in titles}

    def keys_of(self, text: str) -> list[str]:
        """The keys that a text names; as it is written goes before a mere likeness."""
        alike: Callable[[str], str]
        for alike in (match_key, search_key):
            wanted = alike(text.strip())
            named = ((key, (key, title, self.own[key])) for key, title in self.titles.items())
            if keys := [key for key, names in named if wanted in map(alike, names)]:
                return keys
        return []

    def unknown(self, text: str) -> NotInLedger:
        """That a text names none; a few keys are listed."""
        keys = list(dict.fromkeys(self.own.values()))
        few = keys if len(keys) <= FEW else []
        return NotInLedger(self.what, text, [*keys, *self.titles.values()], few)
