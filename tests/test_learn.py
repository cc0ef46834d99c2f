"""`peerqual learn`: decisions of people make a model of the study, checked on participants it had not seen, and personal data to the end."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

import peerqual as pq
from peerqual import decisions, study_learn
from peerqual.cli import run_command_line
from peerqual.coding import CODING_COLUMNS
from peerqual.coding.learned import Model
from peerqual.coding.learned.adapting import is_lexical
from peerqual.coding.review.blind import sentences
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Decision
from peerqual.reporting.outputs import read_csv
from peerqual.resources import model_path
from peerqual.study_folder import StudyFolder, init

WORDS = "des mots à moi"
BOOK = """
peerqual: 1
version: "1"
language: fr
codes:
  - {id: elan, label: {fr: Élan}, definition: {fr: "On y croit."}, rules: [{lemmas: ["avenir"]}]}
  - {id: usure, label: {fr: Usure}, definition: {fr: "On n’en peut plus."}}
  - {id: jeu, label: {fr: Jeu}, definition: {fr: "On joue."}, rules: [{lemmas: ["carte"]}]}
"""
ELAN = "Je repars du bon pied", "Là je repars pour de bon", "Du bon pied, oui"
USURE = "J'en ai ma claque", "Ma claque de tout ça", "J'en ai ma claque du lundi"
PLAIN = "Le bus passe à midi", "On mange la soupe", "Il pleut sur la cour", "La chaise est bleue", "Mon avenir est fermé"
NAMES = "Maëlle Kervandec", "Yvon Tréguier", "Odile Marzin", "Fañch Le Dantec"
ONLY_HERS = "zinzolin"


def talk(name, n):
    own = f"Le mur est {ONLY_HERS}, mon {ONLY_HERS}. " * 3 if n == 0 else ""
    said = " ".join(f"{ELAN[(n + i) % 3]}. {USURE[(n + i) % 3]}. {PLAIN[i % 5]}. {PLAIN[(i + n) % 5]}." for i in range(6))
    return f"Enquêtrice : Et alors ?\n{name} : {own}{said}\n" + f"Enquêtrice : Ah ?\n{name} : Oui.\n" * 4


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    study = init(tmp_path_factory.mktemp("studies") / "study", lang="fr")
    (study.root / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    settings = study.root / "peerqual.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('model = "default"', 'model = "none"'), encoding="utf-8")
    for n, name in enumerate(NAMES):
        (study.transcripts / f"E0{n + 1}.txt").write_text(talk(name, n), encoding="utf-8")
    study = StudyFolder.open(study.root)
    study.run(key=pq.Key.create(study.key, passphrase=WORDS), lang="fr")
    return study.root


@pytest.fixture(scope="module")
def taught(ready, tmp_path_factory):
    """The study with everything judged and a model learned from it."""
    root = tmp_path_factory.mktemp("studies") / "taught"
    shutil.copytree(ready, root)
    judge(StudyFolder.open(root))
    study_learn.learn(root, model=None, use=True)
    return root


@pytest.fixture
def study(ready, tmp_path, monkeypatch):
    return opened(ready, tmp_path, monkeypatch)


@pytest.fixture
def study_taught(taught, tmp_path, monkeypatch):
    return opened(taught, tmp_path, monkeypatch)


def opened(root, tmp_path, monkeypatch):
    monkeypatch.setenv("PEERQUAL_PASSPHRASE", WORDS)
    monkeypatch.setenv("PEERQUAL_LANG", "fr")
    shutil.copytree(root, tmp_path / "study")
    return StudyFolder.open(tmp_path / "study")


def judge(study, documents=4):
    """One person judges every sentence for all codes."""
    for text in pq.read(study.reports / "pseudonymized")[:documents]:
        for start, end in sentences(text):
            words = text.text[start:end]
            place = {"document": text.id, "text_hash": text.text_hash, "start": start, "end": end, "coder": "AM", "at": "2026-01-01T00:00:00+00:00"}
            decisions.record(study.decisions, Decision(code="", verdict="judged", blind=True, **place))
            for code, mark in (("elan", "pied"), ("elan", "repars"), ("usure", "claque")):
                if mark in words:
                    decisions.record(study.decisions, Decision(code=code, verdict="add", blind=True, **place))


def learn(*words):
    return run_command_line(["learn", *map(str, words)], "fr")


def test_it_learns_what_no_rule_says_and_run_codes_with_it(study_taught):
    study = study_taught
    model = Model.load(study.root / "models" / "model-1.npz")
    card = json.loads((study.root / "models" / "model-1.json").read_text(encoding="utf-8"))
    assert card == model.facts and "personal data: not to be shared" in card["sharing"]
    assert set(card["meanings"]) == {"elan", "usure"}  # « jeu » is left to its rules
    assert 'model = "models/model-1.npz"' in (study.root / "peerqual.toml").read_text(encoding="utf-8")
    table = pq.code(pq.read(study.reports / "pseudonymized"), pq.Codebook.load(study.root / "codebook.yaml"), model=study.model)
    found = table[table["origin"] == "model"]
    assert {"elan", "usure"} <= set(found["code"]) and found[found["code"] == "usure"]["text"].str.contains("claque").all()


def test_earlier_models_are_kept_and_the_same_decisions_make_the_same_bytes(study_taught, capsys):
    assert learn(study_taught.root, "--model", "none") == 0
    shown = capsys.readouterr().out
    assert "elan" in shown and "non partageable" in shown and "Aucune phrase jugée ne porte ces codes" in shown and "jeu" in shown
    folder = study_taught.root / "models"
    assert sorted(path.name for path in folder.iterdir()) == ["model-1.json", "model-1.npz", "model-2.json", "model-2.npz"]
    assert (folder / "model-1.npz").read_bytes() == (folder / "model-2.npz").read_bytes()


def test_no_word_of_fewer_than_three_participants_stands_in_it(study_taught):
    made = Model.load(study_taught.root / "models" / "model-1.npz")
    assert "b:mon_claque" in made.index and not [name for name in made.index if ONLY_HERS[:5] in name]
    names = [word.casefold() for name in NAMES for word in name.split() if len(word) > 2]
    assert not [name for name in made.index if any(word in name for word in names)]
    few = study_learn.learn(study_taught.root, model=None, least=5).path
    assert few is None or not [name for name in Model.load(few).index if is_lexical(name)]


def test_a_withdrawal_takes_the_models_away(study_taught):
    folder = study_taught.root / "models"
    assert pq.withdraw(f"E02:{NAMES[1]}", study_taught, ask=lambda: WORDS).plain()["counts"]["models"] == 2
    assert not list(folder.iterdir())


def test_nothing_better_nothing_written(study):
    for n, row in enumerate(read_csv(study.reports / "codings.csv", CODING_COLUMNS).to_dict("records")):
        place = {name: row[name] for name in ("document", "text_hash", "start", "end", "code")}
        decisions.record(study.decisions, Decision(verdict="accept", coder="AM", at=f"2026-01-01T00:00:{n:02}+00:00", **place))
    result = study_learn.learn(study.root, model=None)
    assert result.path is None and not list((study.root / "models").iterdir())
    assert result.table.set_index("code").loc["elan", "outcome"] == "few"  # all were accepted: nobody said where it is not
    assert result.said[-1][0] == "learn.nothing_better"


def test_too_few_decisions_say_what_to_do(study):
    with pytest.raises(PeerqualError, match="il n’y a pas de quoi apprendre"):
        study_learn.learn(study.root)
    judge(study, documents=1)
    with pytest.raises(PeerqualError, match="d’une personne"):
        study_learn.learn(study.root)


def test_models_codes_and_texts_that_do_not_fit_are_named(study_taught):
    root = study_taught.root
    first = root / "models" / "model-1.npz"
    for error, words, given in (
        (PeerqualError, "autre livre de codes", {"model": model_path("default")}),
        (PeerqualError, "compteraient deux fois", {"model": first}),
        (UsageError, "existe déjà", {"out": first}),
        (UsageError, "destiné à être partagé", {"out": study_taught.reports / "m.npz"}),
    ):
        with pytest.raises(error, match=words):
            study_learn.learn(root, **given)
    (root / "codebook.yaml").write_text(BOOK.replace("id: usure", "id: fatigue"), encoding="utf-8")
    with pytest.raises(PeerqualError, match="usure"):
        study_learn.learn(root)
    (root / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    for path in (study_taught.reports / "pseudonymized").glob("*.txt"):
        path.write_text(path.read_text(encoding="utf-8").replace("soupe", "salade"), encoding="utf-8")
    with pytest.raises(PeerqualError, match="aujourd’hui"), pytest.warns(decisions.OutdatedDecisions, match="peerqual update"):
        study_learn.learn(root)


def test_beside_a_study(study_taught, tmp_path, capsys):
    study = study_taught
    told = ["--transcripts", study.reports / "pseudonymized", "--decisions", study.decisions, "--codebook", study.root / "codebook.yaml"]
    assert learn(tmp_path / "x.csv", *told, "--model", "none") == 2
    assert learn(tmp_path / "x.csv", *told, "--model", "none", "--out", tmp_path / "m.npz", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["out"].endswith("m.npz") and {row["outcome"] for row in told["codes"]} == {"learned", "empty"}
    gains = {row["code"]: row for row in told["codes"]}
    assert gains["usure"]["f1_after"] > 0.8 and gains["usure"]["gain_low"] <= gains["usure"]["gain"] <= gains["usure"]["gain_high"]
    assert np.isfinite(gains[""]["gain"])
