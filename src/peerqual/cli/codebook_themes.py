"""The commands of thematisation: ``peerqual codebook draw``, ``freeze``, ``tree``."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import console
from ..errors import UsageError
from .codebook_changes import BookToChange, Why, book_here, values
from .options import Inputs, Json, Lang, Material, Participants

if TYPE_CHECKING:
    import pandas as pd

_HERE = Path("codebook.yaml")
Transcripts = Annotated[list[Path] | None, typer.Option("--transcripts", help="cli.transcripts", metavar="DIR")]


def codebook_draw(
    inputs: Inputs,
    share: Annotated[float, typer.Option("--share", help="codebook.draw_share", metavar="S")] = 0.25,
    seed: Annotated[int, typer.Option("--seed", help="codebook.draw_seed", metavar="N")] = 1,
    by: Annotated[str, typer.Option("--by", help="codebook.draw_by", metavar="COLUMN")] = "material",
    participants: Participants = None,
    material: Material = None,
    codebook: BookToChange = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Draw the documents to read first."""
    from .. import study_tables

    book = codebook or (_HERE if _HERE.exists() else None)
    drawn, corpus = study_tables.draw(inputs, codebook=book, participants=participants, material=material, share=share, seed=seed, by=by)
    if json:
        print(drawn.to_json(orient="records", force_ascii=False))
        return console.failures(corpus.failures, lang)
    console.say("codebook.drawn", lang, drawn=int(drawn["drawn"].sum()), total=len(drawn), seed=seed)
    for document, stratum in drawn.loc[drawn["drawn"], ["document", "stratum"]].itertuples(index=False):
        material, comma, values = stratum.partition(", ")
        print(f"  {document}  ({console.in_words('material', material, lang)}{comma}{values})")
    console.say("codebook.draw_not_noted" if book is None else "codebook.draw_noted", lang, path=book)
    return console.failures(corpus.failures, lang)


def codebook_freeze(why: Why = "", codebook: BookToChange = None, lang: Lang = None, json: Json = False) -> int:
    """Freeze the list and definitions of codes."""
    from ..codebook import Codebook
    from ..codebook_edit import freeze
    from ..codebook_freeze import frozen

    path = book_here(codebook)
    change, since = freeze(path, why=why), frozen(Codebook.load(path))
    if json:
        print(jsonlib.dumps(asdict(change), ensure_ascii=False))
    elif since is not None:
        console.say("cli.history_freeze", lang, **values(change, lang))
        console.say("codebook.now_frozen", lang, fingerprint=since.fingerprint)
    return 0


def codebook_tree(
    file: Annotated[Path | None, typer.Argument(help="codebook.tree_file", metavar="F")] = None,
    codings: Annotated[Path | None, typer.Option("--codings", help="codebook.tree_codings", metavar="F.csv")] = None,
    transcripts: Transcripts = None,
    participants: Participants = None,
    lang: Lang = None,
    json: Json = False,
) -> int:
    """Print the tree of codes."""
    from .. import study_tables
    from ..codebook import Codebook
    from ..errors import language

    if codings is not None and not transcripts:
        raise UsageError("codebook.tree_no_transcripts", where="--transcripts")
    book = Codebook.load(file or (_HERE if _HERE.exists() else None))
    spoken = language(lang)
    table = study_tables.tree_of(book, codings=codings, transcripts=transcripts or (), participants=participants, lang=spoken)
    if json:
        print(table.to_json(orient="records", force_ascii=False))
        return 0
    print("\n".join(_lines(table, spoken)))
    if (table["material"] != "").any():
        console.say("codebook.tree_counts", lang)
    if table["added"].any():
        console.say("codebook.tree_added", lang)
    return 0


def _lines(table: pd.DataFrame, lang: str) -> Iterator[str]:
    from ..language.typography import typeset

    codes = table.drop_duplicates("code")
    rules = _rules(codes["depth"].tolist())
    marks = (" +" if added else "" for added in codes["added"])
    labels = [f"{rule}{typeset(label, lang)}{mark}" for rule, label, mark in zip(rules, codes["label"], marks, strict=True)]
    columns = [["", *labels], ["", *codes["code"]], *_counts(table, lang)]
    wide = [max(map(len, column)) for column in columns]
    for i in range(0 if len(columns) > 2 else 1, len(codes) + 1):
        cells = (column[i].ljust(n) if at < 2 else column[i].rjust(n) for at, (column, n) in enumerate(zip(columns, wide, strict=True)))
        yield "  ".join(cells).rstrip()


def _counts(table: pd.DataFrame, lang: str) -> Iterator[list[str]]:
    # A column for each material: its name, then « 12 (5 des 8) » for each code.
    from ..language.typography import count_of, number

    for name, part in table[table["material"] != ""].groupby("material", sort=False):
        from ..reporting.figures.words import material  # loads the library of figures, which a tree without counts does not need

        column = [material(str(name), lang)]
        for passages, people, total in part[["passages", "participants", "participants_total"]].itertuples(index=False):
            column.append(f"{number(passages, lang)} ({count_of(people, total, lang)})" if total else number(passages, lang))
        yield column


def _rules(depths: list[int]) -> Iterator[str]:
    # What stands before each label: « │  ├─ », a bar for each ancestor that has more children below.
    for i, depth in enumerate(depths):
        bars = ["├─ " if _goes_on(depths[i + 1 :], depth) else "└─ "] if depth else []
        yield "".join(["│  " if _goes_on(depths[i + 1 :], above) else "   " for above in range(1, depth)] + bars)


def _goes_on(depths: list[int], depth: int) -> bool:
    return next((other == depth for other in depths if other <= depth), False)


COMMANDS: dict[str, Callable[..., int]] = {"draw": codebook_draw, "freeze": codebook_freeze, "tree": codebook_tree}
