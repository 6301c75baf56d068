"""``pledges sources``: the register of sources, and what cites each of them."""

from typing import Annotated, Final

from pledges.commands._completion import SOURCES
from pledges.commands._help import READING_EXITS, CommandHelp, Example
from pledges.commands._options import Reading, Words, argument, flag
from pledges.commands._session import open_session
from pledges.commands._spread import spread
from pledges.domain.ids import KnownIds
from pledges.errors import Exit, NotInLedger
from pledges.view.sources_page import answer

FEW: Final = 20  # how many sources are named if a word is none of them
Sources = Annotated[
    Words,
    argument("[ID]...", "Ids or patterns of sources, such as 'vov-*'; all by default.", SOURCES),
]
Uncited = Annotated[bool, flag("Only those that nothing cites.", None, "--uncited")]


HELP: Final = CommandHelp(
    "List the sources, and how many pledges, updates and claims cite each.",
    [
        Example("The whole register:", "pledges sources"),
        Example("What cites one of them:", "pledges sources vov-2026-02"),
        Example("Those that nothing cites:", "pledges sources --uncited"),
    ],
    exits=[each for each in READING_EXITS if each is not Exit.NO_PLEDGE],
    topics=["ledger"],
)


@spread
def run(
    reading: Reading,
    ids: Sources = None,
    uncited: Uncited = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    session = open_session(reading)
    sources = session.now.ledger.sources
    known, found = KnownIds(sources), set[str]()
    for text in ids or ():
        if not (matches := known.matches(text)):
            raise NotInLedger("source", text, [*sources], [*sources] if len(sources) <= FEW else [])
        found.update(matches)
    named = [each for each in sources if each in found or not ids]
    session.write(answer(named, session.now, is_detailed=bool(ids), is_uncited=uncited))
    return Exit.DONE
