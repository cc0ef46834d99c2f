"""A team's template: its words, colours and order are in the page; what the report does not have is an error that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reporting_corpus import BOOK, CODINGS, CORPUS

from peerqual.errors import PeerqualError
from peerqual.reporting.html import render
from peerqual.reporting.template import SECTIONS, Template, load
from peerqual.study_results import gather

TOML = """
sections = ["codes", "found", "method"]
[texts.title]
fr = "Ce que disent les pairs : lecture d'équipe"
[texts.decided]
fr = "Codages : {total}."
"""
CSS = "/* l'équipe */ :root { --ink: light-dark(#102030, #f0f0ff); --serif: Georgia, serif; --k0: #884400 }"


@pytest.fixture(scope="module")
def data():
    return gather(CODINGS, CORPUS, BOOK, lang="fr")


def template(folder, toml=TOML, css=CSS):
    (folder / "template.toml").write_text(toml, encoding="utf-8")
    (folder / "colours.css").write_text(css, encoding="utf-8")
    return load(folder)


def test_texts_colours_and_order_are_the_teams(tmp_path, data):
    page = render(data, lang="fr", template=template(tmp_path))
    assert re.findall(r'<section id="(\w+)"', page)[:3] == ["codes", "found", "method"]
    assert re.findall(r'<li><a href="#(\w+)"', page)[:3] == ["codes", "found", "method"]
    assert "Ce que disent les pairs\u00a0: lecture d’équipe" in page and "Codages\u00a0: 14\u00a0codages." in page
    rules = page.index("--ink: light-dark(#102030, #f0f0ff); --serif: Georgia, serif; --k0: #884400;")
    assert rules > page.index("--ink: light-dark(#1b1b1b")
    assert render(data, lang="en", template=template(tmp_path)) != page


def test_without_a_template_the_report_is_as_it_was(data):
    assert render(data, lang="fr") == render(data, lang="fr", template=Template()) and Template().sections == SECTIONS


def test_either_file_is_enough(tmp_path):
    (tmp_path / "colours.css").write_text("--link: #224488;", encoding="utf-8")
    assert load(tmp_path).colours == {"link": "#224488"} and load(tmp_path).sections == SECTIONS
    (tmp_path / "colours.css").unlink()
    with pytest.raises(PeerqualError) as caught:
        load(tmp_path)
    assert caught.value.key == "template.none"


@pytest.mark.parametrize(
    ("toml", "css", "key"),
    [
        ("sections = ['found', 'fond']", "", "no_section"),
        ("[texts.titre]\nfr = 'x'", "", "no_text"),
        ("[texts.title]\nde = 'x'", "", "no_text"),
        ("[texts.title]\nfr = '{total}'", "", "bad_fields"),
        ("[texts.title]\nfr = 'a } b'", "", "bad_fields"),
        ("[texts.title\nfr = 'x'", "", "bad_file"),
        ("", "--encre: #000;", "no_colour"),
        ("", "--ink: url(https://a.example/x.png);", "bad_colour"),
        ("", "--ink: image-set('x.png' 1x);", "bad_colour"),
    ],
)
def test_what_the_report_does_not_have_is_an_error(tmp_path, toml, css, key):
    with pytest.raises(PeerqualError) as caught:
        template(tmp_path, toml, css)
    assert caught.value.key == f"template.{key}"
    assert "\n" not in caught.value.render("fr") and caught.value.render("en")


def test_colours_cannot_leave_their_rule(tmp_path, data):
    page = render(data, lang="fr", template=template(tmp_path, css="--ink: red; } body { display: none } </style><script>1</script>"))
    assert page.count("<script>") == 1 and "display: none } </style>" not in page


def test_words_of_a_template_are_words(tmp_path, data):
    page = render(data, lang="fr", template=template(tmp_path, "[texts.caution]\nfr = '<b>Attention</b>'", ""))
    assert "&lt;b&gt;Attention" in page


def test_the_example_in_the_docs_is_a_template(data):
    example = load(Path(__file__).parents[2] / "docs" / "template_example")
    assert example.sections[:2] == ("found", "method") and "Ce que nous avons entendu" in render(data, lang="fr", template=example)
