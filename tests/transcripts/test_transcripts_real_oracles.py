"""Files made at random in formats whose libraries are no dependency here are read as their plain definition says, and as their sister formats are."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcripts_reading import words, written

from peerqual.transcripts import read

NAMES = ("Enquêtrice", "Odile", "M. Ba")
WORDS = st.sampled_from(["oui", "non mais", "c'est ça", "à peu près", "« bien »", "x < y & z", "l'été, d'accord…", 'le "club"', "2024"])
VOICE = st.lists(st.tuples(WORDS, st.integers(0, 30), st.integers(1, 40)), max_size=6)
VOICES = st.lists(VOICE, min_size=1, max_size=3).filter(any)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Cue = tuple[float, float, str, str]  # start and end in seconds, who, what


def cues_of(voices) -> list[Cue]:
    """What all say, in order of time; a voice never overlaps itself."""
    made = []
    for n, (name, voice) in enumerate(zip(NAMES, voices, strict=False)):
        now = 0
        for said, before, during in voice:
            start = now + before
            now = start + during
            made.append((start / 10, n, now / 10, name, said))
    return [(start, end, name, said) for start, _, end, name, said in sorted(made)]


def runs(cues: list[Cue]):
    grouped = [list(run) for _, run in groupby(cues, key=lambda cue: cue[2])]
    return [(run[0][2], " ".join(cue[3] for cue in run), run[0][0], run[-1][1]) for run in grouped]


def found(path):
    transcript = read(path)[0]
    return [(turn.speaker, words(transcript, turn), turn.time_start, turn.time_end) for turn in transcript.turns]


def clock(seconds: float, digits: int) -> str:
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02}:{seconds % 60:0{3 + digits}.{digits}f}"


@FEW
@given(VOICES)
def test_aegisub(tmp_path, voices):
    cues = cues_of(voices)
    lines = [
        f"Dialogue: 0,{clock(start, 2)},{clock(end, 2)},Default,{name},0,0,0,,{{\\i1}}{said}"
        for start, end, name, said in sorted(cues, key=lambda cue: -cue[0])
    ]
    text = "\n".join(["[Events]", "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text", *lines])
    assert found(written(tmp_path, text, "a.ass")) == runs(cues)


@FEW
@given(VOICES)
def test_subviewer_reads_as_webvtt_does(tmp_path, voices):
    cues = cues_of(voices)
    sbv = "\n".join(f"{clock(start, 3)},{clock(end, 3)}\n>> {name}: {said}\n" for start, end, name, said in cues)
    vtt = "WEBVTT\n\n" + "\n".join(f"{clock(start, 3)} --> {clock(end, 3)}\n>> {name}: {said}\n" for start, end, name, said in cues)
    (tmp_path / "vtt").mkdir(exist_ok=True)
    assert found(written(tmp_path, sbv, "a.sbv")) == found(written(tmp_path / "vtt", vtt, "a.vtt"))


@FEW
@given(VOICES)
def test_praats_chronological_form(tmp_path, voices):
    cues = cues_of(voices)
    last = max(end for _, end, *_ in cues)
    names = NAMES[: len(voices)]
    tiers = [f'"IntervalTier" "{name}" 0 {last}' for name in names]
    marks = ['\n! {}:\n{} {} {}\n"{}"'.format(name, names.index(name) + 1, start, end, said.replace('"', '""')) for start, end, name, said in cues]
    text = "\n".join(['"Praat chronological TextGrid text file"', f"0 {last}   ! Time domain.", f"{len(names)}   ! Number of tiers.", *tiers, *marks])
    assert found(written(tmp_path, text, "a.TextGrid")) == runs(cues)


@FEW
@given(VOICES, st.booleans())
def test_transcriber(tmp_path, voices, nested):
    """A turn of the file is a turn; in one of two voices each has its own."""
    cues = cues_of(voices)
    speakers = "".join(f'<Speaker id="s{n}" name={quoteattr(name)}/>' for n, name in enumerate(NAMES))
    body, expected = [], []
    for at, (start, end, name, said) in enumerate(cues):
        who, other = NAMES.index(name), (NAMES.index(name) + 1) % len(NAMES)
        sync = f'<Sync time="{start}">{escape(said)}</Sync>' if nested else f'<Sync time="{start}"/>\n{escape(said)}\n'
        if at % 3 == 2:
            sync = f'<Sync time="{start}"/>\n<Who nb="1"/>\n{escape(said)}\n<Who nb="2"/>\nhum\n'
            body.append(f'<Turn speaker="s{who} s{other}" startTime="{start}" endTime="{end}">{sync}</Turn>')
            expected += [(name, said, start, end), (NAMES[other], "hum", start, end)]
        else:
            body.append(f'<Turn startTime="{start}" endTime="{end}" speaker="s{who}">{sync}</Turn><Turn startTime="{end}" endTime="{end}"></Turn>')
            expected.append((name, said, start, end))
    text = f'<Trans><Speakers>{speakers}</Speakers><Episode><Section type="report">{"".join(body)}</Section></Episode></Trans>'
    assert found(written(tmp_path, text, "a.trs")) == expected
