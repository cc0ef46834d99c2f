"""Les vérifications de la séance 2 : contester, coder à deux et calculer κ, thématiser, chercher le cas contraire, compter.

Comme celles de ``verifications.py`` : elles comparent et demandent pourquoi ; un exercice laissé vide répond « à faire ».
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import verifications as v

import peerqual as pq
from peerqual import codebook_edit
from peerqual.codebook_freeze import frozen
from peerqual.language.fold import fold

if TYPE_CHECKING:
    import pandas as pd

OUI, NON = ("o", "oui", "1", "x"), ("n", "non", "0")


# Contester une définition


def phrases_codees(code: str, codages: pd.DataFrame, corpus: pq.Corpus) -> pd.DataFrame:
    """Numérote les phrases de `corpus` qui portent `code` : colonnes `n`, `document`, `participant`, `juste_avant`, `passage`."""
    import pandas as pd

    rangs = []
    for un in corpus:
        ici = codages[(codages["document"] == un.id) & (codages["code"] == code)]
        rangs += [(un.id, qui, _juste_avant(un, a), un.text[a:b]) for a, b, qui in ici[["start", "end", "participant"]].itertuples(index=False)]
    tableau = pd.DataFrame(rangs, columns=["document", "participant", "juste_avant", "passage"])
    tableau.insert(0, "n", range(1, len(tableau) + 1))
    return tableau


def _juste_avant(un: pq.Transcript, place: int, mots: int = 20) -> str:
    # Les derniers mots du même tour, sinon de celui d’avant : souvent la question.
    rang = un.turn_at(place)
    if rang is None:
        return ""
    tour = un.turns[rang]
    dits = un.text[tour.start : place].split()
    if not dits and rang:
        autre = un.turns[rang - 1]
        dits = ["—", *un.text[autre.start : autre.end].split()[-mots:]]
    return " ".join(dits[-mots - 1 :])


def contester(passages: pd.DataFrame, definition: str, retire: Mapping[int, str], ajoute: Mapping[str, str], corpus: pq.Corpus) -> str:
    """Recompte `passages` sous votre définition.

    `retire` : ``{numéro: "pourquoi"}`` ; `ajoute` : ``{"mots recopiés d’un entretien": "pourquoi"}``. Tout motif de cinq mots est reçu.
    """
    if not definition.strip() or not (retire or ajoute):
        return f"{v.A_FAIRE} Écrivez votre définition, puis ce qu’elle ôte ou ajoute : un compte ne bouge pas tout seul."
    dit = [f"Définition : {manque}" for manque in [v.reste_a_dire(definition, 10)] if manque]
    dit += [f"Passage {n} : il n’y en a pas de ce numéro." for n in retire if n not in set(passages["n"])]
    dit += [f"« {cle} » : {manque}" for cle, texte in [*retire.items(), *ajoute.items()] if (manque := v.reste_a_dire(texte, 5))]
    reste = passages[~passages["n"].isin(list(retire))]
    trouves = {mots: _qui_dit(mots, corpus) for mots in ajoute}
    dit += [f"« {mots} » n’est dans aucun de ces entretiens : recopiez ses mots tels quels." for mots, qui in trouves.items() if not qui]
    venus = [qui for qui in trouves.values() if qui]
    qui_avant, qui_apres = set(passages["participant"]), {*reste["participant"], *venus}
    dit.append(f"Corpus fictif — phrases : {len(passages)} avant, {len(reste) + len(venus)} sous votre définition.")
    dit.append(f"Personnes : {len(qui_avant)} sur {len(corpus)} avant, {len(qui_apres)} sur {len(corpus)} ensuite.")
    partis = sorted(qui_avant - qui_apres)
    dit += [f"Ne le disent plus : {', '.join(partis)}. Rien n’a changé dans leurs paroles."] if partis else []
    return "\n".join(dit)


def _qui_dit(mots: str, corpus: pq.Corpus) -> str:
    from peerqual.transcripts import participant_of

    for un in corpus:
        for tour in un.turns:
            if tour.role != "interviewer" and mots.strip() and fold(mots) in fold(un.text[tour.start : tour.end]):
                return str(participant_of(un, tour))
    return ""


def compter_mots(mots: Sequence[str], corpus: pq.Corpus, passages: pd.DataFrame) -> str:
    """Cherche des mots (au singulier, à l’infinitif ; un « | » entre deux formes) et compare les phrases trouvées aux `passages` de la référence."""
    if not mots:
        return f"{v.A_FAIRE} Donnez des mots : la machine ne cherche que ce qu’on lui dit de chercher."
    regle = json.dumps({"lemmas": list(mots)}, ensure_ascii=False)
    texte = f'peerqual: 1\ncodes:\n  - {{id: essai, label: {{fr: Essai}}, definition: {{fr: "vos mots"}}, rules: [{regle}]}}\n'
    try:
        trouves = pq.code(corpus, pq.Codebook.from_text(texte), model=None)
    except pq.PeerqualError as erreur:
        return erreur.render("fr")
    connus = [fold(un) for un in passages["passage"]]
    justes = sum(any(un in fold(mots_) or fold(mots_) in un for un in connus) for mots_ in trouves["text"])
    return (
        f"Corpus fictif — {len(trouves)} passages, dans {trouves['document'].nunique()} entretiens sur {len(corpus)} ; {justes} touchent une phrase "
        f"de la référence, qui en a {len(connus)}. " + " · ".join(f"« {un[:60]} »" for un in trouves["text"].head(8))
    )


# Coder à deux, à l’aveugle


def deux_copies(ou: v.Lieux) -> tuple[Path, Path]:
    """Met dans ``travail/`` deux copies des quarante passages, une par personne, et rend leurs adresses."""
    copies = tuple(ou.travail / f"quarante_{qui}.csv" for qui in "AB")
    for copie in copies:
        if not copie.exists():
            shutil.copyfile(ou.materiel / "quarante_passages.csv", copie)
    return copies[0], copies[1]


def lire_quarante(chemin: Path) -> pd.DataFrame:
    """Lit les quarante passages, tels qu’un tableur les enregistre ; `reponse` : True, False, ou rien où la case est vide."""
    import pandas as pd

    octets = chemin.read_bytes()
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", "replace")
    tete = texte.split("\n", 1)[0]
    table = pd.DataFrame(list(csv.DictReader(texte.splitlines(), delimiter=max(";,\t", key=tete.count))))
    table[["n", "debut", "fin"]] = table[["n", "debut", "fin"]].astype(int)
    return table.assign(reponse=[_oui_non(case) for case in table["oui_ou_non"]])


def _oui_non(case: str | None) -> bool | None:
    dit = (case or "").strip().lower()
    return True if dit in OUI else False if dit in NON else None


def reponses(table: pd.DataFrame, lettres: str = "") -> list[bool | None]:
    """Rend les quarante réponses : celles des `lettres` (« o n n o … ») si elles sont données, sinon celles du tableau."""
    donnees = [_oui_non(lettre) for lettre in re.findall(r"\w", lettres)]
    return donnees if donnees else list(table["reponse"])


@dataclass(frozen=True)
class Croisement:
    """Le tableau à quatre cases : oui-oui, oui-non, non-oui, non-non (la première personne d’abord)."""

    oo: int
    on: int
    no: int
    nn: int

    @property
    def total(self) -> int:
        """Les passages jugés par les deux."""
        return self.oo + self.on + self.no + self.nn

    @property
    def observe(self) -> float:
        """L’accord observé."""
        return (self.oo + self.nn) / self.total

    @property
    def attendu(self) -> float:
        """L’accord que donnerait le hasard, chacun·e gardant sa part de oui."""
        a, b = (self.oo + self.on) / self.total, (self.oo + self.no) / self.total
        return a * b + (1 - a) * (1 - b)

    @property
    def kappa(self) -> float | None:
        """κ de Cohen ; rien quand le hasard donnerait déjà un accord entier.

        >>> round(Croisement(17, 2, 2, 19).kappa, 2), round(Croisement(1, 2, 2, 35).kappa, 2)
        (0.8, 0.28)
        """
        return None if self.attendu == 1 else (self.observe - self.attendu) / (1 - self.attendu)

    def __str__(self) -> str:
        dit = "non défini" if self.kappa is None else _nombre(self.kappa)
        return f"accord observé {_nombre(self.observe)}, attendu {_nombre(self.attendu)}, κ = {dit}"


def croiser(a: Sequence[bool | None], b: Sequence[bool | None]) -> Croisement | None:
    """Compte les quatre cases sur les passages jugés par les deux ; rien s’il y en a moins de dix."""
    juges = [(un, autre) for un, autre in zip(a, b, strict=False) if un is not None and autre is not None]
    if len(juges) < 10:
        return None
    return Croisement(*(juges.count(case) for case in ((True, True), (True, False), (False, True), (False, False))))


def a_la_main(deux: Croisement | None, cases: Collection[int], po: float | None, pe: float | None, kappa: float | None) -> str:
    """Relit votre calcul : les quatre cases (oo, on, no, nn), l’accord observé, l’accord attendu, κ ; à 0,01 près."""
    if deux is None:
        return f"{v.A_FAIRE} Il faut au moins dix passages jugés par les deux."
    if not cases:
        return f"{v.A_FAIRE} {deux.total} passages jugés par les deux : comptez les quatre cases."
    if tuple(cases) != (deux.oo, deux.on, deux.no, deux.nn):
        return f"Vos cases font {sum(cases)} ; vous avez jugé {deux.total} passages. Recomptez ensemble, ligne par ligne : l’une d’elles diffère."
    for nom, donne, juste in (("l’accord observé", po, deux.observe), ("l’accord attendu", pe, deux.attendu), ("κ", kappa, deux.kappa)):
        if juste is None:
            return "Le hasard donnerait ici un accord entier : κ n’est pas défini. Ce n’est pas zéro."
        if donne is None:
            return f"Les cases sont bien comptées. {v.A_FAIRE} Calculez {nom}."
        if abs(donne - juste) > 0.0101:
            return f"Pour {nom}, vous trouvez {_nombre(donne)}, et je trouve autre chose : reprenez la formule, puis la retenue."
    return f"C’est le compte : {deux}."


def _nombre(x: float) -> str:
    return f"{x:.2f}".replace(".", ",")


def en_codages(reponse: Sequence[bool | None], table: pd.DataFrame, code: str, corpus: pq.Corpus) -> pd.DataFrame:
    """Met des réponses dans la forme d’un tableau de codages, pour `pq.agreement`."""
    import pandas as pd

    textes = corpus.by_id()
    oui = [place for place, dit in zip(table[["document", "debut", "fin"]].itertuples(index=False, name=None), reponse, strict=False) if dit]
    lignes = [
        {
            "document": un,
            "start": a,
            "end": b,
            "code": code,
            "origin": "person",
            "status": "added",
            "polarity": "+",
            "text_hash": textes[un].text_hash,
        }
        for un, a, b in oui
    ]
    return pd.DataFrame(lignes, columns=["document", "start", "end", "code", "origin", "status", "polarity", "text_hash"])


# Thématiser

Note = tuple[int, str]  # numéro de phrase, thème


def en_continu(notes: Sequence[Note], fusions: Mapping[str, str], arbre: Mapping[str, Collection[str]], pourquoi: str, de: int, a: int) -> str:
    """Relit une thématisation en continu : thèmes notés, fusionnés (``{"ancien": "nouveau"}``), rangés (``{"rubrique": ["thème", …]}``)."""
    if len(notes) < 5:
        return f"{v.A_FAIRE} Notez au moins cinq thèmes au fil des phrases {de} à {a}."
    themes = list(dict.fromkeys(theme for _, theme in notes))
    finals = list(dict.fromkeys(fusions.get(theme, theme) for theme in themes))
    ranges = [theme for rangee in arbre.values() for theme in rangee]
    lues = {n for n, _ in notes if de <= n <= a}
    dit = [f"{len(notes)} notes sur {len(lues)} phrases de {a - de + 1} ; {len(themes)} thèmes notés, {len(finals)} après fusion."]
    dit += [f"« {theme} » est fusionné, mais n’avait pas été noté." for theme in fusions if theme not in themes]
    dit += [f"« {theme} » n’est pas dans l’arbre : rangez-le, ou dites au journal pourquoi il reste seul." for theme in finals if theme not in ranges]
    dit += [f"« {theme} » est dans l’arbre sans aucune phrase." for theme in ranges if theme not in finals]
    dit += [] if fusions else ["Rien de fusionné : cela se défend, si deux thèmes ne disent vraiment pas la même chose."]
    return "\n".join([*dit, v.reste_a_dire(pourquoi) and f"Journal. {v.reste_a_dire(pourquoi)}"]).rstrip()


def geler(themes: Mapping[str, str], ou: v.Lieux) -> str:
    """Écrit et gèle votre liste, ``{"thème": "définition"}``, dans ``travail/mes_themes.yaml`` ; une fois gelée, elle ne change plus ici."""
    chemin = ou.travail / "mes_themes.yaml"
    if len(themes) < 3:
        return f"{v.A_FAIRE} Donnez au moins trois thèmes, chacun avec sa définition."
    vides = [theme for theme, definition in themes.items() if v.nombre_de_mots(definition) < 5]
    if vides:
        return f"À définir avant de geler, en cinq mots au moins : {', '.join(vides)}."
    if not chemin.exists():
        codes = [f"  - {json.dumps(_code(theme, definition), ensure_ascii=False)}" for theme, definition in themes.items()]
        v.garder(chemin.name, "\n".join(["peerqual: 1", "codes:", *codes]), ou)
        codebook_edit.freeze(chemin)
    livre = pq.Codebook.load(chemin)
    gel = frozen(livre)
    assert gel is not None
    depuis = [theme for theme in themes if _identifiant(theme) not in {code.id for code in livre.codes}]
    dit = [f"Gelé le {gel.at[:10]} : {gel.codes} thèmes, empreinte {gel.fingerprint}. Notez-la au journal."]
    dit += [f"« {theme} » est venu après le gel : donnez-le dans `ajouts`, avec son motif." for theme in depuis]
    autres = [t for t, d in themes.items() if t not in depuis and livre.get(_identifiant(t)).definition.get("fr") not in (d,)]
    dit += [f"La définition de « {theme} » n’est plus celle du gel : c’est celle du gel qui compte." for theme in autres]
    return "\n".join(dit)


def _code(theme: str, definition: str) -> dict[str, object]:
    return {"id": _identifiant(theme), "label": {"fr": theme}, "definition": {"fr": definition}}


def _identifiant(theme: str) -> str:
    plat = unicodedata.normalize("NFKD", theme.lower().replace("œ", "oe")).encode("ascii", "ignore").decode()
    return "t_" + re.sub(r"[^a-z0-9]+", "_", plat).strip("_")


def sequentielle(notes: Sequence[Note], ajouts: Mapping[str, str], ou: v.Lieux, de: int, a: int) -> str:
    """Applique votre liste gelée : ce qui n’y est pas se déclare dans `ajouts`, ``{"thème": "motif"}``, et s’inscrit à l’historique du livre."""
    chemin = ou.travail / "mes_themes.yaml"
    if not chemin.exists() or not notes:
        return f"{v.A_FAIRE} Gelez d’abord votre liste, puis appliquez-la aux phrases {de} à {a}."
    connus = {code.id for code in pq.Codebook.load(chemin).codes}
    dit = []
    for theme, motif in ajouts.items():
        if manque := v.reste_a_dire(motif, 8):
            dit.append(f"Ajout « {theme} » : {manque}")
        elif _identifiant(theme) not in connus:
            codebook_edit.new(chemin, _identifiant(theme), label=theme, definition=motif, why=motif)
    livre = pq.Codebook.load(chemin)
    connus = {code.id for code in livre.codes}
    dehors = sorted({theme for _, theme in notes if _identifiant(theme) not in connus})
    dit += [f"« {theme} » n’est pas dans la liste gelée : employez un thème qui y est, ou ajoutez-le avec un motif." for theme in dehors]
    gel = frozen(livre)
    lues = {n for n, theme in notes if de <= n <= a and theme not in dehors}
    dit.append(f"{len(lues)} phrases de {a - de + 1} portent un thème ; {len(gel.added) if gel else 0} ajout(s) depuis le gel.")
    return "\n".join(
        [*dit, f"{a - de + 1 - len(lues)} phrases n’entrent dans rien : la liste était-elle trop étroite, ou ces phrases, hors du sujet ?"]
    )


def codages_de(notes: Sequence[Note], transcription: pq.Transcript, corpus: pq.Corpus) -> pd.DataFrame:
    """Met des notes dans la forme d’un tableau de codages, pour le déroulé thématique et l’arbre."""
    import pandas as pd

    rangs = v.phrases(transcription).set_index("phrase")
    un = transcription.id
    lignes = [
        {"document": un, "start": rangs.loc[n, "start"], "end": rangs.loc[n, "end"], "code": _identifiant(theme), "origin": "person"}
        | {"status": "added", "polarity": "+", "text_hash": transcription.text_hash}
        for n, theme in notes
        if n in rangs.index
    ]
    return pd.DataFrame(lignes, columns=["document", "start", "end", "code", "origin", "status", "polarity", "text_hash"])


# Le cas contraire, la phrase qui compte, le dilemme


def cas_contraire(affirmation: str, document: str, mots: str, pourquoi: str, corpus: pq.Corpus) -> str:
    """Relit un cas contraire : ce qui est affirmé, qui ne le dit pas ou dit autre chose, ses mots, et ce que l’affirmation devient."""
    if not (affirmation.strip() and document.strip() and mots.strip()):
        return f"{v.A_FAIRE} Dites ce que vous mettez à l’épreuve, puis recopiez des mots qui ne s’y rangent pas."
    un = corpus.by_id().get(document)
    if un is None:
        return f"« {document} » n’est pas lu ici. Documents : {', '.join(sorted(corpus.by_id()))}."
    if fold(mots) not in fold(un.text):
        return f"« {mots} » n’est pas dans {document} : recopiez ses mots tels quels."
    return v.reste_a_dire(pourquoi) or "Noté. Une affirmation qui a rencontré son cas contraire se redit : plus étroite, ou à deux voix."


EN_LETTRES = dict(enumerate("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(), 2))


def phrase_chiffree(texte: str, sur: int) -> str:
    """Relit une phrase de résultat : combien sur combien, de qui, et que le corpus est fictif."""
    if not texte.strip():
        return f"{v.A_FAIRE} Écrivez une phrase : combien, sur combien, de qui, dans quoi."
    dit, plie = [], fold(texte)
    if not re.search(rf"\b(?:{sur}|{EN_LETTRES.get(sur, sur)})\b", plie):
        dit.append(f"Sur combien ? Le tableau compte sur {sur} ; si votre dénominateur est un autre, dites lequel et pourquoi.")
    if "%" in texte and sur < 30:
        dit.append(f"Un pourcentage de {sur} personnes promet une précision qui n’existe pas : « n sur {sur} » suffit.")
    if not re.search(r"fict|invent", plie):
        dit.append("Dites que le corpus est fictif : une phrase voyage sans son carnet.")
    return "\n".join(dit) or "Une lectrice peut la vérifier. Que ne dit-elle pas ?"


POINTS = {
    "signé": "Qu’a-t-elle signé, et quand ? Avait-on parlé de citation, ou seulement d’entretien ?",
    "relue": "A-t-elle relu ce passage, écrit, et à quoi ressemble un oui quand c’est l’enquêtrice qui le demande ?",
    "tiers": "Qui d’autre est reconnu avec elle (famille, soignants, membres), et qui n’a rien signé ?",
    "membres": "L’association, est-ce son bureau ou ses membres ? Une seule personne qui refuse pèse combien ?",
    "gloire": "Effacer un nom protège ; effacer le nom de qui a voulu signer ôte aussi quelque chose.",
    "temps": "Dans dix ans, quand elle cherchera du travail, ce texte sera-t-il encore en ligne ?",
    "analyse": "Que perd l’analyse si le passage est résumé, coupé, ou si un détail est changé ?",
    "recours": "Qui peut trancher avec vous : la personne, le comité d’éthique, la personne déléguée à la protection des données ?",
}


def dilemme(position: str, ce_que_je_perds: str, qui_decide: str) -> str:
    """Reçoit toute position argumentée, ce qu’elle coûte et qui décide ; rend les questions d’autres lecteurs. Il n’y a pas de solution."""
    donnes = {"Votre position": position, "Ce qu’elle coûte": ce_que_je_perds, "Qui décide": qui_decide}
    if not any(texte.strip() for texte in donnes.values()):
        return f"{v.A_FAIRE} Prenez position : il n’y a pas de réponse juste, il y en a de mal défendues."
    dit = [f"{nom}. {manque}" for nom, texte in donnes.items() if (manque := v.reste_a_dire(texte, 15))]
    return "\n".join([*dit, *([] if dit else ["Noté. D’autres ont demandé :", *(f"- {question}" for question in POINTS.values())])])
