"""The synthesis of closed questions: how many documents for each answer, and which."""

from __future__ import annotations

import pandas as pd

from peerqual.analysis.variables.questions import Variables
from peerqual.errors import PeerqualError

COLUMNS = ["variable", "question", "option", "label", "documents", "documents_total", "answered", "proposed", "ids"]
NEEDED = ("document", "variable", "proposed", "answer")
UNTOLD = ""


def variables_table(answers: pd.DataFrame, variables: Variables, *, lang: str = "") -> pd.DataFrame:
    """Count the answers to each closed question: what a person answered, else what is proposed.

    Args:
        answers: what `propose_variables` returns, its column `answer` filled where somebody answered (an option's id or label, accents and
            capitals aside). Rows may be missing; a document counts in the denominator of a variable when it has a row of it.
        variables: the questions.
        lang: the language of questions and labels (default: the file's).

    Returns:
        One row per variable × option in the file's order, then `option` "" (nothing is known): `variable`, `question`, `option`, `label`,
        `documents` of `documents_total`, `answered` (by a person) and `proposed` (by the machine, not read yet) of `documents`, `ids` (of the
        documents, spaces between).

    Raises:
        PeerqualError: a missing column, an unknown variable, an answer that is none of its options, a document that answers twice.

    >>> asked = Variables.from_text('''
    ... peerqual_variables: 1
    ... variables:
    ...   - {id: dort, question: {fr: "Dort-il ?"}, options: [{id: oui, label: {fr: Oui}}, {id: non, label: {fr: Non}}]}
    ... ''')
    >>> rows = [("E1", "dort", "", "Non"), ("E2", "dort", "oui", ""), ("E3", "dort", "oui", "non"), ("E4", "dort", "", "")]
    >>> table = variables_table(pd.DataFrame(rows, columns=["document", "variable", "proposed", "answer"]), asked)
    >>> table[["option", "documents", "documents_total", "answered", "proposed", "ids"]].values.tolist()
    [['oui', 1, 4, 0, 1, 'E2'], ['non', 2, 4, 2, 0, 'E1 E3'], ['', 1, 4, 0, 0, 'E4']]
    """
    told = _told(answers, variables)
    lang = lang or variables.language
    made = []
    for one in variables.variables:
        mine = told[told["variable"] == one.id]
        labels = {option.id: option.label.get(lang) or option.label.get(variables.language) or option.id for option in one.options} | {UNTOLD: ""}
        for option, label in labels.items():
            here = mine[mine["option"] == option]
            by_person = int(here["by_person"].sum())
            proposed = len(here) - by_person if option else 0
            question = one.question.get(lang) or next(iter(one.question.values()))
            counts = (len(here), len(mine), by_person, proposed)
            made.append((one.id, question, option, label, *counts, " ".join(here["document"])))
    return pd.DataFrame(made, columns=COLUMNS)


def _told(answers: pd.DataFrame, variables: Variables) -> pd.DataFrame:
    # document, variable, option, by_person: one row per document and variable.
    from peerqual.language.fold import fold

    for column in NEEDED:
        if column not in answers.columns:
            raise PeerqualError("variables.no_column", column=column)
    names: dict[str, dict[str, str]] = {}
    for one in variables.variables:
        words = {fold(word): option.id for option in one.options for word in option.label.values()}
        names[one.id] = {UNTOLD: UNTOLD} | words | {option.id: option.id for option in one.options}
    rows, seen = [], set()
    for document, variable, proposed, answer in answers[list(NEEDED)].fillna("").astype(str).itertuples(index=False):
        known = names.get(variable)
        if known is None:
            raise PeerqualError("variables.unknown", variable)
        if (document, variable) in seen:
            raise PeerqualError("variables.twice", document, variable=variable)
        seen.add((document, variable))
        said, by_person = (answer, True) if answer.strip() else (proposed, False)
        option = known.get(fold(said.strip()))
        if option is None:
            raise PeerqualError("variables.bad_answer", document, variable=variable, known=", ".join(word for word in known if word))
        rows.append((document, variable, option, by_person))
    return pd.DataFrame(rows, columns=["document", "variable", "option", "by_person"])
