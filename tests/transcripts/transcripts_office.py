"""Word documents as researchers make them, with what is said in them, and how the files in ``office/`` were made of them.

``python tests/transcripts/transcripts_office.py`` makes the files anew: it takes LibreOffice (soffice) and its French hyphenation (hyphen-fr).
The texts are invented.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

FILES = Path(__file__).parent / "office"

TALK = [
    ("Camille", "Bonjour, vous pouvez vous présenter ?"),
    ("Solène", "Alors moi c'est Solène, j'ai quarante-deux ans, je suis paire-aidante depuis deux ans à peu près. Peut-être qu'on en reparlera."),
    ("Camille", "D'accord. Et comment c'est venu ?"),
    ("Solène", "Par une amie. Elle m'a dit : viens voir. Je suis venue, je suis restée, même si au début l'appréhension était là."),
    ("Camille", "Et aujourd'hui ?"),
    ("Solène", "Aujourd'hui ça va."),
]
TIMES = ["0:05", "0:12", "1:02", "1:10", "2:15", "2:20"]
SECONDS = [5.0, 12.0, 62.0, 70.0, 135.0, 140.0]

SENTENCES = (
    "Au début je venais surtout pour le café, et puis peu à peu je me suis mise à parler. "
    "L'accompagnement, dans un groupe d'entraide, ce n'est pas du tout la même chose que l'hospitalisation. "
    "On se comprenait à demi-mot, c'est-à-dire qu'on n'avait pas besoin de tout réexpliquer chaque fois. "
    "Mon psychiatre trouvait que c'était une responsabilité démesurée, moi je trouvais que c'était peut-être le contraire. "
    "Les rendez-vous du vendredi après-midi, je ne les aurais manqués pour rien au monde, sincèrement. "
    "Il y avait quelqu'un qui apportait des mandarines, quelqu'un d'autre qui ne disait presque rien. "
    "La pair-aidance, ça demande énormément de disponibilité, et parfois on rentre chez soi complètement vidée. "
    "Celui-là, je m'en souviens très précisément, parce qu'il m'a appelée le lendemain matin. "
    "Reprendre confiance, recommencer à téléphoner, redemander un rendez-vous : voilà ce que j'appelle le rétablissement. "
).split(". ")[:-1]


def long_talk() -> list[tuple[str, str]]:
    """Twenty-four turns, three pages of them."""
    said = []
    for n in range(24):
        if n % 2:
            words = ". ".join(SENTENCES[(n + k) % len(SENTENCES)] for k in range(3 + n % 4)) + "."
            said.append(("Solène", words))
        else:
            said.append(("Camille", f"Et {('au groupe', 'chez vous', 'au travail')[n // 2 % 3]}, la semaine numéro {n + 1}, comment ça se passait ?"))
    return said


def started() -> docx.document.Document:
    document = docx.Document()
    for line in ("Entretien n° 4", "Date : 3 mai 2024", ""):
        document.add_paragraph(line)
    return document


def colon() -> docx.document.Document:
    document = started()
    for speaker, words in TALK:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{speaker} : ").bold = True
        paragraph.add_run(words)
    return document


def bold() -> docx.document.Document:
    document = started()
    for speaker, words in TALK:
        paragraph = document.add_paragraph()
        paragraph.add_run(speaker).bold = True
        paragraph.add_run(f" {words}")
    return document


def table(columns: int) -> docx.document.Document:
    document = started()
    made = document.add_table(rows=columns == 3, cols=columns)
    made.style = "Table Grid"
    rows = [("Temps", "Locuteur", "Verbatim")] if columns == 3 else []
    for cell, name in zip(made.rows[0].cells if rows else (), *rows, strict=False):
        cell.text = name
    for time, (speaker, words) in zip(TIMES, TALK, strict=True):
        for cell, text in zip(made.add_row().cells, (time, speaker, words)[3 - columns :], strict=True):
            cell.text = text
    return document


def own() -> docx.document.Document:
    document = started()
    for n, (time, (speaker, words)) in enumerate(zip(TIMES, TALK, strict=True)):
        document.add_paragraph(f"[{speaker}] ({time} - 3:0{n})")
        document.add_paragraph(words)
    return document


def style() -> docx.document.Document:
    document = started()
    for name in ("Enquêtrice", "Enquêtée"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for speaker, words in TALK:
        for part in words.replace(". ", ".\n").split("\n"):
            document.add_paragraph(part, style="Enquêtrice" if speaker == "Camille" else "Enquêtée")
    return document


def character_style() -> docx.document.Document:
    document = started()
    document.styles.add_style("Locuteur", WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor(200, 0, 0)
    for speaker, words in TALK:
        paragraph = document.add_paragraph()
        paragraph.add_run(speaker, style="Locuteur")
        paragraph.add_run(f" {words}")
    return document


def questions() -> docx.document.Document:
    document = started()
    for speaker, words in TALK:
        document.add_paragraph().add_run(words).bold = speaker == "Camille"
    return document


def run(words: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def add(document: docx.document.Document, xml: str) -> None:
    """Add a block written in WordprocessingML."""
    tag = xml[1:].split(">")[0].split(" ")[0]
    document.element.body.insert(-1, parse_xml(xml.replace(f"<{tag}", f"<{tag} {nsdecls('w')}", 1)))


def tracked() -> docx.document.Document:
    document = started()
    by = 'w:id="{}" w:author="X" w:date="2024-01-01T00:00:00Z"'
    first, *others = [words for _, words in TALK]
    before, after = first.split("vous présenter")
    add(document, f"<w:p>{run(f'Camille : {before}')}<w:del {by.format(1)}>{run('te ', tag='delText')}</w:del>"
        f"<w:ins {by.format(2)}>{run('vous ')}</w:ins>{run(f'présenter{after}')}</w:p>")  # fmt: skip
    add(document, f"<w:p>{run('Solène : ')}{run('(hésite longuement) ', '<w:vanish/>')}{run(others[0])}</w:p>")
    for n, words in enumerate(others[1:]):
        paragraph = document.add_paragraph(f"{'Solène' if n % 2 else 'Camille'} : {words}")
    document.add_comment(paragraph.runs, text="à vérifier", author="X")
    return document


def pages(columns: int = 1) -> docx.document.Document:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Entretien n° 5 – Projet PAIRS"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    field(foot, "PAGE")
    foot.add_run(" sur ")
    field(foot, "NUMPAGES")
    found = section._sectPr.find(qn("w:cols"))
    found.set(qn("w:num"), str(columns))
    document.settings.element.insert(0, OxmlElement("w:autoHyphenation"))
    normal = document.styles["Normal"]
    normal.paragraph_format.alignment = 3
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    document.add_paragraph("Date : 3 mai 2024")
    for speaker, words in long_talk():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{speaker} : ").bold = True
        paragraph.add_run(words)
    return document


def field(paragraph: docx.text.paragraph.Paragraph, code: str) -> None:
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        paragraph.add_run()._r.append(element)


VOICES = {"Camille": "Enquêtrice", "Solène": "Enquêtée"}
ASKED = {"Camille": "Question", "Solène": "Réponse"}
# The documents, what is said in them, and the formats in which LibreOffice keeps enough to tell it.
MASTERS = {
    "colon": (colon, TALK, "docx odt rtf html pdf"),
    "bold": (bold, TALK, "docx odt rtf html pdf"),
    "table3": (lambda: table(3), TALK, "docx odt rtf html pdf"),
    "table2": (lambda: table(2), TALK, "docx odt rtf html pdf"),
    "own": (own, TALK, "docx odt rtf html pdf"),
    "style": (style, [(VOICES[speaker], words) for speaker, words in TALK], "docx odt rtf"),
    "character_style": (character_style, TALK, "docx odt rtf html"),
    "questions": (questions, [(ASKED[speaker], words) for speaker, words in TALK], "docx odt rtf html pdf"),
    "tracked": (tracked, TALK, "docx odt rtf"),
    "pages": (pages, long_talk(), "docx pdf"),
    "columns": (lambda: pages(2), long_talk(), "docx pdf"),
}


def make() -> None:
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (master, _, formats) in MASTERS.items():
            path = Path(folder) / f"{name}.docx"
            master().save(path)
            for suffix in formats.split()[1:]:
                subprocess.run(["soffice", "--headless", "--convert-to", suffix, "--outdir", str(FILES), str(path)], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(make())
