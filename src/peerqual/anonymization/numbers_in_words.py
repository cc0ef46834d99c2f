"""Write numbers in words, as somebody has said another one: « quatre-vingt-cinq », « nonante-trois », « quatre vingt cinq »."""

from __future__ import annotations

_UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")
_OWN_TENS = {7: "septante", 8: "huitante", 9: "nonante"}  # said in Belgium and Switzerland


def in_words(number: int, *, like: str = "-") -> str:
    """Return `number` (0 to 9999) in words: with hyphens where `like` has some or is one word, with « septante » where it says so.

    >>> in_words(85), in_words(71), in_words(1993, like="mille neuf cent nonante"), in_words(82, like="quatre vingt cinq"), in_words(2003)
    ('quatre-vingt-cinq', 'soixante et onze', 'mille neuf cent nonante-trois', 'quatre vingt deux', 'deux mille trois')
    """
    own = any(word in like.lower() for word in ("septante", "huitante", "octante", "nonante"))
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    words = [f"{_UNITS[thousands]} mille" if thousands > 1 else "mille"] * (thousands > 0)
    words += [(f"{_UNITS[hundreds]} cent" if hundreds > 1 else "cent") + "s" * (hundreds > 1 and not rest)] * (hundreds > 0)
    words += [_below_hundred(rest, own)] * (rest > 0 or number == 0)
    made = " ".join(words)
    return made.replace("-", " ") if " " in like and "-" not in like and "quatre vingt" in like.lower() else made


def _below_hundred(number: int, own: bool) -> str:
    tens, units = divmod(number, 10)
    if number < 20:
        return _UNITS[number]
    if own and tens in (7, 9):
        word = _OWN_TENS[tens]
    else:
        word = _TENS[tens]
        units += 10 if tens in (7, 9) else 0
    if not units:
        return word + "s" * (tens == 8)
    return f"{word} et {_UNITS[units]}" if (units in (1, 11) and tens not in (8, 9)) or (own and units == 1) else f"{word}-{_UNITS[units]}"
