"""The notebook's review of codings: its Python side driven as its view drives it, and the view in a real browser."""

from __future__ import annotations

import json
import os
import shutil
import sys
from importlib.resources import files

import pytest
from coding_books import book, conversation

from peerqual import decisions
from peerqual.coding import code, codings_table
from peerqual.coding.review.commands import review_codes
from peerqual.coding.review.memos import read as memos_of
from peerqual.coding.review.widget import CodesWidget
from peerqual.errors import UsageError
from peerqual.model import Corpus

BOOK = book(("espoir", [{"phrase": ["espoir"]}]), ("aide", [{"phrase": ["aide"]}]))
TALK = conversation(("Q", "interviewer", "Et 🙂 alors ?"), ("A", "respondent", "J'ai <b>de l'espoir. 🙂 Il pleut. L'aide me tient."))
CORPUS = Corpus((TALK,))
CODINGS = codings_table(code(CORPUS, BOOK), CORPUS)


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "decisions.jsonl"


@pytest.fixture
def made(kept):
    return CodesWidget(review_codes(CODINGS, CORPUS, BOOK, order="interview"), CORPUS, BOOK, decisions=kept, coder="AM", lang="fr")


def told(kept):
    return [(one.verdict, one.code, TALK.text[one.start : one.end]) for one in decisions.read(kept)] if kept.exists() else []


def test_each_action_is_in_the_log_at_once_and_undo_takes_it_back(made, kept):
    assert "1/2" in made.view.shown["head"] and "espoir" in made.view.shown["head"]
    made._asked({"do": "accept"})
    assert told(kept) == [("accept", "espoir", "J'ai <b>de l'espoir.")] and "2/2" in made.view.shown["head"]
    made._asked({"do": "other", "code": "espoir"})
    assert told(kept)[1:] == [("reject", "aide", "L'aide me tient."), ("add", "espoir", "L'aide me tient.")]
    made._asked({"do": "undo"})
    assert len(told(kept)) == 1
    made._asked({"do": "undo"})
    assert told(kept) == [] and "1/2" in made.view.shown["head"]
    made._asked({"do": "undo"})
    assert "Rien" in made.said
    made._asked({"do": "save", "path": "x"})  # no action


def test_what_is_shown_is_the_text_and_places_in_it(made):
    shown = made.view.shown
    assert shown["text"] == TALK.text[: TALK.turns[1].end]
    start, end = shown["place"]
    assert shown["text"][start:end] == "J'ai <b>de l'espoir."
    assert [shown["text"][a:b] for a, b in shown["support"]] == ["espoir"]


def test_a_new_passage_is_the_words_selected(made, kept):
    start = made.view.shown["text"].index(" Il pleut.")
    made.passage(start, start + len(" Il pleut."), "aide")
    assert told(kept) == [("add", "aide", "Il pleut.")]


def test_memos_and_what_cannot_be_done(made, kept):
    made.memo("Pudique.")
    assert told(kept) == [] and [one.memo for one in memos_of(kept.with_suffix(".memos.jsonl"))] == ["Pudique."]
    made.other("espor")
    assert "espoir" in made.said and "pleut" not in made.said and told(kept) == []


def test_a_table_without_rows(kept):
    widget = CodesWidget(review_codes(CODINGS.iloc[:0], CORPUS, BOOK), CORPUS, BOOK, decisions=kept, lang="fr")
    widget._asked({"do": "accept"})
    assert not kept.exists() and widget.view.shown["text"] == ""


def test_without_anywidget_it_says_what_to_install(kept, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(UsageError, match="notebook"):
        CodesWidget(review_codes(CODINGS, CORPUS, BOOK), CORPUS, BOOK, decisions=kept)


# --- in a browser ---------------------------------------------------------------------------------------------------------------

PAGE = """<!doctype html><meta charset="utf-8"><button id="outside">x</button><div id="here"></div><script type="module">
WIDGET
const listeners = {};
window.sent = [];
window.outside = [];
const state = STATE;
window.model = {
  get: (name) => state[name],
  send: (content) => window.sent.push(content),
  on: (name, heard) => { (listeners[name] ??= []).push(heard); },
  off: () => {},
  put: (name, value) => { state[name] = value; (listeners[`change:${name}`] ?? []).forEach((heard) => heard()); },
};
document.addEventListener("keydown", (event) => window.outside.push(event.key));
shown.render({ model: window.model, el: document.getElementById("here") });
window.ready = true;
</script>"""


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail(
            f"no Chromium{' in CI' if os.environ.get('CI') else ''}: install it, or leave these tests out with -m 'not browser'", pytrace=False
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium, made, tmp_path):
    source = files("peerqual.coding.review").joinpath("widget.js").read_text(encoding="utf-8").replace("export default", "const shown =")
    state = {"labels": made.view.labels, "shown": made.view.shown, "said": ""}
    page = PAGE.replace("STATE", json.dumps(state).replace("</", "<\\/")).replace("WIDGET", source)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tab = chromium.new_page()
    faults = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.set_default_timeout(10_000)
    tab.goto((tmp_path / "page.html").as_uri())
    tab.wait_for_function("window.ready")
    yield tab
    tab.close()
    assert faults == []


SELECT = """(words) => {
  const walk = document.createTreeWalker(document.querySelector(".pq-text"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
}"""


@pytest.mark.browser
def test_keys_ask_and_the_notebook_does_not_hear_them(tab):
    tab.focus(".pq-codes")
    for key in ("a", "r", "u", "ArrowRight", "ArrowLeft", "z", "Control+a", "Shift+r"):
        tab.keyboard.press(key)
    assert tab.evaluate("sent.map((one) => one.do)") == ["accept", "reject", "undo", "next", "previous"]
    assert tab.evaluate("outside") == []
    tab.keyboard.press("o")
    tab.keyboard.type("aide")  # no key while one writes
    tab.keyboard.press("Enter")
    assert tab.evaluate("sent.at(-1)") == {"do": "other", "code": "aide"}
    tab.keyboard.press("m")
    tab.keyboard.type("à revoir")
    tab.keyboard.press("Escape")
    tab.keyboard.press("a")
    assert tab.evaluate("sent.at(-1)") == {"do": "accept"}


@pytest.mark.browser
def test_selected_words_are_code_points_of_the_text(tab, made, kept):
    tab.focus(".pq-codes")
    tab.keyboard.press("n")
    assert made.view.labels["select"] in tab.inner_text(".pq-said")
    tab.evaluate(SELECT, "Il pleut.")
    tab.keyboard.press("n")
    tab.keyboard.type("aide")
    tab.keyboard.press("Enter")
    made._asked(tab.evaluate("sent.at(-1)"))
    assert told(kept) == [("add", "aide", "Il pleut.")]


@pytest.mark.browser
def test_the_passage_is_marked_its_words_are_no_markup_and_the_next_is_drawn(tab, made):
    assert tab.text_content(".pq-text") == made.view.shown["text"] and tab.locator(".pq-text b").count() == 0
    assert "".join(tab.locator(".pq-passage").all_text_contents()) == "J'ai <b>de l'espoir."
    assert tab.locator(".pq-support").all_text_contents() == ["espoir"]
    made.accept()
    tab.evaluate("(shown) => model.put('shown', shown)", made.view.shown)
    assert "".join(tab.locator(".pq-passage").all_text_contents()) == "L'aide me tient."
    tab.click(".pq-do-reject")
    assert tab.evaluate("sent.at(-1)") == {"do": "reject"}
