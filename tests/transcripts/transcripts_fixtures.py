"""Files of every format that is read, each with the turns expected of it: speaker, words, times in seconds.

Tests and ``benchmarks/formats.py`` use them alike. The files in ``tools/`` were written for this from the descriptions of the formats; Word documents
and what LibreOffice makes of them come from `transcripts_office`, files in the very shape that programs write from `test_transcripts_real`. What is
said in them is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

from test_transcripts_real import EXPECTED as REAL_TURNS
from test_transcripts_real import REAL
from transcripts_office import FILES, MASTERS, SECONDS
from transcripts_reading import words

from peerqual.model import Transcript

TOOLS = Path(__file__).parent / "tools"
Spoken: TypeAlias = tuple[str, str, float | None, float | None]

PRAAT = [
    ("Enquêtrice", "ça vous plaît ?", 0.0, 1.2),
    ("Basile", "oui enfin 3 fois sur 4", 1.0, 3.9),
    ("Enquêtrice", "pourquoi ?", 4.0, 5.5),
    ("Basile", 'à cause du "club"', 5.5, 9.0),
]
NOSCRIBE = [
    ("S01", "On commence par vous ?", 1.2, 3.4),
    ("S00", "Si vous voulez.", 3.4, 6.0),
    ("S01", "Oui & non.", 6.6, 7.0),
    ("S00", "Je suis né ici, en fait.", 7.0, 9.1),
]
NAMED = [
    ("Enquêteur", "Vous disiez : « jamais » ?", None, None),
    ("Solange", "Jamais, non.", None, None),
    ("Enquêteur", "Et depuis ?", None, None),
    ("Solange", 'Depuis, ça va, "à peu près".', None, None),
]
TIMED = [
    ("Enquêteur", "Ça a duré longtemps ?", 1.0, 3.0),
    ("Régis", "Deux étés, l'un après l'autre.", 3.0, 8.0),
    ("Enquêteur", "Où ça ?", 8.0, 9.0),
]

# Format → file in ``tools/`` → its turns.
TURNS: dict[str, dict[str, list[Spoken]]] = {
    "txt": {
        "labels.txt": [
            ("Enquêtrice", "Vous y êtes entrée comment ?", None, None),
            ("Odile", "Par la voisine. [rires] Elle m'a dit : « viens ». Et je suis venue.", None, None),
            ("Enquêtrice", "Toute seule ?", None, None),
            ("Odile", "Toute seule.", None, None),
        ],
        "windows.txt": [
            ("E", "Ça vous a aidé ?", None, None),
            ("R", "Au début, non… L’été d’après, oui.", None, None),
            ("E", "Ah bon ?", None, None),
            ("R", "Oui, « oui ».", None, None),
        ],
        "stamps.txt": [  # UTF-16
            ("Camille", "On reprend ?", 2.0, None),
            ("Noé", "Allons-y. C'était en mai.", 5.0, None),
            ("Camille", "En mai.", 70.0, None),
            ("Noé", "Ou en juin, plutôt.", 72.0, None),
        ],
        "old_mac.txt": [  # Mac Roman
            ("CR", "Et l'été ?", None, None),
            ("BM", "L'été, on fermait. À peine ouvert, fermé.", None, None),
            ("CR", "Ça alors.", None, None),
            ("BM", "C'était gênant, même très gênant.", None, None),
        ],
        "loose_accents.txt": [
            (normalize("NFD", speaker), normalize("NFD", said), None, None)
            for speaker, said in (
                ("Enquêtrice", "Où étiez-vous ?"),
                ("Hélène", "À l'étage, près de la fenêtre."),
                ("Enquêtrice", "Et après ?"),
                ("Hélène", "Après, dehors."),
            )
        ],
    },
    "md": {
        "front.md": [
            ("Camille", "Vous avez hésité ?", None, None),
            ("Paul", "Beaucoup. *Vraiment* beaucoup.", None, None),
            ("Camille", "Pourquoi ?", None, None),
            ("Paul", "La peur, je crois.", None, None),
        ],
        "group.md": [
            ("Animatrice", "On fait un tour de table ?", None, None),
            ("Yaël", "Je passe.", None, None),
            ("Bruno", "Moi c'est Bruno. Je viens depuis l'automne.", None, None),
            ("Animatrice", "Bienvenue.", None, None),
            ("Yaël", "Bienvenue, oui.", None, None),
        ],
    },
    "csv": {"named.csv": NAMED, "excel.csv": TIMED},
    "xlsx": {"named.xlsx": NAMED, "timed.xlsx": TIMED},  # made by LibreOffice of the .csv files, as those in .ods
    "ods": {"named.ods": NAMED, "timed.ods": TIMED},
    "srt": {
        "names.srt": [
            ("ENQUÊTRICE", "Vous aviez une clé ?", 0.5, 2.0),
            ("LÉONE", "Une clé, non. Enfin, au début, si. Après on l'a rendue.", 2.1, 7.0),
            ("ENQUÊTRICE", "D'accord.", 7.2, 8.0),
        ],
        "recognized.srt": [("", "On prenait le café dans la cour, même l'hiver.", 0.0, 4.0), ("", "C'était à côté du canal.", 11.0, 12.9)],
    },
    "vtt": {
        "voices.vtt": [
            ("Animateur", "Qui se lance ?", 0.0, 1.5),
            ("Fatou", "Moi. L'autre fois & hier, j'ai eu peur. Très peur.", 1.5, 5.25),
            ("Animateur", "Merci.", 5.5, 6.0),
        ],
        "recognized.vtt": [("", "On s'est vus au parloir. Deux fois.", 0.0, 3.75), ("", "Pas plus.", 10.0, 11.0)],
    },
    "Whisper": {
        "whisper.json": [("", "Alors, vous venez souvent ici ? Oui, le jeudi.", 0.0, 4.1), ("", "Et le lundi aussi.", 7.5, 9.0)],
        "whisper_cpp.json": [("", "Le matin, je passe par le parc. C'est plus calme.", 0.0, 5.0)],
        "pipeline.json": [("", "On a repeint la salle.", 0.0, 1.8), ("", "En vert.", 5.2, None)],
        "fast.json": [("SPEAKER_01", "Vous aviez peur ?", 0.0, 1.5), ("SPEAKER_00", "Un peu, oui.", 1.5, 3.0)],
        "list.json": [("A", "Et après ?", 0.0, 2.0), ("B", "Après, plus rien.", 2.0, 5.0)],
        "words_only.json": [("S1", "Tout va bien.", 1.0, 2.0)],
        "loop.json": [
            ("", "On parlait du jardin. Je ne sais plus. Je ne sais plus Je ne sais plus...", 0.0, 8.0),
            ("", "Sous-titrage Société Radio-Canada", 60.0, 62.0),
        ],
    },
    "whisper-timestamped": {
        "timestamped_gap.json": [("", "On avait un local. Avec un poêle.", 0.24, 3.5), ("", "Voilà.", 12.0, 12.6)],
        "whisper_timestamped.json": [("", "Bon. [*] Je recommence.", 0.5, 3.06)],
    },
    "WhisperX": {
        "whisperx_gaps.json": [
            ("SPEAKER_01", "Vous y allez toujours ?", 1.0, 2.25),
            ("SPEAKER_00", "Le jeudi, oui. Et parfois le samedi.", 2.5, 6.0),
        ],
        "whisperx.json": [
            ("SPEAKER_00", "Qu'est-ce qui vous a amené au groupe ?", 0.031, 2.5),
            ("SPEAKER_01", "C'est ma sœur. Elle venait déjà le mardi.", 2.9, 6.75),
            ("SPEAKER_00", "D'accord.", 6.9, 7.4),
        ],
    },
    "noScribe": {
        "noscribe.vtt": NOSCRIBE,
        "noscribe.html": [  # with the names that were given in its editor
            ("Maud", "On commence par vous ?", 1.2, 3.4),
            ("S00", "Si vous voulez.", 3.4, 6.0),
            ("Maud", "Oui.", 6.6, 7.0),
            ("S00", "Je suis né ici, en fait.", 7.0, 9.1),
            ("Maud", "D'accord.", 9.2, 9.9),
        ],
    },
    "tsv": {
        "whisper.tsv": [("", "J'ai repris le travail en mars. \"Reprendre\", c'est vite dit.", 0.0, 3.2), ("", "Enfin bon.", 9.0, 9.9)],
        "speakers.tsv": [("E", "Vous dormiez ?", 0.0, 2.0), ("R", "Pas vraiment. Trois heures par nuit.", 2.0, 7.0)],
    },
    "Transcriber": {
        "latin.trs": [
            ("Enquêtrice", "et vous êtes arrivée en quelle année ?", 0.0, 2.5),
            ("Régine", "ma sœur venait déjà alors j'ai suivi Anna", 2.5, 8.25),
            ("Régine", "j'étais brodeuse", 8.25, 12.0),
        ],
        "overlap.trs": [
            ("Animatrice", "qui veut commencer", 0.0, 3.0),
            ("Joël", "moi je veux bien", 3.0, 6.5),
            ("Animatrice", "oui Joël on t'écoute", 3.0, 9.0),
            ("Joël", "alors voilà", 12.0, 20.0),
        ],
        "declared.trs": [("Zoé", "l'été dernier", 0.0, 2.0)],
    },
    "ELAN": {
        "tiers.eaf": [
            ("Enquêteur", "comment vous veniez ?", 0.0, 1.5),
            ("Odette", "ben on venait à pied & en bus", 1.2, 6.0),
            ("Enquêteur", "d'accord", 6.0, 7.25),
        ],
        "numbered.eaf": [("Yann", "la barque est rentrée avant la pluie", 0.5, 3.0)],
    },
    "CHAT": {
        "interview.cha": [
            ("INV", "vous venez depuis longtemps ?", 0.0, 1.85),
            ("PAR", "euh depuis l' depuis l'ouverture oui. un peu avant même…", 1.85, 7.0),
            ("INV", "ah !", 6.8, 7.1),
            ("ASS", "xxx .", None, None),
            ("INV", "merci.", 9.0, 9.4),
        ],
        "old.CHA": [
            ("OBS", "regarde, qu'est ce que c'est, à ton avis ?", None, None),
            ("CHI", "oui c'est un z ... un pré", None, None),
            ("OBS", "très bien", None, None),
        ],
    },
    "Praat": {
        "long.TextGrid": PRAAT,
        "short.TextGrid": PRAAT,
        "utf16.TextGrid": PRAAT,
        "easyalign.TextGrid": [("ortho", "bon", 0.5, 2.0)],
        "mfa.TextGrid": [("Anna", "on verra", 0.0, 0.9), ("Loïc", "peut-être", 1.0, 2.0)],
        "ascii.TextGrid": [("Zoë", "c'est lété ça va où la sœur noël", 0.0, 2.0)],
    },
    "TEI of teiCorpo": {
        "teicorpo.xml": [
            ("AB12", "vous prenez le car ?", 0.0, 1.5),
            ("Mme Kerjean", "le car de sept heures quand il passe", 1.5, 6.0),
            ("AB12", "d'accord", 6.0, 7.0),
        ],
        "teicorpo_clan.xml": [("INV", "et si je faisais un peu de lumière ?", 0.0, 2.35), ("PAR", "oui oui oui.", 2.35, 3.356)],
        "iso.tei": [("SPK0", "on y va. bientôt", 1.0, 2.5)],
    },
    "TEI of Orfeo": {
        "orfeo.xml": [("L2", "est-ce que vous l'aimiez", 0.5, 2.0), ("L1", "le mé- métier oui", 2.1, 4.75)],
        "words.orfeo": [("femme_1", "j'ai repris parce que", 1.25, 2.6), ("enq", "oui", 2.7, 2.95)],
    },
    "f4": {
        "f4_begin.txt": [
            ("I", "Vous étiez combien ?", 2.0, None),
            ("B", "Une dizaine. Pas plus.", 4.5, None),
            ("I", "Toujours les mêmes ?", 9.1, None),
            ("B", "À peu près, oui.", 11.8, None),
        ],
        "f4.txt": [
            ("I", "Comment ça a commencé ?", None, 4.1),
            ("B", "Par une annonce, en fait. Je l'ai lue deux fois.", 4.1, 12.8),
            ("I", "Deux fois ?", 12.8, 14.0),
            ("B", "Oui.", 14.0, 15.2),
        ],
    },
    "oTranscribe": {
        "stamps.otr": [
            ("Q", "Vous fumiez ?", 1.5, None),
            ("R", "Plus maintenant. Presque plus.", 3.25, None),
            ("Q", "Presque ?", 61.0, None),
            ("R", "Le soir.", None, None),
        ],
        "labels.otr": [
            ("Enquêteur", "Vous vous souvenez du premier jour ?", 0.0, None),
            ("Paule", "Très bien. Très bien, même. Il pleuvait !", 4.318, None),
            ("Enquêteur", "Ah.", None, None),
        ],
    },
    "Sonal": {
        "interview.sonal": [("Enquêteur", "Comment ça va ?", 0.7, 2.5), ("Gaëlle", "Mieux, depuis que Karima est là. Voilà.", 2.5, 5.25)],
        "interview.rtr": [
            ("Q", "Vous avez commencé quand ?", 0.5, None),
            ("Léa", "En avril. Enfin, à la fin d'avril.", None, 9.75),
            ("", "Après, j'ai arrêté.", 9.75, None),
            ("Q", "Ah.", None, 12.0),
        ],
    },
    "IRaMuTeQ": {
        "stars.txt": [
            ("ent_01", "Je suis arrivée en été. C'était ouvert.", None, None),
            ("ent_01", "Je suis devenue brodeuse.", None, None),
            ("ent_02", "Moi pas.", None, None),
        ],
        "alceste.txt": [("texte 1", "La première fois, rien.", None, None), ("texte 2", "La deuxième non plus.", None, None)],
    },
}
EXPECTED = {name: turns for files in TURNS.values() for name, turns in files.items()}
REFUSED = ("empty.json", "header_only.xml")  # they hold no words


@dataclass(frozen=True)
class Fixture:
    """A file and the turns expected of it; without a `folder` it is a Word document that is made when it is opened."""

    format: str
    name: str
    turns: tuple[Spoken, ...]
    folder: Path | None

    def path(self, folder: Path) -> Path:
        """Return where the file is, once it was made in `folder` if need be."""
        if self.folder is None:
            MASTERS[self.name.partition(".")[0]][0]().save(folder / self.name)
        return (self.folder or folder) / self.name


def spoken(transcript: Transcript) -> list[Spoken]:
    """Return who says what and when, turn by turn."""
    return [(turn.speaker, words(transcript, turn), turn.time_start, turn.time_end) for turn in transcript.turns]


def _office() -> list[Fixture]:
    found = []
    for name, (_, said, formats) in MASTERS.items():
        starts = SECONDS if name in ("table3", "own") else [None] * len(said)
        ends = [180.0 + n for n in range(len(said))] if name == "own" else [None] * len(said)
        turns = tuple((*turn, *times) for turn, *times in zip(said, starts, ends, strict=True))
        found += [Fixture(suffix, f"{name}.{suffix}", turns, FILES if suffix != "docx" else None) for suffix in formats.split()]
    return found


def _real() -> list[Fixture]:
    programs = {"noscribe": "noScribe", "whisperx": "WhisperX", "f4": "f4", "teicorpo": "TEI of teiCorpo"}
    suffixes = {"json": "recognition, other JSON", "ass": "ass, ssa, sbv", "ssa": "ass, ssa, sbv", "sbv": "ass, ssa, sbv", "txt": "txt of programs"}
    suffixes |= {"trs": "Transcriber", "eaf": "ELAN", "cha": "CHAT", "TextGrid": "Praat", "otr": "oTranscribe"}
    found = []
    for name, turns in REAL_TURNS.items():
        suffix = name.rpartition(".")[2]
        program = next((told for begin, told in programs.items() if name.startswith(begin)), suffixes.get(suffix, suffix))
        found.append(Fixture(program, name, tuple(turns), REAL))
    return found


def _tools() -> list[Fixture]:
    return [Fixture(format, name, tuple(turns), TOOLS) for format, files in TURNS.items() for name, turns in files.items()]


FIXTURES = [*_office(), *_tools(), *_real()]
