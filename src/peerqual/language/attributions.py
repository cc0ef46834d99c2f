"""Who is named as the source of what a French sentence says: « selon l’agence », « (bilan 2023) », « l’Insee recense », « indique le CHU »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..model import Span
from .fold import fold
from .lexicons import lexicon, words

_S = "[ \u00a0\u202f]"
_A = "['’]"
_END = r"(?=\s*(?:[,;:»)]|[.!?…](?:\s|\Z)|\Z))"
_NAME = r"(?:[^,;:.!?…«»()\n]|\.(?=\w)|(?<=\b[A-Z])\.|\((?:19|20)\d\d\))+?"
_ACCORDING = re.compile(rf"\b(?:selon|d{_A}après|suivant|à{_S}en{_S}croire|au{_S}dire{_S}de|de{_S}source){_S}(?P<name>{_NAME}){_END}", re.I)
_NOUN_PHRASE = rf"(?:(?:l{_A}|le{_S}|la{_S}|les{_S}|un{_S}|une{_S}|notre{_S}|[A-ZÉÈ])(?:[^,;:.!?…«»()\n]|(?<=\bal)\.|\((?:19|20)\d\d\)){{1,90}}?)"
_AUTHOR = r"[A-ZÉÈ][\w'’-]+(?:\s(?:et|&)\s(?:al\.|[A-ZÉÈ][\w'’-]+(?:\s[A-ZÉÈ][\w'’-]+)?))?"
_CITED = re.compile(rf"{_AUTHOR},?\s(?:\((?:19|20)\d\d[a-z]?\)|(?:19|20)\d\d[a-z]?(?=\)))")
_BY_AUTHOR = re.compile(rf"(?:l{_A}équipe\sde\s)?(?P<name>{_AUTHOR}\s\((?:19|20)\d\d[a-z]?\))")
_BRACKETED = re.compile(r"\((?P<name>[^()]{4,120})\)")
_LABEL = re.compile(r"^\W*sources?\s*:\s*", re.I)
_ARTICLE = re.compile(rf"\A(?:de{_S}|du{_S}|des{_S}|d{_A})?(?:l{_A}|le{_S}|la{_S}|les{_S}|un{_S}|une{_S})?", re.I)


def attributions(text: str) -> list[Span]:
    """Return where the sentence `text` names who vouches for what it says, in order.

    Pronouns and nobodies (« on », « certains », « une étude ») are none.

    >>> text = "Selon l’Insee, on en compte 30 (rapport d’activité 2022), ce que certains contestent."
    >>> [text[start:end] for start, end in attributions(text)]
    ['l’Insee', 'rapport d’activité 2022']
    """
    spans = sorted(
        {span for find in (_according, _in_brackets, _headed, _authors, _subjects, _inverted) for span in find(text) if _names(text, span)}
    )
    return [span for span in spans if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in spans)]


def _names(text: str, span: Span) -> bool:
    name = fold(text[slice(*span)]).strip()
    if re.fullmatch(r"une? \w+", name):  # « une association » is nobody, « une association de Lyon » somebody
        return False
    return bool(name) and name not in words("attribution_vague") and not re.match(r"(?:on|qui|que|dont|ce|cela|il|elle|ils|elles)\b", name)


def _according(text: str) -> Iterator[Span]:
    for match in _ACCORDING.finditer(text):
        yield match.span("name")


@cache
def _opening() -> re.Pattern[str]:
    nouns = "|".join(re.escape(word) for word in lexicon("attribution_documents"))
    return re.compile(rf"\s*(?:(?:{nouns})\b|sources?\s*:)", re.I)


def _in_brackets(text: str) -> Iterator[Span]:
    for match in _BRACKETED.finditer(text):
        label = _LABEL.match(match["name"])
        if label or _opening().match(match["name"]):
            yield match.start("name") + (label.end() if label else 0), match.end("name")
        elif cited := _CITED.match(match["name"] + ")"):
            yield match.start("name"), match.start("name") + min(cited.end(), len(match["name"]))


@cache
def _headings() -> tuple[re.Pattern[str], ...]:
    of = rf"(?:chiffres|données){_S}(?:de{_S}|du{_S}|des{_S}|d{_A})(?P<name>{_NAME}){_END}"
    return re.compile(rf"\A\W*sources?{_S}?:{_S}?(?P<name>{_NAME}){_END}", re.I), re.compile(rf"\b{of}", re.I)


def _headed(text: str) -> Iterator[Span]:
    # « Chiffres de la direction des soins : 62 agents », « Source : registre »
    for pattern in _headings():
        for match in pattern.finditer(text):
            yield match.span("name")


def _authors(text: str) -> Iterator[Span]:
    for match in _BY_AUTHOR.finditer(text):
        yield match.span("name")


@cache
def _verbs() -> str:
    stems = (word[:-1] + "(?:e|ent|ait|aient|a|sent|t|it)" if word.endswith("*") else word for word in lexicon("attribution_verbs"))
    return rf"(?:{'|'.join(stem.replace(' ', _S) for stem in stems)})\b"


@cache
def _subject() -> re.Pattern[str]:
    done = _verbs().replace("(?:e|ent|ait|aient|a|sent|t|it)", "é")
    told = rf"(?:(?:n{_A}en|en|ne|y){_S})?{_verbs()}|(?:(?:n{_A}|en{_S})?(?:a|ont|avait|avaient){_S}(?:également{_S})?){done}"
    return re.compile(rf"(?:\A|(?<=[,;:»] )|(?<=[.] )|(?<=– ))\W*(?:(?:En|Dès|Fin)\s\d{{4}},\s)?(?P<name>{_NOUN_PHRASE})(?:,{_S}?qui)?{_S}(?:{told})")


def _subjects(text: str) -> Iterator[Span]:
    for match in _subject().finditer(text):
        name = match["name"]
        if re.search(r"\b(?:été|être|est|sont|a|ont)\b", name):
            continue
        cut = re.search(r"\s(?:publié|paru|daté|rendu|remis|mené)e?s?\b.*", name)
        yield match.start("name"), match.end("name") - (len(cut[0]) if cut else 0)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"[,»]\s*(?:comme{_S}(?:le|l{_A}){_S}?)?{_verbs()}{_S}(?P<name>{_NOUN_PHRASE}){_END}")


def _inverted(text: str) -> Iterator[Span]:
    for match in _after().finditer(text):
        yield match.span("name")


def without_article(name: str) -> str:
    """Return the name of a source without its article, to compare two of them.

    >>> without_article("l’Insee")
    'Insee'
    """
    return name[_ARTICLE.match(name).end() :]  # type: ignore[union-attr]
