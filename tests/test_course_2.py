"""The course « Sainte-Anne », sessions two and three: run empty and with answers; checks take what is argued, and nothing empty."""

import importlib.util
import sys

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import peerqual as pq
from conftest import ROOT
from peerqual.study_folder import copy_course

COURSE, SAMPLE = ROOT / "notebooks" / "sainte_anne", ROOT / "corpus_sample"
WHY = "parce que ses mots, relus deux fois avec la phrase d’avant, disent autre chose que ce que le code demande, et je le montre ici"


def module(name):
    spec = importlib.util.spec_from_file_location(name, COURSE / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def checks():
    """The checks of both sessions, which import those of the first by name."""
    names = ("verifications", "verifications_2", "verifications_3")
    yield [module(name) for name in names]
    for name in names:
        del sys.modules[name]


@pytest.fixture(scope="module")
def v2(checks):
    return checks[1]


@pytest.fixture(scope="module")
def v3(checks):
    return checks[2]


@pytest.fixture
def places(checks, tmp_path):
    return checks[0].Lieux(COURSE, COURSE / "materiel", SAMPLE, SAMPLE / "gold", tmp_path)


def read(*ids):
    return pq.read([path for path in sorted((SAMPLE / "transcripts").iterdir()) if path.stem in ids], participants=SAMPLE / "participants.csv")


@pytest.fixture(scope="module")
def two():
    return read("E06_Jaubertie", "E08_entretien")


@pytest.fixture(scope="module")
def coded():
    return pd.read_csv(SAMPLE / "gold" / "codings.csv", keep_default_na=False)


# Whole notebooks


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    return copy_course(tmp_path_factory.mktemp("course") / "mon cours").parent


def ran(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output["text"] for output in outputs if output.get("name") == "stderr"]
    return "".join(output.get("text", "") for output in outputs), outputs


@pytest.mark.parametrize(("session", "exercises"), [("seance_2", 12), ("seance_3", 7)])
def test_a_session_runs_as_a_student_leaves_it(copied, session, exercises):
    said, outputs = ran(copied / f"{session}.ipynb")
    assert said.count("À faire.") == exercises
    assert sum("text/html" in output.get("data", {}) for output in outputs) >= 5


@pytest.mark.parametrize("session", ["seance_2", "seance_3"])
def test_a_session_runs_with_answers(copied, session):
    said, outputs = ran(copied / "enseignant" / f"{session}.ipynb")
    assert said.count("À faire.") == (session == "seance_3")  # the memo is nobody's to write for them
    assert "faux" not in said.lower().split()
    if session == "seance_2":
        assert "C’est le compte" in said and "P16" in said
        assert sum("image/png" in output.get("data", {}) for output in outputs) == 3
    assert list((copied / "travail").glob("journal_seance_*.txt"))


def test_the_fifteen_rows_are_the_studys(v3):
    rows = pd.read_csv(SAMPLE / "gold" / "variables.csv", keep_default_na=False)
    opened = v3.ouvrir(rows, pq.Variables.load(COURSE / "materiel" / "questions_fermees.yaml"))
    assert [count for _, count, _ in opened.lignes] == [f"{n} sur 16" for n in (4, 4, 3, 2, 9, 6, 16, 7, 14, 5, 14, 3, 5, 5, 6)]
    assert all(int(count.split()[0]) == len(words) for _, count, words in opened.lignes)
    assert opened._repr_html_().count("<li>") == sum(len(words) for *_, words in opened.lignes)


# A definition contested


def test_a_contested_definition_moves_counts(v2, two, coded):
    passages = v2.phrases_codees("horizontalite", coded, two)
    assert set(passages["participant"]) == {"P14", "P16"}
    assert v2.contester(passages, "", {}, {}, two).startswith("À faire.")
    assert v2.contester(passages, WHY, {}, {}, two).startswith("À faire."), "a definition alone moves nothing"
    alone = int(passages.loc[passages["participant"] == "P16", "n"].iloc[0])
    said = v2.contester(passages, WHY, {alone: WHY}, {}, two)
    assert "2 sur 2 avant, 1 sur 2 ensuite" in said and "Ne le disent plus : P16" in said
    assert "au moins 5" in v2.contester(passages, WHY, {alone: "non"}, {}, two)
    assert "n’est dans aucun" in v2.contester(passages, WHY, {}, {"mots que personne ne dit": WHY}, two)
    assert "2 sur 2 ensuite" in v2.contester(passages, WHY, {alone: WHY}, {"Ils voient comment je tourne mon sucre": WHY}, two)


def test_words_bring_back_what_they_say_and_a_fault_is_told(v2, two, coded):
    passages = v2.phrases_codees("horizontalite", coded, two)
    assert v2.compter_mots([], two, passages).startswith("À faire.")
    assert "Oui, un ami" in v2.compter_mots(["ami|amie"], two, passages)
    assert "Traceback" not in v2.compter_mots(["{", "|"], two, passages)


# Forty passages and κ


def test_forty_passages_are_units_and_neighbours(v2):
    table = v2.lire_quarante(COURSE / "materiel" / "quarante_passages.csv")
    units = set(pd.read_csv(SAMPLE / "gold" / "units.csv")[["document", "start", "end"]].itertuples(index=False, name=None))
    assert len(table) == 40 and table["reponse"].isna().all()
    assert set(table[["document", "debut", "fin"]].itertuples(index=False, name=None)) <= units
    assert table["document"].value_counts().to_dict() == dict.fromkeys(table["document"], 10)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_filled_sheet_is_read_as_spreadsheets_save_it(v2, places, encoding):
    mine, _ = v2.deux_copies(places)
    lines = mine.read_text(encoding="utf-8-sig").splitlines()
    lines[1], lines[2] = lines[1].replace("1;;", "1;Oui;", 1), lines[2].replace("2;;", "2; n ;", 1)
    mine.write_bytes("\r\n".join(lines).encode(encoding, "replace"))
    assert v2.lire_quarante(mine)["reponse"].tolist()[:3] == [True, False, None]
    assert v2.deux_copies(places)[0].read_bytes() == mine.read_bytes(), "a second run writes nothing over"


def test_letters_count_before_the_sheet(v2):
    table = pd.DataFrame({"reponse": [None, True]})
    assert v2.reponses(table, "o n\nO N") == [True, False, True, False]
    assert v2.reponses(table) == [None, True]


def test_kappa_by_hand_is_the_packages(v2, two):
    table = v2.lire_quarante(COURSE / "materiel" / "quarante_passages.csv")
    table = table[table["document"].isin(two.by_id())]
    a = [n % 3 == 0 for n in range(len(table))]
    b = [n % 3 == 0 or n % 7 == 1 for n in range(len(table))]
    crossed = v2.croiser(a, b)
    only = table.rename(columns={"debut": "start", "fin": "end"})[["document", "start", "end"]]
    made = [v2.en_codages(one, table, "integrer_pairs", two) for one in (a, b)]
    row = pq.agreement(*made, two, only=only).iloc[0]
    assert (row["both"], row["only_a"], row["only_b"], row["neither"]) == (crossed.oo, crossed.on, crossed.no, crossed.nn)
    assert row["cohen_kappa"] == pytest.approx(crossed.kappa) and row["percent"] == pytest.approx(crossed.observe)


def test_a_calculation_is_read_again_step_by_step(v2):
    crossed = v2.Croisement(16, 3, 0, 21)
    assert v2.croiser([True] * 9, [True] * 9) is None
    assert v2.a_la_main(None, (), None, None, None).startswith("À faire.")
    assert "40 passages" in v2.a_la_main(crossed, (), None, None, None)
    assert "Recomptez" in v2.a_la_main(crossed, (16, 0, 3, 21), None, None, None)
    cases = (16, 3, 0, 21)
    assert "l’accord attendu" in v2.a_la_main(crossed, cases, 0.93, 0.6, None)
    assert "Calculez κ" in v2.a_la_main(crossed, cases, 0.92, 0.5, None)
    assert v2.a_la_main(crossed, cases, 0.925, 0.505, 0.85).startswith("C’est le compte")
    assert "n’est pas défini" in v2.a_la_main(v2.Croisement(0, 0, 0, 40), (0, 0, 0, 40), 1, 1, 1)


# Themes


def test_themes_are_noted_merged_and_ranged_as_one_likes(v2):
    notes = [(n, theme) for n, theme in enumerate(["main", "main", "nom", "lunettes", "sangle"], 1)]
    assert v2.en_continu(notes[:4], {}, {}, "", 1, 9).startswith("À faire.")
    said = v2.en_continu(notes, {"sangle": "pris"}, {"Métier": ["main"], "Jouvenel": ["pris", "cri"]}, "", 1, 9)
    assert "4 thèmes notés" in said and "« nom » n’est pas dans l’arbre" in said and "« cri » est dans l’arbre sans" in said and "Journal." in said
    assert "Journal." not in v2.en_continu(notes, {}, {"Tout": ["main", "nom", "lunettes", "sangle"]}, WHY, 1, 9)


def test_a_frozen_list_takes_only_additions_with_a_reason(v2, places):
    themes = {name: "dire ce que l’on savait faire" for name in ("métier", "nom", "médecin")}
    assert v2.geler({}, places).startswith("À faire.")
    assert "À définir" in v2.geler(themes | {"cri": "crier"}, places)
    assert v2.sequentielle([(1, "métier")], {}, places, 1, 9).startswith("À faire.")
    first = v2.geler(themes, places)
    assert first == v2.geler(themes, places)
    assert "venu après le gel" in v2.geler(themes | {"lunettes": "ce que l’on m’a pris là-bas"}, places)
    assert "c’est celle du gel" in v2.geler(themes | {"nom": "tout autre chose, que je préfère maintenant"}, places)
    notes = [(1, "métier"), (4, "lunettes")]
    assert "n’est pas dans la liste gelée" in v2.sequentielle(notes, {}, places, 1, 9)
    assert "au moins 8" in v2.sequentielle(notes, {"lunettes": "il manquait"}, places, 1, 9)
    said = v2.sequentielle(notes, {"lunettes": WHY}, places, 1, 9)
    assert "2 phrases de 9" in said and "1 ajout(s)" in said and said == v2.sequentielle(notes, {"lunettes": WHY}, places, 1, 9)
    book = pq.Codebook.load(places.travail / "mes_themes.yaml")
    assert [change.action for change in book.history] == ["freeze", "new"]


# A case against, a sentence, a dilemma


def test_a_case_against_has_its_words(v2, two):
    assert v2.cas_contraire("", "", "", "", two).startswith("À faire.")
    assert "n’est pas lu ici" in v2.cas_contraire("a", "E99", "mots", WHY, two)
    assert "tels quels" in v2.cas_contraire("a", "E06_Jaubertie", "mots jamais dits", WHY, two)
    words = "je ne voyais pas le rapport"
    assert "Dites-en" in v2.cas_contraire("a", "E06_Jaubertie", words, "voilà", two)
    assert v2.cas_contraire("a", "E06_Jaubertie", words, WHY, two).startswith("Noté.")


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("", ["À faire."]),
        ("80 % des pairs parlent d’espoir.", ["Sur combien", "pourcentage", "fictif"]),
        ("Quatre pairs sur cinq, dans un corpus inventé.", []),
        ("Dans ce corpus fictif, 4 des 5 pairs.", []),
        ("Dans ce corpus fictif, 4 personnes sur 15.", ["Sur combien"]),
    ],
)
def test_a_result_is_told_with_its_denominator(v2, sentence, missing):
    said = v2.phrase_chiffree(sentence, 5)
    assert all(word in said for word in missing) and (missing or said.startswith("Une lectrice"))


def test_any_position_on_the_dilemma_is_taken_when_argued(v2):
    assert v2.dilemme("", "", "").startswith("À faire.")
    assert "Ce qu’elle coûte" in v2.dilemme(WHY, "rien", WHY)
    for position in (f"Je cite, {WHY}", f"Je ne cite pas, {WHY}"):
        assert v2.dilemme(position, WHY, WHY).startswith("Noté.")


# Questions, claims, processes, figures


@pytest.fixture(scope="module")
def doctors():
    return read("P10_Wauters", "P16_Arsac")


@pytest.fixture(scope="module")
def answers():
    return pd.read_csv(SAMPLE / "gold" / "variables.csv", keep_default_na=False)


def test_an_answer_has_its_words_and_may_differ(v3, doctors, answers):
    asked = "conseil_association"
    assert v3.lire_moi_meme({}, asked, answers, doctors).startswith("À faire.")
    assert "recopiez" in v3.lire_moi_meme({"P10_Wauters": ("non", "il ne le dit pas")}, asked, answers, doctors)
    assert "comme vous" in v3.lire_moi_meme({"P10_Wauters": ("Non", "Ni l’un ni l’autre")}, asked, answers, doctors)
    said = v3.lire_moi_meme({"P10_Wauters": ("oui", "Ni l’un ni l’autre")}, asked, answers, doctors)
    assert "« non », là où vous lisez « oui »" in said and "faux" not in said


def test_machine_and_reference_are_counted_apart(v3, answers):
    asked = pq.Variables.load(COURSE / "materiel" / "questions_fermees.yaml")
    proposed = answers[["document", "variable", "text"]].assign(proposed=answers["answer"], words="").drop(columns="text")
    proposed.loc[proposed.index[:2], "proposed"] = ["", "non"]
    table = v3.quinze(proposed, answers, asked).set_index("id")
    assert table.loc["contact_mdu", ["oui (référence)", "oui (machine)", "sans proposition", "justes", "sur"]].tolist() == [4, 3, 1, 15, 16]
    assert table["justes"].sum() == 238
    wrong = v3.erreurs(proposed, answers)
    assert len(wrong) == 2
    key = tuple(wrong.loc[0, ["document", "variable"]])
    assert v3.pourquoi_manque({}, wrong).startswith("À faire.")
    assert "1 sur trois" in v3.pourquoi_manque({key: WHY}, wrong) and "n’est pas" in v3.pourquoi_manque({("P01", "x"): WHY}, wrong)


def test_one_count_may_be_of_other_people(v3):
    tables = [pd.DataFrame({"document": list(ids), "code": "mystere"}) for ids in ("ABC", "BCD")]
    said = v3.memes_personnes("mystere", dict(zip(("machine", "lecture"), tables, strict=True)))
    assert "les mêmes : 2" in said and "machine seulement : A" in said and "lecture seulement : D" in said


def test_a_verdict_against_the_count_is_taken_when_argued(v3):
    counted = pd.DataFrame({"claim": ["mystere"], "status": ["found"], "why": ["10/16"]})
    assert v3.juger({}, counted).startswith("À faire.")
    assert "un compte n’est pas un jugement" in v3.juger({"mystere": ("non trouvée", WHY)}, counted)
    assert "de même" in v3.juger({"mystere": ("trouvée", WHY)}, counted)
    said = v3.juger({"mystere": ("trouvée", "oui"), "x": ("trouvée", WHY)}, counted)
    assert "au moins 15" in said and "aucune affirmation" in said and "Encore 1" in said


def test_a_code_moved_to_another_process_moves_counts(v3, two, coded):
    coded = coded[coded["document"].isin(two.by_id())]
    assert v3.deplacer("", "", "", coded, two).startswith("À faire.")
    said = v3.deplacer("benefices_personnels", "social_learning", WHY, coded, two)
    assert "Bénéfice d'aider" in said and "→ 0 passages" in said and "Apprentissage social" in said and "Noté" in said
    assert "social_support" in v3.deplacer("espoir", "amour", WHY, coded, two)
    assert "Aucun compte" in v3.deplacer("espoir", "", WHY, coded, two)


def test_a_figure_is_followed_to_its_sentence(v3):
    documents = pq.read(SAMPLE / "documents" / "D03_rapport_agence.md")
    figures = pq.sourced_figures(documents)
    assert v3.remonter("", "", {}, documents, figures).startswith("À faire.")
    assert "telle quelle" in v3.remonter("D03_rapport_agence", "Les GEM vont bien.", {}, documents, figures)
    sentence = "La subvention moyenne d’un GEM s’élève à 79 300 euros en 2022"
    said = v3.remonter("D03_rapport_agence", sentence, {"compte_quoi": WHY}, documents, figures)
    assert "1 chiffre(s)" in said and "sans source nommée" in said and "qui_le_dit" in said and "compte_quoi :" not in said
    assert "Noté" in v3.remonter("D03_rapport_agence", sentence, dict.fromkeys(v3.QUESTIONS_CHIFFRE, WHY), documents, figures)


def test_a_memo_is_looked_through_and_not_marked(v3, tmp_path):
    path = tmp_path / "memo.txt"
    assert v3.memo(path).startswith("À faire.")
    path.write_text("mot " * 120, encoding="utf-8")
    assert "moins de deux pages" in v3.memo(path) and "dénominateur" in v3.memo(path)
    path.write_text(
        "Dix sur seize (P04, l. 12) : « je leur dis merci, par écrit ». Désaccord, cas contraire, limite, corpus fictif. " * 60, encoding="utf-8"
    )
    assert "Je n’ai pas su" not in v3.memo(path) and "deux pages environ" in v3.memo(path)
