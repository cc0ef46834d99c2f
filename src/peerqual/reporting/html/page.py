"""From `ReportData` to one page of HTML: everything that comes from the corpus is escaped, nothing is fetched, only the page's own script runs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from peerqual.language.typography import number
from peerqual.reporting.guidelines import coreq, rtarg
from peerqual.reporting.html import found
from peerqual.reporting.html.codes import code_pages
from peerqual.reporting.html.data import ReportData
from peerqual.reporting.html.documents import documents
from peerqual.reporting.html.frequencies import by_attribute, by_document, by_material, together
from peerqual.reporting.html.marking import Mark
from peerqual.reporting.html.results import by_modality, coders_part, modality_by_attribute, processes, tests
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.outputs import write_text
from peerqual.reporting.template import Template
from peerqual.transcripts import participant_of

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

COMPARED = "codes_by_attribute"
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure: its number, its kind, what to read in it, its description, and the drawing."""

    id: str
    number: int
    kind: str
    reading: str
    alt: str
    drawing: Markup


@cache
def environment() -> jinja2.Environment:
    """Return the templates; whatever is put into them is escaped, and a name that is missing is an error."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def own(name: str) -> Markup:
    """Return a style sheet or script of ours, as it is."""
    from markupsafe import Markup

    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def policy(script: str) -> str:
    """Return the page's content security policy: no request at all, and no script but `script`."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def render(data: ReportData, *, lang: str = "fr", template: Template | None = None) -> str:
    """Return the report as one self-contained page of HTML, in `lang` ("fr" or "en"), as a team's `template` has it. Same data, same text."""
    template = template or Template()
    words = Words(lang, template.texts)
    tree = Tree(data.codebook, words)
    from markupsafe import Markup

    script = own("report.js") + own("transcripts.js")
    figures = _figures(data, words)
    empty = {"transcripts": not data.whole, "comparisons": not data.attributes and data.agreement is None}
    sections = [name for name in template.sections if not empty.get(name)]
    shared = {
        "t": words,
        "tree": tree,
        "lang": lang,
        "why": partial(why, words),
        "style": own("report.css"),
        "colours": Markup(template.css),
        "script": script,
        "policy": policy(script),
    }
    views = {
        "data": data,
        "sections": sections,
        "stamp": found.stamp(data, words),
        "decided": found.decided(data, words),
        "banner": found.banner(data, words),
        "found": found.found(data, tree, words),
        "method": found.method(data, words),
        "tables": by_material(data, tree, words),
        "modalities": by_modality(data, tree, words),
        "modality_groups": modality_by_attribute(data, tree, words),
        "tests": tests(data, tree, words),
        "coders": coders_part(data, tree, words),
        "processes": processes(data, words),
        "attributes": by_attribute(data, tree, words),
        "figures": [figure for figure in figures if figure.kind != COMPARED],
        "compared": [figure for figure in figures if figure.kind == COMPARED],
        "documents_table": by_document(data, tree, words),
        "pairs": together(data, tree, words),
        "branches": code_pages(data, tree, words),
        "documents": documents(data) if data.whole else (),
        "coreq": coreq(data, words),
        "rtarg": rtarg(words),
        "people": people(data) if data.whole else {},
        "title": words.of(getattr(data.codebook, "title", "")),
    }
    return environment().get_template("report.html").render(**shared, **views)


def why(words: Words, mark: Mark) -> str:
    """Return in one line how a passage came to carry a code (its status apart): rule or model, score, polarity, qualifiers."""
    proposed = mark.score is not None and mark.status != "added"
    parts = [words("rule", rule=mark.rule)] if mark.rule else [words("by_model")] if proposed else []
    parts += [words("score", score=number(mark.score, words.lang, 2))] if mark.score is not None else []
    parts += [words("polarity_negative")] if mark.polarity == "-" else []
    return "\u00a0· ".join([*parts, *(words(f"qualifier_{name}") for name in mark.qualifiers)])


def people(data: ReportData) -> dict[str, str]:
    """Return the participants whose words are shown, by id, with what they are called in the transcripts (when it is something else)."""
    called: dict[str, dict[str, None]] = {}
    for transcript in data.corpus:
        for turn in transcript.turns:
            if turn.role != "interviewer":
                called.setdefault(participant_of(transcript, turn), {})[turn.speaker] = None
    return {id: ", ".join(name for name in names if name and name not in id) for id, names in called.items()}


def _figures(data: ReportData, words: Words) -> list[Drawn]:
    from markupsafe import Markup

    from peerqual.reporting.figures import svg

    made = []
    compared = {f"codes_by_group_{attribute}": attribute for attribute in data.attributes}
    for i, (name, figure) in enumerate(sorted(data.figures.items(), key=lambda item: item[0] not in compared), 1):
        attribute = compared.get(name, "")
        kind = COMPARED if attribute else name
        drawing = _light(svg(figure, f"f{i}"))
        reading, alt = words(f"reading_{kind}", attribute=attribute), words(f"alt_{kind}", attribute=attribute)
        made.append(Drawn(f"figure-{i}", i, kind, reading, alt, Markup(drawing)))
    return made


def _light(svg: str) -> str:
    # As wide as the page allows, and without what browsers need not keep: a group and a clip around every rectangle.
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<path[^>]*?) clip-path="[^"]*"', r"\1", svg)
    return re.sub(r'<g id="[^"]*">\s*(<path[^>]*/>)\s*</g>', r"\1", svg)


def write_report(path: str | Path, html: str) -> None:
    """Write the page to the file `path`, aside and renamed."""
    write_text(Path(path), html)
