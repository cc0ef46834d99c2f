"""The learned coder: the fast sums against the named features, training, storing, and what becomes of its proposals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.codebook import Codebook
from peerqual.coding import code
from peerqual.coding.coder import Coder
from peerqual.coding.learned import Model, bank
from peerqual.coding.learned.coder import Learned, _speaks, meaning
from peerqual.coding.learned.examples import of_scenes
from peerqual.coding.learned.features import Unit, of_place
from peerqual.coding.learned.fields import fields
from peerqual.coding.learned.plain import NAME, NUMBER
from peerqual.coding.learned.training import Examples, best_thresholds, train
from peerqual.errors import PeerqualError
from peerqual.model import Transcript, Turn
from peerqual.resources import model_path

WORDS = st.lists(st.sampled_from("je j' ai n' plus pas peur espoir demain ‹nom› on avance ça va".split()), max_size=9).map(tuple)
UNITS = st.builds(Unit, WORDS, st.booleans(), st.dictionaries(st.sampled_from(["f:espoir", "f:rechute", "r:espoir"]), st.floats(0, 1), max_size=3))


@pytest.fixture(scope="module")
def book():
    return Codebook.from_text(
        """
peerqual: 1
codes:
  - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}, rules: [{lemmas: ["espoir"]}]}
  - {id: souffrance, label: {fr: Souffrance}, definition: {fr: "…"}}
  - {id: souffrance_soins, parent: souffrance, label: {fr: Soins}, definition: {fr: "…"}}
  - {id: rire, label: {fr: Rire}, definition: {fr: "…"}, rules: [{lemmas: ["rire"]}]}
"""
    )


@pytest.fixture(scope="module")
def model(book):
    happy, ill, bound, plain = "J'y crois, demain sera mieux", "J'avais peur, je pleurais", "On m'a attaché, j'avais peur", "Le bus passe à midi"
    lines = [
        bank.Line("V", frozenset(codes), f"{text} {word}.")
        for word in "hein quoi voilà donc alors enfin bon bref".split()
        for text, codes in ((happy, {"espoir"}), (ill, {"souffrance"}), (bound, {"souffrance_soins"}), (plain, set()))
    ]
    scenes = [bank.Scene(f"V{n}", "entretien", tuple(lines[n::5])) for n in range(5)]
    examples = of_scenes(scenes, book)
    meanings = {one.id: meaning(one) for one in book.codes if one.id != "rire"}
    return train(examples, list(meanings), parents={"souffrance_soins": "souffrance"}, facts={"meanings": meanings})


@settings(max_examples=60, deadline=None)
@given(turn=st.lists(UNITS, min_size=1, max_size=5), before=st.lists(UNITS, max_size=3))
def test_fast_sums_are_the_named_features(turn, before):
    draw = np.random.default_rng(0)
    names = sorted({name for i in range(len(turn)) for name in of_place(turn, i, before)})[::2]  # half of them are unknown to the model
    weights = draw.normal(size=(len(names), 2)).astype(np.float32)
    ones = np.ones(2, dtype=np.float32)
    nothing = ones * 0
    made = Model(("a", "b"), {name: n for n, name in enumerate(names)}, weights, ones / 2, ones, nothing, nothing, ones[:, None], nothing, ones / 2)
    for i, margins in enumerate(made.margins(turn, before)):
        row = of_place(turn, i, before)
        slow = made.bias + sum((value * made.row(name) for name, value in row.items()), np.zeros(2))
        assert np.allclose(margins, slow, atol=1e-5)


def test_it_learns_and_proposes_what_no_rule_says(book, model, tmp_path):
    path = tmp_path / "model.npz"
    model.save(path)
    text = "J'y crois, demain sera mieux. J'avais peur, je pleurais. On m'a attaché. Le bus passe. J'ai ri."
    transcript = Transcript("T", text, (Turn("P", None, "respondent", 0, len(text)),))
    found = code(transcript, book, model=str(path))
    told = [(text[one.start : one.end].split()[0], one.code, one.origin) for one in found]
    assert ("J'y", "espoir", "model") in told and ("J'avais", "souffrance", "model") in told and ("On", "souffrance_soins", "model") in told
    assert ("J'ai", "rire", "rule") in told
    for one in found:
        assert all(one.start <= start < end <= one.end for start, end in one.evidence) and 0 < one.score <= 1


def test_a_rule_that_is_sure_proposes_whatever_the_model_makes_of_it(book, model, tmp_path):
    """A researcher who writes a rule without a weight sees it at work; one that is given less is a sign among the model's."""
    path, text = tmp_path / "model.npz", "Le bus passe. Le tramway passe."
    model.save(path)
    silent = Model.load(path)
    silent.thresholds[:] = 2  # it proposes nothing
    silent.save(path)
    transcript = Transcript("T", text, (Turn("P", None, "respondent", 0, len(text)),))
    for weight, origins in (("", ["rule"]), (", weight: 0.59", []), (", weight: 0.6", ["rule"])):
        written = Codebook.from_text(
            f"""
peerqual: 1
codes:
  - {{id: espoir, label: {{fr: Espoir}}, definition: {{fr: "…"}}, rules: [{{phrase: "bus"{weight}}}]}}
"""
        )
        found = code(transcript, written, model=str(path))
        assert [one.origin for one in found] == origins and [one.end for one in found] == [13] * len(found)


def test_a_model_is_the_same_bytes_and_reads_the_same(model, tmp_path):
    for name in ("a", "b"):
        model.save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    again, turn = Model.load(tmp_path / "a"), [Unit(("j'", "ai", "peur")), Unit(("demain",), True)]
    assert np.array_equal(again.margins(turn), model.margins(turn)) and again.facts == model.facts


def test_codes_whose_meaning_changed_are_left_to_their_rules(book, model):
    changed = Codebook.from_text(
        'peerqual: 1\ncodes:\n  - {id: espoir, label: {fr: Espoir}, definition: {fr: "autre chose"}, rules: [{lemmas: ["espoir"]}]}\n'
    )
    assert Learned(model, book).codes == {"espoir", "souffrance", "souffrance_soins"} and Learned(model, changed).codes == set()


def test_a_code_that_was_renamed_keeps_what_was_learned_of_it(book, model):
    text = "J'y crois, demain sera mieux. L'espoir, j'y crois."
    written = """
peerqual: 1
codes:
  - {id: esperance, label: {fr: Espoir}, definition: {fr: "…"}, rules: [{lemmas: ["espoir"]}]}
history:
  - {action: rename, code: espoir, into: [confiance], at: "2026-01-05"}
  - {action: rename, code: confiance, into: [esperance], at: "2026-01-06"}
"""
    renamed = Codebook.from_text(written)
    assert Learned(model, Codebook.from_text(written.replace("…", "autre chose"))).codes == set()
    learned, before = Learned(model, renamed), Learned(model, book)
    assert learned.codes == {"esperance"} and learned.asked("esperance") == before.asked("espoir")
    now, then = (Coder(one, fields=True).units([("V", text.split(". "))]) for one in (renamed, book))
    assert "r:esperance" in now[0][1].held
    assert np.array_equal(learned.chances([(now[0], ())])[:, 0], before.chances([(then[0], ())])[:, 0])


def test_names_and_what_stands_for_them_are_read_alike(book):
    coder = Coder(book, fields=True)
    said, hidden = "Je l'ai dit à Kermadec, à Brest, en 2019.", "Je l'ai dit à Rosenthal, à [lieu 2], en 1987."
    one, other = (coder.units([("V", [text])])[0][0] for text in (said, hidden))
    assert one.words == other.words and NAME in one.words and NUMBER in one.words


def test_thresholds_come_from_no_single_lucky_sentence():
    chances = np.linspace(1, 0, 200)[:, None]
    labels = np.zeros((200, 1), dtype=bool)
    labels[:60:2] = True
    assert chances[61, 0] - 0.06 <= best_thresholds(chances, labels, [np.ones(200, dtype=bool)])[0] <= chances[50, 0]


def test_a_code_with_too_few_sentences_is_not_learned(book):
    places = [([Unit(("a", str(n)))], 0, ()) for n in range(20)]
    codes = [frozenset({"x"} if n < 3 else ()) for n in range(20)]
    examples = Examples(places, codes, [str(n % 4) for n in range(20)], [(0, n) for n in range(20)])
    assert train(examples, ["x"]).bias[0] == -20


def test_the_bank_is_large_and_its_lines_are_whole():
    scenes = bank.scenes()
    judged = [line for scene in scenes for line in scene.lines if line.codes is not None]
    assert len({scene.voice for scene in scenes}) >= 60 and sum(not line.codes for line in judged) >= 3000
    book = Codebook.load()
    known = {one.id for one in book.codes if one.assignable}
    assert all(line.codes <= known and line.text.strip() == line.text and line.text for line in judged)
    carried = [line.codes.union(*(book.ancestors(one) for one in line.codes)) for line in judged]
    parents = {one.id for one in book.codes if one.assignable and not any(a in known for a in book.ancestors(one.id))}
    assert all(sum(one in codes for codes in carried) >= 250 for one in parents)


def test_fields_are_a_lexicon_of_several_thousand_expressions():
    assert len(fields()) >= 75 and sum(len(one.split("|")) for many in fields().values() for one in many) >= 2500


def test_a_model_that_cannot_serve_is_named(book, model, tmp_path):
    other = Codebook.from_text('peerqual: 1\ncodes:\n  - {id: rire, label: {fr: Rire}, definition: {fr: "…"}, rules: [{lemmas: ["rire"]}]}\n')
    model.save(tmp_path / "mine.npz")
    (tmp_path / "text.npz").write_bytes(b"PK\x03\x04 no model")
    (tmp_path / "cut.npz").write_bytes((tmp_path / "mine.npz").read_bytes()[:-40])
    transcript = Transcript("T", "J'ai ri.")
    cases = {"none.npz": (book, "no_model"), "text.npz": (book, "not_a_model"), "cut.npz": (book, "not_a_model")}
    for name, (codebook, key) in {**cases, "mine.npz": (other, "model_of_another_codebook")}.items():
        with pytest.raises(PeerqualError) as caught:
            code(transcript, codebook, model=str(tmp_path / name))
        assert caught.value.key == f"coding.{key}" and name in caught.value.render("fr")
    assert [one.code for one in code(transcript, other, model=model_path("default"))] == ["rire"]


@pytest.mark.parametrize("form", ["j'", "m'", "-ce", "-là", "il", "des", NAME])
def test_what_a_reader_sees_nothing_in_supports_nothing(form):
    assert not _speaks(form) and _speaks("attaché") and _speaks("peur")
