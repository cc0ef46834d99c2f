"""Notebook displays: a corpus, a transcript with its coded passages, a codebook, tables, as HTML that a notebook shows and text elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from peerqual.errors import PeerqualError, language, message
from peerqual.model import STATUSES, Code, Corpus, Transcript

if TYPE_CHECKING:
    import pandas as pd

    from peerqual.reporting.html.marking import Passage
    from peerqual.reporting.html.words import Words

ROWS = 100  # rows shown of a table; the table itself holds them all
COLUMNS = ("document", "start", "end", "code", "status", "polarity", "score", "rule", "qualifiers", "evidence")


@dataclass(frozen=True)
class Display:
    """What `show` returns: `html` for notebooks, `text` elsewhere."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def show(x: Any, codings: pd.DataFrame | None = None, codebook: Any = None, lang: str | None = None) -> Display:
    """Show `x` in a notebook: as the last line of a cell, or through `display`.

    Args:
        x: a `Corpus` (what was understood of its files), a `Transcript` (its words, coloured where `codings` code them),
            a `Codebook`, a `Risk`, a DataFrame that peerqual made (codings, names or codings to review, decisions, frequencies, agreement,
            disagreements, …), or a result with such a table and what must be known with it (`evaluate`, `learn`).
        codings: DESIGN.md's columns; those of the other documents and rejected ones are left out. For a `Transcript` only.
        codebook: labels, order and colours of codes (None: the package's, loaded only when there are codes to name).
        lang: "fr" or "en" (None: ``PEERQUAL_LANG``, else "fr").

    Returns:
        An object with ``_repr_html_``; its text form holds counts, and no words of a transcript.

    Raises:
        PeerqualError: `x` is none of these, `codings` lacks a column, or was made on another text of this document.

    >>> import peerqual as pq
    >>> pq.show(pq.Transcript("E01", "Moi j'y crois."), lang="en")
    E01: Document, 0 turns, 0 passages
    """
    import pandas as pd

    from peerqual.anonymization.risk import Risk
    from peerqual.anonymization.risk.writing import localized
    from peerqual.reporting.html.words import Words

    words = Words(language(lang))
    if isinstance(x, Corpus):
        return _corpus(x, words)
    if isinstance(x, Transcript):
        return _transcript(x, codings, codebook, words)
    if isinstance(x, pd.DataFrame):
        return _dataframe(x, codebook, words)
    if isinstance(getattr(x, "codes", None), tuple):
        return _codebook(x, words)
    if isinstance(x, Risk):
        return _dataframe(localized(x, words.lang).people, codebook, words)
    if isinstance(getattr(x, "table", None), pd.DataFrame) and hasattr(x, "said"):
        return _dataframe(x.table, codebook, words, [_note(key, values, words) for key, values in x.said])
    raise PeerqualError("show.cannot", type(x).__name__)


def _corpus(corpus: Corpus, words: Words) -> Display:
    from peerqual.transcripts import doubts_table, overview

    table = overview(corpus)
    rows = table.to_dict("records")
    counts = [words.many(int(n), str(material)) for material, n in table.drop_duplicates("document")["material"].value_counts(sort=False).items()]
    title = words.series(counts)
    doubts = doubts_table(corpus, lang=words.lang).to_dict("records")
    said = [f"{row['document']}: {row['speaker'] or '-'} ({row['role'] or '-'}), {row['turns']}, {row['words']}" for row in rows]
    failures = [failure.error.render(words.lang) for failure in corpus.failures if isinstance(failure.error, PeerqualError)]
    return _display("show_corpus.html", words, "\n".join([title, *said]), rows=rows, title=title, doubts=doubts, failures=failures)


def _transcript(transcript: Transcript, codings: pd.DataFrame | None, codebook: Any, words: Words) -> Display:
    from peerqual.reporting.html.documents import blocks
    from peerqual.reporting.html.marking import passages
    from peerqual.reporting.html.tree import Tree

    found: tuple[Passage, ...] = ()
    book: Any = SimpleNamespace(codes=())
    if codings is not None:
        _check(codings, transcript)
        own = codings[codings["document"] == transcript.id]
        found = passages(own, Corpus((transcript,)))[transcript.id]
        book = _book(codebook, own["code"])
    unread = any(mark.status == "proposed" for passage in found for mark in passage.marks)
    about = [words(f"material_one_{transcript.material}"), words.many(len(transcript.turns), "turn"), words.many(len(found), "passage")]
    values = {"transcript": transcript, "blocks": blocks(transcript, found, "t"), "about": about}
    text = f"{transcript.id}: {', '.join(about)}"
    return _display("show_transcript.html", words, text, tree=Tree(book, words), stamp=words("stamp") if unread else "", **values)


def _dataframe(table: pd.DataFrame, codebook: Any, words: Words, notes: Sequence[str] = ()) -> Display:
    from peerqual.reporting import tables_shown
    from peerqual.reporting.html.tree import Tree

    kind = tables_shown.kind_of(table)
    if set(COLUMNS) <= set(table.columns) or (kind is None and table.index.name != "code"):
        return _codings(table, codebook, words)
    named = tables_shown.codes_of(table) if kind is not None else table.index
    said = tables_shown.Said(words, Tree(_book(codebook, named), words))
    heads, rows = tables_shown.shown(table.head(ROWS), kind, said) if kind is not None else tables_shown.crossed(table.head(ROWS), said)
    notes = [*notes, message(kind.note, words.lang)] if kind is not None and kind.note else notes
    values: dict[str, Any] = {"title": message(f"show.title_{kind.name if kind is not None else 'crosstab'}", words.lang), "notes": notes}
    values |= {"about": tables_shown.about(table, words), "stamp": tables_shown.stamp(table, kind, words), "heads": heads, "rows": rows}
    left = len(table) - len(rows)
    values["left"] = words("show_left", n=left) if left else "" if len(table) else message("show.no_row", words.lang)
    return _display("show_table.html", words, f"{values['title']}: {values['about']}", tree=said.tree, **values)


def _codings(codings: pd.DataFrame, codebook: Any, words: Words) -> Display:
    from peerqual.reporting.html.marking import MARKED, Support, mark, pieces
    from peerqual.reporting.html.tree import Tree

    _check(codings)
    counts = {status: int((codings["status"] == status).sum()) for status in STATUSES}
    apart = words.series(words.many(n, status) for status, n in counts.items() if n)
    title = words("decided", total=words.many(len(codings), "coding"), apart=apart) if apart else words.many(0, "coding")
    rows = []
    for row in codings.head(ROWS).to_dict("records"):
        made, said, at = mark(*(row[column] for column in MARKED)), str(row.get("text", "")), int(row["start"])
        support = [Support(start - at, end - at, made.code) for start, end in made.evidence]
        rows.append((row, made, list(pieces(said, 0, len(said), support))))
    left = len(codings) - len(rows)
    values = {"rows": rows, "title": title, "stamp": words("stamp") if counts["proposed"] else "", "left": words("show_left", n=left) if left else ""}
    return _display("show_codings.html", words, title, tree=Tree(_book(codebook, codings["code"]), words), **values)


def _codebook(codebook: Any, words: Words) -> Display:
    from peerqual.reporting.html.tree import Tree

    tree = Tree(codebook, words)
    title = words.of(getattr(codebook, "title", "")) or words("section_codes")
    text = "\n".join([title, *("  " * entry.depth + f"{entry.code.id}: {entry.label}" for entry in tree.entries.values())])
    return _display("show_codebook.html", words, text, tree=tree, title=title)


def _note(key: str, values: Mapping[str, Any], words: Words) -> str:
    return message(key, words.lang, **{name: words.number(value) if isinstance(value, int) else value for name, value in values.items()})


def _display(template: str, words: Words, text: str, **values: Any) -> Display:
    from functools import partial

    from peerqual.reporting.html.page import environment, own, why

    html = environment().get_template(template).render(t=words, lang=words.lang, why=partial(why, words), style=own("show.css"), **values)
    return Display(html, text.replace("\u00a0", " "))


def _check(codings: pd.DataFrame, transcript: Transcript | None = None) -> None:
    missing = [column for column in COLUMNS if column not in codings.columns]
    if missing:
        raise PeerqualError("show.no_column", columns=", ".join(missing))
    if transcript is not None and "text_hash" in codings.columns:
        hashes = codings["text_hash"][codings["document"] == transcript.id]
        if not hashes.isin([transcript.text_hash]).all():
            raise PeerqualError("show.other_text", transcript.id)


def _book(codebook: Any, named: Iterable[str]) -> Any:
    """Return the codes that name those `named`; a code that `codebook` does not know is named by its id."""
    used = list(dict.fromkeys(named))
    if codebook is None and used:
        from peerqual.codebook import Codebook

        codebook = Codebook.load()
    codes = codebook.codes if codebook is not None else ()
    known = {code.id for code in codes}
    return SimpleNamespace(codes=(*codes, *(Code(id, None, True, {"fr": id}, {}) for id in used if id not in known)))
