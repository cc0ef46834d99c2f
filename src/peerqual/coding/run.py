"""Code a corpus, in one process or several."""

from __future__ import annotations

from collections.abc import Sequence

from ..codebook import Codebook
from ..model import Coding, Corpus, Transcript


def code(corpus: Corpus | Transcript, codebook: Codebook, *, jobs: int = 1) -> list[Coding]:
    """Return the codings that the rules of `codebook` propose for `corpus` (or one transcript): at most one for each sentence and code.

    A coding spans a sentence of speech, or of a document without turns; `evidence` are the words that support it. Where a code and its parent
    both hold, only the child is given. They stand in the order of the corpus and, in a document, of their places.
    `jobs`: number of processes (1: this one; -1: one per core).

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
    if jobs == 1 or len(transcripts) < 2:
        return _batch(transcripts, codebook)
    from joblib import Parallel, delayed

    batches = [transcripts[i : i + 8] for i in range(0, len(transcripts), 8)]
    done = Parallel(n_jobs=jobs)(delayed(_batch)(batch, codebook) for batch in batches)
    return [coding for codings in done for coding in codings]


def _batch(transcripts: Sequence[Transcript], codebook: Codebook) -> list[Coding]:
    from .coder import coder

    ready = coder(codebook)
    return [coding for transcript in transcripts for coding in ready.code(transcript)]
