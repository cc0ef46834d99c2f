"""Notebook displays: what they show, that they escape, and that their text form holds no words of a transcript."""

from __future__ import annotations

import re
import subprocess
import sys

import pandas as pd
import pytest
from reporting_corpus import BOOK, CODINGS, CORPUS, HOSTILE
from test_reporting_page import Page

from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Doubt, Failure, Transcript
from peerqual.reporting import show


def displays(lang="fr"):
    return {
        "corpus": show(CORPUS, lang=lang),
        "transcript": show(CORPUS[0], CODINGS, BOOK, lang=lang),
        "plain": show(CORPUS[1], lang=lang),
        "codings": show(CODINGS, codebook=BOOK, lang=lang),
        "codebook": show(BOOK, lang=lang),
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["corpus", "transcript", "plain", "codings", "codebook"])
def test_a_display_is_closed_scoped_and_without_script(name, lang):
    display = displays(lang)[name]
    page = Page(display._repr_html_())
    assert not page.open
    names = [tag for tag, _ in page.tags]
    assert not {"script", "img", "link", "html", "body"} & set(names)
    assert not {key for _, attributes in page.tags for key in attributes if key in ("src", "href") or key.startswith("on")}
    assert f'lang="{lang}"' in display.html
    style = "".join(data for data, _ in page.scripts)
    for selectors in re.findall(r"([^{}]+)\{[^{}]*\}", style):
        assert all(one.strip().startswith((".peerqual-show", "@container")) for one in selectors.split(",")), selectors


def test_hostile_words_are_words():
    whole = "".join(Page(display.html).text() for display in displays().values())
    for words in HOSTILE[:4]:
        assert words in whole
    assert "Espoir <i>toujours</i>" in whole and 'E02 "le <second>"' in whole


def test_a_transcript_shows_all_its_words_and_its_codes_with_their_reasons():
    page = Page(show(CORPUS[0], CODINGS, BOOK, lang="fr").html)
    said = "".join(page.under("said", without="note"))
    assert said.endswith("".join(CORPUS[0].text[turn.start : turn.end] for turn in CORPUS[0].turns))
    chips = [attributes for _, attributes in page.tags if "chip" in attributes.get("class", "").split()]
    assert len(chips) == len(CODINGS[CODINGS["document"] == "E01"])
    assert "Proposé · règle espoir.phrase1\u00a0· score 0,60" in {attributes["title"] for attributes in chips}
    assert "non relues" in page.text()


def test_a_transcript_that_a_person_has_read_bears_no_stamp():
    assert "non relues" not in show(CORPUS[0], CODINGS.assign(status="accepted"), BOOK, lang="fr").html
    assert "non relues" not in show(CORPUS[0], lang="fr").html


def test_text_forms_count_and_hold_no_words_of_a_transcript():
    said = {name: repr(display) for name, display in displays().items()}
    assert said["transcript"] == "E01: Entretien, 4 tours de parole, 4 passages"
    assert said["codings"].startswith("14 codages : 11 proposés, 2 acceptés et 1 ajouté")
    assert "espoir: Espoir" in said["codebook"]
    assert "E01: Jeanne (respondent), 2" in said["corpus"]
    for text in said.values():
        assert "cachets" not in text and "script" not in text.replace("Transcript", "")


def test_codings_show_supporting_words_and_say_how_many_are_left():
    many = pd.concat([CODINGS] * 10, ignore_index=True)
    page = Page(show(many, codebook=BOOK, lang="fr").html)
    bold = [data for data, stack in page.words if stack and stack[-1][0] == "b"]
    assert {"m'assommaient", "j'y ai cru", "depuis un an"} <= set(bold)
    assert "… et 40 autres." in page.text()


def test_a_code_that_the_codebook_does_not_know_is_named_by_its_id():
    assert "inventee" in show(CODINGS.assign(code="inventee"), codebook=BOOK).html


def test_a_corpus_shows_what_its_readers_doubted_and_what_failed():
    doubtful = Transcript("D", "Bonjour.", doubts=(Doubt(3, "errors.example", {"n": 2}),))
    corpus = Corpus((doubtful,), failures=(Failure("x.docx", PeerqualError("errors.example", "x.docx", n=4)),))
    text = Page(show(corpus, lang="en").html).text()
    assert "line 3: an example with 2 things" in text and "x.docx: an example with 4 things" in text


@pytest.mark.parametrize(
    ("x", "codings", "key"),
    [
        (3, None, "show.cannot"),
        (pd.DataFrame({"label": ["PER"]}), None, "show.no_column"),
        (CORPUS[0], CODINGS.drop(columns="evidence"), "show.no_column"),
        (Transcript("E01", "autre"), CODINGS, "show.other_text"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(x, codings, key):
    with pytest.raises(PeerqualError) as caught:
        show(x, codings, BOOK)
    assert caught.value.key == key
    assert "\n" not in caught.value.render("fr")


def test_asking_for_show_loads_nothing_heavy():
    code = "import sys, peerqual; peerqual.show; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "numpy", "matplotlib", "spacy", "jinja2"} & set(loaded)
