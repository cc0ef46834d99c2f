"""Speech without punctuation: where it is cut, where it is not, and that names move nothing."""

import itertools
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peerqual as pq
from peerqual.language import sentences
from peerqual.language.boundaries import LEAST, Frames, breaks, heaviest
from peerqual.language.word_kinds import read

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/language/data"
LINES = [line for line in (DATA / "boundaries_dev2.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
SPOKEN = [re.sub(r"\s*\|\s*", " ", line) for line in LINES]


def parts(text):
    return [text[a:b] for a, b in sentences.split(text)]


def test_the_lines_that_it_was_fitted_on_are_a_floor():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import boundaries
    finally:
        sys.path.pop(0)
    assert boundaries.score(LINES)[2] >= 0.85


NAMED = "bias bias< bias$ tS tD tN tC tM L4 L5 L6 m0 m1 m2 sSV sV sSVSV +0et +0je".split()
WEIGHED = st.dictionaries(st.sampled_from(NAMED), st.integers(-300, 300), min_size=4)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(SPOKEN), st.integers(0, 20), WEIGHED)
def test_no_other_segmentation_is_heavier(line, at, weights):
    frames = Frames(read(" ".join(line.split()[at : at + 12])))
    gaps = frames.gaps()

    def weight(cuts):
        ends = [0, *cuts, frames.size]
        features = [name for a, b in itertools.pairwise(ends) for name in frames.sentence(a, b)] + [name for i in cuts for name in frames.gap(i)]
        return sum(weights.get(name, 0) for name in features)

    every = (cuts for count in range(len(gaps) + 1) for cuts in itertools.combinations(gaps, count))
    assert weight(heaviest(frames, weights)) == max(map(weight, every))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("on m'a attaché pour ça et", "SOqEPMC"),
        ("ça fait quatre ans", "SVDT"),
        ("il en a quatre sur dix", "SOqQPQ"),
        ("avec elle on mange", "PMSV"),
        ("depuis elle descend", "PSV"),
        ("la place est à moi", "DNqPM"),
        ("je place un mot", "SVDN"),
        ("à la fenêtre", "PDN"),
        ("du premier du coup", "DNDT"),
    ],
)
def test_kinds_of_words_that_have_two(text, kinds):
    assert "".join(word.kind for word in read(text)) == kinds


@pytest.mark.parametrize("line", SPOKEN[::10])
def test_cuts_are_between_words_and_lose_none(line):
    found = parts(line)
    assert " ".join(found) == line
    assert all(a < b for a, b in itertools.pairwise(breaks(line)))


def test_a_short_answer_or_a_mark_leaves_it_to_the_marks():
    text = "je suis venu au groupe un mardi il pleuvait j'avais honte personne me connaissait on m'a donné une chaise et du café j'y suis resté"
    assert len(read(text)) >= LEAST and len(parts(text)) > 2
    assert len(parts(f"{text}.")) == 1
    assert len(parts(text.replace(" il pleuvait", ", il pleuvait"))) == 1
    assert len(parts(text[:70])) == 1


@pytest.mark.parametrize("text", ["", "   ", "a" * 5000, "la " * 60, "et " * 60, "1 " * 60, "[rires] " * 40, "c' " * 60])
def test_odd_text_is_no_trouble(text):
    assert "".join("".join(part.split()) for part in parts(text)) == "".join(text.split())


NAMES = st.sampled_from("Nadia|Jean-Pierre|Wojciech|Madeleine Courtin|[personne 1]|[lieu 12]|Rose|Sept-Îles|Ibrahim Sow|[date 3]".split("|"))
STORIES = [
    "alors au début je voulais pas en parler à {} il m'a dit que je devais prendre mon temps ma mère pleurait tous les soirs j'avais honte de moi",
    "moi je m'appelle {} et je suis suivie au centre depuis deux ans mon frère il habite à {} il vient me voir le dimanche on mange une tarte",
    "{} elle a pas choisi pour moi elle est venue tous les jeudis avec des mandarines et {} riait quand on épluchait je dormais mieux après ça",
    "quand je suis arrivé à {} j'avais plus rien la police m'a gardé une nuit et madame {} est venue me chercher on est rentrés en bus",
]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(STORIES), NAMES, NAMES)
def test_another_name_or_a_stand_in_moves_no_boundary(story, one, other):
    def shape(first, second):
        return [part.replace(first, "¤").replace(second, "¤") for part in parts(story.format(first, second))]

    assert shape(one, other) == shape("Camille", "Louise")


def test_punctuated_transcripts_of_the_sample_are_left_to_their_marks(monkeypatch):
    corpus = pq.read(str(ROOT / "corpus_sample/transcripts"))
    turns = [transcript.text[turn.start : turn.end] for transcript in corpus.transcripts if transcript.id != "E07" for turn in transcript.turns]
    with_segmenter = [sentences.split(text) for text in turns]
    monkeypatch.setattr(sentences, "breaks", lambda text: iter(()))
    assert len(turns) > 1000
    assert [sentences.split(text) for text in turns] == with_segmenter
