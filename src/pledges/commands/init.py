"""``pledges init``: a new ledger."""

import re
from pathlib import Path
from string import Template
from typing import Annotated, Final
from unicodedata import normalize

from pledges.clean import unseen_character
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Word, Writing, option
from pledges.commands._spread import spread, without
from pledges.commands._values import typed_text
from pledges.commands._writing import Desk, check_one_ledger
from pledges.domain.ids import next_id
from pledges.domain.spelling import match_key
from pledges.errors import Exit, WrongUse
from pledges.ledger.editing.amend import Revision
from pledges.ledger.editing.toml_writing import pair_text, value_text
from pledges.ledger.reading.find import LEDGER_NAME, home_path, ledger_above
from pledges.ledger.storage.store import check_free, create

Title = Annotated[Word, option("TEXT", "What the ledger is about.")]
Entries = list[str] | None
Parties = Annotated[Entries, option("KEY=NAME", "A party, for example VN='Viet Nam'.")]
Pillars = Annotated[Entries, option("KEY=TITLE", "A pillar, for example energy='Green energy'.")]

DEFAULT_TITLE: Final = "Plan of Action"
DEFAULT_PILLARS: Final = {"general": "General"}

HELP: Final = CommandHelp(
    "Create a ledger, with comments that explain the format.",
    [
        Example("In this folder:", "pledges init --title 'Clean River Compact'"),
        Example(
            "With its parties and pillars:",
            "pledges init --party UP=Upstream --pillar water='Water quality'",
        ),
    ],
    exits=[Exit.DONE, Exit.USAGE, Exit.CANNOT_WRITE],
    topics=["ledger"],
)


@spread
def run(
    writing: Annotated[Writing, without("as_of")],
    title: Title = None,
    party: Parties = None,
    pillar: Pillars = None,
) -> int:
    if writing.ledger in ("", "-"):
        raise WrongUse("a new ledger needs a file", "give its path with --ledger")
    check_one_ledger(writing)
    path = home_path(writing.ledger or LEDGER_NAME)
    desk = Desk(writing, path)
    parties = _entries(party, "--party")
    pillars = _entries(pillar, "--pillar") or DEFAULT_PILLARS
    plan_title = DEFAULT_TITLE if title is None else typed_text(title, "--title")
    first_pillar = next(iter(pillars))
    starter = Template(Path(__file__).with_name("starter.toml").read_text(encoding="utf-8"))
    text = starter.substitute(
        title=pair_text("title", plan_title),
        parties="".join(f"{pair_text(*each)}\n" for each in parties.items()),
        pillars="".join(f"{pair_text(*each)}\n" for each in pillars.items()),
        id=next_id(first_pillar, (), ()),
        pillar=first_pillar,
        owed_by=f"#   owed_by = {value_text(list(parties))}\n" if parties else "",
    )
    if writing.dry_run:
        check_free(path)
        desk.print_diff(Revision("", text))
        return Exit.DONE
    notes: list[str] = []
    create(path, text, notes.append)
    if not writing.ledger and (above := ledger_above(path)):
        notes.append(
            f"There is another ledger in a folder above, {above}; here the new one is used."
        )
    desk.say(f"Created {desk.name}. To add a pledge: pledges add", *notes)
    return Exit.DONE


def _entries(words: Entries, option: str) -> dict[str, str]:
    """The keys that an option gives, with their names."""
    entries: dict[str, str] = {}
    for word in words or ():
        text = normalize("NFC", typed_text(word, option))
        key, equals, name = (part.strip() for part in text.partition("="))
        if not (key and equals and name):
            raise WrongUse(f"{option}: {text!r} has no key and name", f"write {option} KEY=NAME")
        if unseen_character(key) or not re.fullmatch(r"\w[\w-]*", key):
            hint = "use only letters, digits, - and _, for example energy"
            raise WrongUse(f"{option}: {key!r} can't be a key", hint)
        if match_key(key) in map(match_key, entries):
            raise WrongUse(
                f"{option}: the key {key!r} is given twice", "give each one a key of its own"
            )
        entries[key] = name
    return entries
