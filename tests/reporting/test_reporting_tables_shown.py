"""Tables in notebooks: each kind is known by its columns, says what it holds in the language, escapes, and tells real names from counts."""

from __future__ import annotations

import pandas as pd
import pytest
from reporting_corpus import BOOK, CODINGS, CORPUS
from test_reporting_page import Page

import peerqual as pq
from peerqual.analysis import wide
from peerqual.anonymization.audit import COLUMNS as AUDIT
from peerqual.anonymization.review.table import COLUMNS as NAMES
from peerqual.anonymization.risk import Risk
from peerqual.anonymization.tables import COLUMNS as MENTIONS
from peerqual.errors import _catalogue
from peerqual.reporting import show
from peerqual.reporting.tables_shown import KINDS, kind_of
from peerqual.study_learn_gain import COLUMNS as LEARNED
from peerqual.study_moves import MOVE_COLUMNS
from peerqual.transcripts import draft_participants

LIVE = CODINGS[CODINGS["status"] != "rejected"]
OTHER = LIVE.iloc[3:]


def row(columns, **values):
    return pd.DataFrame([{**dict.fromkeys(columns, ""), **values}])


def tables():
    name = {"label": "PER", "forms": "« <b>Zélie</b> »", "count": 3, "replacement": "Irma", "context1": "E01 · « Zélie » rit.", "decision": "reject"}
    found = {"label": "HOSP", "tier": "review", "source": "name.first_name", "text": "<i>Zélie</i>"}
    return {
        "names": row(NAMES, **name),
        "mentions": row(MENTIONS, **found),
        "audit": pd.concat(
            [row(AUDIT, certainty="doubt", kind=kind, masked="Z••••", count=1, line=2, text="Zélie") for kind in ("PER", "FILE", "near")]
        ),
        "frequencies": pq.theme_frequencies(LIVE, CORPUS, codebook=BOOK),
        "agreement": pq.agreement(LIVE, OTHER, CORPUS, codebook=BOOK, rounds=10),
        "evaluation": pq.agreement(LIVE, OTHER, CORPUS, codebook=BOOK, rounds=10).assign(units_a=3, units_b=2),
        "disagreements": pq.disagreements({"Ana": LIVE, "Bo": OTHER}, CORPUS, codebook=BOOK),
        "confusions": pq.confusions(LIVE, OTHER, CORPUS, codebook=BOOK),
        "appearance": pq.code_appearance(LIVE, CORPUS, BOOK, orders=5),
        "participants": draft_participants(CORPUS),
        "learned": row(
            LEARNED, code="espoir", judged=9, carry=5, f1_before=0.5, f1_after=0.75, gain=0.25, gain_low=-0.1, gain_high=0.4, outcome="learned"
        ),
        "moves": row(MOVE_COLUMNS, code="espoir", status="proposed", start=3, end=9, reason="ses mots ont changé"),
    }


TABLES = tables()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_table_is_known_by_its_columns_and_shown_whole(name, lang):
    table = TABLES[name]
    assert kind_of(table).name == name
    display = show(table, codebook=BOOK, lang=lang)
    page = Page(display.html)
    assert not page.open and not [tag for tag, _ in page.tags if tag == "script"]
    assert sum(tag == "tr" for tag, _ in page.tags) == len(table) + 1
    assert "Zélie" not in repr(display)


def test_every_kind_and_every_column_has_a_name_in_both_languages():
    catalogue = _catalogue("show")
    for kind in KINDS:
        for key in (f"title_{kind.name}", *(f"head_{name}" for name in kind.columns)):
            assert set(catalogue[key]) == {"fr", "en"}, key


def test_codings_are_shown_as_codings_though_they_have_the_columns_of_who_speaks():
    assert "14 codages" in repr(show(CODINGS, codebook=BOOK))


def text(name, lang="fr", **options):
    return Page(show(TABLES[name], codebook=BOOK, lang=lang, **options).html).text()


def test_real_names_are_announced_and_escaped_and_an_audit_shows_only_masked_words():
    for name in ("names", "mentions"):
        assert "Contient de vrais noms" in text(name)
    assert "<b>Zélie</b>" in text("names") and "rejeter" in text("names") and "personnes" in text("names")
    assert "à relire" in text("mentions") and "prénom connu" in text("mentions")
    assert "Z••••" in text("audit") and "Zélie" not in text("audit")


def test_unread_proposals_are_stamped_in_frequencies_only_while_there_are_some():
    assert "non relues" in text("frequencies")
    read = pq.theme_frequencies(LIVE.assign(status="accepted"), CORPUS, codebook=BOOK)
    assert "non relues" not in show(read, codebook=BOOK, lang="fr").html


def test_agreement_says_its_units_and_writes_nothing_defined_as_a_dash():
    told = TABLES["agreement"].assign(cohen_kappa=[float("nan")] * len(TABLES["agreement"]))
    shown = Page(show(told, codebook=BOOK, lang="fr").html).text()
    assert f"{TABLES['agreement']['units'].iloc[0]} phrases" in shown
    assert "–" in shown and "nan" not in shown and "<NA>" not in shown
    assert "toutes les décisions ensemble (micro)" in shown


def test_in_a_disagreement_the_codes_that_differ_stand_out_from_those_that_all_gave():
    table = pd.DataFrame(
        [{"document": "E01", "speaker": "J", "text": "Oui.", "differ": "espoir", "codes_Ana": "espoir fatigue", "codes_Bo": "fatigue"}]
    )
    display = show(table, codebook=BOOK, lang="fr")
    page = Page(display.html)
    chips = [attributes["class"].split() for tag, attributes in page.tags if tag == "span" and "chip" in attributes.get("class", "")]
    assert ["accepted" in one for one in chips] == [True, False, False]
    assert "<th>Ana</th><th>Bo</th>" in display.html


def test_a_cross_table_names_codes_and_materials():
    groups = Page(show(pq.code_by_group(LIVE, CORPUS, BOOK), codebook=BOOK, lang="fr").html).text()
    assert "Tableau croisé" in groups and "Entretiens" in groups
    assert "E01" in show(wide(pq.code_by_document(LIVE, CORPUS, BOOK)), codebook=BOOK).html


def test_a_result_is_shown_with_what_must_be_known():
    class Result:
        table = TABLES["learned"]
        said = (("agreement.few_documents", {"n": 1234}),)

    shown = Page(show(Result(), codebook=BOOK, lang="fr").html).text()
    assert "appris" in shown and "1\u202f234 documents" in shown and "[−0,10\u202f; 0,40]" in shown


def test_who_could_recognise_whom_is_said_in_the_language_and_each_person_once():
    people = pd.DataFrame(
        [("P1", "member", "job 2", ""), ("P1", "family", "", "name 1"), ("P2", "member", "", "")],
        columns=["participant", "reader", "left", "replaced"],
    )
    others = {"excerpts": "left replaced readers", "rare": "kind", "combinations": "attributes", "generalisations": "change"}
    risk = Risk(people=people, **{name: pd.DataFrame(columns=columns.split()) for name, columns in others.items()})
    words = Page(show(risk, lang="fr").html).text()
    assert words.count("P1") == 1 and "métier 2" in words and "la famille" in words


def test_where_nobody_can_be_counted_no_count_is_shown():
    table = TABLES["frequencies"].assign(participants=0, participants_total=0)
    assert "0 de 0" not in Page(show(table, codebook=BOOK, lang="fr").html).text()


def test_an_empty_table_says_so():
    assert "Rien à montrer." in Page(show(TABLES["confusions"].head(0), codebook=BOOK, lang="fr").html).text()
