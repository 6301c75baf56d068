"""``diff``: what changed between two versions of a ledger, in words."""

import datetime as dt
from collections.abc import Iterator, Sequence

from pledges.domain.pledge import Ledger, Source
from pledges.domain.versions import EntryChange, VersionChange
from pledges.view import update_page
from pledges.view.answer import Answer, LedgerDocument
from pledges.view.wording import values as words
from pledges.view.wording.dates import deadline_text


class VersionsDocument(LedgerDocument, frozen=True, kw_only=True):
    """What differs between an old version, which ``compared_with`` names, and the ledger.

    ``added`` and ``removed`` are the ids of pledges; those of ``added`` are in ``pledges`` too.
    ``entries`` are those of the plan and of the registers.
    """

    kind: str = "ledger-diff"
    compared_with: str
    pledges: Sequence[update_page.ChangeRecord]
    added: Sequence[str]
    removed: Sequence[str]
    entries: Sequence[EntryChange]


def answer(change: VersionChange, names: tuple[str, str], new: Ledger, as_of: dt.date) -> Answer:
    """The differences in every format; ``names`` are those of the two versions."""
    both = [*change.changed, *change.added]

    def document() -> VersionsDocument:
        return VersionsDocument(
            as_of=as_of,
            ledger=names[1],
            compared_with=names[0],
            count=len(both),
            pledges=[*map(update_page.change_record, both)],
            added=[each.after.pledge.id for each in change.added],
            removed=[each.id for each in change.removed],
            entries=change.entries,
        )

    counts = {
        "changed": len(change.changed),
        "added": len(change.added),
        "removed": len(change.removed),
    }
    parts = [f"{words.count(n, 'pledge')} {what}" for what, n in counts.items() if n]
    if change.entries:
        parts.append(f"{words.count(len(change.entries), 'entry', 'entries')} of the registers")
    told = words.enumeration(parts) or "no difference"
    caption = f"From {names[0]} to {names[1]}: {told}."
    return update_page.rows_answer([*_rows(change, new)], document, caption)


def _rows(change: VersionChange, ledger: Ledger) -> Iterator[update_page.ChangeRow]:
    for entry in change.entries:
        register, _, key = entry.key.partition(".")
        old, new = (_entry_text(each) for each in (entry.old, entry.new))
        text = f"{old} -> {new}" if entry.old is not None and entry.new is not None else old or new
        what = "added" if entry.old is None else "removed" if entry.new is None else "changed"
        yield key, f"{register}, {what}", text
    for each in change.changed:
        yield from update_page.change_rows(each, ledger)
    for each in change.added:
        due = deadline_text(each.after)
        yield each.after.pledge.id, "new", each.after.pledge.title + (f", due {due}" if due else "")
        yield from update_page.change_rows(each, ledger)
    for pledge in change.removed:
        yield pledge.id, "removed", pledge.title


def _entry_text(value: object) -> str:
    """An entry of a register in a line; empty if there is none."""
    if isinstance(value, Source):
        date = words.period(value.date)
        return ", ".join(filter(None, (value.title, value.publisher, date, value.url)))
    return "" if value is None else str(value)
