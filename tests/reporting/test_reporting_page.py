"""The report as text: self-contained, escaped, complete, with denominators and stamps, in both languages."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import tomllib
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from reporting_corpus import BOOK, CODINGS, CORPUS, HOSTILE, Book, made, page

from peerqual.model import Corpus, Transcript
from peerqual.reporting.html import write_report
from peerqual.reporting.html.data import invented
from peerqual.reporting.html.page import TEMPLATES

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and the words under each class."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.words, self.open, self.scripts = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append((tag, dict(attributes)))

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        (self.scripts if self.open and self.open[-1][0] in ("script", "style") else self.words).append((data, [*self.open]))

    def text(self) -> str:
        return "".join(data for data, _ in self.words)

    def under(self, name: str, without: str = "") -> list[str]:
        """Return the words of each element of class `name`, those of class `without` left out."""
        found: dict[int, str] = {}
        for data, stack in self.words:
            box = next((attributes for _, attributes in stack if name in attributes.get("class", "").split()), None)
            if box is not None and not (without and any(without in attributes.get("class", "").split() for _, attributes in stack)):
                found[id(box)] = found.get(id(box), "") + data
        return list(found.values())


@pytest.fixture(scope="module", params=["fr", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def source(lang):
    return page(lang=lang)


@pytest.fixture(scope="module")
def read(source):
    parsed = Page(source)
    assert not parsed.open
    return parsed


def test_nothing_is_fetched_and_only_its_own_script_may_run(source, read):
    assert not re.findall(r"(?:https?:)?//(?!www\.w3\.org/)[\w.]+", re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", source, flags=re.S))
    names = [tag for tag, _ in read.tags]
    assert names.count("script") == 1 and not {"img", "iframe", "object", "embed", "video", "base"} & set(names)
    assert not [attributes for tag, attributes in read.tags if "src" in attributes or any(name.startswith("on") for name in attributes)]
    assert [attributes["href"] for tag, attributes in read.tags if tag == "link"] == ["data:,"]
    policy = next(attributes["content"] for _, attributes in read.tags if attributes.get("http-equiv"))
    script = next(data for data, stack in read.scripts if stack[-1][0] == "script")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';") and f"script-src 'sha256-{digest}'" in policy


def test_hostile_words_are_words(read):
    said = read.under("said", without="note")
    for words in HOSTILE:
        assert any(words in turn for turn in said), words
    assert "Espoir <i>toujours</i>" in read.text() or "Hope <i>always</i>" in read.text()
    assert 'E02 "le <second>"' in read.text()


def test_every_word_of_every_turn_is_there_once_and_in_order(read):
    said = "".join(read.under("said", without="note"))
    expected = "".join(
        ("" if t.id != "E01" else "Corpus fictif : oui\nDate : un mardi") + "".join(t.text[turn.start : turn.end] for turn in t.turns) for t in CORPUS
    )
    assert said == expected.replace("\n\n", "")  # between the paragraphs of notes


def test_addresses_are_unique_and_links_lead_somewhere(read):
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for tag, attributes in read.tags if tag == "a"]
    assert len(links) > 50
    for href in links:
        assert href.startswith("#") and unquote(href[1:].split("?")[0]) in ids, href


def test_each_passage_links_to_its_codes_and_each_verbatim_to_its_passage(read):
    spans = {f"{d}.{s}-{e}" for d, s, e in CODINGS[["document", "start", "end"]].itertuples(index=False)}
    notes = {attributes["id"] for _, attributes in read.tags if "note" in attributes.get("class", "").split() and "id" in attributes}
    assert len(notes) == len(spans)
    quoted = {attributes["data-at"] for _, attributes in read.tags if "data-at" in attributes}
    assert quoted and quoted <= notes
    chips = [attributes["href"] for tag, attributes in read.tags if tag == "a" and "chip" in attributes.get("class", "").split()]
    assert len(chips) == len(CODINGS)


def test_numbers_come_with_denominators_and_statuses_apart(source, lang):
    text = re.sub(r"[\u00a0\u202f]", " ", Page(source).text())
    for said in {
        "fr": ("2 des 2 entretiens", "1 des 3 participant·es", "11 proposés", "2 acceptés", "1 ajouté par une personne"),
        "en": ("2 of 2 interviews", "1 of 3 participants", "11 proposed", "2 accepted", "1 added by a person"),
    }[lang]:
        assert said in text, said


def test_the_stamp_stands_on_top_by_every_table_in_every_figure_and_on_every_printed_page(source, read, lang):
    stamp = {"fr": "Propositions automatiques non relues", "en": "Automatic proposals, not reviewed"}[lang]
    text = read.text()
    tables = [tag for tag, _ in read.tags].count("caption")
    figures = [tag for tag, _ in read.tags].count("svg")
    assert figures == 7
    assert text.count(stamp) >= 3 + tables + figures
    assert re.search(rf'@top-center {{ content: "{stamp}', source)


def test_without_proposals_there_is_no_stamp():
    text = page(CODINGS.assign(status="accepted"))
    assert "non relues" not in text and "0\u00a0proposé" in text


def test_the_banner_says_that_the_corpus_is_invented():
    assert 'class="banner"' in page()
    one = Corpus((CORPUS[0], made("E09", "interview", ("R", "respondent", None, "Bonjour."))[0]))
    assert "Corpus en partie fictif\u00a0: 1\u00a0des 2\u00a0documents" in page(CODINGS[CODINGS["document"] == "E01"], one, by=())
    real = made("E09", "interview", ("R", "respondent", None, "⟪J'y crois.⟫(espoir)"), Corpus="réel", Note="fictif")
    assert "fictif" not in Page(page(CODINGS.head(0), Corpus((real[0],)), by=())).under("banner")


@pytest.mark.parametrize(
    ("head", "metadata", "n"),
    [
        ("", {"Corpus": "fictif"}, 1),
        ("", {"Corpus fictif": "tout est inventé"}, 1),
        ("", {"title": "Notes (corpus fictif : lieux inventés)"}, 1),
        ("Corpus  fictif\n", {}, 1),
        ("", {"Corpus": "réel", "Livre": "fictif"}, 0),
        ("Un corpus, un récit fictif.\n", {}, 0),
    ],
)
def test_an_invented_corpus_says_so_in_several_ways(head, metadata, n):
    assert invented(Corpus((made("E", "interview", ("R", "respondent", None, "Corpus fictif, dit-il."), head=head, **metadata)[0],))) == n


def test_pseudonymized_is_what_it_says(source):
    assert "anonym" not in source.lower().replace("pseudonym", "")


def test_method_names_versions_codebook_and_identifiers(source, lang):
    text = re.sub(r"[\u00a0\u202f]", " ", Page(source).text())
    hidden = {"fr": ("17 identifiants", "personnes (12)", "2 des 17"), "en": ("17 identifiers", "people (12)", "2 of 17")}[lang]
    for said in ("peerqual 0.1.0", "spacy 3.8.7", "version 1", "0123456789ab", *hidden):
        assert said in text, said


def test_codes_that_nobody_carries_are_named():
    text = page(CODINGS[CODINGS["code"] != "cadre_formation"])
    unused = Page(text).under("unused")[0]
    assert unused.strip() == "Codes que personne ne porte\u00a0: Cadre et formation."


def test_an_excerpt_names_the_words_of_another_turn_that_support_it():
    answer = CODINGS[(CODINGS["document"] == "G01") & (CODINGS["code"] == "espoir")]
    assert "avec des mots voisins\u00a0: les piqûres" in page(answer)


def test_codes_named_in_a_definition_are_linked():
    codes = [dataclasses.replace(code, exclude={"fr": ("la peur (`fragilite`)", "un `mot`")}) for code in BOOK.codes]
    text = page(book=Book(*codes))
    assert '<li>la peur (<a href="#code-fragilite">Fragilité</a>)</li>' in text and "<li>un mot</li>" in text


def test_words_of_the_codebook_are_set_in_french():
    codes = [dataclasses.replace(code, label={"fr": "L'« espoir » : oui ; non ?", "en": "It's 'hope': yes"}) for code in BOOK.codes]
    assert "L’«\u00a0espoir\u00a0»\u00a0: oui\u202f; non\u202f?" in Page(page(book=Book(*codes))).text()
    assert "It's 'hope': yes" in Page(page(book=Book(*codes), lang="en")).text()


def test_a_rejected_coding_is_shown_nowhere_but_counted_once():
    rejected = CODINGS.assign(status=CODINGS["status"].where(CODINGS["code"] != "parrainage", "rejected"))
    text = page(rejected)
    assert "Rejetés par une personne, et comptés nulle part\u00a0: 3\u00a0codages" in text
    assert 'data-y="règle parrainage' not in text


def test_same_data_same_bytes(source, lang):
    assert page(lang=lang) == source


def test_english_says_nothing_in_french(source, lang):
    if lang == "en":
        messages = tomllib.loads((TEMPLATES.parents[1] / "messages" / "report.toml").read_text(encoding="utf-8"))
        labels = {*BOOK.codes[0].label.values()}
        text = Page(source).text()
        for key, texts in messages.items():
            if len(texts["fr"]) > 15 and texts["fr"] != texts["en"] and "{" not in texts["fr"] and texts["fr"] not in labels:
                assert texts["fr"] not in text, key
        assert '<html lang="en">' in source and 'lang="fr"' in source  # the words themselves stay French


@pytest.mark.parametrize(
    "corpus",
    [Corpus((Transcript("seul", "Un texte sans tour de parole.\n\nUn autre paragraphe."),)), Corpus(()), Corpus((CORPUS[0],))],
    ids=["no turn", "no document", "one interview"],
)
def test_a_useful_page_without_any_coding(corpus):
    text = page(CODINGS.head(0), corpus, by=())
    assert Page(text).text().count("Aucun passage ne porte de code") >= 1


def test_a_codebook_may_have_no_title_and_one_code():
    book = Book(BOOK.codes[3])
    book.title = ""
    text = page(CODINGS[CODINGS["code"] == "espoir"], book=book)
    assert "<h1>Rapport d’analyse thématique</h1>" in text and "Livre de codes : " not in text.replace("\u00a0", " ")


def test_the_page_is_titled_as_a_report_and_names_its_codebook():
    """A study takes a codebook that was made elsewhere: its title is not the study's."""
    text = page(CODINGS).replace("\u00a0", " ")
    assert "<title>Rapport d’analyse thématique</title>" in text, "a tab is called as the page is"
    assert "<h1>Rapport d’analyse thématique</h1>" in text and f">Livre de codes : {BOOK.title['fr']}<" in text


def test_changed_scales_do_not_break_the_page():
    """A hundred documents: still one page, whose size follows the words and not their square."""
    parts = [made(f"E{i:03}", "interview", ("R", "respondent", None, "⟪J'y ⟦crois⟧ encore.⟫(espoir) On verra bien. " * 5)) for i in range(100)]
    import pandas as pd

    codings = pd.DataFrame([row for _, rows in parts for row in rows], columns=CODINGS.columns)
    text = page(codings, Corpus(tuple(transcript for transcript, _ in parts)), by=())
    assert len(text) < 1_500_000
    assert "500\u00a0passages portent" in text


def test_every_message_asked_for_exists_and_none_is_idle():
    known = set(tomllib.loads((TEMPLATES.parents[1] / "messages" / "report.toml").read_text(encoding="utf-8")))
    sources = [*TEMPLATES.glob("*.html"), *TEMPLATES.parent.glob("html/*.py"), TEMPLATES.parent / "show.py"]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r'\b(?:t|words)\("(\w+)"', whole))
    assert named - known - {"section_", "material_", "material_one_", "status_", "role_", "legend_"} == set()
    begun = [*re.findall(r'\bt\("(\w+_)" ~', whole), *re.findall(r'\bwords\(f["\'](\w+_)\{', whole)]
    for key in known:
        stem = re.sub(r"_[1n]$", "", key)
        assert re.search(rf"\b{stem}(_[1n])?\b", whole) or any(key.startswith(start) for start in begun), key


def test_the_file_is_written_whole(tmp_path):
    write_report(tmp_path / "new" / "report.html", "<p>é</p>")
    assert (tmp_path / "new" / "report.html").read_bytes() == "<p>é</p>".encode()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report.html"]
