"""``pledges merge``: by command on three files, and by git in a repository."""

import random
import shutil
from pathlib import Path

import pytest
import rtoml

from desk import Desk
from histories import Cells, Writer, cells, pair, together
from nightly import number
from samples import SMALL_PLAN

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
MERGE = ("merge", "base.toml", "commitments.toml", "theirs.toml")


def merge(desk: Desk, ours: str, theirs: str, base: str = SMALL_PLAN) -> tuple[int, str]:
    """The exit code of a merge into the ledger of a desk, and what it says."""
    desk.text = ours
    for name, text in (("base", base), ("theirs", theirs)):
        (desk.folder / f"{name}.toml").write_text(text, newline="", encoding="utf-8")
    ended = desk(*MERGE)
    assert ended.out == ""
    return ended.code, ended.err


def changed(*replacements: tuple[str, str], text: str = SMALL_PLAN) -> str:
    """The small plan with some texts replaced, once each."""
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_what_each_side_has_changed_is_merged_with_its_comments(desk: Desk) -> None:
    """Two keys of one pledge, comments and an entry of each side: no conflict, and undo."""
    ours = changed(
        ('title = "Build parks"', 'title = "Build ten parks"'),
        ("# Parks are counted", "# Read this first.\n# Parks are counted"),
    )
    theirs = changed(
        ("value = 1\n", "value = 1\n\n[[pledge.update]]\ndate = 2026-10-01\nvalue = 2  # two!\n"),
        ("target = 10", "target = 12"),
    )
    both = changed(
        ('title = "Build parks"', 'title = "Build ten parks"'),
        ("# Parks are counted", "# Read this first.\n# Parks are counted"),
        ("value = 1\n", "value = 1\n\n[[pledge.update]]\ndate = 2026-10-01\nvalue = 2  # two!\n"),
        ("target = 10", "target = 12"),
    )
    said = "Written to commitments.toml. To undo this: pledges undo --ledger commitments.toml\n"
    assert merge(desk, ours, theirs) == (0, said)
    assert desk.text == both
    assert desk("undo", "--yes").code == 0
    assert desk.text == ours


def test_a_key_that_both_have_changed_is_marked_and_told(desk: Desk) -> None:
    """Marks stand around the key alone; the message names pledge, key and both values."""
    ours = changed(('title = "Build parks"', 'title = "Build ten parks"'))
    theirs = changed(('title = "Build parks"', 'title = "Build the parks"'))
    code, said = merge(desk, ours, theirs)
    assert code == 1
    assert said == (
        "Written to commitments.toml. To undo this: pledges undo --ledger commitments.toml\n"
        'commitments.toml:36: conflict: ECO-02: title is "Build ten parks" in ours and '
        '"Build the parks" in theirs\n'
        "1 conflict in commitments.toml: keep what is right between the marks, and take them out\n"
    )
    marked = (
        '<<<<<<< ours\ntitle = "Build ten parks"\n=======\ntitle = "Build the parks"\n'
        ">>>>>>> theirs\n"
    )
    assert desk.text == changed(('title = "Build parks"\n', marked))


UPDATE = '[[pledge.update]]\ndate = 2026-09-01\nstatus = "in-progress"\nvalue = 1\n'
NEW = '\n[[pledge]]\nid = "PPL-04"\ntitle = "{}"\npillar = "people"\n'


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        (
            changed(("value = 1\n", "value = 2\n")),
            changed(("value = 1\n", "value = 3\n")),
            "ECO-02, update of 1 Sep 2026: value is 2 in ours and 3 in theirs",
        ),
        (
            changed((UPDATE, "")),
            changed(("value = 1\n", "value = 3\n")),
            "ECO-02, update of 1 Sep 2026: removed in ours and changed in theirs",
        ),
        (
            SMALL_PLAN + NEW.format("Found a school"),
            SMALL_PLAN + NEW.format("Exchange teachers"),
            (
                'PPL-04 is the id of two pledges: "Found a school" in ours and "Exchange teachers" '
                "in theirs; give one of them another id"
            ),
        ),
        (
            changed(('energy = "Energy"', 'energy = "Clean energy"')),
            changed(('energy = "Energy"', 'energy = "Energy and gas"')),
            'pillars: energy is "Clean energy" in ours and "Energy and gas" in theirs',
        ),
        (
            changed(('title = "Plan of Action"', 'title = "The plan"')),
            changed(('title = "Plan of Action"', 'title = "A plan"')),
            'plan: title is "The plan" in ours and "A plan" in theirs',
        ),
        (
            changed(("due = 2026-12-31      # as signed", "due = 2027-12-31")),
            changed(("due = 2026-12-31      # as signed\n", "")),
            "ECO-01: due is removed in theirs and changed in ours",
        ),
        (
            changed(("schema = 1", "schema = 1\nx-desk = 1")),
            changed(("schema = 1", "schema = 1\nx-desk = 2")),
            "the ledger: x-desk is 1 in ours and 2 in theirs",
        ),
    ],
)
def test_conflicts_are_told_in_words(desk: Desk, ours: str, theirs: str, message: str) -> None:
    """Each kind of conflict has a sentence that names what it is about."""
    code, said = merge(desk, ours, theirs)
    assert code == 1
    assert [each.partition("conflict: ")[2] for each in said.splitlines()[1:-1]] == [message]


def test_entries_of_one_day_with_other_figures_are_kept_and_told(desk: Desk) -> None:
    """Two desks report another figure for one day: no conflict of lines, but a word."""
    block = "[[pledge.update]]\ndate = 2026-10-01\nvalue = {}\n\n"
    texts = [changed((UPDATE, f"{UPDATE}\n{block.format(value)}")) for value in (4, 3)]
    code, said = merge(desk, *texts)
    assert code == 0
    assert said.splitlines()[1] == (
        "commitments.toml: ECO-02: both have an update of 1 Oct 2026: value 4 in ours and 3 in "
        "theirs; both are kept, and 4 counts"
    )
    first = desk.text
    merge(desk, *texts[::-1])
    assert desk.text == first


def test_a_ledger_that_does_not_fit_together_is_told(desk: Desk) -> None:
    """One side takes a pillar out, the other puts a pledge into it: neither was wrong alone."""
    gone = SMALL_PLAN[: SMALL_PLAN.index('\n[[pledge]]\nid = "ENE-01"')]
    rest = SMALL_PLAN[SMALL_PLAN.index('\n[[pledge]]\nid = "PPL-01"') :]
    ours = changed(('energy = "Energy"\n', ""), text=gone + rest)
    new = '\n[[pledge]]\nid = "ENE-02"\ntitle = "Store power"\npillar = "energy"\n'
    code, said = merge(desk, ours, SMALL_PLAN + new)
    assert code == 1
    assert "error[reference]" in said
    assert said.endswith(
        "commitments.toml was merged, but what the versions say does not fit together\n"
    )


@needs_git
def test_a_version_that_is_no_toml_is_merged_by_lines(desk: Desk) -> None:
    """Somebody has committed a broken file: the lines are merged, and it is told."""
    broken = changed(('title = "Build parks"', "title = Build parks"))
    code, said = merge(desk, changed(('energy = "Energy"', 'energy = "Power"')), broken)
    assert code == 1
    assert said.endswith(
        "commitments.toml: a version of it is not valid TOML, so it was merged line by line\n"
    )
    assert 'energy = "Power"' in desk.text
    assert "title = Build parks" in desk.text


@needs_git
def test_versions_in_forms_that_do_not_go_together_are_merged_by_lines(desk: Desk) -> None:
    """One side has a table for what is a list of tables in the other: that is no bug."""
    texts = (changed(("schema = 1", f"schema = 1\n{form}\nx = 1")) for form in ("[a]", "[[a]]"))
    code, said = merge(desk, *texts)
    assert code == 1
    assert said.endswith(
        "commitments.toml: its versions are written in forms that do not go together, so it was "
        "merged line by line\n"
    )
    assert "<<<<<<< ours\n[a]\n=======\n[[a]]\n>>>>>>> theirs\n" in desk.text


def test_an_entry_below_other_tables_is_still_of_its_pledge(desk: Desk) -> None:
    """Somebody has put a source between a pledge and its entry; it comes back to the pledge."""
    source = '[sources.a]\ntitle = "A"\n\n'
    base = changed((UPDATE, f"{source}{UPDATE}"))
    ours = changed(("value = 1\n", "value = 2\n"), text=base)
    theirs = changed(('title = "Build parks"', 'title = "Build ten parks"'), text=base)
    assert merge(desk, ours, theirs, base)[0] == 0
    both = changed(
        ('title = "Build parks"', 'title = "Build ten parks"'), ("value = 1\n", "value = 2\n")
    )
    at = desk.text.index(source)
    assert desk.text.index("value = 2\n") < at
    assert rtoml.loads(desk.text.replace(source, "")) == rtoml.loads(both)
    assert merge(desk, ours, base, base)[0] == 0
    assert desk.text == ours


def test_a_comment_next_to_what_the_other_side_has_removed_is_kept(desk: Desk) -> None:
    """It becomes a line of its own; a text that looks like a comment is none."""
    ours = changed(('energy = "Energy"', 'energy = "Energy" # as agreed'))
    gone = SMALL_PLAN[: SMALL_PLAN.index('\n[[pledge]]\nid = "ENE-01"')]
    rest = SMALL_PLAN[SMALL_PLAN.index('\n[[pledge]]\nid = "PPL-01"') :]
    theirs = changed(('energy = "Energy"\n', ""), text=gone + rest)
    assert merge(desk, ours, theirs)[0] == 0
    assert "\n# as agreed\n" in desk.text
    assert "energy" not in desk.text


def test_a_source_removed_by_one_side_is_a_conflict_below_a_header_of_all(desk: Desk) -> None:
    """A header [sources] changes nothing about the tables inside of it."""
    source = '\n[sources.a]\ntitle = "A"\n\n[sources.b]\ntitle = "{}"\n'
    base, theirs = (f"{SMALL_PLAN}{source.format(x)}" for x in "BC")
    theirs = theirs.replace("[sources.a]", "[sources]\n\n[sources.a]")
    ours = base.replace('\n[sources.b]\ntitle = "B"\n', "")
    code, said = merge(desk, ours, theirs, base)
    assert code == 1
    assert "conflict: sources.b: removed in ours and changed in theirs\n" in said


def test_one_entry_of_both_sides_and_one_of_each_have_one_order(desk: Desk) -> None:
    """Both sides have added the same claim, and another: whoever merges, the text is the same."""
    claims = [f'[[pledge.claim]]\nsource = "PPL-0{n}"\ndue = 203{n}-01-01\n\n' for n in (3, 2, 1)]
    ours, theirs = (changed((UPDATE, f"{UPDATE}\n{claims[0]}{each}")) for each in claims[1:])
    merge(desk, ours, theirs)
    first = desk.text
    merge(desk, theirs, ours)
    assert desk.text == first
    assert [first.count(each) for each in claims] == [1, 1, 1]


@needs_git
def test_marks_of_an_earlier_merge_are_not_marked_again(desk: Desk) -> None:
    """A second merge before the first is mended would put marks into marks."""
    ours = changed(('title = "Build parks"', 'title = "Build ten parks"'))
    theirs = changed(('title = "Build parks"', 'title = "Build the parks"'))
    merge(desk, ours, theirs)
    marked = desk.text
    code, said = merge(desk, marked, theirs)
    assert (code, said.splitlines()) == (
        2,
        [
            "pledges: error: commitments.toml:36: a conflict is left from an earlier merge",
            "  = hint: keep what is right between the marks of commitments.toml, and take them out",
        ],
    )
    assert desk.text == marked


@pytest.mark.parametrize("ending", ["\r\n", "\ufeff", ""])
def test_the_style_of_a_file_is_kept(desk: Desk, ending: str) -> None:
    """Line ends, a mark at the beginning and a last line without an end survive a merge."""

    def styled(text: str) -> str:
        if not ending:
            return text.removesuffix("\n")
        return f"{ending}{text}" if ending == "\ufeff" else text.replace("\n", ending)

    ours = changed(('title = "Build parks"', 'title = "Build ten parks"'))
    theirs = changed(('title = "Link the grids"', 'title = "Join the grids"'))
    both = changed(('title = "Link the grids"', 'title = "Join the grids"'), text=ours)
    assert merge(desk, styled(ours), styled(theirs), base=styled(SMALL_PLAN))[0] == 0
    assert desk.path.read_bytes() == styled(both).encode()


def test_a_dry_run_shows_the_merge_as_a_diff(desk: Desk) -> None:
    """It writes nothing."""
    ours = changed(('title = "Build parks"', 'title = "Build ten parks"'))
    desk.text = ours
    for name in ("base", "theirs"):
        text = SMALL_PLAN if name == "base" else changed(("# as signed", "# as was signed"))
        (desk.folder / f"{name}.toml").write_text(text, encoding="utf-8")
    ended = desk(*MERGE, "-n")
    assert ended.code == 0
    assert "+due = 2026-12-31      # as was signed\n" in ended.out
    assert desk.text == ours


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("merge a.toml", "merge needs three files: BASE, OURS and THEIRS"),
        ("merge --install --uninstall", "--install and --uninstall can't be combined"),
        ("merge --install a b c", "--install and --uninstall take no files"),
        ("merge base.toml commitments.toml gone.toml", "gone.toml does not exist"),
        ("merge --install --ledger gone.toml", "gone.toml does not exist"),
        ("merge a b c --marker-size 0", "--marker-size must be at least 1"),
        ("merge a b c --ledger d", "--ledger is for --install and --uninstall"),
    ],
)
def test_a_merge_that_is_asked_for_wrongly(desk: Desk, line: str, message: str) -> None:
    """The message says what is missing."""
    (desk.folder / "base.toml").write_text(SMALL_PLAN, encoding="utf-8")
    ended = desk.line(line)
    assert ended.code in (2, 3)
    assert ended.err.startswith(f"pledges: {message}") or message in ended.err


class Clone:
    """A desk in a git repository whose ledger git merges with pledges."""

    def __init__(self, desk: Desk, origin: Path | None = None) -> None:
        self.desk = desk
        shutil.rmtree(desk.place / ".git")
        self.git("init", "-q", "-b", "main", ".")
        for key in ("user.name", "user.email"):
            self.git("config", key, "desk@example.org")
        if origin:
            self.git("remote", "add", "origin", str(origin))
            self.git("fetch", "-q", "origin")
            self.git("checkout", "-q", "-f", "-B", "main", "origin/main")
        self.install()
        if not origin:
            self.commit("base")

    def git(self, *arguments: str, code: int = 0) -> str:
        """What git prints, both streams."""
        ended = self.desk.command("git", *arguments)
        assert ended.code == code, ended
        return ended.out + ended.err

    def install(self) -> None:
        """What a user does once."""
        ended = self.desk.installed("merge", "--install", "--yes")
        assert ended.code == 0, ended

    def commit(self, message: str) -> None:
        """Commit all there is."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def share(self, how: str) -> None:
        """Put the last commit on what others have shared, and share it."""
        if how == "cherry-pick":
            own = self.git("rev-parse", "HEAD").strip()
            self.git("fetch", "-q", "origin")
            self.git("checkout", "-q", "-B", "main", "origin/main")
            self.git("cherry-pick", own)
        else:
            ways = {"rebase": "--rebase", "merge": "--no-rebase"}
            self.git("pull", "-q", "--no-edit", ways[how], "origin", "main")
        self.git("push", "-q", "origin", "main")

    def branch(self, name: str, text: str, start: str = "main") -> None:
        """A branch on which the ledger has this text."""
        self.git("checkout", "-q", "-b", name, start)
        self.desk.text = text
        self.commit(name)


@needs_git
@pytest.mark.slow
def test_git_merges_with_it_once_it_is_installed(desk: Desk) -> None:
    """Install shows what it changes, and is undone; merge, rebase, cherry-pick and stash use it."""
    clone = Clone(desk)
    attributes = desk.folder / ".gitattributes"
    assert attributes.read_text(encoding="utf-8") == "/commitments.toml merge=pledges\n"
    assert desk.installed("merge", "--install", "--yes").err == "Nothing to do: it is so already.\n"
    # Lines next to each other, which a merge by lines can't tell apart.
    ours = changed(('title = "Build parks"', 'title = "Build ten parks"'))
    theirs = changed(('id = "ECO-02"', 'id = "ECO-02"  # the parks'))
    both = changed(('id = "ECO-02"', 'id = "ECO-02"  # the parks'), text=ours)
    clone.branch("ours", ours)
    clone.branch("theirs", theirs)
    for act in (["merge", "-q", "ours"], ["cherry-pick", "ours"], ["rebase", "-q", "ours"]):
        clone.git("checkout", "-q", "-B", "try", "theirs")
        clone.git(*act)
        assert desk.text == both, act
    clone.git("checkout", "-q", "ours")
    desk.text = changed(('owed_by = ["VN", "SG"]', 'owed_by = ["SG"]'), text=ours)
    clone.git("stash", "-q")
    clone.git("merge", "-q", "theirs")
    clone.git("stash", "pop")
    assert desk.text == changed(('owed_by = ["VN", "SG"]', 'owed_by = ["SG"]'), text=both)
    ended = desk.installed("merge", "--uninstall", "--yes")
    assert ended.code == 0
    assert "git config --unset merge.pledges.driver" in ended.err
    assert not attributes.exists()


def test_the_hint_for_undo_names_what_was_merged(desk: Desk) -> None:
    """It may be another file than the ledger of this folder."""
    (desk.folder / "b c.toml").write_text(changed(("value = 1\n", "value = 2\n")), "utf-8")
    theirs = changed(("target = 10", "target = 12"))
    (desk.folder / "theirs.toml").write_text(theirs, encoding="utf-8")
    ended = desk("merge", "commitments.toml", "b c.toml", "theirs.toml")
    hint = "pledges undo --ledger 'b c.toml'"
    assert ended == (0, "", f"Written to b c.toml. To undo this: {hint}\n")
    assert desk.line(hint.removeprefix("pledges "), "--yes").code == 0
    assert "value = 2\n" in (desk.folder / "b c.toml").read_text(encoding="utf-8")


@needs_git
def test_a_ledger_taken_out_of_git_leaves_the_others_as_they_are(desk: Desk) -> None:
    """Each ledger has its line, of whatever ending; the last one takes the settings with it."""
    clone = Clone(desk)
    (desk.folder / "other.toml").write_text(SMALL_PLAN, encoding="utf-8")
    assert desk("merge", "--install", "--yes", "--ledger", "other.toml").code == 0
    attributes = desk.folder / ".gitattributes"
    attributes.write_bytes(attributes.read_bytes().replace(b"\n", b"\r\n"))
    assert desk("merge", "--install", "--yes").err == "Nothing to do: it is so already.\n"
    assert desk("merge", "--uninstall", "--yes").code == 0
    assert attributes.read_bytes() == b"/other.toml merge=pledges\r\n"
    assert "merge.pledges.driver" in clone.git("config", "--list")
    assert desk("merge", "--uninstall", "--yes", "--ledger", "other.toml").code == 0
    assert "merge.pledges" not in clone.git("config", "--list")
    assert not attributes.exists()


@needs_git
def test_git_leaves_a_conflict_with_its_words(desk: Desk) -> None:
    """Git says what pledges says, and the file is marked as not merged."""
    clone = Clone(desk)
    clone.branch("ours", changed(("value = 1\n", "value = 2\n")))
    clone.branch("theirs", changed(("value = 1\n", "value = 3\n")))
    said = clone.git("merge", "ours", code=1)
    assert "ECO-02, update of 1 Sep 2026: value is 3 in ours and 2 in theirs\n" in said
    assert "CONFLICT" in said
    assert desk("list").code == 4


@needs_git
@pytest.mark.slow
def test_random_histories_merge_through_git(desk: Desk) -> None:
    """What comes of two branches has the facts of both, whichever side merges."""
    clone = Clone(desk)
    for seed in random.Random(1).sample(range(5000), number(2, 1000)):  # noqa: S311
        base, ours, theirs = pair(seed)
        agreed, contested = together(*map(cells, (base, ours, theirs)))
        clone.git("checkout", "-q", "-B", "base", "main")
        desk.text = base
        clone.git("commit", "-q", "--allow-empty", "-a", "-m", "base")
        for name, text in (("ours", ours), ("theirs", theirs)):
            clone.git("checkout", "-q", "-B", name, "base")
            desk.text = text
            clone.git("commit", "-q", "--allow-empty", "-a", "-m", name)
        for one, other in (("ours", "theirs"), ("theirs", "ours")):
            clone.git("checkout", "-q", "-B", "try", one)
            clone.git("merge", "-q", other, code=1 if contested else 0)
            if contested:
                clone.git("merge", "--abort")
            else:
                assert cells(desk.text) == agreed, seed


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("merge --install", "absent/plan.toml"),
        ("merge --uninstall", "absent"),
        ("list --at HEAD", "absent"),
    ],
)
def test_a_ledger_in_no_folder_is_not_looked_for_by_git(
    desk: Desk, line: str, missing: str
) -> None:
    """If the ledger's folder does not exist, that is reported, and no bug."""
    told = desk.line(f"{line} --ledger absent/plan.toml")
    assert told == (3, "", f"pledges: error: {missing} does not exist\n  = hint: check the path\n")


@needs_git
@pytest.mark.slow
def test_three_clones_end_with_the_same_facts(tmp_path: Path) -> None:
    """Three desks work in turn and share by rebase, merge and cherry-pick: nothing is lost."""
    chance = random.Random(1)  # noqa: S311
    shared = tmp_path / "shared.git"
    clones = [Clone(Desk(tmp_path / "0"))]
    clones[0].git("clone", "-q", "--bare", ".", str(shared))
    clones[0].git("remote", "add", "origin", str(shared))
    clones += [Clone(Desk(tmp_path / name), shared) for name in "12"]
    written: Cells = {}
    for turn in range(number(1, 10)):
        for desk_number, clone in enumerate(clones):
            desk = clone.desk
            before = cells(desk.text)
            desk.text = Writer(desk.text, f"{'abc'[desk_number]}{turn}x", chance).work(
                2, alone=True
            )
            written |= dict(cells(desk.text).items() - before.items())
            clone.commit(f"{desk_number} {turn}")
            clone.share(("rebase", "merge", "cherry-pick")[desk_number])
    for clone in clones:
        clone.git("pull", "-q", "--rebase", "origin", "main")
    texts = {clone.desk.text for clone in clones}
    assert len(texts) == 1
    assert written.items() <= cells(texts.pop()).items()
