"""What a write did to the lines of a ledger, so that it can be done again or taken back.

A hunk has the lines that were removed and those that took their place, with unchanged lines around
them.  So its place is also found in a text that was changed elsewhere since.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from pledges.ledger.editing.text_diff import near_changes, shared_ends

LEAST_CONTEXT: Final = 3  # unchanged lines on each side of a hunk
MOST_CONTEXT: Final = 48
MOST_GAP: Final = 3  # unchanged lines between two changes that make one hunk

MOST_SEARCHED: Final = 1 << 30
"""Bytes that are searched for the places of all hunks together: a second's work."""

ChangedSpan = tuple[int, int, int, int]  # from and to in the old text, and in the new one


class Hunk(Struct, frozen=True, array_like=True):
    """Lines that were replaced: ``old``, which began at the byte ``at``, by ``new``.

    ``before`` and ``after`` are the unchanged lines next to them.
    """

    at: int
    old: bytes
    new: bytes
    before: bytes
    after: bytes


def hunks_between(old: bytes, new: bytes) -> list[Hunk]:
    """What has to be done to ``old`` to make ``new``, in the order of the text."""
    spans = list(_changed_spans(old, new))
    # Uniqueness is worth a search, but not one for each of thousands of hunks.
    is_searched = len(spans) * (len(old) + len(new)) <= MOST_SEARCHED // 8
    # The context of a hunk ends at the next one: beyond it, old and new text differ.
    lows, highs = [0, *(span[1] for span in spans)], [*(span[0] for span in spans[1:]), len(old)]
    return [
        _hunk(span, limits, old, new, is_searched=is_searched)
        for span, *limits in zip(spans, lows, highs, strict=False)
    ]


def _hunk(
    span: ChangedSpan, limits: Sequence[int], old: bytes, new: bytes, *, is_searched: bool
) -> Hunk:
    """A change with as much of its context as makes it unique, if that is searched for."""
    (a, b, c, d), (low, high) = span, limits
    count = LEAST_CONTEXT if is_searched else MOST_CONTEXT // 4
    while True:
        start, end = a, b
        for _ in range(count):  # lines
            start = max(old.rfind(b"\n", low, max(start - 1, low)) + 1, low)
            end = old.find(b"\n", end, high) + 1 or high
        hunk = Hunk(a, old[a:b], new[c:d], old[start:a], old[b:end])
        texts = ((old, hunk.old), (new, hunk.new))
        found = (_occurrences(text, hunk.before + lines + hunk.after) for text, lines in texts)
        if not is_searched or count >= MOST_CONTEXT or all(len(places) == 1 for places in found):
            return hunk
        count *= 2


def reversed_hunks(hunks: Sequence[Hunk]) -> list[Hunk]:
    """What takes the hunks back."""
    shifts = accumulate((len(each.new) - len(each.old) for each in hunks), initial=0)
    return [
        Hunk(each.at + shift, each.new, each.old, each.before, each.after)
        for each, shift in zip(hunks, shifts, strict=False)
    ]


def text_with(content: bytes, hunks: Sequence[Hunk], places: Sequence[int]) -> bytes | None:
    """The text after the hunks are done at these places; None if they are not in order."""
    parts, at = [], 0
    for hunk, place in zip(hunks, places, strict=True):
        end = place + len(hunk.old)
        if not at <= place <= end <= len(content):
            return None
        parts += [content[at:place], hunk.new]
        at = end
    return b"".join([*parts, content[at:]])


def places_of(content: bytes, hunks: Sequence[Hunk]) -> list[int] | None:
    """Where the hunks belong in a text that was changed since; None if that is not certain.

    Each has one place only, at which the lines that it replaces are as they were.
    """
    if len(hunks) * len(content) > MOST_SEARCHED:
        return None
    places = []
    for hunk in hunks:
        # A hunk goes by as much of its context as is still there.
        before, after = (_lines(each) for each in (hunk.before, hunk.after))
        most = max(len(before), len(after), 1)
        counts = [most >> halvings for halvings in range(most.bit_length())]
        attempts = [pair for n in counts for pair in ((n, n), (n, 0), (0, n))]
        for above, below in [*attempts, (0, 0)]:
            head = b"".join(before[max(len(before) - above, 0) :]) if above else b""
            pattern = head + hunk.old + b"".join(after[:below])
            if len(found := _occurrences(content, pattern)) == 1:
                places.append(found[0] + len(head))
                break
        else:
            return None
    return places


def _occurrences(content: bytes, pattern: bytes) -> list[int]:
    """Where whole lines are in a text; the first two places are enough."""
    places: list[int] = []
    at = content.find(pattern) if pattern.strip() else -1
    while at >= 0 and len(places) < 2:  # noqa: PLR2004  (a second one is one too many)
        is_start = at == 0 or content[at - 1 : at] == b"\n"
        is_end = pattern.endswith(b"\n") or at + len(pattern) == len(content)
        if is_start and is_end:
            places.append(at)
        at = content.find(pattern, at + 1)
    return places


def _changed_spans(old: bytes, new: bytes) -> Iterator[ChangedSpan]:
    """The whole lines that differ, as bytes from and to in the old text and in the new one."""
    # The ends are compared first, in C: of megabytes a write changes a few lines.
    start, end = shared_ends(old, new)
    start = old.rfind(b"\n", 0, start) + 1
    shared = old[len(old) - end :]
    end = len(shared) - (shared.find(b"\n") + 1) if b"\n" in shared else 0
    one, other = (_lines(each[start : len(each) - end]) for each in (old, new))
    at = [*accumulate(map(len, one), initial=start)]
    to = [*accumulate(map(len, other), initial=start)]
    for changes in near_changes(one, other, MOST_GAP):
        (a, _, c, _), (_, b, _, d) = changes[0], changes[-1]
        yield at[a], at[b], to[c], to[d]


def _lines(content: bytes) -> list[bytes]:
    """The lines with their ends; only a line feed ends one."""
    return io.BytesIO(content).readlines()
