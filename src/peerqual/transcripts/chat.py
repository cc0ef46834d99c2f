"""The words of an utterance in CHAT, freed of its marks: what was said, as it was said, and what happened in brackets.

Kept: words, repetitions, hesitations (« &-euh » → « euh »), « xxx », pauses as « (.) », events (« &=rit » → « [rit] »).
Dropped: markers of repetition, overlap, error and language, linkers, codes after the words; « j(e) » is read « je », « un+peu » « un peu ».

Source: B. MacWhinney, *The CHILDES Project: Tools for Analyzing Talk*, part 1, The CHAT Transcription Format (chapters 7–9).
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(?:[^\W_0]|[ '’,.?!…-])*+")  # no mark at all: most utterances
_CODE = re.compile(r"\[(?P<mark>=!|=\?|%act:|%com:|%exp:|%|=|)(?P<text>[^\[\]]*)\]")
_EVENT = re.compile(r"&=(?P<event>[^\s\[\]<>]{1,80})")
_VOICE = re.compile(r"&\*(?P<code>[^\s:]{1,20}):(?P<words>\S{1,80})")
_LONG = re.compile(r"&[{}][ln]=\S{1,80}")
_FRAGMENT = re.compile(r"&\+(?P<part>[^\W_]+)")
_FILLER = re.compile(r"(?<!\w)&[-~]?(?=[^\W_])")
_TERMINATORS = (
    ('+"/.', "."),
    ('+".', "."),
    ("+//.", "…"),
    ("+//?", "…?"),
    ("+/.", "…"),
    ("+/?", "…?"),
    ("+..?", "…?"),
    ("+...", "…"),
    ("+!?", " ?!"),
    ("+.", "."),
)
_LINKER = re.compile(r"(?<!\S)\+[+<^≈≋,\"~]{1,2}(?!\S)")
_OMITTED = re.compile(r"(?:(?<!\S)0[^\W\d_]\S*|(?<!\S)0(?!\S))")
_INSIDE = re.compile(r"(?<=[^\W_'’])\((?P<a>[^\W\d_]{1,20})\)|\((?P<b>[^\W\d_]{1,20})\)(?=[^\W_])")
_PAUSE = re.compile(r"(?<!\S)#(?:\d+(?:[_.]\d+)?|#*)(?!\S)")
_TERMINAL = re.compile(r"\s#(?P<mark>[.!?])")  # as teiCorpo writes what ends an utterance of CHAT
_SUFFIX = re.compile(r"(?<=\w)@[a-z:$*\-+&]{1,20}(?![a-z])")
_PLUS = re.compile(r"(?<=\w)[+_](?=\w)")
_ELIDED_PLUS = re.compile(r"(?<=['’])\+(?=\w)")
_LENGTH = re.compile(r"(?<=[^\W\d_]):+")
_SIGNS = re.compile(r"[<>↑↓⇗↗⇘↘→⌈⌉⌊⌋∆∇⁎°▁▔☺♋⁇∬Ϋ∮↫≡≈≋∙·ˈˌ]|\^(?=\w)")
_ELISION = re.compile(r"\b((?:[cdjlmnst]|(?:lors|puis|jus|quoi|quel|pres)?qu|aujourd|entr)['’]) (?=[^\W\d_])", re.IGNORECASE)
_STOP = re.compile(r" (?=(?:[.,]|…\??)(?:\s|$))")


def spoken(utterance: str) -> str:
    """Return the words of an utterance, time bullets already gone.

    >>> spoken("<j(e) sais> [/] j(e) sais pas &=rit (.) &-euh un+peu +...")
    'je sais je sais pas [rit] (.) euh un peu…'
    """
    text = _ELISION.sub(r"\1", " ".join(utterance.split()))
    if _PLAIN.fullmatch(text):
        return _STOP.sub("", text)
    text = _CODE.sub(_kept, text)
    text = _EVENT.sub(_event, _LONG.sub(" ", text))
    text = _VOICE.sub(r" [\g<code> \g<words>] ", text)
    for mark, read in _TERMINATORS:
        text = text.replace(mark, read)
    text = _PAUSE.sub("(.)", _LINKER.sub(" ", _TERMINAL.sub(r" \g<mark>", text)))
    text = _FILLER.sub("", _FRAGMENT.sub(r"\g<part>-", text))
    text = _INSIDE.sub(lambda found: found["a"] or found["b"], _OMITTED.sub(" ", text))
    text = _PLUS.sub(" ", _ELIDED_PLUS.sub("", _SUFFIX.sub("", text)))
    text = _SIGNS.sub("", _LENGTH.sub("", text.replace("„", ",").replace("‡", ",")))
    return _STOP.sub("", " ".join(text.split()))


def _kept(found: re.Match[str]) -> str:
    """« [=! en riant] » tells how it was said, « [% …] » what happened; other codes are the analyst's."""
    mark, text = found["mark"], found["text"].strip()
    event = "_".join(re.findall(r"\w+", text))
    return f" &={event} " if event and mark in ("=!", "%", "%act:", "%com:") else " "


def _event(found: re.Match[str]) -> str:
    return f" [{' '.join(re.split('[_:]', found['event']))}] "
