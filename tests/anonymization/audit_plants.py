"""Leaks put into a folder that was clean: each kind is a function that writes ten originals, one way, and tells in which file each stands."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

# Originals of corpus_sample: persons, an association, places, a school, contacts, dates. Each is planted in every kind.
FORMS = (
    "Maëlle Kervandec",
    "Haddouche",
    "Odile",
    "Hạnh Vuong-Delcroix",
    "Figueirinha-Lemos",
    "Saint-Aubry-sur-Lierne",
    "Les Voix du Lierre",
    "lycée Armance-Duvivier",
    "maelle.k@bipolentraide.example",
    "06 39 98 41 07",
)
NAMES = (*FORMS[:5], "Solange Théveneau", "Églantine", "Jean-Loup", "Fatoumata", "Aurélien")
Planted = Iterator[tuple[str, str]]  # file, form


def bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _texts(folder: Path, name: str, line: Callable[[str], str], forms: tuple[str, ...] = FORMS, encoding: str = "utf-8") -> Planted:
    """Append a line to copies of what the run wrote, one leak a file, so that none hides another."""
    source = sorted((folder / "pseudonymized").glob("*.txt"))[0].read_text(encoding="utf-8")
    for n, form in enumerate(forms):
        file = folder / name / f"copie {n}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes((source + "\n" + line(form) + "\n").encode(encoding, "replace"))
        yield file.relative_to(folder).as_posix(), form


def plain(folder: Path) -> Planted:
    return _texts(folder, "plain", lambda form: f"Gabriel : je vous parlais de {form}, hier.")


def lower(folder: Path) -> Planted:
    return _texts(folder, "lower", lambda form: f"Gabriel : bon avec {bare(form).lower()} ça va")


def upper(folder: Path) -> Planted:
    return _texts(folder, "upper", lambda form: f"GABRIEL : ET {form.upper().replace('-', ' ')} ALORS ?")


def hyphens(folder: Path) -> Planted:
    return _texts(folder, "hyphens", lambda form: f"Gabriel : et {form.replace(' ', '-').replace('.', '-')} était là")


def elision(folder: Path) -> Planted:
    return _texts(folder, "elision", lambda form: f"Gabriel : l’amie d’{form} le dit, qu'{form} me le dise")


def split_lines(folder: Path) -> Planted:
    return _texts(folder, "lines", lambda form: "Gabriel : et puis " + form.replace(" ", "\n").replace("-", "-\n") + ", voilà.")


def speakers(folder: Path) -> Planted:
    return _texts(folder, "speakers", lambda form: f"{form} : Oui, oui, d'accord.", NAMES)


def windows_1252(folder: Path) -> Planted:
    return _texts(
        folder, "cp1252", lambda form: f"Gabriel : {unicodedata.normalize('NFC', form)} l’a dit", (*NAMES[:3], *FORMS[4:], "Théveneau"), "cp1252"
    )


def utf_16(folder: Path) -> Planted:
    return _texts(folder, "utf16", lambda form: f"Gabriel : c'est {form} qui l'a dit", encoding="utf-16")


def urls(folder: Path) -> Planted:
    return _texts(folder, "urls", lambda form: f"https://example.org/?q={quote(form)}&lang=fr")


def loose_accents(folder: Path) -> Planted:
    return _texts(folder, "nfd", lambda form: "Gabriel : " + "\u00ad".join(unicodedata.normalize("NFD", word) for word in _halves(form)))


def _halves(form: str) -> tuple[str, str]:
    return form[: len(form) // 2], form[len(form) // 2 :]


def file_names(folder: Path) -> Planted:
    for form in FORMS:
        file = folder / f"E01_{bare(form).replace(' ', '')}.csv"
        file.write_text("a,b\n1,2\n", encoding="utf-8")
        yield file.name, form


def folder_names(folder: Path) -> Planted:
    for form in FORMS:
        inner = folder / "par personne" / f"{form} 2024"
        inner.mkdir(parents=True)
        (inner / "notes.txt").write_text("rien\n", encoding="utf-8")
        yield inner.relative_to(folder).as_posix(), form


def csv_headers(folder: Path) -> Planted:
    for n, form in enumerate(FORMS):
        file = folder / f"headers{n}.csv"
        file.write_text(f"code,{form},total\nespoir,1,2\n", encoding="utf-8")
        yield file.name, form


def csv_cells(folder: Path) -> Planted:
    for n, form in enumerate(FORMS):
        file = folder / f"cells{n}.csv"
        file.write_text(
            f'code;texte\nespoir;"Il y a ""{form}"" là\nencore"\n', encoding="cp1252", errors="replace" if n != 3 else "xmlcharrefreplace"
        )
        yield file.name, form


def drawings(folder: Path) -> Planted:
    ways = ("<title>{}</title>", '<g id="{}"/>', "<text>{}</text>", "<!-- {} -->", "<metadata><rdf>{}</rdf></metadata>")
    source = sorted((folder / "figures").glob("*.svg"))[0].read_text(encoding="utf-8")
    for n, form in enumerate(FORMS):
        file = folder / "figures" / f"planted{n}.svg"
        file.write_text(source.replace("</svg>", ways[n % 5].format(form) + "</svg>"), encoding="utf-8")
        yield file.relative_to(folder).as_posix(), form


def pages(folder: Path) -> Planted:
    def cut(form: str) -> str:
        return "<p>{}<b>{}</b></p>".format(*_halves(form))

    def entities(form: str) -> str:
        return "<p>" + "".join(f"&#{ord(char)};" for char in form) + "</p>"

    ways = (
        lambda form: f'<a title="{form}">x</a>',
        lambda form: f"<script>const who = {json.dumps(form)};</script>",
        lambda form: f"<!-- {form} -->",
        cut,
        entities,
        lambda form: f'<img src="data:text/plain;base64,{base64.b64encode(form.encode()).decode()}">',
        lambda form: "<p>" + form.encode("ascii", "xmlcharrefreplace").decode() + "</p>",
        lambda form: f'<div data-x="{quote(form)}"></div>',
        lambda form: f"<style>/* {form} */</style>",
        lambda form: "<script>" + "".join(f"\\x{ord(char):02x}" for char in form) + "</script>",
    )
    source = (folder / "report.html").read_text(encoding="utf-8")[:50_000] + "</body></html>"
    for n, form in enumerate(FORMS):
        file = folder / f"page{n}.html"
        file.write_text(source.replace("</body>", ways[n](form) + "</body>"), encoding="utf-8")
        yield file.name, form


def notebooks(folder: Path) -> Planted:
    for n, form in enumerate(FORMS):
        cell = {"cell_type": "code", "source": ["1 + 1"], "metadata": {}, "outputs": []}
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        if n % 5 == 0:
            cell["outputs"] = [{"output_type": "stream", "text": ["un\n", f"vu : {form}\n"]}]
        elif n % 5 == 1:
            cell["metadata"] = {"tags": [form]}
        elif n % 5 == 2:
            notebook["metadata"] = {"authors": [{"name": form}]}
        elif n % 5 == 3:
            cell["outputs"] = [{"output_type": "display_data", "data": {"image/png": base64.b64encode(_png(form, n)).decode()}}]
        else:
            cell["source"] = [f"# {form[:4]}", form[4:]] if n == 4 else [f"who = '{form}'"]
        if n == 4:
            cell["source"] = [f"# {form}"]
        file = folder / f"notebook{n}.ipynb"
        file.write_text(json.dumps(notebook), encoding="utf-8")
        yield file.name, form


def _png(form: str, n: int) -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    if n % 3 == 0:
        info.add_itxt("Title", form, zip=n % 2 == 0)
    elif n % 3 == 1:
        info.add_itxt("Description", form)
    else:
        info.add_text("Author", form.encode("latin-1", "ignore").decode("latin-1"), zip=True)
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "png", pnginfo=info)
    return buffer.getvalue()


def pictures(folder: Path) -> Planted:
    for n, form in enumerate((*FORMS[:3], *FORMS[4:], "Roussignol")):
        file = folder / "figures" / f"planted{n}.png"
        file.write_bytes(_png(form, n))
        yield file.relative_to(folder).as_posix(), form


def word_files(folder: Path) -> Planted:
    import docx

    for n, form in enumerate(FORMS):
        document = docx.Document()
        paragraph = document.add_paragraph("Bonjour. ")
        if n % 5 == 0:
            for part in _halves(form):
                paragraph.add_run(part).bold = True
                paragraph.add_run("")
        elif n % 5 == 1:
            document.core_properties.author = form
        elif n % 5 == 2:
            document.add_comment(paragraph.runs, text=f"vu avec {form}", author="x", initials="x")
        elif n % 5 == 3:
            document.sections[0].footer.paragraphs[0].text = form
        else:
            run = paragraph.add_run("x")
            deleted = f'<w:del xmlns:w="{NAMESPACE}" w:id="1" w:author="x"><w:r><w:delText>{form}</w:delText></w:r></w:del>'
            run._r.addnext(docx.oxml.parse_xml(deleted))
        file = folder / f"word{n}.docx"
        document.save(str(file))
        yield file.name, form


NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def spreadsheets(folder: Path) -> Planted:
    import openpyxl
    from openpyxl.comments import Comment

    for n, form in enumerate(FORMS):
        book = openpyxl.Workbook()
        sheet = book.active
        if n % 5 == 0:
            sheet["B2"] = form
        elif n % 5 == 1:
            book.create_sheet(form[:30]).sheet_state = "hidden"
        elif n % 5 == 2:
            book.properties.creator = form
        elif n % 5 == 3:
            sheet["A1"].comment = Comment(form, "x")
        else:
            sheet.oddHeader.center.text = form
        file = folder / f"table{n}.xlsx"
        book.save(file)
        yield file.name, form


def archives(folder: Path) -> Planted:
    for n, form in enumerate(FORMS):
        data = f"Gabriel : avec {form}, oui.".encode()
        if n % 5 == 3:
            file = folder / f"packed{n}.txt.gz"
            file.write_bytes(gzip.compress(data))
        elif n % 5 == 4:
            file = folder / f"packed{n}.txt.bz2"
            file.write_bytes(bz2.compress(data))
        else:
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a.txt" if n % 5 else f"{form}.txt", data if n % 5 else b"rien")
            file = folder / f"packed{n}.zip"
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("inner.zip" if n % 5 == 2 else "inner.bin", inner.getvalue())
        yield file.name, form


def models(folder: Path) -> Planted:
    import joblib
    import numpy as np

    for n, form in enumerate(FORMS):
        file = folder / ("model" + str(n) + (".npz", ".json", ".npy", ".joblib", ".pkl")[n % 5])
        words = ["espoir", form, "cadre"]
        if n % 5 == 0:
            np.savez_compressed(file, vocabulary=np.array(words))
        elif n % 5 == 1:
            file.write_text(json.dumps({"vocabulary": words}), encoding="utf-8")
        elif n % 5 == 2:
            np.save(file, np.array(words))
        else:
            joblib.dump({"vocabulary": words}, file, compress=3 if n % 5 == 3 else 0)
        yield file.name, form


def manifests(folder: Path) -> Planted:
    for n, form in enumerate(FORMS):
        made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        made["inputs" if n % 2 else form] = [f"/home/x/{form}/E01.txt"]
        file = folder / f"manifest{n}.json"
        file.write_text(json.dumps(made, ensure_ascii=n % 3 == 0), encoding="utf-8")
        yield file.name, form


KINDS: dict[str, Callable[[Path], Planted]] = {
    "plain text": plain,
    "lower case, no accents": lower,
    "capitals, no hyphens": upper,
    "hyphens for spaces": hyphens,
    "after elision": elision,
    "cut at a line's end": split_lines,
    "speaker labels": speakers,
    "Windows-1252": windows_1252,
    "UTF-16": utf_16,
    "url-encoded": urls,
    "loose accents, soft hyphens": loose_accents,
    "file names": file_names,
    "folder names": folder_names,
    "CSV headers": csv_headers,
    "CSV cells": csv_cells,
    "SVG": drawings,
    "HTML: attributes, scripts, comments, entities, base64": pages,
    "notebooks": notebooks,
    "PNG metadata": pictures,
    "Word: runs, properties, comments, footers, revisions": word_files,
    "spreadsheets: cells, hidden sheets, properties, comments": spreadsheets,
    "archives": archives,
    "models": models,
    "manifests": manifests,
}
