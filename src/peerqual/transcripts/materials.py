"""What kind of material a file is: asked for, told by its header, or left to what is found."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.fold import fold

KEYS = tuple("material materiau materiel type nature dispositif situation seance cadre objet corpus document title titre themes".split())
_KINDS = re.compile(
    r"(?P<field_notes>field.?notes?|notes? (?:de terrain|d'observation|ethnographi)|(?:journal|carnet) de (?:terrain|bord)|observation)"
    r"|(?P<group>\bgroupes? (?:de (?:parole|discussion|pairs|travail)|d'(?:entraide|expression|echange)|focal)|focus.?groupe?s?"
    r"|(?:entretiens?|seance|session|reunion) (?:collectif|de groupe|en groupe)|^group(?:e)?$|table ronde)"
    r"|(?P<interview>\bentretiens?\b|\binterviews?\b|\btemoignages?\b)"
    r"|(?P<document>^documents?$|\bcharte\b)"
)


def material_of(metadata: Mapping[str, str], material: str | None = None) -> str | None:
    """Return the material that is asked for, else the one that the header tells, else None.

    >>> material_of({"Type": "Groupe de parole"}), material_of({"Date": "3 mai"})
    ('group', None)
    """
    if material:
        return material
    by_key = {fold(name).split(" ")[0]: value for name, value in reversed(list(metadata.items()))}
    for name in KEYS:
        if name in by_key and (found := _KINDS.search(fold(by_key[name])[:300])):
            return found.lastgroup
    return None
