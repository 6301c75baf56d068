"""What is said of the places in which two versions of a ledger differ."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pledges.domain.answers import Overtaken
from pledges.domain.conflicts import ABSENT, Conflict, ConflictPlace, Twins
from pledges.view.wording.history_phrases import NONE
from pledges.view.wording.values import beginning, day, enumeration, quotation

LONGEST = 60  # characters of a text that are shown of a value


def conflict_text(conflict: Conflict) -> str:
    """What the sides differ about: "ECO-02: due is 2029 in ours and 2030 in theirs"."""
    ours, theirs = conflict.values
    name = _place(conflict.place)
    if ABSENT in conflict.values:
        gone, kept = ("ours", "theirs") if ours is ABSENT else ("theirs", "ours")
        key = f"{conflict.place.key} is " if conflict.place.key else ""
        return f"{name}: {key}removed in {gone} and changed in {kept}"
    if not (isinstance(ours, Mapping) and isinstance(theirs, Mapping)):
        return f"{name}: {conflict.place.key} is {_both(ours, theirs)}"
    if ours.get("title") != theirs.get("title") and not conflict.place.key:
        titles = _both(ours.get("title"), theirs.get("title"))
        return f"{name} is the id of two pledges: {titles}; give one of them another id"
    return f"{name}: {conflict.place.key or 'it'} is changed in ours and in theirs"


def twins_text(twins: Twins) -> str:
    """That both sides have an entry of one day, and which figures differ."""
    both = [x for x in ("status", "value", "due") if x in twins.ours and x in twins.theirs]
    keys = [key for key in both if twins.ours[key] != twins.theirs[key]]
    words = [f"{key} {_both(twins.ours[key], twins.theirs[key])}" for key in keys]
    last = twins.theirs if twins.is_theirs_later else twins.ours
    counting = enumeration([_value(last[key]) for key in keys])
    said = f"{twins.pledge}: both have an update of {_value(twins.ours['date'])}"
    counts = "counts" if len(keys) == 1 else "count"
    return f"{said}: {enumeration(words)}; both are kept, and {counting} {counts}"


def overtaken_text(found: Overtaken) -> str:
    """What the ledger says otherwise than a form that is answered, and what then counts.

    "ECO-02: value 25 in the ledger (1 Dec 2026, by A) and 23 in the form (2 Dec 2026, by B); ...".
    """
    told, now = found.told or NONE, found.now or NONE
    if found.key == "title":
        told, now = quotation(told), quotation(now)
    verb = "changed" if found.answer is None else "added"
    since = "" if told == now else f", {verb} after the form was made on {day(found.made)}"
    if found.answer is None:
        entry = _entry(found.now_on, found.now_by)
        return f"{found.id}: {found.key} {told} -> {now}{entry}{since}."
    ours = f"{now} in the ledger{_entry(found.now_on, found.now_by)}{since}"
    theirs = f"{found.answer} in the form{_entry(found.answer_on, found.answer_by)}"
    kept = f"both are kept, and {found.in_force} counts."
    return f"{found.id}: {found.key} {ours}, and {theirs}; {kept}"


def _entry(on: dt.date | None, by: str | None) -> str:
    """The day of an entry, and who reported it: " (1 Dec 2026, by Singapore)"."""
    parts = [day(on)] if on else []
    parts += [f"by {by}"] if by else []
    return f" ({', '.join(parts)})" if parts else ""


def _place(place: ConflictPlace) -> str:
    if not place.record:
        return place.table or "the ledger"
    kind, content = place.record
    date = content.get("date", content.get("settled"))
    what = content.get("what")
    of = f" of {_value(date)}" if date else ""
    return f"{place.table}, {kind}{of}" + (f" {_value(what)}" if what else "")


def _both(ours: object, theirs: object) -> str:
    return f"{_value(ours)} in ours and {_value(theirs)} in theirs"


def _value(value: Any) -> str:  # noqa: ANN401  (any value of TOML)
    """A value in one line, at most as long as is read at a glance."""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list):
        return f"[{beginning(', '.join(map(_value, value)), LONGEST)}]"
    if isinstance(value, str):
        return quotation(beginning(value, LONGEST))
    return beginning(str(value), LONGEST)
