"""``pledges help``: what can be read about, a topic, or the help of a command."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final

import typer
from msgspec.structs import replace
from typer._click import Context
from typer.core import TyperCommand, TyperGroup

from pledges.commands._completion import Completed
from pledges.commands._help import CommandHelp, Example
from pledges.commands._manual import OptionRows, command_help, option_groups, page_of
from pledges.commands._options import FILTERS, Reading, Word, argument
from pledges.commands._output import check_output, emit
from pledges.commands._spread import spread, without
from pledges.commands._topics import topic_page, topics
from pledges.errors import Exit, WrongUse, nearest_hint
from pledges.own_commands import OVERVIEW
from pledges.view.help_page import answer, joined_page, topic_list_page
from pledges.view.page import Page, line

PROGRAM: Final = CommandHelp(
    "Keep track of promises in a plain-text ledger: what, by whom, by when, and how far they are.",
    [
        Example("What is overdue and due next:", "pledges"),
        Example("The options of a command:", "pledges list --help"),
        Example("How dates can be written:", "pledges help dates"),
    ],
    about="Without a command, pledges shows one screen: the counts, what is overdue, what is due "
    "next and the decisions asked for. Its options are those of pledges overview.",
    exits=(),
)
HELP: Final = CommandHelp(
    "Explain a topic or a command.",
    [
        Example("What can be read about:", "pledges help"),
        Example("How dates can be written:", "pledges help dates"),
        Example("As a page for a browser:", "pledges help columns --output columns.html"),
    ],
    exits=[Exit.DONE, Exit.USAGE, Exit.CANNOT_WRITE],
)
OTHER_SUBJECTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("outlook", "ics", "google"), "calendar"),
    **dict.fromkeys(("excel", "xlsx", "csv", "json", "html", "pdf", "word", "export"), "formats"),
    **dict.fromkeys(("commit", "version", "revision"), "git"),
    **dict.fromkeys(("plans", "ledgers"), "several"),
    **dict.fromkeys(("email", "mail"), "report"),
    **dict.fromkeys(("delete", "rm"), "remove"),
    **dict.fromkeys(("validate", "lint", "errors"), "check"),
    **dict.fromkeys(("done", "status", "complete"), "update"),
    **dict.fromkeys(("search", "find"), "filters"),
    **dict.fromkeys(("toml", "keys", "file"), "ledger"),
    **dict.fromkeys(("api", "automation"), "scripts"),
    **dict.fromkeys(("variables", "config", "settings"), "environment"),
}
"""What people look up, and the topic or command that says it."""

Topic = Annotated[
    Word,
    argument(
        "[TOPIC]",
        "A topic or a command.",
        Completed(lambda context: Library(context.find_root()).subjects),
    ),
]


@spread
def run(
    context: typer.Context,
    reading: Annotated[Reading, without("ledger", "as_of", "at")],
    topic: Topic = None,
) -> int:
    check_output(reading)
    library = Library(context.find_root())
    page = topic_list_page(topics()) if topic is None else library.page(topic)
    emit(answer(page, topic or "topics"), reading)
    return Exit.DONE


def write_program_help(context: Context) -> None:
    """Write the help of the whole program to standard output."""
    emit(answer(Library(context).program_page(), "pledges"), Reading())


class Library:
    """Everything that can be read about the program; ``root`` is the context of all commands."""

    def __init__(self, root: Context) -> None:
        self.root = root

    @property
    def group(self) -> TyperGroup:
        """All commands."""
        group = self.root.command
        if not isinstance(group, TyperGroup):
            raise TypeError(type(group))
        return group

    @property
    def names(self) -> Sequence[str]:
        """The names of the commands."""
        return self.group.list_commands(self.root)

    @property
    def subjects(self) -> Mapping[str, str]:
        """What can be read about: the topics, each with its first line, and the commands."""
        return {**topics(), **{name: "" for name in self.names if name not in topics()}}

    def command(self, name: str) -> tuple[TyperCommand, Context]:
        """A command, and a context in which it could be called."""
        found = self.group.get_command(self.root, name)
        if not isinstance(found, TyperCommand):
            raise TypeError(name)
        return found, Context(found, parent=self.root, info_name=name)

    def program_page(self) -> Page:
        """The help of the whole program: its commands in their groups, and its own options."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name in self.names:
            command, _ = self.command(name)
            row = (name, command_help(command).summary)
            groups.setdefault(f"{command.rich_help_panel}", []).append(row)
        options = option_groups(self.group, self.root)
        page = page_of(self.group, self.root, PROGRAM, {**groups, **options})
        about = f"To read about a topic: pledges help TOPIC. The topics: {', '.join(topics())}"
        return replace(page, notes=[line(about)])

    def page(self, topic: str) -> Page:
        """The page of a topic; that of a command has what its topic says after it.

        Raises: ``WrongUse`` with the nearest topic.
        """
        name = topic.strip().lower()
        if name not in (*self.subjects, OVERVIEW):
            other = OTHER_SUBJECTS.get(name)
            hint = f"read: pledges help {other}" if other else nearest_hint(topic, [*self.subjects])
            raise WrongUse(f"there is no topic and no command {topic!r}", hint)
        if name not in (*self.names, OVERVIEW):
            return topic_page(name, {"filters": self.filter_rows})
        command, context = self.command(name)
        said = command_help(command)
        others = replace(said, topics=[each for each in said.topics if each != name])
        page = page_of(command, context, others, option_groups(command, context))
        return joined_page(page, topic_page(name, {})) if name in topics() else page

    def filter_rows(self) -> OptionRows:
        """The filters, as ``list`` has them."""
        return option_groups(*self.command("list"))[FILTERS]
