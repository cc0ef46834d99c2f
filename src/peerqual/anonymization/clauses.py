"""Pieces of patterns of French clauses: who owns, clitics, forms of être and avoir."""

from __future__ import annotations


def any_of(words: str) -> str:
    """Return a pattern of these words."""
    return f"(?:{'|'.join(words.split())})"


PERSONS = any_of("moi toi lui elle nous vous eux elles")
OWNERS = any_of("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs la le les")
TO = rf"(?:\s+(?:bien\s+)?à\s+{PERSONS})?"  # « à moi »
OF = rf"(?:\s+(?:de\s+|d['’]|du\s+|des\s+|depuis\s+|chez\s+)(?:{OWNERS}\s+|l['’])?[\w-]+)?"  # « de mon frère »
CLITICS = r"(?:(?:ne|me|te|se|nous|vous|lui|leur|y|en)\s+|[nmts]['’]\s*)*"
BEEN = rf"{any_of('a ont avait avaient aura aurait ait')}(?:\s+{any_of('pas plus jamais toujours')})?\s+été"
IS = any_of(
    "es est était sera serait soit fut sont étaient seront seraient soient furent semble semblent semblait paraît paraissait "
    "reste restent restait restera devient deviennent devenait devenaient deviendra demeure"
)
HAVE = any_of("ai as a avons avez ont avais avait avions aviez avaient aie ait aurai auras aura aurais aurait auraient eut")
_WILL = any_of("va vont allait allaient peut peuvent pouvait doit doivent devait pourrait devrait a avait aurait")
TO_BE = rf"{_WILL}\s+(?:{any_of('pas plus jamais bien pu dû')}\s+)*(?:être|devenir|rester)"
