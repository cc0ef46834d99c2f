"""Files of every format that is written back, made of turns (speaker, words, start, end) by the format's own library where it has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import docx
import odfdo
import pympi
import webvtt
from transcripts_fixtures import Spoken

from peerqual.model import Transcript

Turns = Sequence[Spoken]
SPEAKERS = ("Enquêtrice", "Maëlle", "Anne Durand")
SAID = (
    *"oui|non mais|c'est ça|à peu près|un « bien »|l'été, d'accord|le \"club\"|où ça|Noël|cœur|[rires]|(.)|euh…|l’eau|12 h 30|Date : hier".split("|"),
    *"x < y & z|Anne Durand|Anne|Maëlle|à Sainte-Anne|une schizophrénie|le 3 mai 2024|mon «\u00a0tiens\u00a0»|E\u0301te".split("|"),
)
HEADER = ("Date : 3 mai 2024", "")
UNTIMED = ("txt", "md", "docx", "odt", "cha")  # formats in which a turn may have no time


def whole(transcript: Transcript) -> list[Spoken]:
    """Return who says what and when; what stands in brackets is among the words."""
    return [(turn.speaker, " ".join(transcript.text[turn.start : turn.end].split()), turn.time_start, turn.time_end) for turn in transcript.turns]


def made(suffix: str, turns: Turns, folder: Path, stem: str = "E01") -> Path:
    """Write `turns` as a file of the format; those of `UNTIMED` need no times, the others take them in order and without overlap."""
    path = folder / f"{stem}.{suffix}"
    path.unlink(missing_ok=True)
    MAKERS[suffix](turns, path)
    return path


def _lines(turns: Turns) -> list[tuple[str, str]]:
    return [(f"{f'[{clock(start)}] ' if start is not None else ''}{speaker}", words) for speaker, words, start, _ in turns]


def clock(seconds: float, mark: str = "") -> str:
    """Return seconds as « 0:01:05 », with thousandths after `mark` where one is given."""
    whole = int(seconds)
    fraction = f"{mark}{round(seconds % 1 * 1000):03}" if mark else ""
    return f"{whole // 3600:{'02' if mark else ''}}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}"


def _text(turns: Turns, path: Path) -> None:
    path.write_text("\n\n".join(["Date : 3 mai 2024", *(f"{label} : {words}" for label, words in _lines(turns))]) + "\n", encoding="utf-8")


def _markdown(turns: Turns, path: Path) -> None:
    path.write_text("\n\n".join(["# Entretien", *(f"**{label}** : {words}" for label, words in _lines(turns))]) + "\n", encoding="utf-8")


def _word(turns: Turns, path: Path) -> None:
    document = docx.Document()
    for line in HEADER:
        document.add_paragraph(line)
    for label, words in _lines(turns):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label} : ").bold = True
        middle = len(words) // 2
        paragraph.add_run(words[:middle])
        paragraph.add_run(words[middle:]).italic = True
    document.save(str(path))


def _opendocument(turns: Turns, path: Path) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    for line in (*HEADER, *(f"{label} : {words}" for label, words in _lines(turns))):
        document.body.append(odfdo.Paragraph(line))
    document.save(path)


def _subrip(turns: Turns, path: Path) -> None:
    cues = [f"{n}\n{clock(start, ',')} --> {clock(end, ',')}\n{speaker}: {words}\n" for n, (speaker, words, start, end) in enumerate(turns, start=1)]
    path.write_text("\n".join(cues), encoding="utf-8")


def _webvtt(turns: Turns, path: Path) -> None:
    captions = webvtt.WebVTT()
    for speaker, words, start, end in turns:
        captions.captions.append(webvtt.Caption(clock(start, "."), clock(end, "."), f"<v {speaker}>{escape(words)}</v>"))
    captions.save(str(path))


def _elan(turns: Turns, path: Path) -> None:
    eaf = pympi.Elan.Eaf(author="")
    eaf.remove_tier("default")
    for name in dict.fromkeys(speaker for speaker, *_ in turns):
        eaf.add_tier(name, part=name)
    for speaker, words, start, end in turns:
        eaf.add_annotation(speaker, round(start * 1000), round(end * 1000), words)
    eaf.to_file(str(path))


def _praat(turns: Turns, path: Path) -> None:
    grid = pympi.Praat.TextGrid(xmax=turns[-1][3] + 1)
    tiers = {name: grid.add_tier(name) for name in dict.fromkeys(speaker for speaker, *_ in turns)}
    for speaker, words, start, end in turns:
        tiers[speaker].add_interval(start, end, words)
    grid.to_file(str(path))


def _transcriber(turns: Turns, path: Path) -> None:
    codes = {name: f"spk{n}" for n, name in enumerate(dict.fromkeys(speaker for speaker, *_ in turns), start=1)}
    speakers = "".join(f'<Speaker id="{code}" name={quoteattr(name)}/>' for name, code in codes.items())
    said = "".join(
        f'<Turn speaker="{codes[speaker]}" startTime="{start}" endTime="{end}"><Sync time="{start}"/>{escape(words)}</Turn>'
        for speaker, words, start, end in turns
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<Trans><Speakers>{speakers}</Speakers>'
        f'<Episode><Section type="report" startTime="0" endTime="{turns[-1][3]}">{said}</Section></Episode></Trans>',
        encoding="utf-8",
    )


def _chat(turns: Turns, path: Path) -> None:
    codes = {name: f"P{n:02}" for n, name in enumerate(dict.fromkeys(speaker for speaker, *_ in turns), start=1)}
    people = ", ".join(f"{code} {name.replace(' ', '_')} Participant" for name, code in codes.items())
    bullets = [f" \x15{round(start * 1000)}_{round(end * 1000)}\x15" if start is not None else "" for _, _, start, end in turns]
    lines = [f"*{codes[speaker]}:\t{words} .{bullet}" for (speaker, words, *_), bullet in zip(turns, bullets, strict=True)]
    path.write_text("\n".join(["@UTF8", "@Begin", "@Languages:\tfra", f"@Participants:\t{people}", *lines, "@End"]) + "\n", encoding="utf-8")


MAKERS: dict[str, Callable[[Turns, Path], None]] = {
    "docx": _word,
    "odt": _opendocument,
    "srt": _subrip,
    "vtt": _webvtt,
    "eaf": _elan,
    "TextGrid": _praat,
    "trs": _transcriber,
    "cha": _chat,
    "md": _markdown,
    "txt": _text,
}
