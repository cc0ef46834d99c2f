"""The user's own sentence encoder: read from its folder, faults named, and what vectors can carry that words cannot. Encoders are made here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import numpy as np
import onnx
import pytest
import tokenizers

import peerqual as pq
from peerqual import decisions, study_learn, study_learn_encoder
from peerqual.cli import run_command_line
from peerqual.codebook import Codebook
from peerqual.coding.explaining import explain
from peerqual.coding.learned import Model, bank, encoder
from peerqual.coding.learned.coder import meaning
from peerqual.coding.learned.examples import of_scenes
from peerqual.coding.learned.training import train
from peerqual.coding.review.blind import sentences
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Decision
from peerqual.study_folder import StudyFolder, init

# Each word is said once by one person: no word of the second list helps to know another.
FLAT = "banc caillou drap évier fenêtre gobelet halle jonc képi lampe moule nappe osier poêle quai rideau sable tuile urne vase"
HIGH = (
    "aigrette balançoire cerf-volant dirigeable étincelle fusée girouette hirondelle isard jonquille kiosque luciole montgolfière nuage ombelle plume"
)
HIGH += " quetsche ramure sirocco trapèze"
TABLE = {word: (1, 0, 0, 0) for word in HIGH.split()} | {word: (0, 1, 0, 0) for word in FLAT.split()}


def made(folder, table=TABLE, *, output="last_hidden_state", width=4, types=False, inputs=None, length=None):
    """Write an encoder whose words have the vectors of `table`, others the last axis; `output` « sentence_embedding » is the sum of a text's."""
    from onnx import TensorProto, helper, numpy_helper

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = {"[UNK]": 0, "[PAD]": 1, **{word: n for n, word in enumerate(sorted(table), start=2)}}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Split(tokenizers.Regex(r"[^\w-]+"), "removed")
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    if length:
        tokenizer.enable_truncation(length)
    tokenizer.save(str(folder / "tokenizer.json"))
    rows = np.zeros((len(vocabulary), width), dtype=np.float32)
    rows[0, -1] = 1
    rows[1] = 100  # what is padding would be seen at once
    for word, vector in table.items():
        rows[vocabulary[word], : len(vector)] = vector
    names = inputs or ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "length"]) for name in names]
    nodes = [helper.make_node("Gather", ["table", names[0]], ["last_hidden_state"])]
    if output != "last_hidden_state":
        nodes.append(helper.make_node("ReduceMax", ["last_hidden_state"], [output], axes=[1], keepdims=0))
    told = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["n", "length", width])]
    if output != "last_hidden_state":
        told.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", width]))
    graph = helper.make_graph(nodes, "tiny", given, told, [numpy_helper.from_array(rows, "table")])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), str(folder / "model.onnx"))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made(tmp_path_factory.mktemp("encoders") / "tout-petit")


# --- reading -------------------------------------------------------------------------------------------------------------


def test_a_vector_is_the_mean_of_its_words_of_length_one_whatever_stands_in_the_batch(folder):
    one = encoder.load(folder)
    alone = one.vectors(["Nuage."])
    assert one.width == 4 and alone.dtype == np.float32 and np.allclose(alone, [[1, 0, 0, 0]])
    assert np.allclose(one.vectors(["Le nuage, la lampe"]), [[1, 1, 0, 2]] / np.sqrt(6))
    texts = ["Plume", "un deux trois quatre cinq six", "", *(f"{word} {word}" for word in TABLE)]
    together = one.vectors(texts)
    assert np.allclose(together[0], alone) and not together[2].any()  # padding is masked; no word, no direction
    assert np.allclose(np.linalg.norm(np.delete(together, 2, axis=0), axis=1), 1)
    assert np.array_equal(together, one.vectors(texts)) and one.vectors([]).shape == (0, 4)


def test_a_vector_of_the_sentence_is_taken_where_there_is_one_but_not_the_pooler(tmp_path):
    text = ["nuage nuage nuage lampe"]
    assert np.allclose(encoder.load(made(tmp_path / "a", output="sentence_embedding")).vectors(text), [[1, 1, 0, 0]] / np.sqrt(2))
    assert np.allclose(encoder.load(made(tmp_path / "b", output="pooler_output")).vectors(text), [[3, 1, 0, 0]] / np.sqrt(10))


def test_the_folder_onnx_token_types_and_the_length_of_the_tokenizer(tmp_path):
    place = made(tmp_path / "a", types=True, length=2)
    (place / "onnx").mkdir()
    (place / "model.onnx").rename(place / "onnx" / "model.onnx")
    assert np.allclose(encoder.load(place).vectors(["nuage nuage lampe lampe"]), [[1, 0, 0, 0]])
    long = encoder.load(made(tmp_path / "b")).vectors(["nuage " * encoder.LONGEST + "lampe " * 300])
    assert np.allclose(long, [[1, 0, 0, 0]])


@pytest.mark.parametrize(
    "spoil, key",
    [
        (lambda place: shutil.rmtree(place), "no_folder"),
        (lambda place: (place / "model.onnx").unlink(), "no_model"),
        (lambda place: (place / "tokenizer.json").unlink(), "no_tokenizer"),
        (lambda place: (place / "model.onnx").write_bytes(b"no model"), "bad_model"),
        (lambda place: (place / "tokenizer.json").write_text("{}"), "bad_tokenizer"),
        (lambda place: made(place, inputs=["pixel_values"]), "inputs"),
        (lambda place: made(place, {}) and shutil.copy(made(place.with_name("b")) / "tokenizer.json", place), "cannot_run"),
    ],
)
def test_each_fault_says_what_to_do(spoil, key, tmp_path, folder):
    place = shutil.copytree(folder, tmp_path / "a")
    spoil(place)
    with pytest.raises(PeerqualError) as caught:
        encoder.load(place).vectors(["nuage vase"])
    assert caught.value.key == f"encoder.{key}" and str(place) in caught.value.where
    for lang in ("fr", "en"):
        assert "\n" not in caught.value.render(lang) and "nuage" not in caught.value.render(lang)


def test_without_the_extra_its_name_is_told(folder, monkeypatch):
    monkeypatch.setattr(encoder, "find_spec", lambda name: None if name == "onnxruntime" else object())
    with pytest.raises(PeerqualError, match=r'pip install "peerqual\[encoder\]"'):
        encoder.load(folder)


# --- over the bank ---------------------------------------------------------------------------------------------------------


def voices(n):
    """A bank of `n` voices: « espoir » is said by words that no other voice says."""
    for i in range(n):
        said = [f"P\tespoir\tIl y a {word} là.\n" for word in HIGH.split()[2 * i : 2 * i + 2]]
        said += [f"P\t-\tIl y a {word} là.\n" for word in FLAT.split()[2 * i : 2 * i + 2] * 3]
        Random(i).shuffle(said)
        yield from bank.read(f"# V{i:02} | x\n## entretien\nQ\t?\tEt là ?\n{''.join(said)}")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Stands for the bank: its scenes, and the model that is made of them."""
    book, scenes, path = Codebook.load(), list(voices(10)), tmp_path_factory.mktemp("models") / "base.npz"
    codes = [code.id for code in book.codes if code.assignable]
    train(of_scenes(scenes, book), codes, facts={"meanings": {code: meaning(book.get(code)) for code in codes}}).save(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bank, "scenes", lambda: scenes)
        patch.setattr(study_learn_encoder, "model_path", lambda _: str(path))
        yield


@pytest.fixture(scope="module")
def over(folder, small):
    return study_learn_encoder.over_bank(encoder.load(folder), None, 0, lambda *_: None)


def test_vectors_are_kept_for_the_code_that_they_help_and_for_no_other(over, folder):
    weights = over.model.of_vectors(np.eye(4, dtype=np.float32))
    assert over.helped == ["espoir"] and {over.model.codes[k] for k in np.flatnonzero(weights.any(axis=0))} == {"espoir"}
    column = over.model.codes.index("espoir")
    assert weights[0, column] > 0 > weights[1, column]
    assert over.model.facts["encoder"] == {"name": folder.name, "mark": encoder.load(folder).mark, "width": 4}
    assert over.model.facts["participants"] == []  # nobody's words: a withdrawal leaves it


def test_a_model_and_its_encoder_belong_together(over, folder, tmp_path):
    path = tmp_path / "m.npz"
    over.model.save(path)
    text = pq.Transcript("E1", "Il y a montgolfière là. Il y a vase là.")
    with pytest.raises(PeerqualError, match="tout-petit") as caught:
        pq.code(text, model=path)
    assert caught.value.key == "encoder.needed"
    for place, key in ((made(tmp_path / "other", dict(list(TABLE.items())[:-1])), "another"), (made(tmp_path / "wide", width=5), "another_width")):
        with pytest.raises(PeerqualError) as caught:
            pq.code(text, model=path, encoder=place)
        assert caught.value.key == f"encoder.{key}"
    with pytest.raises(PeerqualError) as caught:
        pq.code(text, encoder=folder)
    assert caught.value.key == "encoder.not_made_with_one"
    with pytest.raises(UsageError):
        pq.code(text, model=None, encoder=folder)


def test_explaining_names_the_vector(over, folder, tmp_path):
    over.model.save(tmp_path / "m.npz")
    (told,) = explain(Codebook.load(), "espoir", "Il y a montgolfière là.", model=str(tmp_path / "m.npz"), encoder=str(folder))
    parts = told.weighed.parts
    (mine,) = [part for part in parts if part.kind == "vector"]
    assert mine.name == "tout-petit" and mine.value > 0
    margin = told.weighed.bias + sum(part.value for part in parts)
    column = over.model.codes.index("espoir")
    by_itself = 1 / (1 + np.exp(-(over.model.slope[column] * margin + over.model.shift[column])))
    assert told.weighed.probability == pytest.approx(by_itself, abs=1e-5)


# --- in a study --------------------------------------------------------------------------------------------------------------

BOOK = """
peerqual: 1
version: "1"
language: fr
codes:
  - {id: hauteur, label: {fr: Hauteur}, definition: {fr: "Ce qui monte."}}
"""
WORDS = "des mots à moi"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of five people whose every sentence was judged: what carries the code are words that each says alone."""
    one = init(tmp_path_factory.mktemp("studies") / "study", lang="fr")
    (one.root / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    texts = one.reports / "pseudonymized"
    texts.mkdir(parents=True)
    for n in range(5):
        words = [*HIGH.split()[4 * n :][:4], *FLAT.split()[4 * n :][:4]]
        Random(n).shuffle(words)
        said = " ".join(f"Il y a {word} là." for word in words)
        (texts / f"E{n}.txt").write_text(f"Enquêtrice : Et là ?\nVoix {n} : {said}\n", encoding="utf-8")
    for text in pq.read(texts):
        for start, end in sentences(text):
            place = {"document": text.id, "text_hash": text.text_hash, "start": start, "end": end, "coder": "AM", "at": "2026-01-01T00:00:00+00:00"}
            decisions.record(one.decisions, Decision(code="", verdict="judged", blind=True, **place))
            if any(word in text.text[start:end] for word in HIGH.split()):
                decisions.record(one.decisions, Decision(code="hauteur", verdict="add", blind=True, **place))
    return one


def test_vectors_carry_a_code_that_words_cannot(study, folder):
    words = study_learn.learn(study.root, out=study.root / "models" / "words.npz", model=None).table.set_index("code").loc["hauteur"]
    assert words["f1_after"] < 0.8  # who proposes it everywhere has 0.67
    found = study_learn.learn(study.root, model=None, encoder=folder, use=True)
    row = found.table.set_index("code").loc["hauteur"]
    assert row["outcome"] == "learned" and row["f1_before"] == 0 and row["f1_after"] > 0.95
    assert ("encoder.helps_decisions", {"codes": "hauteur"}) in found.said
    assert Model.load(found.path).facts["encoder"]["mark"] == encoder.load(folder).mark
    again = StudyFolder.open(study.root)
    assert again.model == found.path and again.encoder == folder.resolve()
    unheard = pq.Transcript("E9", "Il y a nuage là. Il y a vase là.")
    table = pq.code(unheard, Codebook.load(study.root / "codebook.yaml"), model=again.model, encoder=again.encoder)
    assert table["text"].tolist() == ["Il y a nuage là."] and table["code"].tolist() == ["hauteur"]
    plain = study_learn.learn(study.root, model=None, use=True)  # what words make is proposed everywhere, and asks for no encoder
    assert plain.path is not None and StudyFolder.open(study.root).encoder is None
    assert study_learn.learn(study.root, encoder=folder).table.set_index("code").loc["hauteur", "f1_after"] > 0.95  # the bank knows no such code
    card = json.loads(found.path.with_suffix(".json").read_text(encoding="utf-8"))
    assert card["encoder"]["name"] == folder.name


def test_the_command_without_decisions_keeps_what_the_bank_says(over, folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run_command_line(["learn", "--encoder", str(folder), "--out", "m.npz"], "fr") == 0
    shown = capsys.readouterr().out
    assert "espoir" in shown and Model.load(Path("m.npz")).facts == over.model.facts
    Path("E1.txt").write_text("Voix : Il y a montgolfière là. Il y a vase là.\n", encoding="utf-8")
    asked = ["code", "E1.txt", "--out", "codings.csv", "--model", "m.npz", "--overwrite"]
    assert run_command_line([*asked, "--encoder", str(folder)], "fr") == 0 and "montgolfière" in Path("codings.csv").read_text(encoding="utf-8")
    assert run_command_line(asked, "fr") == 1 and "--encoder" in capsys.readouterr().err


def test_in_a_study_without_decisions_the_bank_is_asked_once(over, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(study_learn_encoder, "_made", lambda *_: (over.model, over.table))
    root = init(tmp_path / "study", lang="fr").root
    found = study_learn.learn(root, encoder=folder)
    assert found.path.parent == root / "models" and found.path.name.startswith("encoder-")
    assert [key for key, _ in found.said] == ["encoder.helps_bank", "encoder.bank_alone", "encoder.to_use"]
    monkeypatch.setattr(study_learn_encoder, "_made", None)
    assert study_learn.learn(root, encoder=folder, use=True).path == found.path
    assert StudyFolder.open(root).encoder == folder.resolve()
