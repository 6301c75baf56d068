"""``pledges completion``: the script by which a shell completes command lines."""

from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._completion import Completed
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Reading, argument
from pledges.commands._output import check_output, write_content
from pledges.commands._shells import Shell, completion_script
from pledges.commands._spread import spread, without
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.render import Format

HELP: Final = CommandHelp(
    "Print the script by which your shell completes command lines.",
    [
        Example("In bash:", "echo 'eval \"$(pledges completion bash)\"' >> ~/.bashrc"),
        Example("In zsh:", "echo 'eval \"$(pledges completion zsh)\"' >> ~/.zshrc"),
        Example("In fish:", "pledges completion fish > ~/.config/fish/completions/pledges.fish"),
        Example("In PowerShell:", 'pledges completion powershell >> "$PROFILE"'),
    ],
    about="Run the line for your shell once, and open a new one. The Tab key then completes "
    "commands, options, their words, and what is in the ledger: ids, pillars, parties, leads, "
    "tags, sources, and the numbers of entries. From a ledger that can't be read nothing is "
    "completed.",
    exits=[Exit.DONE, Exit.USAGE, Exit.CANNOT_WRITE],
    topics=["environment"],
)
ShellWord = Annotated[str, argument("SHELL", f"{', '.join(Shell)}.", Completed(Shell))]
Options = Annotated[Reading, without("ledger", "as_of", "at", "format", "width", "color")]


@spread
def run(shell: ShellWord, options: Options) -> int:
    options = replace(options, format=str(Format.TEXT))
    check_output(options)
    write_content(completion_script(read_word(Shell, "shell", shell)), options)
    return Exit.DONE
