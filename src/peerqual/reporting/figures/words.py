"""What figures say, in French and English."""

from __future__ import annotations

from typing import Any

from peerqual.language.typography import typeset

MATERIAL = {
    "interview": {"fr": "Entretiens", "en": "Interviews"},
    "group": {"fr": "Groupes", "en": "Groups"},
    "field_notes": {"fr": "Notes de terrain", "en": "Field notes"},
    "document": {"fr": "Documents", "en": "Documents"},
}
SAID = {
    "bars.title": {"fr": "Qui parle de quoi", "en": "Who speaks of what"},
    "bars.person": {"fr": "participant·e", "en": "participant"},
    "bars.people": {"fr": "participant·es", "en": "participants"},
    "bars.passages": {"fr": "passages", "en": "passages"},
    "bars.caption": {
        "fr": "Longueur des barres : part des participant·es (enquêté·es, animateur·rices) qui disent au moins un passage codé ; "
        "« 5 des 8 » : effectif et total. Les matériaux ne sont jamais cumulés.",
        "en": "Length of bars: share of participants (respondents, facilitators) who speak at least one coded passage; “5 of 8”: count and total. "
        "Materials are never pooled.",
    },
    "bars.alone": {
        "fr": " Où une personne au plus parle en son nom (notes de terrain, par exemple) : nombre de passages, à l’échelle de la colonne.",
        "en": " Where at most one person speaks in their own name (field notes, for instance): number of passages, on the column’s own scale.",
    },
    "bars.unknown": {"fr": "non renseigné", "en": "not given"},
    "heat.title": {"fr": "Codes et documents", "en": "Codes and documents"},
    "heat.caption": {
        "fr": "Nombres : passages codés. Teinte : passages pour 1 000 mots pouvant être codés, de blanc (aucun) à foncé ({top}).",
        "en": "Numbers: coded passages. Shade: passages per 1,000 words that can be coded, from white (none) to dark ({top}).",
    },
    "heat.bare": {
        "fr": "Une colonne par document. Teinte : passages pour 1 000 mots pouvant être codés, de blanc (aucun) à foncé ({top}).",
        "en": "One column per document. Shade: passages per 1,000 words that can be coded, from white (none) to dark ({top}).",
    },
    "along.title": {"fr": "Où tombent les codes", "en": "Where codes fall"},
    "along.caption": {
        "fr": "Chaque case va du début (à gauche) à la fin (à droite) du document, mesurés en mots, questions comprises ; un trait par passage codé.",
        "en": "Each cell goes from the beginning (left) to the end (right) of the document, in words, questions included; "
        "one stroke per coded passage.",
    },
    "along.hollow": {
        "fr": " Trait creux : polarité négative (espoir perdu, par exemple).",
        "en": " Hollow stroke: negative polarity (hope lost, for instance).",
    },
    "along.left": {
        "fr": " {shown} des {total} documents sont montrés, les premiers du corpus.",
        "en": " {shown} of {total} documents are shown, the first ones of the corpus.",
    },
    "course.title": {"fr": "Déroulé thématique", "en": "Thematic course"},
    "course.voices": {"fr": "Qui parle", "en": "Who speaks"},
    "course.begin": {"fr": "début", "en": "beginning"},
    "course.end": {"fr": "fin", "en": "end"},
    "course.caption": {
        "fr": "De gauche à droite, du premier au dernier mot, questions comprises ; chaque marque couvre les mots codés, à l’échelle. "
        "En haut, les tours de parole : {voices}.",
        "en": "From left to right, from the first to the last word, questions included; each mark covers the coded words, to scale. "
        "At the top, the turns: {voices}.",
    },
    "course.asks": {"fr": "gris foncé, qui pose les questions ; gris clair, les autres", "en": "dark grey, who asks; light grey, the others"},
    "course.others": {"fr": "gris clair, tout le monde", "en": "light grey, everybody"},
    "course.proposed": {
        "fr": " Marque pâle à mi-hauteur : proposition de la machine ; marque pleine : décidé par une personne.",
        "en": " Pale mark of half the height: proposed by the machine; full mark: decided by a person.",
    },
    "tree.title": {"fr": "Arbre des thèmes", "en": "Tree of themes"},
    "tree.caption": {
        "fr": "Nombre en gras : passages codés, ceux des codes placés dessous compris. « 5 des 8 » : participant·es qui en disent au moins un, "
        "et total ; « – » : personne n’y parle en son nom. Les matériaux ne sont jamais cumulés.",
        "en": "Bold number: coded passages, those of the codes below included. “5 of 8”: participants who speak at least one, and total; "
        "“–”: nobody speaks in their own name there. Materials are never pooled.",
    },
    "tree.added": {
        "fr": " + : code ajouté depuis que le livre de codes est gelé.",
        "en": " +: code added since the codebook was frozen.",
    },
    "pairs.title": {"fr": "Codes trouvés ensemble", "en": "Codes found together"},
    "pairs.caption": {
        "fr": "Nombres : {unit} qui portent les deux codes, celui de la ligne et celui de la colonne. "
        "Teinte : leur part parmi {those} qui portent l’un ou l’autre (indice de Jaccard, au plus {top}).",
        "en": "Numbers: {unit} that carry both codes, the row’s and the column’s. "
        "Shade: their share of those that carry one or the other (Jaccard index, {top} at most).",
    },
    "pairs.sentence": {"fr": "phrases", "en": "sentences"},
    "pairs.turn": {"fr": "tours de parole", "en": "turns"},
    "pairs.sentence.those": {"fr": "celles", "en": "those"},
    "pairs.turn.those": {"fr": "ceux", "en": "those"},
    "pairs.family": {
        "fr": " Case blanche : un code et son sous-code, qui compte déjà pour lui.",
        "en": " White cell: a code and a finer code of it, which counts for it already.",
    },
    "pairs.alone": {
        "fr": " Codes qui n’en rencontrent aucun autre : {count}, non montrés.",
        "en": " Codes that meet no other: {count}, not shown.",
    },
    "nothing": {"fr": "Aucun passage codé.", "en": "No coded passage."},
    "nothing.pairs": {"fr": "Aucun code n’en rencontre un autre.", "en": "No code meets another."},
}


def say(key: str, lang: str, **values: object) -> str:
    """Return the text of `key` in `lang` ("fr" or "en"), `values` filled in."""
    text = SAID[key][lang].format(**values)
    return typeset(text, lang)


def material(name: str, lang: str) -> str:
    """Return the name of a material, for readers."""
    return MATERIAL[name][lang] if name in MATERIAL else name


def label(codebook: Any, code: str, lang: str) -> str:
    """Return the label of `code`, typeset for readers."""
    return typeset(codebook.label(code, lang), lang)
