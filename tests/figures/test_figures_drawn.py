from __future__ import annotations

import html
import io
import re
import sys
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))

from analysis_corpus import BOOK, CODINGS, CORPUS, Book, entry, frame, made, span

from peerqual.analysis import code_by_document, code_tree, cooccurrence, positions, theme_frequencies, turn_positions
from peerqual.model import Corpus
from peerqual.reporting import figures
from peerqual.reporting.figures.sheet import width_of, wrapped
from peerqual.reporting.figures.words import label
from peerqual.reporting.palette import MARKS, contrast, mix, palette

LONG = "Encourager une attitude active, soutenue et partagée dans la relation de soin et d'accompagnement"


def drawn(codings=CODINGS, corpus=CORPUS, book=BOOK, lang="fr", note="", by="material", width=6.3):
    options = {"codebook": book, "lang": lang, "note": note, "width": width}
    return {
        "bars": figures.codes_by_group(theme_frequencies(codings, corpus, codebook=book, by=by, lang=lang), **options),
        "heat": figures.codes_by_document(code_by_document(codings, corpus, book), **options),
        "along": figures.positions_along(positions(codings, corpus), corpus, **options),
        "pairs": figures.cooccurrence_matrix(cooccurrence(codings, corpus, codebook=book, unit="turn"), unit="turn", **options),
        "course": figures.thematic_course(positions(codings, corpus), turn_positions(corpus), **options),
        "tree": figures.theme_tree(code_tree(book, theme_frequencies(codings, corpus, codebook=book, branches=True), lang=lang), **options),
    }


def words(figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("name", ["bars", "heat", "along", "pairs", "course", "tree"])
def test_a_figure_is_the_same_each_time_without_date_or_maker(name, tmp_path):
    forms = ("svg", "png", "pdf")
    made = figures.save(drawn()[name], tmp_path / "one", name, forms)
    again = figures.save(drawn()[name], tmp_path / "two", name, forms)
    svg, png, pdf = (path.read_bytes() for path in made)
    assert [svg, png, pdf] == [path.read_bytes() for path in again]
    text = svg.decode()
    assert "<text" in text and "Espoir" in text
    assert "<metadata" not in text and "matplotlib" not in text.lower()
    assert b"Software" not in png and not re.search(rb"CreationDate|[Mm]atplotlib", pdf)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [f"{name}.pdf", f"{name}.png", f"{name}.svg"]
    assert [path.name for path in figures.save(drawn()[name], tmp_path / "three", name)] == [f"{name}.svg"]


@pytest.mark.parametrize("by", ["material", "association"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_word_leaves_the_sheet_and_none_is_cut(lang, by):
    book = Book(*BOOK.codes, *(entry(f"long_{i}", "role", label=LONG) for i in range(12)))
    codings = frame(*CODINGS.to_dict("records"), *(span(CORPUS[0], 70, 90, f"long_{i}") for i in range(12)))
    note = "Propositions automatiques non relues, corpus fictif, à relire en entier avant toute citation dans un texte publié"
    for figure in drawn(codings, book=book, lang=lang, note=note, by=by).values():
        width, height = figure.get_size_inches()
        renderer = figure.canvas.get_renderer()
        for text in figure.axes[0].texts:
            box = text.get_window_extent(renderer).transformed(figure.dpi_scale_trans.inverted())
            assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width + 0.01 and box.y1 <= height, text.get_text()
        joined = " ".join(words(figure))
        assert label(book, "long_3", lang) in joined and note in joined


def test_lines_of_text_do_not_overlap():
    for figure in drawn(note="corpus fictif").values():
        renderer = figure.canvas.get_renderer()
        boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts if not text.get_rotation()]
        for i, box in enumerate(boxes):
            for other in boxes[i + 1 :]:
                # A hair's breadth of descenders may touch.
                assert not (min(box.x1, other.x1) - max(box.x0, other.x0) > 1 and min(box.y1, other.y1) - max(box.y0, other.y0) > 2)


def test_bars_say_counts_with_their_totals():
    french = words(drawn()["bars"])
    assert "2\u00a0des 2" in french and "Entretiens" in french and "3\u00a0participant·es" in french
    assert "2 of 2" in words(drawn(lang="en")["bars"])
    assert any("Espoir" in word for word in french) and "0" in french


def test_attributes_leave_out_what_nobody_speaks():
    names = words(drawn(by="association")["bars"])
    assert "Entretiens · A" in names and not any("Notes" in name for name in names[:-4])


def test_heat_map_writes_numbers_of_passages():
    assert words(drawn()["heat"]).count("2") == 1  # suffering in E1
    captions = " ".join(words(drawn()["heat"]))
    assert "Nombres\u00a0: passages codés" in captions and re.search(r"foncé \(\d+,\d\)", captions)


def test_pairs_name_each_code_once_and_count_the_lonely():
    names = words(drawn()["pairs"])
    assert names.count("Espoir") == 1 and "Parrainage" not in names
    assert "tours de parole" in " ".join(names) and "2, non montrés" in " ".join(names)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_coded_is_said(lang):
    for name, figure in drawn(frame(), lang=lang).items():
        assert len(words(figure)) > 1, name
    for figure in drawn(frame(), Corpus(), lang=lang).values():
        assert figure.get_size_inches()[1] > 0.5


def test_many_documents_are_still_drawn():
    many = Corpus(tuple(made(f"Document_{i:03d}", "interview", ("R", "respondent", "On avance un peu.", f"p{i}")) for i in range(70)))
    made_of = drawn(frame(*(span(document, 4, 20, "espoir") for document in many)), many)
    assert "Document_001" not in words(made_of["heat"]) and "48 des 70" in " ".join(words(made_of["along"]))
    assert made_of["heat"].get_size_inches()[1] < 6


def test_svg_for_a_page_has_ids_of_its_own_and_no_style_of_the_pages():
    one, two = (figures.svg(drawn()["heat"], name) for name in ("heat", "other"))
    assert one.startswith("<svg") and "<style" not in one and "<?xml" not in one
    ids = [set(re.findall(r'\bid="([^"]+)"', text)) for text in (one, two)]
    assert ids[0] and not ids[0] & ids[1]
    assert set(re.findall(r"url\(#([^)]+)\)", one)) | set(re.findall(r'href="#([^"]+)"', one)) <= ids[0]
    assert "Espoir" in html.unescape(one)


def test_labels_that_look_like_mathematics_are_words():
    book = Book(entry("espoir", label="Reste à charge : 20 $ ou 30 $"))
    figure = drawn(frame(), book=book)["heat"]
    assert "Reste à charge\u00a0: 20 $ ou 30 $" in " ".join(words(figure))
    figure.canvas.draw()


def test_wrapping_loses_no_word():
    lines = wrapped(LONG, 1.2)
    assert " ".join(lines) == LONG and all(width_of(line) <= 1.2 for line in lines)
    assert wrapped("anticonstitutionnellement", 0.2) == ["anticonstitutionnellement"]


# Machado et al. 2009, severity 1.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_differ_for_every_eye(sight):
    import numpy as np

    channels = np.array([[int(mark[i : i + 2], 16) / 255 for i in (1, 3, 5)] for mark in MARKS])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(SIGHT[sight]).T, 0, 1)
    cones = seen @ np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]).T
    lab = np.cbrt(cones) @ np.array([[0.2105, 0.7936, -0.0041], [1.978, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]).T
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=2) + 9 * np.eye(len(MARKS))
    assert apart.min() > 0.06


def test_palette_is_by_base_code_and_readable():
    colours = palette(BOOK)
    assert colours["souffrance_soins"] == colours["souffrance"] != colours["espoir"] and "parcours" not in colours
    for mark in colours.values():
        assert contrast(mark.mark, "#ffffff") >= 3 and contrast(mark.tint, mark.text) >= 7 and contrast(mark.mark, mark.ink) >= 3
    assert mix("#000000", "#ffffff", 0.5) == "#808080" and contrast("#000000", "#ffffff") == pytest.approx(21)
    many = palette(Book(*(entry(f"c{i}") for i in range(30))))
    assert many["c0"] == many["c14"]


@pytest.mark.parametrize("name", ["bars", "heat", "along", "pairs", "course", "tree"])
def test_a_narrow_sheet_holds_all_its_words(name):
    made = drawn(note="Propositions automatiques non relues", width=figures.NARROW)[name]
    width = made.get_size_inches()[0]
    assert width == pytest.approx(figures.NARROW) or (name == "pairs" and width < 6.3)
    renderer = made.canvas.get_renderer()
    for text in made.axes[0].texts:
        box = text.get_window_extent(renderer)
        assert box.x0 >= 0 and box.x1 <= width * made.dpi + 1, text.get_text()


@pytest.mark.parametrize("highest", [1.2, 2.0, 100.0])
def test_pages_are_cut_where_nothing_is_drawn_and_lose_nothing(highest):
    figure = drawn()["bars"]
    made = figures.pages(figure, highest)
    assert sum(height for _, height in made) == pytest.approx(figure.get_size_inches()[1], abs=0.01)
    assert all(0 < height <= highest for _, height in made) and (len(made) == 1) == (highest == 100.0)
    for png, _ in made[:-1]:
        image = Image.open(io.BytesIO(png)).convert("L")
        assert image.crop((0, image.height - 1, image.width, image.height)).getextrema() == (255, 255)


def test_few_colours_keep_those_of_codes():
    figure = drawn()["bars"]
    wanted = {to_hex(patch.get_facecolor()) for patch in figure.axes[0].patches if patch.get_width()}
    image = Image.open(io.BytesIO(figures.png(figure))).convert("RGB")
    assert wanted <= {f"#{bytes(colour).hex()}" for _, colour in image.getcolors(1 << 24)}
    assert image.getpixel((0, 0)) == (255, 255, 255)
