"""What a write did to lines is found again and taken back, in a text that was changed elsewhere."""

import random

from hypothesis import given
from hypothesis import strategies as st

from pledges.ledger.editing.hunks import hunks_between, places_of, reversed_hunks, text_with

LINES = st.lists(
    st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\n", b"d d\n", b"\xff\n"]), max_size=12
)
TEXTS = st.tuples(LINES, st.sampled_from([b"", b"end"])).map(lambda x: b"".join(x[0]) + x[1])


@given(old=TEXTS, new=TEXTS)
def test_done_and_undone(old: bytes, new: bytes) -> None:
    """The hunks between two texts make the one of the other, in both directions."""
    hunks = hunks_between(old, new)
    back = reversed_hunks(hunks)
    assert text_with(old, hunks, [each.at for each in hunks]) == new
    assert text_with(new, back, [each.at for each in back]) == old


@given(seed=st.integers(0, 10_000))
def test_found_elsewhere(seed: int) -> None:
    """Lines are found wherever others have moved them by changes of other lines."""
    chance = random.Random(seed)  # noqa: S311
    lines = [b"line %d\n" % number for number in range(60)]
    at = chance.randrange(20, 40)
    changed = [*lines[:at], b"ours\n", *lines[at + chance.randrange(2) :]]
    hunks = hunks_between(b"".join(lines), b"".join(changed))
    theirs = [b"theirs\n", *changed[:10], b"theirs\n", *changed[12:50], *changed[52:]]
    back = reversed_hunks(hunks)
    places = places_of(b"".join(theirs), back)
    assert places is not None
    undone = text_with(b"".join(theirs), back, places)
    assert undone is not None
    assert undone == b"".join([b"theirs\n", *lines[:10], b"theirs\n", *lines[12:]]).replace(
        b"".join(changed[50:52]), b""
    )


def test_enough_context() -> None:
    """As many lines are kept around a change as it takes to tell its place from others."""
    block = b"one\ntwo\nthree\nfour\n"
    old = b"first\n" + block * 3 + b"last\n"
    new = old.replace(b"last\n", b"ours\nlast\n")
    (hunk,) = hunks_between(old, new)
    assert places_of(b"# top\n" + old, [hunk]) == [len(b"# top\n" + block * 3 + b"first\n")]


def test_two_places() -> None:
    """Where two places look alike, none is taken for the right one."""
    old = b"one\ntwo\nthree\n"
    hunks = hunks_between(old, b"one\nours\ntwo\nthree\n")
    assert places_of(old, hunks) == [4]
    assert places_of(old + b"four\n" + old, hunks) is None


def test_not_within_a_line() -> None:
    """Lines are whole lines: a longer one that begins or ends alike is another."""
    back = reversed_hunks(hunks_between(b"a\n", b"a\nours\n"))
    assert places_of(b"b\nmy ours\n", back) is None
    assert places_of(b"b\nours too\n", back) is None
    assert places_of(b"b\nours\n", back) == [2]
