"""Code a corpus, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..codebook import Codebook
from ..model import Coding, Corpus, Transcript


def code(
    corpus: Corpus | Transcript,
    codebook: Codebook,
    *,
    model: str = "",
    encoder: str = "",
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Coding]:
    """Return the codings that `codebook` proposes for `corpus` (or one transcript): passages of one sentence of speech or several in a row.

    `model`: the path of a learned model, which decides on the codes that it was made for; the others (with "": all) are proposed by their rules.
    `encoder`: the folder of the sentence encoder that the model was made with.

    A sentence (of a turn, or of a document without turns) carries a code at most once; neighbours that carry the same are one passage
    (`coding.merging`); `evidence` are the words that support it. Where a code and its parent
    both hold, only the child is given. They stand in the order of the corpus and, in a document, of their places.
    `jobs`: number of processes (1: this one; -1: one per core). `progress` is called with the numbers of transcripts done and of all.

    >>> from peerqual import Codebook, Transcript
    >>> book = Codebook.from_text('''
    ... peerqual: 1
    ... codes:
    ...   - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}, rules: [{lemmas: ["avoir … espoir"]}]}
    ... ''')
    >>> [(c.code, c.polarity, c.qualifiers) for c in code(Transcript("e1", "Bon, j'ai plus d'espoir."), book)]
    [('espoir', '-', ('negated',))]
    """
    transcripts = (corpus,) if isinstance(corpus, Transcript) else tuple(corpus)
    batches = [transcripts[i : i + 8] for i in range(0, len(transcripts), 8)]
    codings: list[Coding] = []
    for done, batch in enumerate(_batches(batches, codebook, model, encoder, jobs), start=1):
        codings += batch
        if progress is not None:
            progress(min(8 * done, len(transcripts)), len(transcripts))
    return codings


def _batches(batches: list[tuple[Transcript, ...]], codebook: Codebook, model: str, encoder: str, jobs: int) -> Iterator[list[Coding]]:
    if jobs == 1 or len(batches) < 2:
        yield from (_batch(batch, codebook, model, encoder) for batch in batches)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator")(delayed(_batch)(batch, codebook, model, encoder) for batch in batches)


def _batch(transcripts: Sequence[Transcript], codebook: Codebook, model: str, encoder: str) -> list[Coding]:
    from .coder import coder

    ready = coder(codebook, model, encoder)
    return [coding for transcript in transcripts for coding in ready.code(transcript)]
