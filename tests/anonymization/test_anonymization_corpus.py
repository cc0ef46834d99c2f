"""The pseudonymized corpus: texts, speakers, participants, ids, metadata, the table, the keep list."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

import pandas as pd
import pytest
from anonymization_marks import corpus_of, person, talk, unmark

from peerqual.anonymization import anonymize, codings_to_original, mentions_from_table, mentions_table, plan
from peerqual.anonymization.assignments import Assignments
from peerqual.anonymization.ids import is_safe, rename
from peerqual.anonymization.names import gender, norm
from peerqual.anonymization.pseudonyms import letters
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Coding, Corpus, Mention, Transcript, Turn


def told(marked, participants=(), **options):
    corpus, mentions = corpus_of(marked, participants)
    return anonymize(corpus, mentions, **options)


def text_of(marked, **options):
    return told({"d": marked}, **options)[0].text


class Holder:
    """Assignments without a file, as a key holds them."""

    def __init__(self):
        self.assignments = Assignments(secret=bytes(32))

    def remember(self, originals, maps, replaced):
        self.originals, self.maps, self.replaced = originals, maps, replaced

    def save(self):
        self.saved = True


# --- persons ---------------------------------------------------------------------------------------------------------


def test_one_person_has_one_pseudonym_in_all_her_forms():
    text = text_of("[[PER:Maëlle Kervandec]], [[PER:Maëlle]], [[PER:KERVANDEC]], [[PER:M.K.]], Mme [[PER:Kervandec]], [[PER:maëlle]]")
    full, first, shouted, initials, titled, low = text.split(", ")
    new_first, new_last = full.split()
    assert (first, shouted, initials) == (new_first, new_last.upper(), f"{new_first[0]}.{new_last[0]}.".upper())
    assert (titled, low) == (f"Mme {new_last}", new_first.lower())
    assert not re.search("ma[eë]lle|kervandec", text, re.IGNORECASE)


def test_pseudonyms_keep_the_gender_and_change_the_initial():
    key = Holder()
    marked = " ".join(f"[[PER:{name}]]" for name in ("Maëlle", "Yacine", "Odile", "Tiago", "Fatoumata", "Rodrigue", "Solange"))
    new = text_of(marked, key=key).split()
    assert [gender(norm(name)) for name in new] == list("fmfmfmf")
    assert all(one[0] != other[0] for one, other in zip(new, "Maëlle Yacine Odile Tiago Fatoumata Rodrigue Solange".split(), strict=True))
    assert len(set(new)) == len(new)


def test_initials_are_nobody_elses():
    marked = "[[PER:BC]] : Oui.\n[[PER:DM]] : Non.\nM. [[PER:F.]] et Mme [[PER:G.]], [[PER:L.]]"
    for _ in range(20):
        new = "".join(told({"d": marked}).plan.replacements.values()).replace(".", "")
        assert len(new) == 7 and set(new).isdisjoint("BCDMFGL")


def test_title_relation_and_participants_tell_the_gender():
    key = Holder()
    study = told({"d": "ma sœur [[PER:Xyphe]] et mon frère [[PER:Zorl]]\n[[PER:Qwen]] : Oui."}, [person("P1", "d:Qwen", sex="f")], key=key)
    new = re.findall(r"sœur (\w+) et mon frère (\w+)\n(\w+)", study[0].text)[0]
    assert [gender(norm(name)) for name in new] == ["f", "m", "f"]


def test_a_shared_surname_stays_shared():
    one, other = text_of("[[PER:Odile Pasquereau]], [[PER:Gaston Pasquereau]]").split(", ")
    assert one.split()[1] == other.split()[1] and one.split()[0] != other.split()[0]


@pytest.mark.parametrize(
    "source, left", [("d'[[PER:Anne]]", "de "), ("qu’[[PER:Odile]]", "que "), ("D'[[PER:Anne]]", "De "), ("jusqu'[[PER:Ava]]", "jusque ")]
)
def test_elision_is_undone(source, left):
    assert text_of(source).startswith(left)


def test_elision_is_made_before_a_name_that_a_person_chose():
    corpus, mentions = corpus_of({"d": "le livre de [[PER:Maëlle]], ce que [[PER:Maëlle]] dit"})
    table = mentions_table(corpus, mentions, plan(corpus, mentions))
    table["replacement"] = "Inès"
    assert anonymize(corpus, table)[0].text == "le livre d'Inès, ce qu'Inès dit"


def test_a_pseudonym_never_equals_a_name_or_a_capitalized_word_of_the_corpus():
    from peerqual.language import lexicons

    pool = [name for name, told_gender, *_ in lexicons.rows("pseudonyms_first_names") if told_gender == "f"]
    spared = pool[7]
    words = " ".join(name for name in pool if name != spared)
    for n in range(5):
        study = told({"d": f"{words} [[PER:Xa{'bcdef'[n]}a]], Mme la grande [[PER:Maëlle]]"})
        assert study[0].text.endswith(spared)


def test_when_the_pool_is_empty_names_are_made_of_two():
    names = [f"Ma{a}{b}{c}elle" for a in "bcdfglmnprstvz" for b in "abcdefghij" for c in "bcdlmn"]
    study = told({"d": "ma sœur " + " et ma sœur ".join(f"[[PER:{name}]]" for name in names)})
    new = study[0].text.replace("ma sœur ", "").split(" et ")
    assert len(set(new)) == len(names) and any("-" in name for name in new)


def test_when_nobody_knows_the_gender_a_surname_serves_before_names_of_two():
    new = text_of(" ".join(f"[[PER:Xa{a}{b}u]]" for a in "bcdfglmnpr" for b in "bcdfglmnpr")).split()
    assert len(set(new)) == 100 and not any("-" in name for name in new)


def test_a_pseudonym_that_somebody_comes_to_bear_is_changed_and_said():
    key = Holder()
    first = text_of("[[PER:Maëlle Kervandec]] dort.", key=key).split()[0]
    marked = f"[[PER:Maëlle Kervandec]] voit [[PER:{first}]]."
    with pytest.warns(UserWarning, match="1") as said:
        again = text_of(marked, key=key)
    assert "Maëlle" not in str(said[0].message) and first not in str(said[0].message)
    assert first not in again
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert text_of(marked, key=key) == again  # said once
    assert first not in text_of("[[PER:Anne]] [[PER:Léa Abc]] [[PER:Zoé]]", key=key)


def test_same_assignments_same_pseudonyms_whatever_the_order():
    key = Holder()
    marked = "[[PER:Anne Morel]] à [[LOC:Lyon]] le [[DATE:3 mai 1998]]."
    one = told({"B": marked}, key=key)[0].text
    both = told({"A": "[[PER:Zoé Abc]] à [[LOC:Nice]] le [[DATE:4 mai 1998]].", "B": marked}, key=key)
    assert both.by_id()["B"].text == one


# --- things ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source, wanted",
    [
        ("à [[ORG:La Passerelle Bleue]]", "à [organisation A]"),
        ("à la [[ORG:Passerelle Bleue]]", "à l'[organisation A]"),
        ("à l'association [[ORG:Bipol'Entraide]], puis aux [[ORG:Voix du Lierre]]", "à l'[association A], puis à l'[organisation A]"),
        ("le club [[ORG:Bipol'Entraide]], chez [[ORG:Bipol'Entraide]]", "l'[association A], chez [association A]"),
        ("les [[ORG:Voix du Lierre]], [[ORG:Cap]], les [[ORG:Voix du Lierre]]", "l'[organisation A], [organisation B], l'[organisation A]"),
        ("au [[ORG:lycée Armance-Duvivier]]", "au [lycée A]"),
        ("à l'[[ORG:Imprimerie Castagnol]]", "à l'[entreprise A]"),
        ("la [[HOSP:clinique des Trois-Tilleuls]]", "la [clinique 1]"),
        ("au [[HOSP:centre hospitalier Verlaincourt]]", "à l'[hôpital 1]"),
        ("le [[HOSP:pavillon Jouvenel]], la [[HOSP:clinique X]], le [[HOSP:pavillon Y]]", "le [pavillon 1], la [clinique 1], le [pavillon 2]"),
        ("le pavillon [[HOSP:Jouvenel]]", "le [pavillon 1]"),
        ("à [[LOC:Lyon]], [[LOC:Nice]], [[LOC:lyon]]", "à [lieu 1], [lieu 2], [lieu 1]"),
        ("aux [[LOC:Essarts-Neufs]]", "au [lieu 1]"),
        ("d'[[LOC:Annecy]]", "de [lieu 1]"),
        ("la [[LOC:Guillotière]]", "le [lieu 1]"),
        ("au [[LOC:12 rue des Lilas]]", "au [lieu 1]"),
        ("le [[DATE:12 mars 1998]], en [[DATE:1998]]", "le [date 1], en [date 2]"),
        ("l'[[DATE:été 98]]", "le [date 1]"),
        ("à mes [[AGE:dix-huit ans]]", "à mes [âge]"),
        ("la [[AGE:trentaine]]", "la [tranche d’âge]"),
        ("mon [[CONTACT:06 39 98 00 11]]", "mon [téléphone]"),
        ("[[CONTACT:a.b@c.example]]", "[courriel]"),
        ("[[CONTACT:https://a.example/b]], [[CONTACT:@yaya]]", "[site], [identifiant]"),
        ("dossier [[ID:448812]]", "dossier [numéro]"),
        ("la [[MED:clozapine]], du [[MED:Prozac]]", "le [médicament 1], du [médicament 2]"),
        ("l'[[MED:Abilify]]", "le [médicament 1]"),
        ("les [[MED:neuroleptiques]], un [[MED:neuroleptique]]", "les [médicaments 1], un [médicament 1]"),
    ],
)
def test_things_between_brackets(source, wanted):
    assert text_of(source) == wanted


def test_letters_go_on_after_z():
    assert [letters(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_keep_list_shows_public_names_and_nothing_else():
    marked = "À l'[[ORG:UNAFAM]] et à l'[[ORG:UNAFAM de Lyon]], [[ORG:Unafam]]."
    study = told({"d": marked}, keep=["UNAFAM"])
    assert study[0].text == "À l'UNAFAM et à l'[organisation A], Unafam."
    assert len(study.plan.mentions) == 3


def test_review_keep_leaves_doubtful_mentions():
    marked = "[[PER:Anne]] et [[PER?:Rose]]"
    assert text_of(marked, review="keep").endswith(" et Rose") and "Anne" not in text_of(marked, review="keep")
    assert "Rose" not in text_of(marked)


def test_overlapping_mentions_are_one_edit():
    text = "les amis de Maëlle Kervandec"
    mentions = [Mention("d", 12, 28, "PER", "auto", ""), Mention("d", 19, 28, "LOC", "auto", ""), Mention("d", 0, 18, "ORG", "auto", "")]
    study = anonymize(Corpus((Transcript("d", text),)), mentions)
    assert len(study.edits) == 1 and len(study.edits[0].mentions) == 3
    assert "Maëlle" not in study[0].text and "Kervandec" not in study[0].text


# --- speakers, participants, ids, metadata -----------------------------------------------------------------------------


def test_speakers_are_called_as_in_the_text():
    study = told({"d": "[[PER:MAËLLE]] : Bonjour.\n[[PER:Yacine H.]] : Oui, [[PER:Maëlle]].\nEnquêtrice : Bien."})
    transcript = study[0]
    assert [line.split(" : ")[0] for line in transcript.text.splitlines()] == [turn.speaker for turn in transcript.turns]
    assert transcript.turns[0].speaker.isupper() and transcript.turns[2].speaker == "Enquêtrice"
    assert [transcript.text[turn.start : turn.end] for turn in transcript.turns][::2] == ["Bonjour.", "Bien."]
    assert transcript.turns[0].speaker.capitalize() in transcript.text.splitlines()[1]


def test_participants_lose_names_and_keep_the_rest():
    marked = {"E01": "[[PER:Maëlle]] : Je viens de [[ORG:Bipol'Entraide]]."}
    somebody = person("Maëlle Kervandec", "E01:Maëlle", association="Bipol'Entraide", sex="F", nom="Kervandec", email="m@k.example", years="10")
    study = told(marked, [somebody])
    (participant,) = study.participants
    assert participant.id == "P01"
    assert participant.attributes == {"association": "[association A]", "sex": "F", "years": "10"}
    assert participant.voices == (("E01", study[0].turns[0].speaker),)


def test_attributes_that_tell_become_letters():
    people = [person("P1", "d:A", ville="Douarnenez", sexe="Femme"), person("P2", "d:B", ville="Brest"), person("P3", "d:C", ville="Douarnenez")]
    study = told({"d": "À [[LOC:Brest]]."}, people)
    assert [participant.attributes["ville"] for participant in study.participants] == ["[ville A]", "[lieu 1]", "[ville A]"]
    assert study.participants[0].attributes["sexe"] == "Femme"


@pytest.mark.parametrize(("profile", "band"), [(None, "40-49"), ("team", "40-49"), ("publication", "40-59")])
def test_exact_ages_of_participants_become_bands(profile, band):
    people = [
        person("P1", "d:A", age="47", age_band="45-54", years="12"),
        person("P2", "d:B", **{"Âge": "47 ans"}),
        person("P3", "d:C", age="la quarantaine"),
    ]
    one, two, three = told({"d": "Rien."}, people, profile=profile).participants
    assert one.attributes == {"age": band, "age_band": "45-54", "years": "12"}
    assert two.attributes["Âge"] == band and three.attributes["age"] == "la quarantaine"


def test_turns_know_their_participants_under_the_new_ids():
    text, mentions = unmark("[[PER:Maëlle]] : Oui.", "E01")
    turns = tuple(replace(turn, participant="Maëlle K") for turn in talk("E01", text).turns)
    study = anonymize(Corpus((Transcript("E01", text, turns),), (person("Maëlle K", "E01:Maëlle"),)), mentions)
    assert study[0].turns[0].participant == study.participants[0].id == "P01"


@pytest.mark.parametrize("id", ["E01", "G-02", "entretien", "Entretien_03", "T 7", "notes_terrain", "E02_entretien_v2", "d"])
def test_harmless_ids_stay(id):
    assert is_safe(id, {"maelle"})


@pytest.mark.parametrize(
    "id", ["Maëlle", "E01_Kervandec", "entretien_lyon", "2021-03-12_entretien", "YH01", "12031998", "MaëlleEntretien", "Bipol'Entraide 2"]
)
def test_ids_that_may_tell_go(id):
    assert not is_safe(id, {"maelle", "yh"})


def test_new_ids_are_unique_and_stay_the_same():
    known = {}
    ids = ["D01", "Kervandec", "Maëlle", "Z1"]
    assert rename(ids, set(), known, "D") == {"D01": "D01", "Kervandec": "D02", "Maëlle": "D03", "Z1": "Z1"}
    assert rename(["Anne", *ids], set(), known, "D")["Maëlle"] == "D03" and known["Anne"] == "D04"
    assert len(set(known.values())) == 5


def test_documents_are_renamed_and_lead_back():
    study = told({"Kervandec": "[[PER:Maëlle Kervandec]] est là.", "E02": "Rien."})
    assert study.originals == {"D01": "Kervandec", "E02": "E02"}
    assert [transcript.id for transcript in study] == ["D01", "E02"]
    name = study[0].text.split(" est")[0]
    at = study[0].text.index(" est là")
    coding = Coding("D01", 0, len(study[0].text), "c", "rules", "r", 0.6, evidence=((at, at + 7),))
    (back,) = codings_to_original([coding], study)
    original = "Maëlle Kervandec est là."
    assert (back.document, back.start, back.end) == ("Kervandec", 0, len(original)) and name
    assert [original[a:b] for a, b in back.evidence] == [" est là"]


def test_nothing_of_the_file_remains():
    text, mentions = unmark("Lieu : [[LOC:Lyon]]\n[[PER:Anne]] : Bonjour.", "E01")
    metadata = {"Lieu": "Lyon", "author": "Camille Roussignol", "material": "interview", "n": "12"}
    read = talk("E01", text)
    transcript = replace(read, turns=read.turns[1:], metadata=metadata, source="/home/anne/E01.txt", material="interview")
    study = anonymize(Corpus((transcript,)), mentions)
    assert study[0].metadata == {"Lieu": "[lieu 1]", "material": "interview", "n": "12"}
    assert (study[0].source, study[0].doubts, study.failures) == ("", (), ())


def test_skips_move_with_the_text_and_an_edit_swallows_them():
    text = "Anne : oui [00:01] à Lyon [00:02] là zéro [00:03] six"
    turn = Turn("Anne", None, "respondent", 7, len(text), ((11, 18), (26, 33), (42, 49)), 1.0, 2.0)
    mentions = [Mention("d", 0, 4, "PER", "auto", ""), Mention("d", 21, 25, "LOC", "auto", ""), Mention("d", 37, 53, "CONTACT", "auto", "")]
    study = anonymize(Corpus((Transcript("d", text, (turn,)),)), mentions)
    new = study[0].turns[0]
    assert [study[0].text[a:b] for a, b in new.skips] == ["[00:01]", "[00:02]"]
    assert study[0].text.endswith("à [lieu 1] [00:02] là [téléphone]") and (new.time_start, new.time_end) == (1.0, 2.0)


def test_an_edit_never_grows_over_a_turn():
    text = "A : la\nB : dépression"
    turns = (Turn("A", None, "respondent", 4, 6), Turn("B", None, "respondent", 11, 21))
    study = anonymize(Corpus((Transcript("d", text, turns),)), [Mention("d", 11, 21, "DIAG", "auto", "")])
    assert study[0].text == "A : la\nB : trouble"


# --- the table -------------------------------------------------------------------------------------------------------

TALK = {"A": "[[PER:Maëlle Kervandec]] : Avec [[PER:Maëlle]], à [[LOC:Lyon]], ma {dépression}.", "B": "[[PER:Anne]] à [[LOC:Lyon]]."}


def table_of(marked=TALK):
    corpus, mentions = corpus_of(marked)
    return corpus, mentions_table(corpus, mentions, plan(corpus, mentions))


def test_the_table_has_its_columns_and_says_what_replaces():
    _, table = table_of()
    assert list(table.columns) == "document start end label tier source entity replacement text".split()
    assert list(table["text"]) == ["Maëlle Kervandec", "Maëlle", "Lyon", "dépression", "Anne", "Lyon"]
    assert list(table["replacement"])[2:4] == ["[lieu 1]", "trouble"]
    assert table["entity"].nunique() == 4
    assert [m.label for m in mentions_from_table(table)] == ["PER", "PER", "LOC", "DIAG", "PER", "LOC"]


def test_an_untouched_table_gives_what_it_shows():
    corpus, table = table_of()
    study = anonymize(corpus, table)
    assert study[0].text.startswith(table["replacement"][0]) and table["replacement"][4] in study[1].text


def test_rows_dropped_labels_and_replacements_changed_are_honoured():
    corpus, table = table_of()
    table = table[table["text"] != "Anne"].copy()
    table.loc[table["text"] == "Lyon", "replacement"] = "une grande ville"
    table.loc[table["text"] == "Maëlle", "replacement"] = "Gwenola"
    table.loc[table["label"] == "DIAG", "replacement"] = "maladie"
    study = anonymize(corpus, table)
    assert study[1].text == "Anne à une grande ville."
    assert study[0].text.startswith("Gwenola ")  # one decision counts for the whole person
    assert study[0].text.endswith(": Avec Gwenola, à une grande ville, ma maladie.")
    table.loc[table["text"] == "Lyon", "label"] = "ORG"
    table.loc[table["text"] == "Lyon", "replacement"] = ""
    assert "[organisation A]" in anonymize(corpus, table)[1].text


def test_the_key_counts_more_than_a_proposal_and_less_than_a_person():
    corpus, _ = table_of()
    key = Holder()
    first = anonymize(corpus, corpus_of(TALK)[1], key=key)[0].text
    _, table = table_of()
    assert anonymize(corpus, table, key=key)[0].text == first
    table.loc[table["text"] == "Maëlle", "replacement"] = "Gwenola"
    assert "Gwenola" in anonymize(corpus, table, key=key)[0].text
    _, fresh = table_of()
    assert "Gwenola" in anonymize(corpus, fresh, key=key)[0].text  # the decision stays


def test_a_table_read_from_a_file_is_taken_at_its_word(tmp_path):
    corpus, table = table_of()
    table.to_csv(tmp_path / "m.csv", index=False)
    again = pd.read_csv(tmp_path / "m.csv", keep_default_na=False)
    assert anonymize(corpus, again)[0].text.startswith(table["replacement"][0])


@pytest.mark.parametrize("column, value", [("start", "x"), ("tier", "perhaps"), ("end", 10_000), ("document", "nowhere"), ("label", "NAME")])
def test_an_impossible_table_is_refused_without_a_word_of_the_text(column, value):
    corpus, table = table_of()
    table[column] = table[column].astype(object)
    table.loc[1, column] = value
    with pytest.raises(PeerqualError) as refused:
        anonymize(corpus, table)
    assert "Maëlle" not in str(refused.value) and "\n" not in str(refused.value)
    with pytest.raises(PeerqualError, match="label"):
        anonymize(corpus, table.drop(columns="label"))


def test_unknown_options_are_refused_before_anything_is_looked_for():
    corpus, _ = table_of()
    for option in ({"style": "poetic"}, {"review": "perhaps"}):
        with pytest.raises(UsageError):
            anonymize(corpus, **option)


def test_find_identifiers_and_the_component_show_what_is_found():
    import spacy

    import peerqual as pq

    text = "Je m'appelle Maëlle Kervandec, j'ai une schizophrénie."
    table = pq.find_identifiers(Corpus((Transcript("E01", text),)))
    assert {"PER", "DIAG"} <= set(table["label"])
    nlp = spacy.blank("fr")
    nlp.add_pipe("peerqual_identifiers")
    doc = nlp(text)
    assert {(span.text, span.label_) for span in doc.spans["identifiers"]} >= {("schizophrénie", "DIAG")}
    assert all(span.id_ for span in doc.spans["identifiers"])


def test_two_voices_called_by_initials_never_come_to_share_them():
    """With many throw-away secrets: two voices that become one would be one person's words in another's mouth."""
    text = (
        "Entretien avec Odile Pasquereau (OP), par Camille Roussignol (CR)\n\n"
        "CR : Vous venez souvent ?\nOP : Le mardi.\nCR : Et avec qui ?\nOP : Seule.\n"
    )
    opening, spoken = text.index("CR : Vous"), []
    for speaker, words in (("CR", "Vous venez souvent ?"), ("OP", "Le mardi."), ("CR", "Et avec qui ?"), ("OP", "Seule.")):
        at = text.index(words, opening)
        spoken.append(Turn(speaker, None, "respondent", at, at + len(words)))
    corpus = Corpus((Transcript("E", text, tuple(spoken), material="interview"),))
    for _ in range(40):
        assert len({turn.speaker for turn in anonymize(corpus)[0].turns}) == 2
