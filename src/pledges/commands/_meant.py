"""What is said of a command line that is refused: the one that was meant, whole, to be copied.

It is offered only if just one is possible, and if it can be read: a guess that is wrong is worse
than none.
"""

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from typer._click import Command, Context
from typer._click.exceptions import NoSuchOption, UsageError
from typer.core import TyperGroup, TyperOption

from pledges.clean import clean
from pledges.errors import PledgesError, WrongUse, nearest
from pledges.own_commands import OVERVIEW, READERS, READING
from pledges.render import Format

DASHES: Final = r"[-\u2010-\u2015\u2212]+"
"""What an option begins with, or what a word processor makes of that."""
WRITERS: Final = ("set", "update", "add")
"""The commands of which one may be meant instead of another: what reads is no hint to write."""

LONGEST: Final = 400  # letters of a command line that somebody would still read in a hint
ID: Final = r"[A-Z]+-\d+"
HELP_FLAGS: Final = frozenset(("--help", "-h"))

OTHER_OPTIONS: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("owner", "owned-by", "owed-by", "country", "who"), ("--party",)),
    **dict.fromkeys(("due", "deadline", "before", "until"), ("--due-by",)),
    **dict.fromkeys(("file", "path"), ("--ledger",)),
    **dict.fromkeys(("find", "grep", "text-search"), ("--search",)),
    **{form: ("--format", form) for form in Format},
    "markdown": ("--format", "md"),
    "excel": ("--format", "xlsx"),
}
"""What people write for an option of other programs, and what it is called here."""

OTHER_COMMANDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("delete", "rm", "drop"), "to take out a pledge: pledges remove"),
    **dict.fromkeys(("validate", "lint", "verify"), "to check the ledger: pledges check"),
    **dict.fromkeys(
        ("done", "complete", "close", "finish"),
        "to say that one is done: pledges update ID --status completed",
    ),
    **dict.fromkeys(("export", "save"), "to write a file: pledges list --output plan.xlsx"),
    **dict.fromkeys(("find", "search", "grep"), "to search: pledges list --search TEXT"),
    **dict.fromkeys(("new", "create"), "to add a pledge: pledges add"),
    **dict.fromkeys(("history", "changes"), "to see what was recorded: pledges log"),
    **dict.fromkeys(("calendar", "gantt"), "to see the deadlines: pledges timeline"),
    **dict.fromkeys(("status", "summary"), "to see how the plan does: pledges progress"),
}
"""What people call a command, and the one that does it here."""

COMMAND_FIRST: Final = "write the command first, then its options: pledges list --ledger PATH"

CLICK_MESSAGES: Final[Mapping[str, str]] = {
    r"Option '(.+)' requires an argument": r"\1 needs a value",
    r"Option '(.+)' does not take a value": r"\1 takes no value",
    r"Invalid value for '(.+?)': (.+) is not a valid int(?:eger)?": r"\1: \2 is not a whole number",
    r"Missing argument 'ID\W*'": "no id is given",
    r"Missing argument 'FILE'": "no file is given",
    r"Missing argument 'SHELL'": "no shell is given",
}
"""What Click says, as patterns, and what this program says instead."""

Words = Sequence[str]


class CommandLines:
    """The command lines that there could be, for one that is refused."""

    def __init__(self, group: TyperGroup, argv: Words) -> None:
        self.group = group
        self.argv = argv
        self.root = Context(group, info_name="pledges")
        self.commands = group.list_commands(self.root)
        self.names = [*self.commands, OVERVIEW]

    def hint(self) -> str | None:
        """The hint that gives the line that was meant; None if it can't be known."""
        if other := OTHER_COMMANDS.get(self.argv[0].lower()):
            return other
        if line := self._with_ledger() or self._only_sound(self._candidates()):
            return f"did you mean: {line}" if line != shown(self.argv) else None
        first = self.argv[0]
        if {*self.names} & {*self.argv}:
            return None
        if first == "version" and len(self.argv) == 1:
            return "did you mean: pledges --version"
        if re.fullmatch(ID, first):
            return f"to show a pledge: {shown(('show', first))}"
        words = corrected(self.argv, options_of(self._command("list")))
        line = self._only_sound([("list", *words)]) if words[0].startswith("--") else None
        return f"write a command first, for example: {line}" if line else None

    def _with_ledger(self) -> str | None:
        """The line whose only file is the ledger, if one is typed where none is expected."""
        name, *words = self.argv
        if name not in READING or any(each.startswith("--ledger") for each in words):
            return None
        takes_value = options_of(self._command(name))
        before = [name, *words]
        at = [x for x, each in enumerate(words) if not takes_value.get(before[x])]
        files = [x for x in at if os.path.isfile(words[x])]  # noqa: PTH113  (any text)
        if len(files) != 1 or name == "diff":
            return None
        return self._only_sound([(name, *words[: files[0]], "--ledger", *words[files[0] :])])

    def other_hint(self, option: str) -> str | None:
        """The hint that names the commands of the same kind that have an option.

        If they are alike in their arguments and only one has it, the line is given too.
        """
        name, *words = self.argv
        writers = WRITERS if name in (*WRITERS, "correct") else ()
        others = [each for each in (READERS if name in READERS else writers) if each != name]
        found = [each for each in others if option in options_of(self._command(each))]
        is_alike = name in (*READERS, "set", "update")
        lines = [(each, *words) for each in found if is_alike]
        if line := self._only_sound(lines):
            return f"{' '.join(line.split()[:2])} has it: {line}"
        names = [f"pledges {each}" for each in found]
        if len(names) > 1:
            return f"{', '.join(names[:-1])} and {names[-1]} have it"
        return f"{names[0]} has it" if names else None

    def _only_sound(self, lines: Iterable[Words]) -> str | None:
        """The text of the only line that can be read; None if it can't be copied as it is."""
        texts = list(dict.fromkeys(shown(line) for line in lines if self._is_sound(line)))
        is_fit = len(texts) == 1 and len(texts[0]) <= LONGEST and clean(texts[0]) == texts[0]
        return texts[0] if is_fit else None

    def _candidates(self) -> Iterator[tuple[str, ...]]:
        first, *rest = self.argv
        if " " in first:  # all of it may have been put in quotes
            first, *rest = [*shell_words(first), *rest]
        if first in self.names:
            places = [(first, rest)]
        elif not re.match(DASHES, first):
            close = nearest(first, self.commands)
            places = [(close, rest)] if close else []
        else:
            found = [at for at, word in enumerate(self.argv) if word in self.names]
            places = [(self.argv[at], [*self.argv[:at], *self.argv[at + 1 :]]) for at in found]
            places = places or [(OVERVIEW, [*self.argv])]
        for name, words in places:
            yield (name, *corrected(words, options_of(self._command(name))))

    def _command(self, name: str) -> Command:
        found = self.group.get_command(self.root, name)
        if found is None:
            raise KeyError(name)
        return found

    def _is_sound(self, line: Words) -> bool:
        """Whether a line can be read: its options are there and have the values that they need."""
        name, *words = line
        if HELP_FLAGS & {*words}:  # to read it would print the help
            return True
        try:
            self._command(name).make_context(name, words, parent=self.root)
        except (UsageError, PledgesError):
            return False
        return True


def explained_error(error: PledgesError | UsageError, lines: CommandLines) -> PledgesError:
    """Return an error as one with the command line that was meant; one of Click in our words."""
    meant, first = lines.hint(), lines.argv[0]
    if isinstance(error, PledgesError):
        error.hint = meant or error.hint
        return error
    named = re.match(r"did you mean: pledges (\S+)", meant or "")
    if first.startswith("-") and named and named[1] in lines.commands:
        return WrongUse("the command comes first, then its options", meant)
    hint = f"for its options: pledges {first} --help" if first in lines.commands else COMMAND_FIRST
    if isinstance(error, NoSuchOption):
        name = error.option_name
        if other := lines.other_hint(name):
            return WrongUse(f"pledges {first} has no {name}", other)
        return WrongUse(f"there is no option {name}", meant or hint)
    message = error.format_message().rstrip(".")
    if extra := re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", message):
        if " " in extra[1]:
            hint = "put a text with spaces in quotes, after its option"
        return WrongUse(f"{extra[1]!r} is not expected here", meant or hint)
    for pattern, words in CLICK_MESSAGES.items():
        message = re.sub(pattern, words, message)
    return WrongUse(message, hint)


def shown(line: Words) -> str:
    """A command line as it can be copied into a shell."""
    words = line[1:] if line and line[0] == OVERVIEW else line
    return shlex.join(["pledges", *words])


def shell_words(text: str) -> list[str]:
    """The words of a text as a shell splits it; the text alone if it can't be split."""
    try:
        return shlex.split(text) or [text]
    except ValueError:  # a quote that is not closed
        return [text]


def options_of(command: Command) -> Mapping[str, bool]:
    """The options of a command, each with whether it takes a value."""
    options = dict.fromkeys(HELP_FLAGS, False)
    for param in command.params:
        if isinstance(param, TyperOption):
            options.update(dict.fromkeys(param.opts, not param.is_flag))
    return options


def corrected(words: Words, options: Mapping[str, bool]) -> list[str]:
    """The words with the options that they may be slips of; values are left as they are."""
    found: list[str] = []
    left = [*words]
    while left and left[0] != "--":
        name, is_given, given = left[0].partition("=")
        other = OTHER_OPTIONS.get(re.sub(rf"^{DASHES}", "", name), ("",))
        if re.match(DASHES, name) and name not in options and other[0] in options:
            left[:1] = [*other, *[given] * bool(is_given)]
        found.append(_option(left.pop(0), options))
        if options.get(found[-1]) and left:
            found.append(left.pop(0))
    return [*found, *left]


def _option(word: str, options: Mapping[str, bool]) -> str:
    """The option that a word is a slip of, with its value after ``=``; or the word itself."""
    name, equals, value = word.partition("=")
    is_joined = word[:2] in options and len(word) > len("-f") and not _long(word, options)
    if name in options or is_joined:  # -fjson
        return word
    flags = {each.removeprefix("--"): each for each in options if each.startswith("--")}
    option = _long(name, options)
    if not option and re.match(DASHES, name):
        option = flags.get(nearest(re.sub(rf"^{DASHES}", "", name), flags) or "")
    return f"{option}{equals}{value}" if option else word


def _long(name: str, options: Mapping[str, bool]) -> str | None:
    """The option of a name without its dashes, with one of them, or with others."""
    plain = re.sub(rf"^{DASHES}", "", name).lower().replace("_", "-")
    return f"--{plain}" if f"--{plain}" in options else None
