"""What stands around a name and tells what it names: titles, relations, prepositions, verbs."""

from __future__ import annotations

from .view import View
from .words import INSTITUTION, RELATION, TITLE

SIMPLE = frozenset((" ", "-", "'", "’", "\u00a0", "\u202f", "\u2011", ", "))
ELISIONS = frozenset("d l j c qu n s m t jusqu lorsqu puisqu quoiqu presqu".split())
DETERMINERS = frozenset("le la les l un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces".split())
PLACE_BEFORE = frozenset("vers habite habitais habitait habitent sur en quitte quitter rejoint direction depuis".split())
DATIVE = frozenset(
    """dit dis disais disait dire parle parler parlais parlait demande demander demandais demandait donne donner donnais donnait telephone
    telephoner explique expliquer raconte raconter ecris ecrit ecrire pense penser presente presenter ressemble ressembler manque manquer
    grace merci rapport confie confier reponds repond repondu repondre appartient rends rendu rendre plait annonce annoncer avoue promis doit""".split()
)
VERBS = frozenset(
    """il elle est a etait avait m t lui s se c qui tu ils elles dit disait fait faisait va va vient venait peut veut aura sera serait ne n y
    travaille travaillait habite habitait arrive arrivait part parle parlait aime voulait me te nous vous""".split()
)
KIN = frozenset(
    "mere pere frere soeur fille fils mari femme copain copine ami amie oncle tante cousin cousine maman papa parents enfants chez".split()
)


def titled(view: View, i: int) -> bool:
    """Tell whether word `i` stands right after a title (« docteur X », « M. X », « Mme X »)."""
    before = view.form(i - 1)
    return bool(before.flags & TITLE) and view.gap(i) in (" ", ". ", ".", "\u00a0", "\u202f", ".\u00a0")


def related(view: View, i: int) -> bool:
    """Tell whether word `i` stands after a person's noun (« mon frère X », « une dame, X », « la mère de X »)."""
    before, gap = view.form(i - 1), view.gap(i)
    if before.flags & RELATION and gap in (" ", ", ", "\u00a0"):
        return True
    return before.folded in ("de", "d") and view.form(i - 2).folded in KIN


def institution(view: View, i: int) -> bool:
    """Tell whether word `i` stands after a noun of an institution."""
    return bool(view.form(i - 1).flags & INSTITUTION) and view.gap(i) in SIMPLE


def placed(view: View, i: int) -> bool:
    """Tell whether word `i` stands where a place stands (« à X », « vers X », « j'habite X », « près de X »)."""
    before, gap = view.form(i - 1).folded, view.gap(i)
    if gap not in SIMPLE or gap == ", ":
        return False
    if before == "a":
        return view.form(i - 2).folded not in DATIVE
    return before in PLACE_BEFORE or (
        before in ("de", "d") and view.form(i - 2).folded in ("pres", "loin", "autour", "banlieue", "ville", "cote", "nord", "sud")
    )


def acts(view: View, i: int) -> bool:
    """Tell whether word `i` is followed by what follows a subject or someone spoken to."""
    return view.gap(i + 1) in (" ", ", ") and view.form(i + 1).folded in VERBS
