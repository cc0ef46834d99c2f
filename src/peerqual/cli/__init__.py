"""The command line: a thin shell over `peerqual.study`. Texts stand in ``messages/cli.toml``; results go to stdout, progress to stderr.

Each module has functions and a table of the commands that they are. Help strings of commands and parameters are keys of the messages:
``cli.COMMAND`` (``cli.GROUP_group``, ``cli.GROUP_COMMAND``); `localize` puts the words of a language in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import typer

from .. import console
from ..errors import PeerqualError, message, speak
from . import audits, codebooks, codes, evaluations, keys, learning, line, names, numbers, protection, studies, tables

_KEY = re.compile(r"[a-z_]+\.\w+\Z")  # a help text that is still the key of a message, of any room
_FIRST = re.compile(r"(?<=\.)\s|\s?[:;]\s(?![^(]*\))")  # where the first thing that a help text says ends
Table = Mapping[str, Callable[..., int]]
COMMANDS: tuple[Table, ...] = (
    *(line.COMMANDS, names.COMMANDS, codes.COMMANDS, audits.COMMANDS),
    *(protection.COMMANDS, evaluations.COMMANDS, learning.COMMANDS, studies.COMMANDS, tables.COMMANDS, numbers.COMMANDS),
)
GROUPS: dict[str, Table] = {"codebook": codebooks.COMMANDS, "key": keys.COMMANDS}


def application() -> typer.Typer:
    """Return the Typer application with all commands."""
    app = typer.Typer(name="peerqual", help="cli.app", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
    for table in COMMANDS:
        for name, function in table.items():
            app.command(name, help=f"cli.{key_of(name)}")(function)
    for group, table in GROUPS.items():
        inner = typer.Typer(name=group, help=f"cli.{group}_group", no_args_is_help=True, rich_markup_mode=None)
        for name, function in table.items():
            inner.command(name, help=f"cli.{group}_{key_of(name)}")(function)
        app.add_typer(inner)
    return app


def key_of(name: str) -> str:
    """Return the key of a command's help among the messages: « review-names » is ``review_names``."""
    return name.replace("-", "_")


def localize(command: Any, lang: str) -> None:
    """Replace the message keys in the help of `command` and its subcommands by the words of `lang`."""
    if str(command.help).startswith("cli."):
        command.help = message(command.help, lang)
        command.short_help = _FIRST.split(command.help, maxsplit=1)[0].rstrip(".") + "."
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text and _KEY.match(text):
            parameter.help = message(text, lang)
        elif "--help" in parameter.opts:
            parameter.help = message("cli.help", lang)
    for child in getattr(command, "commands", {}).values():
        localize(child, lang)


def command_tree(lang: str) -> Any:
    """Return the click command of `peerqual` with help in `lang`."""
    tree = typer.main.get_command(application())
    localize(tree, lang)
    return tree


def run_command_line(words: list[str], lang: str) -> int:
    """Run ``peerqual WORDS`` and return the exit status; every error is one line on stderr, never a traceback."""
    speak(lang)
    try:
        return int(command_tree(lang).main(args=words, prog_name="peerqual", standalone_mode=False) or 0)
    except PeerqualError as error:
        console.error(error, lang)
        return error.status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # the last door: a traceback could show a transcript's words
        return console.unexpected(error, lang, words)
