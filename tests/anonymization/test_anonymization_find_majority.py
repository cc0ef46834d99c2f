"""A person or a place: what most mentions of one name tell counts for those that tell nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerqual.anonymization.find import find
from peerqual.anonymization.finders.majority import Votes
from peerqual.model import Corpus, Transcript

TALKS = {
    "town beside kin": ("Elle est à Kerloz, au troisième. J'ai connu une fille de Kerloz. Ceux de Kerloz, non.", "Kerloz", "LOC LOC LOC"),
    "town by its members": ("Les anciens buveurs de Valdorge m'ont aidé. Il était à Valdorge. Je dis Valdorge.", "Valdorge", "LOC LOC LOC"),
    "person of whom kin speak": ("La mère de Zoubrik est venue. Avec Zoubrik, on riait. Les voisins de Zoubrik aussi.", "Zoubrik", "PER PER PER"),
    "person written to": ("Mon ami Zoubrik vient. J'ai téléphoné à Zoubrik. Avec Zoubrik, ça va.", "Zoubrik", "PER PER PER"),
    "town and a lady": ("Madame Brest est là. J'habite à Brest. Brest, c'est loin. On va vers Brest.", "Brest", "PER LOC LOC LOC"),
    "lady and a town": ("Madame Brest est là. Madame Brest dit oui. Avec Brest, ça va. Je suis né à Brest.", "Brest", "PER PER PER LOC"),
    "first name and town": ("Ma fille Florence est là. Je suis allée à Florence. Avec Florence on rit.", "Florence", "PER LOC PER"),
    "surname of a town's sound": ("Le docteur Kervadoz est là. Avec Kervadoz, ça va. Le docteur Kervadoz dit oui.", "Kervadoz", "PER PER PER"),
}


def labels(corpus, name):
    texts = {transcript.id: transcript.text for transcript in corpus}
    return " ".join(m.label for m in find(corpus) if texts[m.document][m.start : m.end] == name)


@pytest.mark.parametrize(("text", "name", "told"), TALKS.values(), ids=TALKS)
def test_most_mentions_tell(text, name, told):
    assert labels(Corpus((Transcript("A", text),)), name) == told


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_mentions_are_weighed_over_the_corpus_in_any_order(order):
    texts = ("Oui, une fille de Kerloz.", "Elle vit à Kerloz. Je dors à Kerloz.", "Lui disait Kerloz, je crois.")
    corpus = Corpus(tuple(Transcript(f"D{k}", texts[k]) for k in order))
    assert set(labels(corpus, "Kerloz").split()) == {"LOC"}


MENTIONS = st.lists(st.tuples(st.sampled_from(["PER", "LOC", "ORG"]), st.integers(0, 5)))


@given(MENTIONS)
def test_the_majority_is_what_weighs_most(mentions):
    votes, total = Votes(), {"PER": 0, "LOC": 0, "ORG": 0}
    for label, weight in mentions:
        votes.count("", 0, label, "name.surname", weight, ["kerloz"])
        total[label] += weight
    expected = "" if total["PER"] == total["LOC"] else max(("PER", "LOC"), key=total.get)
    assert votes.most("kerloz") == expected
