"""The study's claims set against a coded corpus, and its codes read as Solomon's five processes: counts of participants with their passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from peerqual.analysis.claim_parts import Told
from peerqual.analysis.passages import loaded, tree
from peerqual.model import Corpus

ENQUIRIES = ("main", "second")
COLUMNS = ["claim", "theme", "text", "status", "why", "participants", "participants_total", "passages", "places"]
PROCESS_COLUMNS = ["process", "label", "codes", "passages", "documents", "documents_total", "participants", "participants_total", "places"]


def claims(
    codings: pd.DataFrame,
    corpus: Corpus,
    claims: str | Path | Sequence[Mapping[str, Any]] = "main",
    *,
    codebook: Any = None,
    variables: pd.DataFrame | None = None,
    lang: str = "fr",
) -> pd.DataFrame:
    """Tell of each claim whether the codings show it, with how many participants and where: found, partly or not.

    Call it once with proposals and once with what people decided: the difference is what the reading brought. "not" says that nothing coded
    shows the claim here, not that it is refuted; "found" that there is enough to read, not that it is true.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the documents of this enquiry alone: they give the denominators.
        claims: "main" or "second", the study's own (``analysis/data/claims.yaml``, whose header tells the form); a file of yours, or its list.
        codebook: what the codings were made with (None: the package's; for "second" the one named "professionnels").
        variables: answers to closed questions, `document`, `variable`, `answer`, for claims that rest on them.
        lang: the language of texts, "fr" or "en".

    Returns:
        One row per claim: `claim`, `theme`, `text`, `status` ("found", "partly", "not"; "no_material": no such document here), `why` (of each part
        « codes n/total (what is asked) »), `participants` who carry a code of it (none where it rests on answers alone), `participants_total`,
        `passages`, `places` (tuples ``(document, start, end)``, in the order of the texts).

    Raises:
        PeerqualError: as `theme_frequencies`; a claim names a code that the codebook does not have.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> asked = [{"id": "c", "theme": {}, "text": {"fr": "On espère."}, "parts": [{"codes": ["espoir"]}]}]
    >>> claims(CODINGS, CORPUS, asked, codebook=BOOK)[["claim", "status", "why", "participants"]].values.tolist()
    [['c', 'found', 'espoir 2/2 (≥ 2)', 2]]
    """
    book = codebook if codebook is not None or claims != "second" else _named("professionnels")
    told = Told(codings, corpus, tree(book, branches=True), variables)
    rows = []
    for claim in _asked(claims):
        parts = [told.part(part) for part in claim["parts"]]
        carried = [part for part in parts if part.count]
        nowhere = not any(part.total for part in parts)
        status = "no_material" if nowhere else "found" if all(part.shown for part in parts) else "partly" if carried else "not"
        places = sorted({place for part in parts for place in part.places}, key=told.order)
        people = {person for part in parts for person in part.people}
        why = " ; ".join(part.why for part in parts)
        texts = (claim.get("theme", {}).get(lang, ""), claim["text"].get(lang, ""))
        rows.append((claim["id"], *texts, status, why, len(people), len(told.everybody), len(places), tuple(places)))
    return pd.DataFrame(rows, columns=COLUMNS)


def by_process(
    codings: pd.DataFrame,
    corpus: Corpus,
    processes: str | Path | Sequence[Mapping[str, Any]] | None = None,
    *,
    codebook: Any = None,
    lang: str = "fr",
) -> pd.DataFrame:
    """Count the passages in which Solomon's five processes of peer support can be read, by way of the codes that each is mapped to.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the documents.
        processes: a mapping of yours in the form of ``analysis/data/processes.yaml`` (None: that one).
        codebook: what the codings were made with (None: the package's).
        lang: the language of labels.

    Returns:
        One row per process: `process`, `label`, `codes` (spaces between), `passages` (distinct), `documents` of `documents_total`, `participants` of
        `participants_total`, `places`. One passage may stand under several processes: rows do not add up.

    Raises:
        PeerqualError: as `claims`.

    Source: Solomon P. (2004), Psychiatric Rehabilitation Journal 27(4), 392-401.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> mapped = [{"id": "support", "label": {"fr": "Soutien"}, "codes": ["entraide"]}]
    >>> by_process(CODINGS, CORPUS, mapped, codebook=BOOK)[["label", "passages", "documents", "participants"]].values.tolist()
    [['Soutien', 2, 2, 1]]
    """
    told = Told(codings, corpus, tree(codebook, branches=True), None)
    rows = []
    for process in _read(processes if processes is not None else _data("processes.yaml")):
        part = told.coded(process["codes"], "", "")
        documents = {place[0] for place in part.places}
        counts = (len(part.places), len(documents), len(corpus), len(part.people), len(told.everybody))
        rows.append((process["id"], process["label"].get(lang, process["id"]), " ".join(process["codes"]), *counts, tuple(part.places)))
    return pd.DataFrame(rows, columns=PROCESS_COLUMNS)


def is_mapped(codebook: Any = None) -> bool:
    """Tell whether `codebook` (None: the package's) has every code that the processes of the package are read in."""
    known = {code.id for code in loaded(codebook).codes}
    return all(code in known for process in _read(_data("processes.yaml")) for code in process["codes"])


def _asked(claims: str | Path | Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    if isinstance(claims, str) and claims in ENQUIRIES:
        return _read(_data("claims.yaml"))[claims]  # type: ignore[call-overload, no-any-return]
    return _read(claims)


def _data(name: str) -> Path:
    return Path(str(files("peerqual.analysis") / "data" / name))


def _read(given: str | Path | Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    if not isinstance(given, str | Path):
        return given
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(Path(given).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _named(name: str) -> Any:
    from peerqual.codebook import Codebook

    return Codebook.load(name)
