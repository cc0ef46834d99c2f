"""The report in a real browser: nothing leaves it, its filters, links, tables and keys work, in both languages and at all widths."""

from __future__ import annotations

import os
import re
import shutil
from itertools import pairwise

import pytest
from reporting_corpus import BOOK, CODINGS, CORPUS, HOSTILE, page

from peerqual.language.fold import fold
from peerqual.reporting.html import render, write_report
from peerqual.study_results import gather

pytestmark = pytest.mark.browser
FAMILY = {"souffrance": {"souffrance", "souffrance_soins"}, "parcours": {"souffrance", "souffrance_soins", "espoir", "fragilite"}}


@pytest.fixture(scope="module")
def chromium():
    """The distribution's Chromium, headless. Without it these tests fail: a report nobody has opened is not tested."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        where = "CI" if os.environ.get("CI") else "this machine"
        pytest.fail(f"no Chromium on {where}: install it (apt-get install chromium), or leave these tests out with -m 'not browser'", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    for lang in ("fr", "en"):
        write_report(folder / f"{lang}.html", page(lang=lang))
    chosen = CODINGS[CODINGS["document"] == "G01"].head(1).assign(keep="yes")
    published = gather(CODINGS, CORPUS, BOOK, lang="fr", profile="publication", chosen=chosen)
    write_report(folder / "publication.html", render(published, lang="fr"))
    return folder


@pytest.fixture
def opened(chromium, reports):
    """A function that opens the report; in the end nothing but the file was asked for, and the console is empty."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    asked, said = [], []

    def open_at(hash: str = "", lang: str = "fr", **viewport: int):
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        if viewport:
            tab.set_viewport_size(viewport)
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto((reports / f"{lang}.html").as_uri() + hash)
        return tab

    yield open_at
    context.close()
    assert {url.split("#")[0] for url in asked} <= {path.as_uri() for path in reports.iterdir()}
    assert not said


def expected(code="", who="", doc="", material="", status="", q="") -> int:
    """Count passages the slow way."""
    rows = CODINGS[CODINGS["status"] != "rejected"]
    for column, value in (("participant", who), ("document", doc), ("material", material), ("status", status)):
        rows = rows[rows[column] == value] if value else rows
    rows = rows[rows["code"].isin(FAMILY.get(code, {code}))] if code else rows
    rows = rows[[fold(q) in fold(text) for text in rows["text"]]] if q else rows
    return len(rows[["document", "start", "end"]].drop_duplicates())


TOTAL = expected()


def shows(tab, n: int, total: int = TOTAL) -> None:
    """Wait until the count says that `n` of `total` passages are shown, and look whether it is so."""
    wanted = f"{n} passage{'s' if n > 1 else ''} sur {total}"
    tab.wait_for_function("text => document.querySelector('#count').textContent.startsWith(text)", arg=wanted)
    assert tab.locator(".note:not(.off):visible").count() == n


def place(tab, id: str) -> float:
    """Return how far from the top of the window an element is, once the page has moved."""
    return tab.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_opens_with_hostile_words_as_words(opened, lang):
    tab = opened(lang=lang)
    assert "pris" not in tab.title()
    assert tab.evaluate("document.scripts.length") == 1
    said = tab.evaluate("[...document.querySelectorAll('.said')].map(e => e.textContent).join('')")
    assert all(words in said for words in HOSTILE)
    counted = {"fr": f"{TOTAL} passages", "en": f"{TOTAL} passages"}[lang]
    assert tab.locator("#count").inner_text() == counted
    assert tab.locator("html").get_attribute("lang") == lang
    tab.locator(".verbatim .to-transcript").first.click()
    tab.locator(".note.here").first.wait_for()
    assert tab.locator(".note.here").count() == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"code": "espoir"},
        {"code": "souffrance"},
        {"code": "parcours"},
        {"who": "p1"},
        {"doc": 'E02 "le <second>"'},
        {"material": "field_notes"},
        {"status": "added"},
        {"code": "souffrance", "material": "interview"},
        {"code": "souffrance", "status": "accepted"},
        {"code": "espoir", "who": "p1", "doc": "G01", "status": "proposed"},
        {"code": "fragilite", "doc": "G01"},
    ],
    ids=lambda wish: "+".join(wish),
)
def test_filters_act_together_on_passages_and_excerpts(opened, wish):
    tab = opened()
    for name, value in wish.items():
        tab.select_option(f"#f-{name}", value)
    shows(tab, expected(**wish))
    kept = set(tab.evaluate("[...document.querySelectorAll('.document:not([hidden]) .note:not(.off)')].map(e => e.id)"))
    quoted = set(tab.evaluate("[...document.querySelectorAll('.verbatim')].filter(e => e.offsetParent).map(e => e.dataset.at)"))
    assert quoted <= kept
    assert tab.locator("#no-verbatim").is_visible() == (not quoted)
    assert tab.locator("#no-turn").is_visible() == (not kept)
    if "code" in wish:
        shown = tab.evaluate("[...document.querySelectorAll('article.code')].filter(e => e.offsetParent).map(e => e.dataset.code)")
        assert set(shown) == FAMILY.get(wish["code"], {wish["code"]})
    tab.click("#clear")
    tab.wait_for_function("total => document.querySelector('#count').textContent === `${total} passages`", arg=TOTAL)
    tab.wait_for_function("() => location.href.endsWith('#')")  # the address is written after the page is painted
    assert tab.locator("#clear").is_disabled()


@pytest.mark.parametrize(("query", "turns"), [("CAFE", 3), ("ça peut revenir", 1), ("soeur", 1), ("j’y", 3), ("{{ 7 * 7 }}", 1), ("zzz", 0)])
def test_search_knows_no_accents_capitals_or_apostrophes(opened, query, turns):
    tab = opened()
    tab.fill("#q", query)
    shows(tab, expected(q=query.replace("oe", "œ")))
    assert tab.locator(".turn:visible").count() == turns
    assert tab.evaluate("CSS.highlights.get('found')?.size || 0") >= turns


def test_the_rest_of_the_text_can_stay_around(opened):
    tab = opened()
    tab.fill("#q", "cafe")
    shows(tab, expected(q="cafe"))
    before = tab.locator(".turn:visible").count()
    tab.check("#f-rest")
    tab.wait_for_function("() => document.querySelectorAll('.turn.aside').length > 0")
    assert tab.locator(".turn:visible").count() > before


def test_links_lead_both_ways_and_back(opened):
    tab = opened()
    link = tab.locator("#code-espoir .verbatim .to-transcript").first
    target = link.get_attribute("href")[1:]
    tab.evaluate("for (const box of document.querySelectorAll('details.document')) box.open = false")
    link.click()
    tab.locator(f"[id='{target}'].here").wait_for()
    assert 0 <= place(tab, target) < 900
    tab.locator(f"[id='{target}'] .chip", has_text="Espoir").click()
    assert tab.url.endswith("#code-espoir")
    assert -5 <= place(tab, "code-espoir") < 300
    tab.go_back()
    tab.wait_for_function("id => location.hash === `#${id}`", arg=target)
    assert 0 <= place(tab, target) < 900


def test_a_link_to_a_passage_shows_it_whatever_the_filters(opened):
    passage = CODINGS[CODINGS["code"] == "fragilite"].iloc[0]
    target = f"E01.{passage['start']}-{passage['end']}"
    tab = opened(f"#{target}?code=cadre_formation&doc=G01")
    assert tab.locator(f"[id='{target}']").is_visible()
    assert tab.locator("#f-code").input_value() == "cadre_formation"


def test_a_number_leads_to_its_passages(opened):
    tab = opened()
    cell = tab.locator("#table-interview tbody tr", has_text="Parrainage").locator("td a").first
    n = int(cell.inner_text())
    assert n == expected(code="parrainage", material="interview") > 0
    cell.click()
    shows(tab, n)
    assert tab.locator("#f-code").input_value() == "parrainage"


def test_the_address_keeps_the_state(opened):
    tab = opened()
    tab.select_option("#f-doc", 'E02 "le <second>"')
    tab.fill("#q", "café")
    shows(tab, expected(doc='E02 "le <second>"', q="café"))
    tab.wait_for_function("() => location.hash.includes('caf')")
    tab.reload()
    shows(tab, expected(doc='E02 "le <second>"', q="café"))
    assert tab.locator("#q").input_value() == "café"
    again = opened("#" + tab.url.split("#")[1])
    shows(again, expected(doc='E02 "le <second>"', q="café"))
    assert again.locator("#f-doc").input_value() == 'E02 "le <second>"'


def test_tables_sort_and_come_back(opened):
    tab = opened()
    cells = "[r.className, r.cells[0].textContent, Number(r.cells[1]?.dataset.v)]"
    rows = f"[...document.querySelectorAll('#table-interview tbody tr')].map(r => {cells})"
    written = tab.evaluate(rows)
    head = tab.locator("#table-interview thead th").nth(1)
    head.locator("button").click()
    numbers = [n for _, _, n in tab.evaluate(rows)]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 6
    assert head.get_attribute("aria-sort") == "descending"
    head.locator("button").click()
    assert [n for _, _, n in tab.evaluate(rows)] == sorted(numbers)
    head.locator("button").click()
    assert tab.evaluate(rows) == written and head.get_attribute("aria-sort") is None
    tab.locator("#table-interview thead th").first.locator("button").click()
    names = [fold(name) for _, name, _ in tab.evaluate(rows)]
    assert names == sorted(names)


def test_all_of_it_by_keyboard(opened):
    tab = opened()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip-link"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.locator("#f-code").focus()
    tab.keyboard.type("Frag")
    shows(tab, expected(code="fragilite"))
    chip = tab.locator(".note:not(.off) .chip", has_text="Fragilité")
    chip.focus()
    why = tab.locator("#why")
    assert why.is_visible() and chip.get_attribute("aria-describedby") == "why"
    text = re.sub(r"\s", " ", why.inner_text())
    assert "Fragilité" in text and "Proposé · règle fragilite.phrase1 · score 0,60" in text and "ça peut revenir … j'y crois" in text
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.clock.install()
    tab.mouse.move(700, 3)
    tab.mouse.move(720, 5)
    tab.clock.run_for(5_000)
    assert why.is_visible()  # it stays as long as the keyboard's focus, wherever the pointer is
    tab.keyboard.press("Escape")
    assert why.is_hidden()
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => location.hash.startsWith('#code-fragilite')")
    tab.locator(".document summary").first.focus()
    was = tab.locator(".document").first.get_attribute("open") is not None
    tab.keyboard.press("Enter")
    assert (tab.locator(".document").first.get_attribute("open") is not None) != was


def test_pointing_at_words_tells_why(opened):
    tab = opened()
    tab.locator(".said mark", has_text="ça peut revenir").first.hover()
    text = tab.locator("#why").inner_text()
    assert all(name in text for name in ("Fragilité", "Parrainage", "Cadre et formation", "Espoir"))
    tab.locator("h1").hover()
    tab.wait_for_function("() => document.querySelector('#why').hidden")


def test_words_of_another_turn_that_support_a_passage_are_shown_with_it(opened):
    tab = opened()
    tab.locator("[data-d=G01] .chip", has_text="Espoir").focus()
    assert "Mots d’appui\u00a0: les piqûres … J'y crois" in tab.locator("#why").inner_text()
    assert tab.locator("b.far.lit").text_content() == "les piqûres"


@pytest.mark.parametrize("width", [320, 768, 1100, 1600])
def test_no_width_needs_sideways_scrolling(opened, width):
    tab = opened(width=width, height=800)
    tab.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.locator(".said mark").nth(2).scroll_into_view_if_needed()
    tab.locator(".note .chip").nth(2).focus()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_filters_fold_and_open(opened):
    tab = opened(width=360, height=740)
    assert tab.locator("#q").is_hidden()
    tab.locator("#tools > summary").press("Enter")
    tab.select_option("#f-code", "espoir")
    shows(tab, expected(code="espoir"))
    assert tab.locator(".count-again").inner_text() == f"{expected(code='espoir')} passages sur {TOTAL}"


CONTRASTS = r"""() => {
  const rgb = (text) => {
    const numbers = text.match(/[\d.]+/g).map(Number);
    return text.startsWith('color(') ? numbers.map((x, i) => i < 3 ? x * 255 : x) : numbers;
  };
  const linear = (x) => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const behind = (box) => {
    for (; box; box = box.parentElement) {
      const colour = rgb(getComputedStyle(box).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const box of document.querySelectorAll('body *')) {
    if (box.closest('svg, script, .unseen, .skip-link') || !box.offsetParent || box.disabled) continue;
    if (![...box.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(box).color)), light(behind(box))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) low.push([box.tagName, box.className, getComputedStyle(box).color]);
  }
  return low;
}"""


def test_words_stand_out_from_what_is_behind_them(opened):
    tab = opened()
    tab.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    assert tab.evaluate(CONTRASTS) == []
    tab.select_option("#f-code", "espoir")
    tab.check("#f-rest")
    shows(tab, expected(code="espoir"))
    assert tab.evaluate(CONTRASTS) == []


def test_fields_have_names_and_parts_have_landmarks(opened):
    tab = opened()
    unnamed = "[...document.querySelectorAll('input, select, button, summary')].filter(e => !(e.labels?.length || e.textContent.trim()))"
    assert tab.evaluate(unnamed + ".length") == 0
    for selector in ("main", "nav[aria-label]", "header", "footer", "[role=search]", "[role=search] [aria-live=polite]"):
        assert tab.locator(selector).count() == 1, selector
    levels = tab.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def test_j_and_k_go_from_passage_to_passage(opened):
    tab = opened("#transcripts")
    order = tab.evaluate("[...document.querySelectorAll('.said .note')].map(e => e.id)")
    here = "document.querySelector('.note.here')?.id"
    tab.keyboard.press("j")
    first = order.index(tab.evaluate(here))
    for key, moved in (("j", 1), ("j", 1), ("k", -1), ("k", -1), ("k", -1 if first else 0)):
        at = order.index(tab.evaluate(here))
        tab.keyboard.press(key)
        assert tab.evaluate(here) == order[max(0, at + moved)]
        assert 0 <= place(tab, tab.evaluate(here)) < 900
    for _ in range(len(order) + 1):
        tab.click("#next")
    assert tab.evaluate(here) == order[-1]
    assert tab.locator("#where").inner_text().startswith(f"{TOTAL} / {TOTAL}")
    assert tab.url.endswith(f"#{order[-1]}")


def test_j_and_k_keep_to_what_the_filters_leave_and_can_be_turned_off(opened):
    tab = opened()
    tab.select_option("#f-code", "parrainage")
    shows(tab, expected(code="parrainage"))
    kept = tab.evaluate("[...document.querySelectorAll('.document:not([hidden]) .note:not(.off)')].map(e => e.id)")
    tab.locator("h1").click()
    seen = []
    for _ in kept:
        tab.keyboard.press("j")
        seen.append(tab.evaluate("document.querySelector('.note.here').id"))
    assert seen == kept
    tab.uncheck("#keys")
    tab.keyboard.press("k")
    assert tab.evaluate("document.querySelector('.note.here').id") == kept[-1]
    tab.check("#keys")
    tab.fill("#q", "")
    tab.locator("#q").press("k")  # a letter among words is a letter
    assert tab.locator("#q").input_value() == "k"


def test_the_list_of_turns_leads_to_each(opened):
    tab = opened()
    box = tab.locator("[data-d=E01] .turns")
    box.locator("summary").click()
    box.locator("li").first.wait_for()
    assert [item.split()[0] for item in box.locator("li").all_inner_texts()] == ["1", "2", "3", "4"]
    coded = box.locator("li.coded").all_inner_texts()
    assert len(coded) == 2 and "Jeanne" in coded[0] and "Souffrance liée aux soins" in coded[0]
    box.locator("a").nth(3).click()
    tab.locator("[id='E01.t4'].here").wait_for()  # the browser tells of a new address when it has time
    assert tab.url.endswith("#E01.t4")


def test_light_and_dark_follow_the_system_until_one_asks(opened):
    tab = opened()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(ground)
    assert light == "rgb(255, 255, 255)" and tab.locator("#theme").get_attribute("aria-pressed") == "false"
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function("() => document.querySelector('#theme').ariaPressed === 'true'")
    dark = tab.evaluate(ground)
    assert dark != light and tab.locator("#theme").get_attribute("aria-pressed") == "true"
    tab.locator("#theme").press("Enter")
    assert tab.evaluate(ground) == light
    tab.emulate_media(color_scheme="light")
    tab.click("#theme")
    assert tab.evaluate(ground) == dark
    tab.emulate_media(media="print")
    assert tab.evaluate(ground) == light


def test_nothing_bars_the_way_of_those_who_read_otherwise(opened):
    """axe-core finds no violation: whole report and publication, light and dark, three widths, filters at work."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(tab):
        found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
        return [(rule["id"], rule["nodes"][0]["html"][:200], len(rule["nodes"])) for rule in found]

    seen = {"fr": ((360, "light"), (900, "dark"), (1500, "light")), "publication": ((360, "dark"),)}
    for lang, views in seen.items():
        tab = opened(lang=lang)
        tab.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
        for width, scheme in views:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.emulate_media(color_scheme=scheme)
            assert violations(tab) == [], (lang, width, scheme)
    tab = opened("#?code=espoir&rest=1", width=1500, height=900)
    tab.emulate_media(color_scheme="dark")
    shows(tab, expected(code="espoir"))
    assert violations(tab) == []
    tab.evaluate("document.querySelector('h1').style.color = '#333'")
    assert [id for id, *_ in violations(tab)] == ["color-contrast"]  # it does look


def test_a_publication_works_without_transcripts(opened):
    tab = opened(lang="publication")
    assert tab.locator("#tools").count() == 0 and tab.locator("#transcripts").count() == 0
    assert tab.locator(".verbatim").count() == 1
    head = tab.locator("#table-group thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    tab.click("#theme")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


def test_prints_without_its_tools(opened):
    tab = opened()
    tab.emulate_media(media="print")
    assert tab.locator("#tools").is_hidden() and tab.locator("nav").is_hidden()
    assert tab.locator(".stamp").first.is_visible() and tab.locator(".said mark").first.is_visible()
    assert len(tab.pdf()) > 10_000


def test_everything_can_be_read_without_the_script(chromium, reports):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((reports / "fr.html").as_uri())
    assert tab.locator("#tools").is_hidden() and tab.locator("noscript").count() == 1
    assert all(tab.locator(".said").nth(i).is_visible() for i in range(tab.locator(".said").count()))
    assert len(CORPUS) == tab.locator(".document").count()
    context.close()
