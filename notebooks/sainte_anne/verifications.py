"""Les vérifications des exercices : elles comparent, demandent pourquoi, et ne disent pas « faux » là où l’on peut argumenter.

Bibliothèque standard et peerqual seulement. Un exercice laissé vide répond « à faire » ; tout ce que vous écrivez va dans ``travail/``.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import peerqual as pq
from peerqual.language.fold import fold
from peerqual.language.sentences import split
from peerqual.resources import packaged

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

A_FAIRE = "À faire."
_MOT = re.compile(r"\w+(?:[’'-]\w+)*")


# Où sont les choses


@dataclass(frozen=True)
class Lieux:
    """Les dossiers du cours : `cours` (les carnets), `materiel`, `corpus`, `apres` (les lectures de référence) et `travail` (ce que vous écrivez)."""

    cours: Path
    materiel: Path
    corpus: Path
    apres: Path
    travail: Path


def lieux() -> Lieux:
    """Dit où sont les dossiers ; hors d’une copie faite par ``peerqual demo sainte-anne``, `travail` est un dossier provisoire."""
    cours = Path(__file__).resolve().parent
    if (cours / "corpus").exists():
        travail = cours / "travail"
        travail.mkdir(exist_ok=True)
        return Lieux(cours, cours / "materiel", cours / "corpus", cours / "pour_apres", travail)
    exemple = packaged("corpus_sample")
    return Lieux(cours, cours / "materiel", exemple, exemple / "gold", Path(tempfile.mkdtemp()))


def copie_de(nom: str, ou: Lieux) -> Path:
    """Copie `nom` de ``materiel/`` dans ``travail/`` s’il n’y est pas déjà, et rend l’adresse de votre copie."""
    ici = ou.travail / nom
    if not ici.exists():
        shutil.copyfile(ou.materiel / nom, ici)
    return ici


def garder(nom: str, contenu: object, ou: Lieux) -> Path:
    """Écrit `contenu` dans ``travail/`` : un texte tel quel, le reste en JSON."""
    chemin = ou.travail / nom
    texte = contenu if isinstance(contenu, str) else json.dumps(contenu, ensure_ascii=False, indent=1)
    chemin.write_text(texte + "\n", encoding="utf-8")
    return chemin


# Ce que toutes les vérifications partagent


def a_lire(tableau: pd.DataFrame) -> Styler:
    """Montre un tableau de phrases comme on lit : à gauche, sans les numéros de ligne."""
    return tableau.style.hide().set_properties(**{"text-align": "left"}).set_table_styles([{"selector": "th", "props": "text-align: left"}])


def nombre_de_mots(texte: str) -> int:
    """Compte les mots.

    >>> nombre_de_mots("L’association, c’est-à-dire nous.")
    3
    """
    return len(_MOT.findall(texte))


def reste_a_dire(texte: str, minimum: int = 20) -> str:
    """Rend "" quand une justification a au moins `minimum` mots, sinon ce qui manque.

    >>> reste_a_dire("")
    'À faire.'
    >>> reste_a_dire("Parce que.", 5)
    'Dites-en un peu plus : 2 mots, il en faut au moins 5 pour que quelqu’un puisse vous répondre.'
    """
    mots = nombre_de_mots(texte)
    if not mots:
        return A_FAIRE
    return "" if mots >= minimum else f"Dites-en un peu plus : {mots} mots, il en faut au moins {minimum} pour que quelqu’un puisse vous répondre."


# Séance 1 : coder à la main, puis comparer

Ligne = tuple[int, str, str]  # numéro de phrase, code, pourquoi


def phrases(transcription: pq.Transcript) -> pd.DataFrame:
    """Numérote, à partir de 1, les phrases que l’on peut coder (pas les questions) : colonnes `phrase`, `start`, `end`, `texte`."""
    import pandas as pd

    tours = [tour for tour in transcription.turns if tour.role != "interviewer"]
    places = [(tour.start + a, tour.start + b) for tour in tours for a, b in split(transcription.text[tour.start : tour.end])]
    rangs = [(n, a, b, transcription.text[a:b]) for n, (a, b) in enumerate(places, 1)]
    return pd.DataFrame(rangs, columns=["phrase", "start", "end", "texte"])


def lire_grille(chemin: Path) -> list[Ligne]:
    """Lit votre grille (``phrase;code;pourquoi``), telle qu’un tableur l’enregistre ; une ligne sans numéro ou sans code est laissée de côté."""
    octets = chemin.read_bytes()
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", "replace")
    tete = texte.split("\n", 1)[0]
    rangs = csv.reader(texte.splitlines()[1:], delimiter=max(";,\t", key=tete.count))
    cases = [[case.strip() for case in rang] + ["", "", ""] for rang in rangs]
    return [(int(n), code, pourquoi) for n, code, pourquoi, *_ in cases if n.isdigit() and code]


def relire_grille(lignes: Iterable[Ligne], livre: pq.Codebook, de: int, a: int) -> str:
    """Dit ce qui, dans votre grille, ne pourra pas être compté : code inconnu, phrase hors du passage. Rien n’est dit de vos choix."""
    lignes = list(lignes)
    if not lignes:
        return f"{A_FAIRE} Le crayon d’abord : codez les phrases {de} à {a}, puis recopiez-les ici."
    dit = [f"{len(lignes)} codages sur {len({n for n, _, _ in lignes})} phrases ; {sum(bool(p) for _, _, p in lignes)} disent pourquoi."]
    connus = [code.id for code in livre.codes if code.assignable]
    for n, code, _ in lignes:
        if not de <= n <= a:
            dit.append(f"Phrase {n} : hors du passage, elle ne sera pas comparée.")
        if code not in connus:
            proche = get_close_matches(code, connus, 1)
            dit.append(f"Phrase {n} : « {code} » n’est pas dans le livre" + (f" ; est-ce « {proche[0]} » ?" if proche else "."))
    return "\n".join(dit)


def assez(lignes: Collection[Ligne], minimum: int = 10) -> bool:
    """Dit si la grille est assez remplie pour regarder ce que la machine propose ; sinon, le rappelle."""
    if len(lignes) >= minimum:
        return True
    print(f"{A_FAIRE} Ce que la machine propose se regarde après avoir codé soi-même : {len(lignes)} codages sur {minimum} au moins.")
    return False


def comparer(lignes: Iterable[Ligne], lectures: Mapping[str, pd.DataFrame], rangs: pd.DataFrame, livre: pq.Codebook) -> pd.DataFrame:
    """Met côte à côte, phrase par phrase, votre grille et d’autres codages ; un code plus fin compte comme celui dont il dépend."""
    main: dict[int, set[str]] = {}
    for n, code, _ in lignes:
        main.setdefault(n, set()).add(_large(code, livre))
    tableau = rangs[["phrase", "texte"]].assign(vous=[_dits(main.get(n, ())) for n in rangs["phrase"]])
    for nom, codages in lectures.items():
        places = list(zip(codages["start"], codages["end"], codages["code"], strict=True))
        tableau[nom] = [
            _dits({_large(code, livre) for debut, fin, code in places if debut < b and fin > a})
            for a, b in zip(rangs["start"], rangs["end"], strict=True)
        ]
    return tableau[(tableau.drop(columns=["phrase", "texte"]) != "").any(axis=1)]


def _large(code: str, livre: pq.Codebook) -> str:
    parents = {un.id: un.parent for un in livre.codes}
    assignables = {un.id for un in livre.codes if un.assignable}
    return parents[code] if parents.get(code) in assignables else code


def _dits(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))


def bilan(tableau: pd.DataFrame, autre: str) -> str:
    """Compte ce que vous avez en commun et ce que chacun·e a seul·e, en couples (phrase, code).

    >>> import pandas as pd
    >>> bilan(pd.DataFrame({"vous": ["espoir", "fragilite"], "machine": ["espoir, souffrance", ""]}), "machine")
    'vous et machine : 1 en commun ; vous seul·e : 1 ; machine : 1 que vous n’avez pas.'
    """
    eux, moi = ([set(case.split(", ")) - {""} for case in tableau[nom]] for nom in (autre, "vous"))
    commun = sum(len(a & b) for a, b in zip(moi, eux, strict=True))
    seul, reste = sum(map(len, moi)) - commun, sum(map(len, eux)) - commun
    return f"vous et {autre} : {commun} en commun ; vous seul·e : {seul} ; {autre} : {reste} que vous n’avez pas."


# Séance 1 : une page qui paraît sûre

INDICES = {  # où d’autres lecteurs se sont arrêtés : ce n’est pas la liste des bonnes réponses
    "seule femme à conduire une grue": "un métier rare dans un petit port : un nom suffit à qui y a travaillé",
    "onze heures": "un événement que la ville a vu",
    "la photo dans le journal": "une trace publique : elle se cherche, avec une date",
    "jumelle": "la sœur est reconnue aussi, et son service avec elle",
    "chien à trois pattes": "une autre personne, qui n’a rien signé, et dont on apprend l’arrêt du traitement",
    "chacun sa flèche": "une façon de parler que tous ses proches ont entendue",
    "semaine de son mariage": "la coordinatrice, et donc la date",
    "cornemuse": "une habitude que le quartier connaît",
}


def reidentifier(indices: Mapping[str, str], page: str) -> str:
    """Reçoit vos indices, ``{"mots de la page": "qui reconnaîtrait qui, et comment"}``, et dit où d’autres se sont arrêtés."""
    if not indices:
        return f"{A_FAIRE} Recopiez des mots de la page et dites qui, en les lisant, reconnaîtrait qui."
    dit, plie = [], fold(page)
    recus = {mots: qui for mots, qui in indices.items() if fold(mots) in plie}
    dit += [f"« {mots} » n’est pas dans la page : recopiez ses mots tels quels." for mots in indices if mots not in recus]
    dit += [f"« {mots} » : {manque}" for mots, qui in recus.items() if (manque := reste_a_dire(qui, 5))]
    dit.append(f"{len(recus)} indices relevés.")
    if len(recus) < 3:
        return "\n".join([*dit, "Cherchez-en au moins trois avant de comparer : pensez à la famille, à l’association, à l’hôpital, au quartier."])
    autres = {mots: raison for mots, raison in INDICES.items() if not any(_se_touchent(mots, le_votre, page) for le_votre in recus)}
    dit.append(f"D’autres lecteurs se sont arrêtés à {len(INDICES)} endroits, dont {len(INDICES) - len(autres)} que vous avez vus aussi.")
    dit += [f"- « {mots} » : {raison}." for mots, raison in autres.items()]
    return "\n".join([*dit, "Un indice que vous êtes seul·e à voir compte autant : c’est à vous de dire qui le lirait."])


def _se_touchent(un: str, autre: str, page: str) -> bool:
    plie = fold(page)
    a, b = plie.find(fold(un)), plie.find(fold(autre))
    return a >= 0 and b >= 0 and a < b + len(autre) + 40 and b < a + len(un) + 40


# Séance 1 : une transcription abîmée


def reparation(chemin: Path, abimee: Path, pourquoi: str) -> str:
    """Relit votre transcription réparée : ce qui gêne encore la lecture, et les mots de l’entretien qui ont changé depuis la version abîmée."""
    avant, apres = pq.read(abimee)[0], pq.read(chemin)[0]
    if avant.text == apres.text:
        return f"{A_FAIRE} Ouvrez {chemin.name} dans un éditeur de texte, réparez, enregistrez, et relancez cette cellule."
    tours = [apres.text[tour.start : tour.end] for tour in apres.turns]
    voix = {tour.speaker for tour in apres.turns}
    dit = [f"Voix lues : {', '.join(sorted(voix))}. Doutes de la lecture : {len(apres.doubts)} (avant : {len(avant.doubts)})."]
    if any("Ã" in tour for tour in tours):
        dit.append("Il reste des « Ã » : des accents encodés deux fois. La lecture n’en avait rien dit.")
    if any(tours.count(tour) > 1 and nombre_de_mots(tour) > 8 for tour in tours):
        dit.append("Un même tour est là deux fois : la personne l’a-t-elle dit deux fois ?")
    if any(re.search(rf"{re.escape(nom)} ?:", tour) for tour in tours for nom in voix):
        dit.append("Une voix parle à l’intérieur du tour d’une autre : la réponse est rangée chez qui demande, et personne ne la coderait.")
    changes = _changements(_paroles(avant), _paroles(apres))
    dit += ["Mots qui ont changé (chacun se défend, car on ne corrige pas un témoignage) :", *changes] if changes else []
    return "\n".join([*dit, reste_a_dire(pourquoi, 15) and f"Dites pourquoi vous avez changé cela. {reste_a_dire(pourquoi, 15)}"]).rstrip()


def _paroles(transcription: pq.Transcript) -> list[str]:
    return [mot for tour in transcription.turns for mot in _MOT.findall(transcription.text[tour.start : tour.end])]


def _changements(avant: list[str], apres: list[str]) -> list[str]:
    ecarts = [(avant[a:b], apres[c:d]) for quoi, a, b, c, d in SequenceMatcher(None, avant, apres, False).get_opcodes() if quoi != "equal"]
    return [f"- {_court(ote)} → {_court(mis)}" for ote, mis in ecarts]


def _court(mots: list[str]) -> str:
    montres = mots if len(mots) <= 8 else [*mots[:4], "[…]", *mots[-3:]]
    return f"« {' '.join(montres)} »" if mots else "(rien)"


# Séance 1 : un formulaire à critiquer

ELEMENTS = {
    "responsable": "Qui répond des données (responsable de traitement), et qui joindre : l’équipe, la déléguée à la protection des données ?",
    "finalite": "À quoi serviront exactement les paroles, et à quoi elles ne serviront pas ?",
    "base_legale": "Sur quelle base légale traite-t-on ces données ? (Le consentement éthique en est distinct.)",
    "donnees_sante": "Est-il dit que ce sont des données de santé, plus protégées que d’autres (article 9 du RGPD) ?",
    "anonymat": "Ce qui est promis peut-il être tenu ? Pseudonymisé n’est pas anonyme.",
    "lecteurs": "Qui lira quoi : l’équipe, l’association, l’hôpital, les personnes elles-mêmes ?",
    "prestataires": "Par quelles machines passeront la voix et le texte, et où sont-elles ?",
    "duree": "Combien de temps garde-t-on l’enregistrement, la transcription, la table de correspondance ?",
    "retrait": "Comment se retire-t-on, jusqu’à quand, et que devient ce qui est déjà publié ?",
    "liberte": "Peut-on dire non sans que cela se sache ni se paie ? Qui consent, et pour qui ?",
    "choix_separes": "Peut-on dire oui à l’entretien et non à l’archivage, ou à la citation ?",
    "risques": "Que risque-t-on, que fait-on si l’entretien remue, et qui est là ?",
    "recours": "Quels droits (accès, rectification, opposition…), et à qui se plaindre (en France, la CNIL) ?",
    "retour": "La personne aura-t-elle un retour qu’elle puisse lire, et relira-t-elle ses paroles ?",
}


def consentement(critique: Mapping[str, str]) -> str:
    """Reçoit votre critique, ``{"element": "ce qui ne va pas, et ce que vous écririez"}`` : tout choix argumenté est reçu."""
    donnes = {cle: texte for cle, texte in critique.items() if texte.strip()}
    if not donnes:
        return "\n".join([f"{A_FAIRE} Choisissez au moins quatre éléments :", *(f"- {cle} : {question}" for cle, question in ELEMENTS.items())])
    dit = [f"{cle} : {manque}" for cle, texte in donnes.items() if (manque := reste_a_dire(texte, 10))]
    ajoutes = [cle for cle in donnes if cle not in ELEMENTS]
    dit.append(f"{len(donnes)} éléments critiqués" + (f", dont de vous seul·e : {', '.join(ajoutes)}." if ajoutes else "."))
    if len(donnes) < 4:
        return "\n".join([*dit, "Il en faut au moins quatre : relisez le formulaire comme si l’on vous le tendait."])
    reste = [f"- {cle} : {question}" for cle, question in ELEMENTS.items() if cle not in donnes]
    return "\n".join([*dit, *(["Questions que vous n’avez pas posées (peut-être à raison) :", *reste] if reste else [])])
