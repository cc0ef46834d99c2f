"""Write a source of the sample corpus as a transcript, in one of the formats that researchers have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

from sample_office import as_odt, as_rtf, as_word, as_word_lines, as_word_table
from sample_pdf import as_pdf
from sample_source import Source

WORD_SECONDS, CUE_WORDS = 0.38, 28


def as_text(source: Source) -> bytes:
    """Header lines, then « Label : words »; also Markdown, whose front matter is the header."""
    header = "\n".join(line.text for line in source.header)
    return ("\n\n".join([header, *(p.text for p in source.body)]) + "\n").encode()


def as_srt(source: Source) -> bytes:
    """SubRip: the header is the first cue, a turn's first cue begins with « LABEL: »."""
    cues = [(0.0, 4.0, "\n".join(line.text for line in source.header))]
    cues += [(start, end, f"{label}: {words}" if first else words) for start, end, label, words, first in _cues(source)]
    blocks = (f"{n}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{words}\n" for n, (start, end, words) in enumerate(cues, 1))
    return "\n".join(blocks).encode()


def as_vtt(source: Source) -> bytes:
    """WebVTT: the header is a NOTE, every cue names its voice."""
    note = "NOTE\n" + "\n".join(line.text for line in source.header) + "\n"
    cues = (f"{_clock(start, '.')} --> {_clock(end, '.')}\n<v {label}>{words}\n" for start, end, label, words, _ in _cues(source))
    return "\n".join(["WEBVTT\n", note, *cues]).encode()


def _cues(source: Source) -> Iterator[tuple[float, float, str, str, bool]]:
    clock = 5.0
    for p in source.body:
        label, words = p.turn
        for n, part in enumerate(_parts(words)):
            end = clock + WORD_SECONDS * len(part.split()) + 0.3
            yield clock, end, label, part, n == 0
            clock = end + 0.2


def _parts(words: str) -> list[str]:
    if "\n" in words:  # speech recognition: each line is a breath
        return words.split("\n")
    parts = [""]
    for sentence in re.split(r"(?<=[.!?…])\s+(?=\S)", words):
        if parts[-1] and len(parts[-1].split()) + len(sentence.split()) > CUE_WORDS:
            parts.append("")
        parts[-1] = f"{parts[-1]} {sentence}".strip()
    return parts


def as_trs(source: Source) -> bytes:
    """Transcriber: a line of the header is a turn of nobody, each turn has its speaker and a synchronisation point for each of its parts.

    The format has no place for the kind of a recording but its topic.
    """
    labels = list(dict.fromkeys(p.turn[0] for p in source.body))
    speakers = "".join(f'<Speaker id="spk{n}" name={quoteattr(label)} check="no"/>\n' for n, label in enumerate(labels, 1))
    parts: list[list[tuple[float, float, str, str]]] = []
    for start, end, label, words, first in _cues(source):
        parts += [[]] if first else []
        parts[-1].append((start, end, label, words))
    step = 5 / len(source.header)
    turns = [
        f'<Turn startTime="{n * step:.3f}" endTime="{(n + 1) * step:.3f}">\n<Sync time="{n * step:.3f}"/>\n{escape(line.text)}\n</Turn>\n'
        for n, line in enumerate(source.header)
    ]
    for turn in parts:
        speaker = f"spk{labels.index(turn[0][2]) + 1}"
        said = "".join(f'<Sync time="{start:.3f}"/>\n{escape(words)}\n' for start, _, _, words in turn)
        turns.append(f'<Turn speaker="{speaker}" startTime="{turn[0][0]:.3f}" endTime="{turn[-1][1]:.3f}">\n{said}</Turn>\n')
    topic = '<Topics>\n<Topic id="to1" desc="groupe de parole"/>\n</Topics>\n'
    section = f'<Section type="report" topic="to1" startTime="0.000" endTime="{parts[-1][-1][1]:.3f}">\n{"".join(turns)}</Section>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<!-- Corpus fictif -->\n'
        f'<Trans version="1" version_date="200101" xml:lang="fr">\n{topic}<Speakers>\n{speakers}</Speakers>\n'
        f"<Episode>\n{section}</Episode>\n</Trans>\n"
    ).encode()


def as_html(source: Source) -> bytes:
    """A web page, as word processors save it: the speaker is bold before the words."""
    turns = (f"<p><b>{escape(label)} :</b> {escape(words)}</p>" for label, words in (p.turn for p in source.body))
    lines = [*(f"<p>{escape(line.text)}</p>" for line in source.header), *turns]
    head = '<!DOCTYPE html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>Corpus fictif</title></head>\n<body>\n'
    return (head + "\n".join(lines) + "\n</body>\n</html>\n").encode()


def _clock(seconds: float, mark: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"


Form = tuple[str, Callable[[Source], bytes]]

# One line for each document, by what its source's name begins with: to add a document is to add its source and a line.
FORMATS: dict[str, Form] = {
    "E01": (".txt", as_text),
    "E02": (".docx", as_word),
    "E03": (".srt", as_srt),
    "E04": (".vtt", as_vtt),
    "E05": (".txt", as_text),
    "E06": (".odt", as_odt),
    "E07": (".srt", as_srt),
    "E08": (".docx", as_word),
    "G01": (".txt", as_text),
    "G02": (".docx", as_word),
    "G03": (".vtt", as_vtt),
    "G04": (".trs", as_trs),
    "G05": (".odt", as_odt),
    "G06": (".pdf", as_pdf),
    "N01": (".md", as_text),
    "N02": (".md", as_text),
    "N03": (".md", as_text),
    "P01": (".docx", as_word_lines),
    "P02": (".txt", as_text),
    "P03": (".docx", as_word_lines),
    "P04": (".docx", as_word_table),
    "P05": (".odt", as_odt),
    "P06": (".rtf", as_rtf),
    "P07": (".docx", as_word),
    "P08": (".html", as_html),
    "P09": (".pdf", as_pdf),
    "P10": (".txt", as_text),
    "P11": (".odt", as_odt),
    "P12": (".docx", as_word_lines),
    "P13": (".docx", as_word),
    "P14": (".rtf", as_rtf),
    "P15": (".docx", as_word_table),
    "P16": (".txt", as_text),
}


def form(name: str) -> Form:
    """Return the suffix and the writer of the document `name` (« E01_Kervandec »)."""
    return FORMATS[name.partition("_")[0]]
