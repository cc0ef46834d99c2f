"""What figures say, in French and English."""

from __future__ import annotations

MATERIAL = {
    "interview": {"fr": "Entretiens", "en": "Interviews"},
    "group": {"fr": "Groupes", "en": "Groups"},
    "field_notes": {"fr": "Notes de terrain", "en": "Field notes"},
    "document": {"fr": "Documents", "en": "Documents"},
}
SAID = {
    "bars.title": {"fr": "Qui parle de quoi", "en": "Who speaks of what"},
    "bars.people": {"fr": "participant·es", "en": "participants"},
    "bars.passages": {"fr": "passages", "en": "passages"},
    "bars.caption": {
        "fr": "Longueur des barres : part des participant·es (enquêté·es, animateur·rices) qui disent au moins un passage codé ; "
        "« 5 des 8 » : effectif et total. "
        "Notes de terrain et documents, que personne ne parle : nombre de passages, à une échelle propre. Les matériaux ne sont jamais cumulés.",
        "en": "Length of bars: share of participants (respondents, facilitators) who speak at least one coded passage; “5 of 8”: count and total. "
        "Field notes and documents, which nobody speaks: number of passages, on a scale of their own. Materials are never pooled.",
    },
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
        "fr": "Chaque case va du début (à gauche) à la fin (à droite) du document, mesurés en mots, questions comprises ; un trait par passage codé. "
        "Trait creux : polarité négative (espoir perdu, par exemple).",
        "en": "Each cell goes from the beginning (left) to the end (right) of the document, in words, questions included; "
        "one stroke per coded passage. "
        "Hollow stroke: negative polarity (hope lost, for instance).",
    },
    "along.left": {
        "fr": "{shown} des {total} documents sont montrés, les premiers de chaque matériau.",
        "en": "{shown} of {total} documents are shown, the first ones of each material.",
    },
    "pairs.title": {"fr": "Codes trouvés ensemble", "en": "Codes found together"},
    "pairs.caption": {
        "fr": "Nombres : unités de texte qui portent les deux codes, celui de la ligne et celui de la colonne. "
        "Teinte : part de ces unités parmi celles qui portent l’un ou l’autre (indice de Jaccard, au plus {top}).",
        "en": "Numbers: units of text that carry both codes, the row’s and the column’s. "
        "Shade: their share of the units that carry one or the other (Jaccard index, {top} at most).",
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
    return SAID[key][lang].format(**values)


def material(name: str, lang: str) -> str:
    """Return the name of a material, for readers."""
    return MATERIAL[name][lang] if name in MATERIAL else name
