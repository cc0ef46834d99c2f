"""The commands on a codebook: ``peerqual codebook …``."""

from __future__ import annotations

from collections.abc import Callable

from .. import console
from .options import CodebookArgument, Json, Lang


def codebook_check(file: CodebookArgument = None, lang: Lang = None, json: Json = False) -> int:
    """Name every fault of a codebook."""
    from .. import codebook, resources

    faults = codebook.check(file or resources.packaged("codebook.yaml"))
    return console.faults(faults, lang, json)


def codebook_test(file: CodebookArgument = None, lang: Lang = None, json: Json = False) -> int:
    """Run a codebook's examples and counter-examples."""
    from ..codebook import Codebook
    from ..coding import check_examples

    return console.examples(check_examples(Codebook.load(file)), lang, json)


COMMANDS: dict[str, Callable[..., int]] = {"check": codebook_check, "test": codebook_test}
