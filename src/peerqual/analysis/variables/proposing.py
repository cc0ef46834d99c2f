"""Answers proposed from the words of each interview: for each question the option that most speaks for, with the words that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from peerqual.analysis.citing import cite
from peerqual.analysis.quotes import said as said_words
from peerqual.analysis.variables.listening import Reply, listen
from peerqual.analysis.variables.naming import Namer
from peerqual.analysis.variables.questions import JOINT, Variables
from peerqual.analysis.variables.weighing import Said, weighed
from peerqual.coding import code
from peerqual.language.replies import YES
from peerqual.model import Coding, Corpus

COLUMNS = ["document", "variable", "question", "proposed", "answer", "words", "cite", "score", "against", "start", "end", "text_hash"]


def propose_variables(corpus: Corpus, variables: Variables, *, jobs: int = 1, lang: str = "") -> pd.DataFrame:
    """Propose an answer to each closed question for each document, for a person to accept or change.

    The interview is read as an exchange (`listening`): what a question asks, and what the words after it reply. What rules find goes before.

    Args:
        corpus: the interviews; an interviewer's words ask and never answer; rules may want them in the turn before.
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
    namer = Namer(variables.slots, variables.codebook.fields)
    by_rules: dict[str, list[Said]] = defaultdict(list)
    for coding in code(corpus, variables.codebook, jobs=jobs):
        by_rules[coding.document] += _by_rule(variables, coding)
    lang = lang or variables.language
    rows = []
    for transcript in corpus:
        replies = list(listen(transcript, variables.variables, namer)) if namer else []
        by_replies = [one for reply in replies for one in _by_reply(variables, reply)]
        proposals = weighed(variables.variables, by_rules[transcript.id], by_replies)
        for one in variables.variables:
            told = proposals[one.id]
            words, at = (said_words(transcript, told.start, told.end), cite(transcript, told.start, told.end)) if told.option else ("", "")
            question = one.question.get(lang) or next(iter(one.question.values()))
            about = (transcript.id, one.id, question, told.option, "", words, at)
            rows.append((*about, told.score, told.against, told.start, told.end, transcript.text_hash))
    return pd.DataFrame(rows, columns=COLUMNS)


def _by_rule(variables: Variables, coding: Coding) -> Iterator[Said]:
    variable, _, option = coding.code.rpartition(JOINT)
    asked = variables.get(variable)
    # What is denied speaks for the other of two options, for none of several.
    if asked is not None and coding.polarity == "-":
        option = next(one.id for one in asked.options if one.id != option) if len(asked.options) == 2 else ""
    if option:
        yield Said(variable, option, coding.score, coding.start, coding.end)


def _by_reply(variables: Variables, reply: Reply) -> Iterator[Said]:
    asked = variables.get(reply.variable)
    option = asked and (asked.yes if reply.says == YES else asked.no)
    if option:
        yield Said(reply.variable, option, reply.score, reply.start, reply.end)
