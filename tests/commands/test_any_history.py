"""Writes, changes by hand, undo and redo in any order, against a model of what must be there."""

import random
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hypothesis import event, given, settings
from hypothesis import strategies as st

from desk import Desk
from nightly import number
from pledges.ledger.reading.decode import decode
from samples import SMALL_PLAN

PLEDGES: Final = ("ECO-01", "ECO-02", "PPL-01")
REFUSED: Final = 6
NOTHING: Final = 2


class Model:
    """A desk, and what must be there: the notes of our writes, and what was put in by hand.

    ``is_near`` once a hand changed lines next to ours: only then may an undo be refused.
    """

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk = desk
        self.chance = chance
        self.done: list[str] = []
        self.undone: list[str] = []
        self.by_hand: list[str] = []
        self.count = 0
        self.is_near = False

    def new(self, what: str) -> str:
        """A word that was not used before."""
        self.count += 1
        return f"{what}{self.count:03}"

    def write(self) -> None:
        """A write is done, and ends what could be redone."""
        note = self.new("ours")
        pledges = self.chance.sample(PLEDGES, self.chance.choice((1, 1, 2)))
        assert self.desk("update", *pledges, "--note", note).code == 0
        self.done.append(note)
        self.undone.clear()

    def edit_far(self) -> None:
        """A comment is put at the top, or a pledge at the end, by hand."""
        word = self.new("hand")
        if self.chance.random() < 0.5:
            self.desk.text = f"# {word}\n{self.desk.text}"
        else:
            at = self.desk.text.index("[plan]")
            self.desk.text = f"{self.desk.text[:at]}# {word}\n\n{self.desk.text[at:]}"
        self.by_hand.append(word)

    def edit_near(self) -> None:
        """A comment is put between any two lines, or an entry to the end of a history, by hand."""
        word = self.new("hand")
        lines = self.desk.text.splitlines(keepends=True)
        if self.chance.random() < 0.5:
            lines.insert(self.chance.randrange(len(lines) + 1), f"# {word}\n")
        else:
            ends = [n for n, each in enumerate(lines) if each == "[[pledge]]\n"]
            entry = f'[[pledge.update]]\ndate = 2026-11-01\nnote = "{word}"\n\n'
            lines.insert(self.chance.choice(ends[1:]), entry)
        self.desk.text = "".join(lines)
        self.by_hand.append(word)
        self.is_near = True

    def undo(self) -> None:
        """The last of our notes is gone, and nothing else; redone, the bytes are as they were."""
        before = self.desk.content
        code = self.desk("undo", "--yes").code
        event(f"undo {code}")
        if not self.done:
            assert code == NOTHING
        elif code == 0:
            self.undone.append(self.done.pop())
            self.check()
            assert self.desk("redo", "--yes").code == 0
            assert self.desk.content == before
            assert self.desk("undo", "--yes").code == 0
        else:
            assert (code, self.is_near) == (REFUSED, True)
        if code:
            assert self.desk.content == before

    def redo(self) -> None:
        """The last undone note is there again, and nothing else is different."""
        before = self.desk.content
        code = self.desk("redo", "--yes").code
        event(f"redo {code}")
        if not self.undone:
            assert code == NOTHING
        elif code == 0:
            self.done.append(self.undone.pop())
        else:
            assert (code, self.is_near) == (REFUSED, True)
        if code:
            assert self.desk.content == before

    def check(self) -> None:
        """See that the ledger is sound, and has each word that must be there and no other."""
        text = self.desk.text
        decode(text, "the ledger")
        assert sorted(set(re.findall(r"ours\d+", text))) == sorted(self.done)
        assert sorted(re.findall(r"hand\d+", text)) == sorted(self.by_hand)


ACTS: Final = ("write", "write", "undo", "undo", "redo", "edit_far", "edit_near")


@settings(max_examples=number(40, 1000))
@given(acts=st.lists(st.sampled_from(ACTS), min_size=8, max_size=24), seed=st.integers(0, 999))
def test_any_history(acts: Sequence[str], seed: int) -> None:
    """Undo takes exactly the last write away and redo puts it back, or both refuse.

    They refuse only if somebody changed the ledger next to the lines of a write.
    """
    with tempfile.TemporaryDirectory() as place:
        model = Model(Desk(Path(place), SMALL_PLAN), random.Random(seed))  # noqa: S311
        for act in acts:
            getattr(model, act)()
            model.check()


@settings(max_examples=number(15, 300))
@given(count=st.integers(1, 6), seed=st.integers(0, 999))
def test_all_and_back(count: int, seed: int) -> None:
    """All is undone to the first byte, and redone to the last."""
    with tempfile.TemporaryDirectory() as place:
        model = Model(Desk(Path(place), SMALL_PLAN), random.Random(seed))  # noqa: S311
        texts = [SMALL_PLAN]
        for _ in range(count):
            model.write()
            texts.append(model.desk.text)
        for text in texts[-2::-1]:
            assert model.desk("undo", "--yes").code == 0
            assert model.desk.text == text
        for text in texts[1:]:
            assert model.desk("redo", "--yes").code == 0
            assert model.desk.text == text
        assert model.desk("redo", "--yes").code == NOTHING
