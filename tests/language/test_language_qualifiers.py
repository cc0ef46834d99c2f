"""Qualifiers: gold marked in the sentence, hits beside near misses."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.language.pipeline import french
from peerqual.language.qualifiers import qualify
from peerqual.model import QUALIFIERS

NEGATION = """
J'ai plus d'<h negated>espoir</h>.
J'ai plus d'<h>espoir</h> qu'avant.
J'ai beaucoup plus d'<h>espoir</h>.
J'ai de plus en plus d'<h>espoir</h>.
J'avais plus aucun <h negated>espoir</h>.
Y a pas d'<h negated>espoir</h> là-dedans.
J'ai de l'<h>espoir</h>.
De l'<h negated>espoir</h>, j'en ai plus.
De l'<h negated>espoir</h> y en avait pas.
Je n'ai que l'<h>espoir</h> pour tenir.
Il me reste plus que l'<h>espoir</h>.
Y a pas que la <h>souffrance</h> dans la vie.
C'est pas qu'une <h>souffrance</h>, cette maladie.
C'est pas que je <h negated>souffre</h>, c'est que je m'ennuie.
Pas seulement la <h>peur</h>, la honte aussi.
On n'est pas sans <h>espoir</h>.
Jamais sans mes <h>médicaments</h>.
Sans <h negated>espoir</h>, on tient pas.
Sans mes médicaments je <h>souffre</h>.
Je suis resté sans <h negated>travail</h> pendant dix ans.
Ni <h negated>travail</h> ni amis, voilà ma vie.
Ni travail ni <h negated>amis</h>, voilà ma vie.
Aucun <h negated>soignant</h> m'a prévenu.
Zéro <h negated>confiance</h> en l'avenir.
Le manque d'<h negated>espoir</h>, ça tue.
Je <h negated>souffre</h> pas.
Je <h negated>souffre</h> plus du tout.
Je <h negated>rechute</h> jamais l'été.
J'ai jamais <h negated>rechuté</h>.
J'ai pas encore <h negated>rechuté</h>.
J'ai <h>rechuté</h>, je savais pas pourquoi.
Je savais pas ce que j'avais, j'ai <h>souffert</h> longtemps.
Je sais pas pourquoi j'<h>angoisse</h>.
Je sais pas, j'ai <h>peur</h>.
T'inquiète pas, la <h>peur</h> ça passe.
J'ai pas arrêté de <h>souffrir</h>.
J'arrêtais pas de <h>pleurer</h>.
C'est pas mal d'<h>espoir</h> tout ça.
Pas toujours, mais j'ai <h>peur</h>.
J'ai pas tout le temps <h>peur</h>.
Pourquoi pas un <h>travail</h> à mi-temps.
J'ai pas <h negated>peur</h> et j'avance.
J'avance pas et j'ai <h>peur</h>.
J'ai pas peur mais je <h>souffre</h>.
J'ai plus <h negated>peur</h>.
J'ai plus jamais <h negated>peur</h>.
Plus de <h negated>voix</h> depuis deux ans.
Depuis deux ans, plus une seule <h negated>crise</h>.
Je suis plus <h>fort</h> qu'avant.
Y a plus de vingt ans de <h>souffrance</h> là-dedans.
Je me sens plus <h>seul</h> que les autres.
Je me sens plus <h negated>seul</h>.
Je veux pas qu'il <h negated>souffre</h>.
Je pense pas que je vais <h negated>rechuter</h>.
Personne m'a parlé de <h negated>rétablissement</h>.
Une personne m'a parlé de <h>rétablissement</h>.
Rien ne m'a donné d'<h negated>espoir</h>.
Rien que l'<h>espoir</h>, ça aide.
Mes amis viennent plus, la <h>solitude</h> c'est dur.
Ma <h>souffrance</h> n'est pas reconnue.
Le matin j'arrivais pas à me lever j'avais <h>peur</h>.
Je dormais pas parce que j'avais <h>peur</h>.
Je ne crois guère au <h negated>rétablissement</h>.
C'est la <h>souffrance</h> qui me lâche pas.
Je me suis plus du tout <h negated>isolé</h>.
""".strip().splitlines()

OTHERS = """
Si je <h hypothetical>rechutais</h>, j'appellerais ma sœur.
Si jamais je <h hypothetical>rechute</h>, elle est là.
S'il <h hypothetical,other_person>rechute</h>, qui va m'appeler.
J'ai peut-être un peu d'<h hypothetical>espoir</h>.
J'ai une valise prête au cas où je <h hypothetical>replonge</h>.
Je <h hypothetical>travaillerais</h> bien à mi-temps.
Je <h past>travaillais</h> bien à mi-temps.
J'<h past>espérais</h> encore.
J'aurais pu <h hypothetical>mourir</h>.
Je me sentais si <h past>seul</h>.
C'est si bien, cette <h>confiance</h>.
J'étais comme si j'étais <h hypothetical>mort</h>.
Si je suis là c'est grâce à l'<h>espoir</h>.
Mon fils <h other_person>souffre</h> beaucoup.
Elle avait <h other_person,past>peur</h> de tout.
Ils <h other_person>souffrent</h> autant que nous.
Mon mari lui il <h other_person>rechute</h> chaque hiver.
Ma mère, elle <h other_person,past>pleurait</h> tout le temps.
On <h>souffre</h> tous pareil.
Nous on <h>rechute</h>, c'est comme ça.
Je <h>souffre</h> avec elle.
Avec ma mère je <h>pleure</h> moins.
Il y a de la <h>souffrance</h>.
Il faut du <h>courage</h>.
C'est la <h>peur</h> qui me tient.
Sa <h other_person>souffrance</h> me touche.
J'ai vu ma mère <h other_person>souffrir</h>.
Moi je <h>souffre</h> et elle le voit.
Les gens <h other_person>guérissent</h> pas tous pareil.
Mon frère qui <h other_person>souffre</h> habite loin.
Tu <h question>souffres</h> encore ?
Est-ce que vous avez de l'<h question>espoir</h>
Comment tu fais avec la <h question>peur</h> ?
Je me demande ce que tu fais de ta <h>peur</h>.
""".strip().splitlines()

MARK = re.compile(r"<h ?([a-z_,]*)>(.*?)</h>")


def check(line):
    match = MARK.search(line)
    text = line[: match.start()] + match[2] + line[match.end() :]
    doc = french()(text)
    hit = doc.char_span(match.start(), match.start() + len(match[2]), alignment_mode="expand")
    return {part for part in match[1].split(",") if part}, set(qualify(doc, hit.start, hit.end))


@pytest.mark.parametrize("line", NEGATION)
def test_negation_in_speech(line):
    gold, found = check(line)
    assert ("negated" in found) == ("negated" in gold)


@pytest.mark.parametrize("line", OTHERS)
def test_supposition_persons_and_questions(line):
    gold, found = check(line)
    assert found - {"negated", "litotes"} == gold


def test_a_negative_word_in_the_hit_is_the_rule_s_own_unless_it_stands_in_a_gap():
    doc = french()("J'ai plus d'espoir.")
    assert qualify(doc, 1, 5) == frozenset()
    assert qualify(doc, 1, 5, own={1, 4}) == {"negated"}


def test_works_in_a_span_of_a_longer_doc():
    doc = french()("Elle est partie. Je souffre pas.")
    span = doc[4:]
    assert qualify(span, 1, 2) == {"negated"} <= set(QUALIFIERS)


def test_any_place_of_any_sentence_can_be_asked():
    doc = french()("Ah non, « si » je rechutais… y a pas, plus que ça ? [trouble]")
    assert all(qualify(doc, i, j) <= set(QUALIFIERS) for i in range(len(doc)) for j in range(i + 1, len(doc) + 1))


# --- marked sentences: another hand's, with a floor; our own, hits beside near misses ------------------------------------------

DATA = Path(__file__).parent / "data"
SPACED = re.compile(r"<h ?([a-z_ ]*)>(.*?)</h>")


def marked(name):
    for line in (DATA / f"qualifiers_{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        doc = french()(SPACED.sub(r"\2", line))
        at = 0
        for match in SPACED.finditer(line):
            start = match.start() - at
            at += len(match[0]) - len(match[2])
            hit = doc.char_span(start, start + len(match[2]), alignment_mode="expand")
            yield line, set(match[1].split()), set(qualify(doc, hit.start, hit.end))


@pytest.mark.parametrize(("name", "accuracy"), [("dev", 0.97), ("dev2", 0.97), ("dev3", 0.95), ("opened", 0.95), ("opened2", 0.94), ("own", 0.97)])
def test_marked_sentences(name, accuracy):
    found = list(marked(name))
    assert sum(gold == got for _, gold, got in found) / len(found) >= accuracy
    denied = sum("negated" in gold and "negated" in got for _, gold, got in found)
    assert 2 * denied / sum(("negated" in gold) + ("negated" in got) for _, gold, got in found) >= 0.96


WORDS = (
    "je j' tu il elle on c' est ai a suis était avait pas plus jamais sans ni rien personne que qu' qui de d' l' la mon sa peur espoir rechute "
    "malade souffre , . ? ! : « » si peut-être dit m' me mal manque en et mais quand parce pour selon où à y -ce -tu « Karim"
).split()


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16), st.data())
def test_qualifiers_of_any_words_are_known_and_never_contradict(tokens, data):
    from spacy.tokens import Doc

    doc = Doc(french().vocab, words=tokens)
    start = data.draw(st.integers(0, len(tokens) - 1))
    end = data.draw(st.integers(start + 1, len(tokens)))
    found = qualify(doc, start, end)
    assert found <= set(QUALIFIERS)
    assert not {"negated", "litotes"} <= found and not {"hypothetical", "past"} <= found
    assert found == qualify(doc, start, end)
