"""Control words of RTF: those that are characters or looks, those that begin a group beside the text, and the encodings of fonts.

Source: Microsoft, Rich Text Format (RTF) Specification, version 1.9.1.
"""

from __future__ import annotations

import codecs

from .blocks import BOLD

SYMBOLS = {"~": "\u00a0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
MARKS = {
    "line": "\n", "lbr": "\n", "softline": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "nestcell": " ", "nestrow": "\n",
}  # fmt: skip
LOOKS = {"b": BOLD, "i": "italic", "ul": "underlined", "ulw": "underlined", "uldb": "underlined", "scaps": "small"}
# Groups that are no words of the text; any group that begins with « \* » is one too, but for those in KEPT.
ASIDE = frozenset(
    "fonttbl colortbl stylesheet info header headerl headerr headerf footer footerl footerr footerf footnote annotation pict object fldinst "
    "bkmkstart bkmkend listtext pntext pntxta pntxtb shprslt nonesttables xe tc rxe txe private ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn "
    "themedata colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator atnid atnauthor".split()
)
KEPT = frozenset("ud nesttableprops".split())
COUNTED = {"footnote": "transcripts.left_out", "annotation": "transcripts.comments", "shptxt": "transcripts.left_out"}
CHARSETS = {77: "mac_roman", 128: "cp932", 161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 238: "cp1250"}


def encoding_of(code_page: int | None) -> str:
    """Return the encoding of a code page of Windows (10000: of the Macintosh), "cp1252" where there is none.

    >>> encoding_of(1250), encoding_of(10000), encoding_of(-1)
    ('cp1250', 'mac_roman', 'cp1252')
    """
    try:
        return codecs.lookup(f"cp{code_page}").name
    except LookupError:
        return {10000: "mac_roman"}.get(code_page or 0, "cp1252")
