"""``pledges diff`` and ``--at``: other versions of a ledger, from files and from git."""

import json
import re
import shutil

import pytest

from desk import Desk
from program import PROGRAM
from samples import SMALL_PLAN

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

OTHER = SMALL_PLAN
for _old, _new in (
    ('title = "Build parks"', 'title = "Build ten parks"'),
    ('SG = "Singapore"', 'SG = "Singapore"\nJP = "Japan"'),
    ('energy = "Energy"', 'energy = "Clean energy"'),
    ('title = "Plan of Action"', 'title = "Plan of Action"\nwarn_days = 30'),
    ("due = 2026-12-31      # as signed", "due = 2027-03-31  # as was said"),
    (
        "value = 1\n",
        'value = 2\n\n[[pledge.update]]\ndate = 2026-10-01\nvalue = 4\nsource = "vov"\n',
    ),
    (SMALL_PLAN[SMALL_PLAN.index('\n[[pledge]]\nid = "PPL-03"') :], ""),
):
    assert _old in OTHER
    OTHER = OTHER.replace(_old, _new, 1)
OTHER += """
[[pledge]]
id = "PPL-04"
title = "Exchange teachers"
pillar = "people"
due = "2028"
note = "Said in passing."

[[pledge.ask]]
what = "Confirm the year"
date = 2030-01-01
"""

TOLD = """\
warn_days  plan, changed     60 -> 30
JP         parties, added    Japan
energy     pillars, changed  Energy -> Clean energy
ECO-01     standing          due soon -> not due yet
ECO-01     deadline          31 Dec 2026 -> 31 Mar 2027
ECO-02     title             Build parks -> Build ten parks
ECO-02     value             1 park -> 4 parks
ECO-02     progress          10% -> 40%
ECO-02     entry 1           1 Sep 2026: in progress, 1 park -> 1 Sep 2026: in progress, 2 parks
ECO-02     update            1 Oct 2026: 4 parks
ECO-02     source            VOV, 10 Feb 2026
PPL-04     new               Exchange teachers, due 2028
PPL-04     asked             Confirm the year
PPL-03     removed           Found a school
"""


@pytest.fixture
def versions(desk: Desk) -> Desk:
    """A desk with the small plan and, as ``other.toml``, what became of it."""
    (desk.folder / "other.toml").write_text(OTHER, encoding="utf-8")
    return desk


def test_two_files_are_compared_in_words(versions: Desk) -> None:
    """What differs in the plan, the registers, and each pledge; what is dated later, too."""
    ended = versions("diff", "commitments.toml", "other.toml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == TOLD


def test_comments_and_order_are_no_difference(versions: Desk) -> None:
    """Only what the ledger says is compared; then the answer is empty, and not bad."""
    text = SMALL_PLAN.replace("      # as signed", "  # by both").replace(
        "[pillars]", "\n[pillars]"
    )
    (versions.folder / "same.toml").write_text(text, encoding="utf-8")
    said = "From same.toml to commitments.toml: no difference.\n"
    assert versions("diff", "same.toml", "--exit-code") == (0, "", said)
    assert versions("diff", "same.toml", "other.toml", "--exit-code").code == 1


def test_for_scripts(versions: Desk) -> None:
    """JSON has the values, CSV a row for each difference."""
    found = json.loads(versions("diff", "commitments.toml", "other.toml", "-f", "json").out)
    heads = ("kind", "compared_with", "ledger", "count", "added", "removed")
    told = ("ledger-diff", "commitments.toml", "other.toml", 3, ["PPL-04"], ["PPL-03"])
    assert tuple(found[each] for each in heads) == told
    assert found["entries"][1] == {"key": "parties.JP", "old": None, "new": "Japan"}
    assert found["pledges"][0]["changes"] == [
        {"key": "due", "old": "2026-12-31", "new": "2027-03-31"}
    ]
    rows = versions("diff", "commitments.toml", "other.toml", "-f", "csv").out.splitlines()
    assert rows[:2] == ["id,what,change", 'warn_days,"plan, changed",60 -> 30']


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("diff", 2, "the ledger is not in a git repository"),
        ("diff a b c", 2, "diff takes two versions at most"),
        ("diff . other.toml", 3, ". is a folder"),
    ],
)
def test_versions_that_are_none(versions: Desk, line: str, code: int, message: str) -> None:
    """The message says what is missing."""
    ended = versions.line(line)
    assert ended.code == code
    assert message in ended.err


@pytest.fixture
def repository(desk: Desk) -> Desk:
    """A desk whose ledger has three versions in git: of January, May and September."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    shutil.rmtree(desk.place / ".git")
    git(desk, "init", "-q", "-b", "main", ".")
    for month, value in ((1, 1), (5, 2), (9, 3)):
        desk.text = SMALL_PLAN.replace("value = 1\n", f"value = {value}\n")
        git(desk, "add", "-A")
        when = {f"GIT_{who}_DATE": f"2026-0{month}-15T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
        who = ("-c", "user.name=Minh", "-c", "user.email=minh@example.org")
        git(desk, *who, "commit", "-q", "-m", f"{month}", **when)
    git(desk, "tag", "first", "HEAD~2")
    return desk


def git(desk: Desk, *arguments: str, **environment: str) -> str:
    """What git prints."""
    ended = desk.command("git", *arguments, **environment)
    assert ended.code == 0, ended
    return ended.out


@pytest.mark.parametrize(
    ("versions", "values"),
    [
        ("HEAD~1", "2 parks -> 3 parks"),
        ("first main", "1 park -> 3 parks"),
        ("2026-02-01 2026-06", "1 park -> 2 parks"),
        ("15 May 2026", "2 parks -> 3 parks"),
    ],
)
def test_revisions_and_days(repository: Desk, versions: str, values: str) -> None:
    """A word is a revision, or the last version of a day."""
    words = [versions] if versions[0] == "1" else versions.split()
    assert f"ECO-02  value     {values}" in repository("diff", *words).out


def test_alone_it_compares_with_the_last_commit(repository: Desk) -> None:
    """What was written since; nothing yet is no difference."""
    assert (
        repository("diff").err == "From HEAD:commitments.toml to commitments.toml: no difference.\n"
    )
    assert repository("set", "ECO-02", "--lead", "Ministry").code == 0
    assert repository("diff").out == "ECO-02  lead  none -> Ministry\n"


def test_every_reading_command_answers_from_a_revision(repository: Desk) -> None:
    """What the ledger said then, on the day that --as-of gives."""
    columns = ("list", "ECO-02", "--columns", "value", "-f", "csv")
    for at, value in (("first", "1"), ("2026-06-01", "2"), ("HEAD", "3")):
        assert repository(*columns, "--at", at).out.split() == ["value", value]
    shown = json.loads(repository("show", "ECO-02", "--at", "HEAD~1", "-f", "json").out)
    assert (shown["ledger"], shown["as_of"]) == ("HEAD~1:commitments.toml", "2026-11-22")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("list --at nonesuch", "'nonesuch' is no revision of git and no day"),
        ("list --at=-x", "'-x' is no revision of git and no day"),
        ("list --at 2025-01-01", "the first is of 2026-01-15"),
        ("check --fix --at HEAD", "--fix changes the ledger as it is now"),
        ("list --at HEAD --ledger -", "a ledger from standard input has no revisions"),
        ("diff nonesuch", "'nonesuch' is no revision of git and no day"),
    ],
)
def test_revisions_that_are_none(repository: Desk, line: str, message: str) -> None:
    """Each is refused with what it is not."""
    ended = repository.line(line)
    assert (ended.code, message in ended.err) == (2, True), ended


def test_the_hint_for_a_revision_is_right_in_every_folder(repository: Desk) -> None:
    """It names the ledger from the top of the repository, in quotes if it needs them."""
    (repository.folder / "a b").mkdir()
    git(repository, "mv", "commitments.toml", "a b/")
    git(repository, "-c", "user.name=M", "-c", "user.email=m", "commit", "-q", "-m", "moved")
    ended = repository.line("list --at nonesuch --ledger 'a b/commitments.toml'")
    hint = "git log --oneline -- ':/a b/commitments.toml'"
    assert ended.err.endswith(f"\n  = hint: to see the revisions: {hint}\n")
    assert " moved\n" in repository.shell(f"cd 'a b'; {hint}").out


@needs_git
def test_a_ledger_that_is_in_no_repository_has_no_revisions(desk: Desk) -> None:
    """What git says is told."""
    (desk.place / ".git").rmdir()
    ended = desk("list", "--at", "HEAD")
    assert ended.code == 2
    assert "the ledger is not in a git repository" in ended.err


def recorded(desk: Desk, *more: str) -> list[tuple[str | None, str | None]]:
    """Who recorded the entries of one pledge, and when, the latest entry first."""
    entries = json.loads(desk("log", "ECO-02", "--git", "-f", "json", *more).out)["entries"]
    return [(each["recorded_by"], each["recorded_on"]) for each in entries]


def test_who_recorded_an_entry(repository: Desk) -> None:
    """By git: the first author, though the figure was corrected since; or nobody yet."""
    assert recorded(repository) == [("Minh", "2026-01-15")] * 4
    added = "value = 3\n\n[[pledge.update]]\ndate = 2026-10-03\nvalue = 4\n"
    repository.text = repository.text.replace("value = 3\n", added)
    assert recorded(repository)[0] == (None, None)
    assert "in no commit yet" in repository("log", "ECO-02", "--git").out
    when = {f"GIT_{who}_DATE": "2026-10-02T23:30:00+0700" for who in ("AUTHOR", "COMMITTER")}
    who = ("-c", "user.name=Lan", "-c", "user.email=lan@example.org")
    git(repository, *who, "commit", "-q", "-a", "-m", "more", **when)
    assert recorded(repository)[0] == ("Lan", "2026-10-02")
    assert recorded(repository, "--at", "HEAD~1") == [("Minh", "2026-01-15")] * 4
    told = repository("log", "ECO-02", "--git", "--limit", "1").out
    assert "Lan, 2 Oct 2026" in told


def test_lines_are_those_of_the_ledger_whatever_git_shows_of_it(repository: Desk) -> None:
    """A textconv, which makes other lines of it for people, does not count."""
    told = recorded(repository)
    (repository.folder / ".gitattributes").write_text("*.toml diff=short\n", encoding="utf-8")
    git(repository, "config", "diff.short.textconv", "head -3")
    assert recorded(repository) == told


def test_a_time_of_git_that_can_not_be_is_no_bug(repository: Desk) -> None:
    """A commit of a bad clock, or of a year that no calendar has, is of 1970, as for git."""
    tree = git(repository, "rev-parse", "HEAD^{tree}").strip()
    for author in ("A <a> 253402300800 +0000", "A <a> 99999999999999999999 +0000", "A <a> 5 +9999"):
        file = repository.folder / "commit"
        file.write_text(f"tree {tree}\nauthor {author}\ncommitter C <c> 5 +0000\n\nx\n", "utf-8")
        how = ("hash-object", "-t", "commit", "-w", "--literally", "commit")
        git(repository, "reset", "-q", git(repository, *how).strip())
        assert recorded(repository)[0] == ("A", "1970-01-01"), author


def test_a_link_to_the_ledger_has_its_history(repository: Desk) -> None:
    """Git knows the file, whatever the link is called and wherever it is."""
    (repository.folder / "link.toml").symlink_to(repository.path)
    for command in ("list --at first", "log --git", "diff first"):
        linked = repository.line(f"{command} --ledger link.toml")
        assert linked[:2] == repository.line(command)[:2], command


def test_a_clone_without_its_history_does_not_say_who_recorded_what(repository: Desk) -> None:
    """All would seem to be of its first commit; days before that are not told, either."""
    clone = repository.place / "clone"
    git(repository, "clone", "-q", "--depth", "1", repository.folder.as_uri(), str(clone))
    message = (
        "pledges: error: this clone has only the latest part of the history\n"
        "  = hint: get all of it: git fetch --unshallow\n"
    )
    for command in ("log --git", "list --at 2026-06-01", "diff 2026-06-01"):
        ended = repository.line(f"{command} --ledger {clone / 'commitments.toml'}")
        assert ended == (2, "", message), command


def test_a_ledger_outside_of_the_repository_that_git_is_told_is_no_bug(repository: Desk) -> None:
    """GIT_DIR and GIT_WORK_TREE may name another repository."""
    other = repository.place / "other"
    git(repository, "init", "-q", str(other))
    elsewhere = {"GIT_DIR": f"{other}/.git", "GIT_WORK_TREE": str(other)}
    ended = repository.run("list", "--at", "HEAD", **elsewhere)
    assert ended.code == 2
    assert ended.err == (
        f"pledges: error: commitments.toml is not in the repository {other}\n"
        "  = hint: unset GIT_DIR and GIT_WORK_TREE, by which git looks there\n"
    )


def test_a_repository_of_somebody_else_is_refused_with_what_git_advises(repository: Desk) -> None:
    """The message is git's reason, the hint its command."""
    ended = repository.run("list", "--at", "HEAD", GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    place = repository.folder
    assert ended.code == 2
    assert ended.err == (
        f"pledges: error: git rev-parse: detected dubious ownership in repository at '{place}'\n"
        f"  = hint: git config --global --add safe.directory {place}\n"
    )


def test_branches_and_tags_are_completed(repository: Desk) -> None:
    """A shell offers them for ``--at``."""
    request = {
        "_TYPER_COMPLETE_ARGS": "pledges list --at ",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    ended = repository.run(_PLEDGES_COMPLETE="complete_fish", **request)
    assert sorted(each.partition("\t")[0] for each in ended.out.splitlines()) == ["first", "main"]


def test_a_ledger_that_git_does_not_know_has_no_authors(repository: Desk) -> None:
    """What git says is told."""
    (repository.folder / "other.toml").write_text(OTHER, encoding="utf-8")
    ended = repository("log", "--git", "--ledger", "other.toml")
    assert (ended.code, ended.err.startswith("pledges: error: git blame: ")) == (2, True)


@pytest.mark.slow
def test_git_shows_its_differences_with_it(repository: Desk) -> None:
    """As git's external diff, for a file that is new, too."""
    command = " ".join([*PROGRAM, "diff"])
    shown = git(repository, "-c", f"diff.external={command}", "diff", "HEAD~1", "--", ".")
    assert "ECO-02  value     2 parks -> 3 parks\n" in shown
    (repository.folder / "new.toml").write_text(SMALL_PLAN, encoding="utf-8")
    git(repository, "add", "-A")
    shown = git(repository, "-c", f"diff.external={command}", "diff", "--cached")
    assert re.search(r"ECO-01 +new +Open the market", shown)


@pytest.mark.parametrize("command", ["list", "show", "diff"])
def test_a_word_that_is_too_long_for_a_file_is_no_bug(desk: Desk, command: str) -> None:
    """No system can be asked for a file of such a name."""
    assert desk(command, "x" * 5000).code in (2, 5)
