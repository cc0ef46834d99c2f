"""Les vérifications de la séance 3 : les quinze questions, les affirmations, les processus, un chiffre suivi jusqu’à ses mots, le mémo.

Comme celles de ``verifications.py`` : elles comparent et demandent pourquoi ; un exercice laissé vide répond « à faire ».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import verifications as v

import peerqual as pq
from peerqual.language.fold import fold

if TYPE_CHECKING:
    import pandas as pd


# Les quinze questions fermées


def lire_moi_meme(reponses: Mapping[str, tuple[str, str]], question: str, reference: pd.DataFrame, corpus: pq.Corpus) -> str:
    """Reçoit vos réponses à une question, ``{"P02_Aumonier": ("non", "les mots qui le disent")}``, et les pose à côté de la référence."""
    if not reponses:
        return f"{v.A_FAIRE} Lisez deux entretiens au moins, et répondez avec les mots qui le disent."
    textes, dit = corpus.by_id(), []
    connues = reference[reference["variable"] == question].set_index("document")
    for document, (reponse, mots) in reponses.items():
        if document not in textes:
            dit.append(f"« {document} » n’est pas un de ces entretiens.")
        elif not mots.strip() or fold(mots) not in fold(textes[document].text):
            dit.append(f"{document} : recopiez, tels quels, les mots qui répondent. Sans eux, personne ne peut vous suivre.")
        else:
            autre = connues.loc[document]
            pareil = "comme vous" if fold(str(autre["answer"])) == fold(reponse.strip()) else f"« {autre['answer']} », là où vous lisez « {reponse} »"
            dit.append(f"{document} : la référence lit {pareil}, d’après « {autre['text']} »")
    return "\n".join(dit)


def _cote_a_cote(propositions: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    lus = reference[["document", "variable", "answer", "text"]].rename(columns={"answer": "answer_lu"})
    return propositions.merge(lus, on=["document", "variable"])


def quinze(propositions: pd.DataFrame, reference: pd.DataFrame, questions: pq.Variables) -> pd.DataFrame:
    """Compte, par question, les « oui » de la référence, ceux que la machine propose, ce qu’elle laisse vide et ce qu’elle a de juste."""
    import pandas as pd

    ensemble = _cote_a_cote(propositions, reference)
    lignes = []
    for une in questions.variables:
        ici = ensemble[ensemble["variable"] == une.id]
        comptes = ((ici["answer_lu"] == "oui").sum(), (ici["proposed"] == "oui").sum(), (ici["proposed"] == "").sum())
        justes = (ici["proposed"] == ici["answer_lu"]).sum()
        lignes.append((une.id, une.question["fr"], *map(int, comptes), int(justes), len(ici)))
    return pd.DataFrame(lignes, columns=["id", "question", "oui (référence)", "oui (machine)", "sans proposition", "justes", "sur"])


@dataclass(frozen=True)
class Ouvrable:
    """Un tableau dont chaque compte s’ouvre, d’un clic, sur les mots d’où il vient."""

    lignes: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]  # intitulé, compte, (document, mots)

    def _repr_html_(self) -> str:
        def une(intitule: str, compte: str, places: tuple[tuple[str, str], ...]) -> str:
            dedans = "".join(f"<li><b>{escape(document)}</b> — « {escape(mots)} »</li>" for document, mots in places)
            return f"<details><summary>{escape(intitule)} : <b>{escape(compte)}</b></summary><ul>{dedans}</ul></details>"

        return "<p>Corpus fictif. Cliquez sur une ligne : elle s’ouvre.</p>" + "".join(une(*ligne) for ligne in self.lignes)

    def __repr__(self) -> str:
        return "\n".join(f"{intitule} : {compte}" for intitule, compte, _ in self.lignes)


def ouvrir(reference: pd.DataFrame, questions: pq.Variables, reponse: str = "oui") -> Ouvrable:
    """Rend les quinze lignes : combien répondent `reponse`, sur combien, et les mots de chacun·e."""
    lignes = []
    for une in questions.variables:
        ici = reference[reference["variable"] == une.id]
        oui = ici[ici["answer"] == reponse]
        lignes.append((une.question["fr"], f"{len(oui)} sur {len(ici)}", tuple(zip(oui["document"], oui["text"], strict=True))))
    return Ouvrable(tuple(lignes))


def erreurs(propositions: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Liste ce que la machine a de travers ou laisse vide : `document`, `variable`, `proposé`, `référence`, et les mots de chacune."""
    ensemble = _cote_a_cote(propositions, reference)
    faux = ensemble[ensemble["proposed"] != ensemble["answer_lu"]]
    noms = {"proposed": "proposé", "words": "ses mots", "answer_lu": "référence", "text": "les mots de la référence"}
    return faux[["document", "variable", *noms]].rename(columns=noms).reset_index(drop=True)


def pourquoi_manque(raisons: Mapping[tuple[str, str], str], faux: pd.DataFrame) -> str:
    """Reçoit vos raisons, ``{("P01_Ollivaud", "contact_membre"): "…"}`` : ce que la machine a manqué, ou ce que la référence a de faux."""
    if not raisons:
        return f"{v.A_FAIRE} Prenez-en trois dans le tableau : à quoi, vous, l’avez-vous compris ?"
    connus = set(faux[["document", "variable"]].itertuples(index=False, name=None))
    dit = [f"{', '.join(cle)} : n’est pas dans le tableau des écarts." for cle in raisons if cle not in connus]
    dit += [f"{', '.join(cle)} : {manque}" for cle, texte in raisons.items() if (manque := v.reste_a_dire(texte, 8))]
    reste = f"{len(raisons)} sur trois : encore." if len(raisons) < 3 else f"{len(raisons)} écarts expliqués."
    return "\n".join([*dit, reste])


# Les affirmations


def memes_personnes(code: str, lectures: Mapping[str, pd.DataFrame]) -> str:
    """Dit si deux lectures qui ont presque le même compte l’ont des mêmes documents."""
    (un, a), (autre, b) = ((nom, set(table.loc[table["code"] == code, "document"])) for nom, table in lectures.items())
    dit = [f"Corpus fictif — {code} : {un} {len(a)}, {autre} {len(b)} ; les mêmes : {len(a & b)}."]
    dit += [f"{un} seulement : {', '.join(sorted(a - b))}."] if a - b else []
    return "\n".join([*dit, *([f"{autre} seulement : {', '.join(sorted(b - a))}."] if b - a else [])])


STATUTS = {"trouvée": "found", "en partie": "partly", "non trouvée": "not"}


def a_juger(affirmations: pd.DataFrame) -> pd.DataFrame:
    """Rend les affirmations, leur nom d’abord, avec ce que dit le compte et comment il le dit."""
    noms = {"claim": "nom", "text": "affirmation", "status": "le compte dit", "why": "car"}
    en_francais = {valeur: statut for statut, valeur in STATUTS.items()}
    return affirmations[list(noms)].replace({"status": en_francais}).rename(columns=noms)


def juger(verdicts: Mapping[str, tuple[str, str]], affirmations: pd.DataFrame) -> str:
    """Reçoit vos verdicts, ``{"mystere": ("en partie", "pourquoi")}``, et les pose à côté du compte ; tout verdict argumenté est reçu."""
    if not verdicts:
        return f"{v.A_FAIRE} Jugez trois affirmations, dont une que le compte dit « trouvée » et que vous ne tenez pas pour telle."
    dit = []
    connues = affirmations.set_index("claim")
    for cle, (statut, pourquoi) in verdicts.items():
        if cle not in connues.index:
            dit.append(f"« {cle} » : aucune affirmation de ce nom. Elles sont dans la première colonne.")
        elif statut not in STATUTS:
            dit.append(f"{cle} : « {statut} » ? Dites {', '.join(STATUTS)}.")
        else:
            pareil = connues.loc[cle, "status"] == STATUTS[statut]
            compte = (
                f"{connues.loc[cle, 'why']} — {'le compte dit de même' if pareil else 'le compte dit autrement, et un compte n’est pas un jugement'}"
            )
            dit.append(f"{cle} : {v.reste_a_dire(pourquoi, 15) or compte}.")
    reste = 3 - len(verdicts)
    return "\n".join([*dit, *([f"Encore {reste}."] if reste > 0 else [])])


def deplacer(code: str, vers: str, pourquoi: str, codages: pd.DataFrame, corpus: pq.Corpus) -> str:
    """Range `code` sous un autre processus de Solomon (ou aucun : "") et dit ce que deviennent les comptes."""
    from importlib.resources import files

    from ruamel.yaml import YAML

    if not code.strip():
        return f"{v.A_FAIRE} Prenez un code, dites sous quel processus vous le rangeriez, et pourquoi."
    source = files("peerqual.analysis").joinpath("data", "processes.yaml").read_text(encoding="utf-8")
    rangs = YAML(typ="safe", pure=True).load(source)
    if vers and vers not in [rang["id"] for rang in rangs]:
        return f"« {vers} » : {', '.join(rang['id'] for rang in rangs)}, ou rien."
    apres = [rang | {"codes": [*(un for un in rang["codes"] if un != code), *([code] if rang["id"] == vers else [])]} for rang in rangs]
    try:
        tables = [pq.by_process(codages, corpus, carte).set_index("label") for carte in (rangs, [rang for rang in apres if rang["codes"]])]
    except pq.PeerqualError as erreur:
        return erreur.render("fr")
    avant, ensuite = tables
    lus = [f"{nom} : {avant.loc[nom, 'passages']} → {ensuite['passages'].get(nom, 0)} passages" for nom in avant.index]
    bouge = [un for nom, un in zip(avant.index, lus, strict=True) if avant.loc[nom, "passages"] != ensuite["passages"].get(nom, 0)]
    manque = v.reste_a_dire(pourquoi, 15)
    return "\n".join(["Corpus fictif.", *(bouge or ["Aucun compte ne bouge."]), manque or "Noté. Les paroles sont les mêmes : la lecture a changé."])


# Un chiffre, jusqu’à ses mots

QUESTIONS_CHIFFRE = ("compte_quoi", "qui_le_dit", "ce_qui_manque")


def remonter(document: str, phrase: str, reponses: Mapping[str, str], documents: pq.Corpus, chiffres: pd.DataFrame) -> str:
    """Relit le chemin d’un chiffre à sa phrase : ce qu’il compte, qui le dit, ce qui manque pour le croire."""
    if not document.strip() or not phrase.strip():
        return f"{v.A_FAIRE} Prenez un chiffre du tableau, et recopiez la phrase d’où il vient."
    un = documents.by_id().get(document)
    if un is None:
        return f"« {document} » n’est pas un de ces documents : {', '.join(sorted(documents.by_id()))}."
    debut = fold(un.text).find(fold(phrase.strip()))
    if debut < 0:
        return f"Cette phrase n’est pas dans {document} : recopiez-la telle quelle."
    dedans = chiffres[(chiffres["document"] == document) & (chiffres["start"] >= debut) & (chiffres["end"] <= debut + len(phrase.strip()))]
    dit = [f"{len(dedans)} chiffre(s) dans cette phrase, d’après l’outil :"]
    for ligne in dedans.fillna({"what": "", "source": ""}).to_dict("records"):
        source = f"d’après {ligne['source']}" if ligne["sourced"] else "sans source nommée"
        dit.append(f"- « {ligne['figure']} » ({ligne['what'] or 'compte quoi ?'}), {source}")
    manques = [f"{cle} : {manque}" for cle in QUESTIONS_CHIFFRE if (manque := v.reste_a_dire(reponses.get(cle, ""), 8))]
    return "\n".join([*dit, *(manques or ["Noté. L’outil a-t-il bien lu ce qui est compté, et qui le dit ?"])])


# Le mémo

CHERCHE = {
    "un compte avec son dénominateur": r"\b\w+ sur (?:les )?\w+|\d ?/ ?\d",
    "des mots cités entre « »": r"«[^»]{15,}»",
    "l’adresse d’un passage (E05, P12…)": r"\b[EGNPD]\d\d",
    "un désaccord, avec quelqu’un ou avec la machine": r"désaccord|désaccorde|diverg|pas d.accord|conteste|autrement",
    "un cas contraire": r"contraire|négatif|sauf|à l.exception|ne dit pas",
    "ce que l’on ne peut pas conclure": r"limite|ne (?:permet|prouve|confirme|dit)|conclure",
    "que le corpus est fictif": r"ficti|inventé",
}


def memo(chemin: Path, de: int = 700, a: int = 1100) -> str:
    """Relit votre mémo : sa longueur (deux pages) et ce qu’une lectrice y chercherait. Ce n’est pas une note : les mots ne sont pas l’idée."""
    texte = chemin.read_text(encoding="utf-8-sig", errors="replace") if chemin.exists() else ""
    mots = v.nombre_de_mots(texte)
    if mots < 100:
        return f"{v.A_FAIRE} Écrivez dans {chemin.name}, avec un éditeur de texte (Bloc-notes, TextEdit), et enregistrez en UTF-8."
    longueur = "deux pages environ." if de <= mots <= a else f"{'plus' if mots > a else 'moins'} de deux pages ({de} à {a} mots)."
    absents = [f"- {quoi}" for quoi, motif in CHERCHE.items() if not re.search(motif, texte, re.IGNORECASE)]
    return "\n".join([f"{mots} mots : {longueur}", *(["Je n’ai pas su y trouver (cherchez, ou dites pourquoi) :", *absents] if absents else [])])
