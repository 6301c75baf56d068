"""How shells ask which words can come next, and the answer to each of them.

The scripts for bash, zsh and fish are our own.  Those of Typer evaluate texts of the ledger as code
or as patterns of file names, and import rich each time the key is pressed.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import ClassVar, Final

from typer._click import Command
from typer._click.shell_completion import (
    CompletionItem,
    _resolve_context,
    _resolve_incomplete,
    split_arg_string,
)
from typer._completion_shared import COMPLETION_SCRIPT_POWER_SHELL
from typer.core import TyperOption

from pledges.clean import clean, tidy

PROGRAM: Final = "pledges"
REQUEST: Final = "_PLEDGES_COMPLETE"
LINE: Final = "_TYPER_COMPLETE_ARGS"
WORD: Final = "_TYPER_COMPLETE_WORD_TO_COMPLETE"
KEY: Final = "COMP_TYPE"
"""The variables with what a shell asks for, the line up to the cursor, the word there, and, as bash
tells it, what becomes of the answer."""

NAMES: Final = {
    "complete_func": f"_{PROGRAM}_completion",
    "prog_name": PROGRAM,
    "autocomplete_var": REQUEST,
}
"""What a script is filled in with."""

FILES: Final = "\t"  # the answer by which a shell completes the names of files itself
CURSOR: Final = "."  # it ends the last word, which may be empty or have an open quote
LONGEST_MEANING: Final = 200  # letters, which bash and zsh get cut to the terminal
USUAL_ROOM: Final = 79  # cells of a line, if the terminal does not say how many it has
LISTS: Final = ("63", "33")  # bash shows words, instead of inserting one: "?" and "!" in ASCII

BASH: Final = r"""%(complete_func)s() {
    local reply
    COMPREPLY=()
    while IFS= read -r reply; do
        if [[ $reply == $'\t' ]]; then
            compopt -o default 2>/dev/null
        else
            COMPREPLY+=("$reply")
        fi
    done < <(%(autocomplete_var)s=complete_bash COMP_TYPE=$COMP_TYPE COLUMNS=$COLUMNS \
        _TYPER_COMPLETE_ARGS="${COMP_LINE:0:COMP_POINT}" \
        _TYPER_COMPLETE_WORD_TO_COMPLETE="$2" \
        "${1/#\~\//$HOME/}" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

ZSH: Final = r"""#compdef %(prog_name)s
%(complete_func)s() {
    local word line
    local -a found lines
    while IFS=$'\t' read -r word line; do
        if [[ -z $word ]]; then
            [[ $PREFIX == --*=* ]] && compset -P '[^=]#='
            _files
            return
        fi
        found+=("$word")
        lines+=("$line")
    done < <(%(autocomplete_var)s=complete_zsh COLUMNS=$COLUMNS \
        _TYPER_COMPLETE_ARGS="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" \
        ${~words[1]} 2>/dev/null)
    compadd -U -V %(prog_name)s -d lines -a found
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef %(complete_func)s %(prog_name)s
fi
"""

FISH: Final = r"""function %(complete_func)s
    set -l line (commandline -cp | string collect)
    set -l request %(autocomplete_var)s=complete_fish "_TYPER_COMPLETE_ARGS=$line"
    set -l program (commandline -opc)[1]
    set -l found (env $request (string replace -r '^~/' "$HOME/" -- $program) 2>/dev/null)
    if test "$found" = \t
        set -l word (commandline -ct)
        set -l option (string match -r '^--[^=]*=' -- $word)
        printf '%%s\n' "$option"(__fish_complete_path (string replace -r '^--[^=]*=' '' -- $word))
    else if set -q found[1]
        printf '%%s\n' $found
    end
end
complete --command %(prog_name)s --no-files --keep-order --arguments '(%(complete_func)s)'
"""


BASH_ESCAPES: Final = {
    "'": ("'", r"'\\''"),
    '"': (r'["$`\\]', r"\\\g<0>"),
    "": (r"[^\w%+,./:=@-]", r"\\\g<0>"),
}
"""What bash does not take as it is after an opening quote, or without one; and how it does."""


class Shell(StrEnum):
    """A shell that completes command lines."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


class LineCompletion:
    """The answer to a shell: a line for each word that can come next."""

    source_template: ClassVar[str]

    def __init__(self, program: Command) -> None:
        self.program = program

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, without the program's name, and the one there."""
        *words, last = split_arg_string(os.environ.get(LINE, "") + CURSOR)
        return words[1:], last.removesuffix(CURSOR)

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """The words that may come next; in ``--pillar=e`` each begins with the option.

        The value of an option is completed here, because Click takes ``-due`` after ``--sort`` for
        another option, and forgets the arguments before an option that has no value yet.
        """
        flag, equals, typed = incomplete.partition("=")
        begin = f"{flag}=" if equals and flag.startswith("--") else ""
        *before, name = [*args, flag] if begin else args or [""]
        if "--" not in args and name.startswith("-"):
            context = _resolve_context(self.program, {}, PROGRAM, before)
            for param in context.command.get_params(context):
                if isinstance(param, TyperOption) and name in param.opts and not param.is_flag:
                    found = param.shell_complete(context, typed if begin else incomplete)
                    return [CompletionItem(f"{begin}{x.value}", x.type, x.help) for x in found]
        context = _resolve_context(self.program, {}, PROGRAM, args)
        found_in, incomplete = _resolve_incomplete(context, args, incomplete)
        return found_in.shell_complete(context, incomplete)

    def complete(self) -> str:
        """The answer.

        A word that would not be shown as it is, such as one with a control character, is left out.
        """
        found = self.get_completions(*self.get_completion_args())
        if any(each.type == "file" for each in found):
            return FILES
        shown = [x for x in found if x.value == clean(x.value)]
        return "\n".join(
            self.lines({x.value: _cut(tidy(x.help or ""), LONGEST_MEANING) for x in shown})
        )

    def lines(self, words: Mapping[str, str]) -> Iterable[str]:
        """A line for each word, with a tab before its meaning."""
        return [f"{word}\t{meaning}" for word, meaning in words.items()]


class BashCompletion(LineCompletion):
    """Bash inserts a text as it is, and splits words at signs such as ``=`` and ``:``."""

    source_template = BASH

    def lines(self, words: Mapping[str, str]) -> Iterable[str]:
        """The rest of each word after the last such sign; with its meaning if it is listed only."""
        line, part = os.environ.get(LINE, ""), os.environ.get(WORD, "")
        quote = line.removesuffix(part)[-1:]
        quote = quote if quote in tuple("'\"") else ""
        begun = split_arg_string(f"{quote}{part}{CURSOR}")[0].removesuffix(CURSOR)
        typed = self.get_completion_args()[1].removesuffix(begun)
        unsafe, safe = BASH_ESCAPES[quote]
        rests = {
            re.sub(unsafe, safe, word[len(typed) :]): meaning
            for word, meaning in words.items()
            if not (quote == '"' and "!" in word)  # which bash would take for the history
        }
        is_list = os.environ.get(KEY) in LISTS and len(rests) > 1
        return _aligned(rests) if is_list else rests


class ZshCompletion(LineCompletion):
    """Zsh writes a word as it needs to be, and shows a line for it."""

    source_template = ZSH

    def lines(self, words: Mapping[str, str]) -> Iterable[str]:
        """Each word, a tab, and its line."""
        shown = _aligned(
            {re.sub(r"^--[^=]*=", "", word): meaning for word, meaning in words.items()}
        )
        return [f"{word}\t{line}" for word, line in zip(words, shown, strict=True)]


class FishCompletion(LineCompletion):
    """Fish writes a word as it needs to be, and shows its meaning next to it."""

    source_template = FISH


class PowerShellCompletion(LineCompletion):
    """PowerShell inserts a text as it is."""

    source_template = COMPLETION_SCRIPT_POWER_SHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor; the line has no space at its end."""
        if not os.environ.get(WORD):
            os.environ[LINE] = os.environ.get(LINE, "") + " "
        return super().get_completion_args()

    def lines(self, words: Mapping[str, str]) -> Iterable[str]:
        """Each word, in quotes if it needs them, and its meaning."""
        for word, meaning in words.items():
            # Curly quotes end a text in quotes there, too; each is itself if it is doubled.
            quoted = re.sub("['\u2018-\u201b]", r"\g<0>\g<0>", word)
            written = word if re.fullmatch(r"[\w./=-]+", word) else f"'{quoted}'"
            yield f"{written}:::{meaning or word}"


COMPLETIONS: Final[Mapping[Shell, type[LineCompletion]]] = {
    Shell.BASH: BashCompletion,
    Shell.ZSH: ZshCompletion,
    Shell.FISH: FishCompletion,
    Shell.POWERSHELL: PowerShellCompletion,
}


def completion_script(shell: Shell) -> str:
    """The script of a shell."""
    return f"{(COMPLETIONS[shell].source_template % NAMES).strip()}\n"


def answer_shell(request: str, command: Command) -> None:
    """Print what a shell asks for, or nothing: a user who presses a key expects no message."""
    with suppress(Exception):
        shell = Shell(request.removeprefix("complete_"))
        if answer := COMPLETIONS[shell](command).complete():
            sys.stdout.buffer.write(f"{answer}\n".encode())
            sys.stdout.flush()


def _aligned(words: Mapping[str, str]) -> list[str]:
    """A line for each word, cut to the terminal, with the meanings below each other."""
    columns = os.environ.get("COLUMNS", "")
    room = int(columns) - 1 if re.fullmatch("[1-9][0-9]{1,3}", columns) else USUAL_ROOM
    longest = max(map(len, words), default=0)
    return [
        f"{word:{longest}}  {_cut(meaning, room - longest - 2)}" if meaning else word
        for word, meaning in words.items()
    ]


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(room - 3, 0)].rstrip()}..."
