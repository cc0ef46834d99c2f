"""How the report opens: what the corpus holds, which codes are the widest in each material, which codes nobody carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from peerqual.codebook_freeze import frozen
from peerqual.reporting.html.data import ReportData, invented, stamps
from peerqual.reporting.html.frequencies import search, size
from peerqual.reporting.html.tree import Entry, Tree
from peerqual.reporting.html.words import Words


@dataclass(frozen=True, slots=True)
class Widest:
    """One of the widest codes of a material: what is said of it, and the length of its bar (0 to 1)."""

    entry: Entry
    shade: str
    said: str
    passages: str
    share: float
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """The opening: sentences, the widest codes of each material (name, size, rows), the codes that nobody carries."""

    sentences: list[str]
    materials: list[tuple[str, str, list[Widest]]]
    unused: list[Entry]


def found(data: ReportData, tree: Tree, words: Words) -> Found:
    """Return the opening of the report."""
    facts, frequencies = data.facts, data.tables["frequencies"]
    carried = frequencies.groupby("code")["passages"].sum()
    unused = [entry for entry in tree.codes if not carried.get(entry.code.id, 0)]
    used = len(tree.codes) - len(unused)
    documents = words.series(words.many(n, material) for material, n in facts["documents"].items())
    people, spoken = words.many(facts["participants"], "person"), words.many(facts["words"], "word")
    sentences = [words("found_corpus", documents=documents, people=people, words=spoken)]
    if data.total:
        passages, codes = words.many(data.total, "passage"), words.part(used, len(tree.codes), "code")
        sentences.append(words.agreed(data.total, "found_codings", passages=passages, codes=codes))
    else:
        sentences.append(words("found_nothing"))
    rows = {material: [row for row in facts["widest"] if row["material"] == material] for material in frequencies["material"].unique()}
    materials = [(words(f"material_{m}"), size(data, m, words), [_widest(data, row, part, tree, words) for row in part]) for m, part in rows.items()]
    return Found(sentences, materials, unused if data.total else [])


def _widest(data: ReportData, row: Mapping[str, Any], part: list[Mapping[str, Any]], tree: Tree, words: Words) -> Widest:
    # Interviews are counted by interview, groups by person; of one document or person alone, only passages say something.
    material, code = row["material"], row["code"]
    by_people = material == "group" or not row["documents_total"]
    n, whole = (row["participants"], row["participants_total"]) if by_people else (row["documents"], row["documents_total"])
    share = n / whole if whole > 1 else row["passages"] / max(other["passages"] for other in part)
    said = words.part(n, whole, "person" if by_people else material) if whole > 1 else ""
    return Widest(tree[code], tree.shade(code), said, words.many(row["passages"], "passage"), share, search(data, code, material=material))


def stamp(data: ReportData, words: Words) -> str:
    """Return the stamp of proposals that nobody has read, and of those that are in dispute; "" when all were decided by a person."""
    return "\u00a0· ".join(stamps(data.facts, words))


def decided(data: ReportData, words: Words) -> str:
    """Return how many codings are proposed, accepted and added, and how many were rejected (those are not counted)."""
    counts = data.facts["codings"]
    said = [words.many(counts[name], name) for name in ("proposed", "accepted", "added")]
    text = words("decided", total=words.many(data.facts["codings_total"], "coding"), apart=words.series(said))
    return text + (" " + words("rejected", n=words.many(counts["rejected"], "coding")) if counts["rejected"] else "")


def banner(data: ReportData, words: Words) -> str:
    """Return the words of the banner of an invented corpus; "" for a real one."""
    n = invented(data.corpus)
    if not n:
        return ""
    return words("invented") if n == len(data.corpus) else words("invented_part", n=words.part(n, len(data.corpus), "document"))


def method(data: ReportData, words: Words) -> list[str]:
    """Return the paragraphs on method: how it was made and with what, what was hidden, what a person still must read, limits."""
    book = data.codebook
    libraries = words.series(f"{name} {version}" for name, version in data.versions.items() if name != "peerqual")
    title, number, digest = words.of(getattr(book, "title", "")), getattr(book, "version", ""), str(getattr(book, "hash", ""))[:12]
    named = words.quote(title) if title else words("book_untitled")
    named += words("book_version", version=number) if number else ""
    named += words("book_hash", hash=digest) if digest else ""
    version = data.versions.get("peerqual", "")
    made = words("method_made", version=f"\u00a0{version}" if version else "", libraries=words("with", libraries=libraries) if libraries else "")
    proposed = sum(n for status, n in data.facts["codings"].items() if status != "added")
    learned = "origin" in data.codings and bool((data.codings["origin"] == "model").any())
    how = "method_hand" if not proposed else "method_model" if learned else "method_rules"
    paragraphs = [
        " ".join([made, words("method_book", book=named), *thematised(book, words)]),
        f"{words(how)} {_excerpts(data, words)}",
        _decided_by_people(data, words),
        *_hidden(data, words),
    ]
    return [*paragraphs, *_measured(data, words, learned=how == "method_model"), words("method_person"), words("method_limits")]


def thematised(book: Any, words: Words) -> list[str]:
    """Return how the codes were arrived at, as far as the history of `book` tells: the sample drawn, the freeze, what was changed since."""
    history = getattr(book, "history", ())
    since = frozen(book) if history else None
    if since is None:
        return []
    first = next(i for i, change in enumerate(history) if change.action == "freeze")
    draws = [change.noted for change in history[:first] if change.action == "draw"]
    said = [_drawn(draws[-1], words)] if draws else []
    said += [words("method_redrawn", n=words.number(len(draws)))] if len(draws) > 1 else []
    said.append(words("method_frozen", at=since.at[:10], codes=words.number(since.codes), fingerprint=since.fingerprint))
    added = words.series(f"{code}, {change.at[:10]}" for code, change in since.added)
    said.append(words("method_added", n=words.number(len(since.added)), codes=added) if added else words("method_added_none"))
    others = sum(change.action not in ("new", "split") for change in since.changes)
    said += [words("method_changed", n=words.number(others))] if others else []
    return [*said, *([words("method_by_hand", codes=", ".join(since.by_hand))] if since.by_hand else [])]


def _drawn(noted: Mapping[str, str], words: Words) -> str:
    of = words.part(int(noted["drawn"]), int(noted["total"]), "document")
    by = words("stratum_material") if noted["by"] == "material" else noted["by"]
    return words("method_drawn", n=of, share=words.number(float(noted["share"]), 2), seed=noted["seed"], by=by)


def _excerpts(data: ReportData, words: Words) -> str:
    return words("method_excerpts" if data.whole else "method_excerpts_chosen")


def _decided_by_people(data: ReportData, words: Words) -> str:
    counts = data.facts["codings"]
    alone = int((data.codings["origin"] == "machine").sum()) if "origin" in data.codings else 0
    total = sum(counts.values())
    told = words("method_human", n=words.part(total - counts["proposed"] - alone, total, "coding"))
    return f"{told} {words('method_alone', n=words.part(alone, total, 'coding'))}" if alone else told


def _measured(data: ReportData, words: Words, *, learned: bool) -> list[str]:
    """Return how well the finders and the coder did on texts made to measure them, from ``reporting/data``."""
    finders, coder = measured("recall"), measured("coder")["model" if learned else "rules"]
    said = []
    if data.mentions:
        far = {f"{name}_{figure}": words.percent(finders[name][figure]) for name in ("interviews", "adversary") for figure in ("recall", "precision")}
        said.append(words("measured_finders", **far))
    if data.facts["codings"]["proposed"] + data.facts["codings"]["accepted"]:
        said.append(words("measured_coder", **{name: words.number(f1, 2) for name, f1 in coder.items()}))
    return [" ".join([words("measured"), *said])] if said else []


@cache
def measured(name: str) -> dict[str, Any]:
    """Return the figures of ``reporting/data/NAME.toml``."""
    import tomllib

    return tomllib.loads((files("peerqual.reporting") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _hidden(data: ReportData, words: Words) -> list[str]:
    if not data.mentions:
        return [words("method_as_is" if data.whole else "method_not_known")]
    labels: dict[str, int] = {}
    for counts in data.mentions.values():
        for label, n in counts.items():
            labels[label] = labels.get(label, 0) + n
    total, doubtful = sum(labels.values()), sum(data.mentions.get("review", {}).values())
    said = words.series(f"{words(f'label_{label}')} ({words.number(n)})" for label, n in sorted(labels.items(), key=lambda item: -item[1]))
    text = words("method_hidden", total=words.many(total, "identifier"), labels=said)
    return [text + (" " + words("method_doubtful", n=words.part(doubtful, total)) if doubtful else ""), words("method_hashes")]
