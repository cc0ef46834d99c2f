"""What follows what: sequences of codes, codes that answer codes, and the people who do not say what nearly all say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground, survey
from peerqual.analysis.passages import counted, flat, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

STEPS = ["code_from", "code_to", "count", "from_total", "to_total", "steps", "share", "lift"]
CASES = [
    *("code", "label", "material", "participants", "participants_total", "share"),
    *("participant", "documents", "words"),
]


def code_sequences(codings: pd.DataFrame, corpus: Corpus, *, unit: str = "turn") -> pd.DataFrame:
    """Count how often a passage of one code is followed by a passage of another.

    The codes whose passages begin at the same place are one step; a step leads to the next one of the same turn or document.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a code stands for itself, not for its parents.
        corpus: the transcripts that were coded.
        unit: within which passages follow each other: "turn" or "document" (then whoever speaks).

    Returns:
        One row per ordered pair of codes that was found, a code after itself included, most frequent first: `code_from`, `code_to`, `count`
        (steps with the first that lead to one with the second) of `from_total` (steps with the first that lead on) and `to_total` (steps with
        the second that are led to), `steps` (all that lead on), `share` (`count` / `from_total`), `lift` (`count` × `steps` /
        (`from_total` × `to_total`): 1 where the order is as chance would have it).

    Raises:
        PeerqualError: a missing column, an unknown document, status or unit.

    >>> from peerqual.analysis.example import CODINGS, CORPUS
    >>> code_sequences(CODINGS, CORPUS)[["code_from", "code_to", "count", "from_total"]].values.tolist()
    [['espoir', 'entraide', 1, 1]]
    """
    if unit not in ("turn", "document"):
        raise PeerqualError("analysis.unknown_stretch", unit)
    codes, ground = flat(codings), survey(corpus)
    rows = passages(codings, ground, codes)
    stretch = rows["document"].to_numpy() if unit == "document" else rows["turn"].to_numpy()
    stands = stretch >= 0
    start = rows["start"].to_numpy()[stands]
    at, step = np.unique(start, return_inverse=True)
    stretch_of = np.zeros(len(at), dtype=np.int64)
    stretch_of[step] = stretch[stands]
    pairs = np.unique(step * max(len(codes.ids), 1) + rows["code"].to_numpy()[stands])
    leads = np.flatnonzero(stretch_of[1:] == stretch_of[:-1])
    return _steps(codes.ids, pairs, leads, leads + 1)


def code_answers(codings: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Count which codes stand in what one voice says, and which in the answer of the next voice.

    What one voice says until another does is one speech, an interviewer's words left out: of an interview of two, nothing answers. An answer
    is the next speech in the document.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a code stands for itself, not for its parents.
        corpus: the transcripts that were coded.

    Returns:
        One row per ordered pair of codes that was found, most frequent first: `code_from`, `code_to`, `count` (speeches with the first whose
        answer has the second) of `from_total` (answered speeches with the first) and `to_total` (answers with the second), `steps` (all answered
        speeches, also those without a code), `share` (`count` / `from_total`), `lift` as in `code_sequences`.

    Raises:
        PeerqualError: a missing column, an unknown document or status.

    >>> from peerqual.analysis.example import CODINGS, CORPUS
    >>> code_answers(CODINGS, CORPUS)[["code_from", "code_to", "count", "from_total", "steps"]].values.tolist()
    [['entraide', 'espoir', 1, 1, 1]]
    """
    codes, ground = flat(codings), survey(corpus)
    rows = passages(codings, ground, codes)
    speech, document = _speeches(ground)
    turn = rows["turn"].to_numpy()
    of_row = np.where(turn >= 0, speech[np.maximum(turn, 0)] if len(speech) else -1, -1)
    stands = of_row >= 0
    pairs = np.unique(of_row[stands] * max(len(codes.ids), 1) + rows["code"].to_numpy()[stands])
    leads = np.flatnonzero(document[1:] == document[:-1])
    return _steps(codes.ids, pairs, leads, leads + 1)


def _speeches(ground: Ground) -> tuple[np.ndarray, np.ndarray]:
    # For each turn the number of its speech (-1: words that cannot carry codes); for each speech its document.
    heard = np.flatnonzero(ground.turn_coded)
    speech = np.full(len(ground.turn_coded), -1, dtype=np.int64)
    if not len(heard):
        return speech, np.zeros(0, dtype=np.int64)
    document, person = ground.turn_document[heard], ground.person[heard]
    new = np.concatenate([[True], (document[1:] != document[:-1]) | (person[1:] != person[:-1])])
    speech[heard] = np.cumsum(new) - 1
    return speech, document[new]


def _steps(ids: list[str], pairs: np.ndarray, before: np.ndarray, after: np.ndarray) -> pd.DataFrame:
    # `pairs`: step * codes + code, in order; `before[i]` leads to `after[i]`.
    n = max(len(ids), 1)
    size = int(max(pairs.max(initial=0) // n, after.max(initial=0))) + 1
    has = np.zeros((size, n), dtype=np.float32)  # exact up to 16 million steps
    has[pairs // n, pairs % n] = 1
    first, second = has[before], has[after]
    count = np.rint(first.T @ second).astype(np.int64)
    leading, led = first.sum(axis=0).astype(np.int64), second.sum(axis=0).astype(np.int64)
    a, b = np.nonzero(count)
    table = pd.DataFrame(
        {
            "code_from": [ids[i] for i in a],
            "code_to": [ids[i] for i in b],
            "count": count[a, b],
            "from_total": leading[a],
            "to_total": led[b],
            "steps": len(before),
            "share": count[a, b] / leading[a],
            "lift": count[a, b] * len(before) / (leading[a] * led[b]),
        },
        columns=STEPS,
    )
    return table.sort_values(["count", "code_from", "code_to"], ascending=[False, True, True], kind="stable").reset_index(drop=True)


def negative_cases(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None, *, most: float = 0.8, lang: str = "fr") -> pd.DataFrame:
    """List the participants who speak no passage of a code that most others speak: the cases that a claim must account for.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's).
        most: the share of the *other* participants of the material, 0 to 1, who must speak the code; 1: all of them.
        lang: the language of labels.

    Returns:
        One row per code × material × participant (respondents and facilitators) without it: `code`, `label`, `material`, `participants` (who speak
        the code) of `participants_total`, `share` (of the others who speak it), `participant`, `documents` (where the participant speaks, with
        spaces between), `words` (what they say there that can carry a code: who says little lacks codes for no other reason). Codes that all
        speak have no row.

    Raises:
        PeerqualError: a missing column, an unknown document, code or status, `most` not in 0 to 1.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> negative_cases(CODINGS, CORPUS, BOOK, most=1)[["code", "material", "participants", "participants_total", "participant"]].values.tolist()[0]
    ['espoir', 'interview', 1, 2, 'P2']
    """
    if not 0 <= most <= 1:
        raise PeerqualError("analysis.bad_share", most)
    codes, ground = tree(codebook, lang), survey(corpus)
    rows = counted(passages(codings, ground, codes), codes)
    people = _people(ground)
    turn = rows["turn"].to_numpy()
    spoken = turn >= 0
    spoken[spoken] &= ground.turn_person[turn[spoken]]
    said = rows[spoken].assign(person=ground.person[turn[spoken]], material=ground.materials[rows["document"].to_numpy()[spoken]])
    who = {key: set(group) for key, group in said.groupby(["code", "material"])["person"]}
    made = []
    for code, id in enumerate(codes.ids):
        for material, here in people.groupby("material", sort=False):
            have = who.get((code, material), set())
            share = len(have) / (len(here) - 1) if len(here) > 1 else 0.0
            if have and share >= most:
                about = (id, codes.labels[code], material, len(have), len(here), share)
                made += [(*about, row.participant, row.documents, row.words) for row in here.itertuples() if row.person not in have]
    return pd.DataFrame(made, columns=CASES)


def _people(ground: Ground) -> pd.DataFrame:
    # Who speaks in which material, with their documents and words, in the order of the corpus.
    words = np.bincount(ground.word_turn, minlength=len(ground.turn_start))
    heard = ground.turn_person
    document = ground.turn_document[heard]
    turns = pd.DataFrame(
        {
            "person": ground.person[heard],
            "participant": ground.turn_participant[heard],
            "material": ground.materials[document],
            "documents": np.array(ground.ids, dtype=object)[document],
            "words": words[heard],
        }
    )
    found = turns.groupby(["material", "person"], sort=False)
    return found.agg(participant=("participant", "first"), documents=("documents", _once), words=("words", "sum")).reset_index()


def _once(ids: pd.Series) -> str:
    return " ".join(dict.fromkeys(ids))
