"""Answers proposed from the words of each interview: for each question the option that most speaks for, with the words that do."""

from __future__ import annotations

from collections import defaultdict
from math import prod

import pandas as pd

from peerqual.analysis.citing import cite
from peerqual.analysis.quotes import said
from peerqual.analysis.variables.questions import JOINT, Variable, Variables
from peerqual.coding import code
from peerqual.model import Coding, Corpus

COLUMNS = ["document", "variable", "question", "proposed", "answer", "words", "cite", "score", "against", "start", "end", "text_hash"]


def propose_variables(corpus: Corpus, variables: Variables, *, jobs: int = 1, lang: str = "") -> pd.DataFrame:
    """Propose an answer to each closed question for each document, for a person to accept or change.

    Args:
        corpus: the interviews; an interviewer's words are no answer, but rules may ask for them in the turn before.
        variables: the questions (`Variables.load`).
        jobs: number of processes.
        lang: the language of questions (default: the file's).

    Returns:
        One row per document × variable: `document`, `variable`, `question`, `proposed` (the option whose passages weigh most, "" where nothing was
        found or two weigh alike), `answer` ("" to fill: what a person says counts more), `words` (the passage that weighs most for it), `cite`
        (« E05, l. 12 »), `score` and `against` (0 to 1: noisy-or of what speaks for it, and for the next option; they rank, they are no
        probability), `start`, `end` (code points of `words`; 0, 0 where there are none), `text_hash`.

    >>> from peerqual.analysis.example import CORPUS
    >>> asked = Variables.from_text('''
    ... peerqual_variables: 1
    ... variables:
    ...   - id: espere
    ...     question: {fr: "Espère-t-il ?"}
    ...     options: [{id: oui, label: {fr: Oui}, rules: [{lemmas: [croire]}]}, {id: non, label: {fr: Non}}]
    ... ''')
    >>> propose_variables(CORPUS, asked)[["document", "proposed", "words"]].values.tolist()[:2]
    [['E01', 'oui', 'J’y crois, à la suite.'], ['E02', '', '']]
    """
    found: dict[tuple[str, str, str], list[Coding]] = defaultdict(list)
    for coding in code(corpus, variables.codebook, jobs=jobs):
        variable, _, option = coding.code.rpartition(JOINT)
        asked = variables.get(variable)
        option = _meant(asked, option, coding) if asked is not None else ""
        if option:
            found[coding.document, variable, option].append(coding)
    lang = lang or variables.language
    rows = []
    for transcript in corpus:
        for one in variables.variables:
            ranked = sorted(((_weight(found[transcript.id, one.id, option.id]), option.id) for option in one.options), key=lambda item: -item[0])
            (score, option), (against, _) = ranked[0], ranked[1]
            told = score > against
            best = max(found[transcript.id, one.id, option], key=lambda coding: coding.score) if told else None
            place = (best.start, best.end) if best else (0, 0)
            words = said(transcript, *place) if best else ""
            question = one.question.get(lang) or next(iter(one.question.values()))
            about = (transcript.id, one.id, question, option if told else "", "", words, cite(transcript, *place) if best else "")
            rows.append((*about, score, against, *place, transcript.text_hash))
    return pd.DataFrame(rows, columns=COLUMNS)


def _meant(variable: Variable, option: str, coding: Coding) -> str:
    # What is denied speaks for the other of two options, for none of several.
    if coding.polarity != "-":
        return option
    return next(one.id for one in variable.options if one.id != option) if len(variable.options) == 2 else ""


def _weight(codings: list[Coding]) -> float:
    return round(1 - prod(1 - coding.score for coding in codings), 4)
