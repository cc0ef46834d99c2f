"""Files made to harm: how long each takes and how much memory, in a process of its own, and what becomes of it.

Large words, a line of 200 MB, XML at its cap (32 MB) flat and nested, tables in tables, archives that blow up, a PDF that loops.

    python benchmarks/hostile.py [--case NAME ...] [--seconds 30] [--megabytes 1024]
"""

# ruff: noqa: E501  # a case a line

from __future__ import annotations

import argparse
import io
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

MB = 1024 * 1024
CAP = 32 * MB
LINE = 200 * MB
UNDER = 31 * MB
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TALK = "oui enfin c'est comme ça que ça s'est passé, le mardi on venait "


def filled(head: str, piece: str, tail: str, size: int, most: int = 10**9) -> bytes:
    """Return `piece` between `head` and `tail`, `most` times or as often as `size` bytes hold; « {n} » in it is numbered."""
    start, end = head.encode(), tail.encode()
    left = size - len(start) - len(end)
    if "{n}" not in piece:
        return start + piece.encode() * min(most, left // len(piece.encode())) + end
    parts: list[bytes] = []
    for n in range(most):
        parts.append(piece.replace("{n}", str(n)).encode())
        if (left := left - len(parts[-1])) < 0:
            return start + b"".join(parts[:-1]) + end
    return start + b"".join(parts) + end


def many(piece: str, most: int) -> str:
    return filled("", piece, "", CAP - 2 * MB, most).decode()


def nested(opening: str, times: int, inside: str = "") -> str:
    """Return `opening` (tags) so many times, `inside`, and what closes them all."""
    closing = "".join(f"</{name}>" for name in reversed(re.findall(r"<([\w:-]+)", opening)))
    return opening * times + inside + closing * times


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def noisy(xml: str) -> bytes:
    """Return `xml` with a comment that does not compress: not to be refused for its ratio alone."""
    return f"{xml}<!--{random.Random(1).randbytes(MB // 2).hex()}-->".encode()


def docx(body: str) -> bytes:
    return zipped({"word/document.xml": noisy(f"<w:document {WORD}><w:body>{body}</w:body></w:document>")})


def odf(body: str, kind: str = "text") -> bytes:
    content = f"<office:document-content {OPEN}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": noisy(content)})


def xlsx(rows: str) -> bytes:
    import openpyxl

    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    with zipfile.ZipFile(empty) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first = '<row><c t="inlineStr"><is><t>Locuteur</t></is></c><c t="inlineStr"><is><t>Texte</t></is></c></row>'
    parts["xl/worksheets/sheet1.xml"] = noisy(f'<worksheet xmlns="{SHEET}"><sheetData>{first}{rows}</sheetData></worksheet>')
    return zipped(parts)


def pdf(content: bytes, pages: int = 1, more: bytes = b"", kids: bytes = b"") -> bytes:
    """Return a PDF whose pages show `content`; `more`: further objects; `kids`: the page tree's own, where it is to loop."""
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed := zlib.compress(content, 9)), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 4 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids or b"3 0 R " * pages, pages), page]
    objects += [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", stream, more or b"null"]
    out, at = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        at.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % one for one in at)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def form(content: bytes) -> bytes:
    return b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length %d>>stream\n%s\nendstream" % (len(content), content)


LINES = 199_000  # fewer than are refused; tags: see `MAX_VALUES`
TAGS = 990_000
P, OP = "<w:p><w:r><w:t>E : oui {n}</w:t></w:r></w:p>", "<text:p>E : oui {n}</text:p>"
TR = "<w:tr><w:tc><w:p><w:r><w:t>E</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>oui {n}</w:t></w:r></w:p></w:tc></w:tr>"
OTR = "<table:table-row><table:table-cell><text:p>E</text:p></table:table-cell><table:table-cell><text:p>oui {n}</text:p></table:table-cell></table:table-row>"
TBL, OTBL = "<w:tbl><w:tr><w:tc>", "<table:table><table:table-row><table:table-cell>"
SAID = '<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{n}" TIME_SLOT_REF1="s1"><ANNOTATION_VALUE>oui {n}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>'
REPEATED = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>oui</text:p></table:table-cell></table:table-row>'

# Each case: the file's suffix, and what makes its bytes.
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "trs, more tags than a transcript": (".trs", lambda: filled("<Trans>", '<Turn speaker="a{n}"><Sync time="{n}"/>oui {n}</Turn>', "</Trans>", CAP)),
    "trs, turns": (".trs", lambda: filled("<Trans>", f'<Turn speaker="a{{n}}" startTime="{{n}}"><Sync time="{{n}}"/>{TALK}{TALK}</Turn>', "</Trans>", CAP, LINES)),
    "trs, two voices": (".trs", lambda: filled('<Trans><Turn speaker="a b">', f'<Sync time="{{n}}"/><Who nb="1"/>{TALK}<Who nb="2"/>{TALK * 2}', "</Turn></Trans>", CAP, LINES // 2)),
    "trs, points": (".trs", lambda: filled('<Trans><Turn speaker="a">', '<Sync time="{n}"/>oui enfin', "</Turn></Trans>", CAP, TAGS)),
    "trs, turns in turns": (".trs", lambda: filled("<Trans>" + '<Turn speaker="a">' * 240, "<Sync/>oui enfin c'est comme ça ", "</Turn>" * 240 + "</Trans>", CAP, TAGS - 500)),
    "eaf, annotations": (".eaf", lambda: filled('<ANNOTATION_DOCUMENT><TIER TIER_ID="a">', SAID, "</TIER></ANNOTATION_DOCUMENT>", CAP, TAGS // 6)),
    "eaf, tiers": (".eaf", lambda: filled("<ANNOTATION_DOCUMENT>", f'<TIER TIER_ID="t{{n}}">{SAID}</TIER>', "</ANNOTATION_DOCUMENT>", CAP, TAGS // 8)),
    "eaf, tiers in tiers": (".eaf", lambda: filled("<ANNOTATION_DOCUMENT>" + "<TIER>" * 240, SAID, "</TIER>" * 240 + "</ANNOTATION_DOCUMENT>", CAP, TAGS // 6 - 100)),
    "tei, utterances": (".tei", lambda: filled("<TEI>", f'<u who="#p{{n}}" start="#t{{n}}">{TALK}{TALK}</u>', "</TEI>", CAP, LINES)),
    "tei, tiers of ELAN": (".tei", lambda: filled('<TEI><application ident="ELAN"/>', f'<u who="#p{{n}}">{TALK}{TALK}</u>', "</TEI>", CAP, LINES)),
    "tei, words": (".tei", lambda: filled('<TEI><u who="a">', '<w xml:id="w{n}" type="a" lemma="oui">oui{n}</w>', "</u></TEI>", CAP, TAGS // 2)),
    "tei, persons": (".tei", lambda: filled("<TEI>", '<person xml:id="p{n}" role="x"><persName>Maëlle {n}</persName></person>', '<u who="p1">oui</u></TEI>', CAP, TAGS // 4)),
    "tei, attributes": (".tei", lambda: filled('<TEI><u who="a" ', 'a{n}="" ', ">oui</u></TEI>", CAP)),
    "tei, utterances in utterances": (".tei", lambda: filled("<TEI>" + '<u who="a">' * 240, f"<w>oui</w>{TALK}", "</u>" * 240 + "</TEI>", CAP, TAGS // 2 - 300)),
    "tei, timelines in timelines": (".tei", lambda: filled("<TEI>" + "<timeline>" * 240, '<when xml:id="t{n}" absolute="1"/>', "</timeline>" * 240 + "<u>oui</u></TEI>", CAP, TAGS - 500)),
    "tei, persons in persons": (".tei", lambda: filled("<TEI>" + '<person n="a">' * 240, "<sex/> ", "</person>" * 240 + "<u>oui</u></TEI>", CAP, TAGS - 500)),
    "xml, nested": (".xml", lambda: filled("<TEI><text>", "<u>oui enfin c'est comme ça que ça s'est passé", "", CAP)),
    "sonal, segments in segments": (".sonal", lambda: filled("<body>" + '<span class="lblseg">' * 100, f"<b>{TALK * 2}</b>", "", UNDER)),
    "noScribe, anchors in anchors": (".html", lambda: filled("noScribe" + '<a name="ts_1_2_S0"><b>' * 60, f"<i>{TALK * 2}</i>", "", UNDER)),
    "txt, lines": (".txt", lambda: filled("", "E : oui {n}\nR : non\n", "", CAP, 199_000)),
    "txt, voices": (".txt", lambda: filled("", "Maëlle{n} : oui\n", "", CAP, 399_000)),
    "csv, rows": (".csv", lambda: filled("speaker,text\n", "E,oui {n}\nR,non\n", "", CAP, LINES // 2)),
    "srt, cues": (".srt", lambda: filled("", "1\n00:00:01,000 --> 00:00:02,000\nE : oui {n}\n\n", "", CAP, 99_000)),
    "json, segments": (".json", lambda: filled('{"segments": [{}', ',{"text": "oui {n}", "start": {n}}', "]}", CAP, LINES)),
    "docx, paragraphs": (".docx", lambda: docx(many(P, LINES))),
    "docx, more paragraphs than a transcript": (".docx", lambda: docx(many(P, 10**9))),
    "docx, voices": (".docx", lambda: docx(many(P.replace("E", "Maëlle{n}"), LINES))),
    "docx, runs": (".docx", lambda: docx(f"<w:p>{many('<w:r><w:rPr><w:b/></w:rPr><w:t>oui {n} </w:t></w:r>', 280_000)}</w:p>")),
    "docx, empty paragraphs": (".docx", lambda: docx(P + many("<w:p/>", LINES))),
    "docx, rows": (".docx", lambda: docx(f"<w:tbl>{many(TR, 105_000)}</w:tbl>")),
    "docx, tables": (".docx", lambda: docx(many(f"<w:tbl>{TR}</w:tbl>", 95_000))),
    "docx, nested tables": (".docx", lambda: docx(many(TBL, 10**9))),
    "docx, tables in tables": (".docx", lambda: docx(many(nested(TBL, 60, P), 5_000))),
    "docx, boxes in boxes": (".docx", lambda: docx(nested("<w:p><w:r><w:txbxContent>", 60, many(P, LINES)))),
    "docx, a line": (".docx", lambda: docx(f"<w:p><w:r><w:t>{TALK * (9 * MB // 64)}</w:t></w:r></w:p>")),
    "odt, paragraphs": (".odt", lambda: odf(many(OP, LINES))),
    "odt, spans": (".odt", lambda: odf(f"<text:p>{many('<text:span>oui {n}</text:span> ', 10**9)}</text:p>")),
    "odt, rows": (".odt", lambda: odf(f"<table:table>{many(OTR, LINES)}</table:table>")),
    "odt, nested tables": (".odt", lambda: odf(many(OTBL, 10**9))),
    "odt, tables in tables": (".odt", lambda: odf(many(nested(OTBL, 60, OP), 3_000))),
    "odt, boxes in boxes": (".odt", lambda: odf(nested("<text:p><draw:frame><draw:text-box>", 60, many(OP, LINES)))),
    "ods, rows": (".ods", lambda: odf(f"<table:table>{many(OTR, LINES)}</table:table>", "spreadsheet")),
    "ods, repeated": (".ods", lambda: odf(f"<table:table>{REPEATED * 100}</table:table>", "spreadsheet")),
    "ods, sheets in sheets": (".ods", lambda: odf(nested(OTBL, 60, many(OP, LINES)), "spreadsheet")),
    "xlsx, rows": (".xlsx", lambda: xlsx(many('<row><c t="inlineStr"><is><t>E</t></is></c><c t="inlineStr"><is><t>oui {n}</t></is></c></row>', LINES))),
    "xlsx, far cells": (".xlsx", lambda: xlsx(many('<row><c r="XFD1" t="inlineStr"><is><t>oui</t></is></c></row>', LINES))),
    "xlsx, one far cell": (".xlsx", lambda: xlsx('<row><c r="XFD1" t="inlineStr"><is><t>oui</t></is></c></row>' + many('<row><c t="inlineStr"><is><t>oui</t></is></c></row>', LINES))),
    "docx, a bomb": (".docx", lambda: zipped({"word/document.xml": b" " * (400 * MB)})),
    "pdf, form in itself": (".pdf", lambda: pdf(b"/X Do BT /F1 9 Tf (E : oui) Tj ET", more=form(b"/X Do /X Do"))),
    "pdf, page tree in itself": (".pdf", lambda: pdf(b"BT (oui) Tj ET", kids=b"2 0 R 3 0 R")),
    "pdf, 2,000 heavy pages": (".pdf", lambda: pdf(b"BT /F1 9 Tf 9 TL (oui enfin) Tj T* ET " * 3000, pages=2000)),
    "pdf, a page of a million words": (".pdf", lambda: pdf(b"BT /F1 9 Tf 9 TL " + b"(oui enfin) Tj T* " * 500_000 + b"ET")),
    "pdf, a stream that blows up": (".pdf", lambda: pdf(b"BT /F1 9 Tf (oui) Tj ET " + b" " * (900 * MB))),
    "pdf, numbers": (".pdf", lambda: pdf(b"1 " * (30 * MB))),
    "pdf, arrays in arrays": (".pdf", lambda: pdf(b"BT " + b"[" * 1_000_000)),
}  # fmt: skip

# Of text formats, each at 200 MB and under their cap.
LONG: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "line, txt": (".txt", lambda size: filled("E : ", TALK, "", size)),
    "labels, txt": (".txt", lambda size: filled("", "E : oui ", "", size)),
    "short lines, txt": (".txt", lambda size: filled("", "E : oui\nR : non\n", "", size)),
    "voices, txt": (".txt", lambda size: filled("", "Maëlle{n} : oui\n", "", size)),
    "line, md": (".md", lambda size: filled("**E :** ", TALK, "", size)),
    "line, csv": (".csv", lambda size: filled("speaker,text\nE,\"", TALK, "\"", size)),
    "columns, csv": (".csv", lambda size: filled("speaker,text,", "a,", "\nE,oui", size)),
    "rows, csv": (".csv", lambda size: filled("speaker,text\n", "E,oui\n", "", size)),
    "line, json": (".json", lambda size: filled('{"segments": [{"text": "', TALK, '"}]}', size)),
    "segments, json": (".json", lambda size: filled('{"segments": [{}', ',{"text": "oui {n}", "start": {n}}', "]}", size)),
    "line, srt": (".srt", lambda size: filled("1\n00:00:01,000 --> 00:00:02,000\n", TALK, "\n", size)),
    "cues, srt": (".srt", lambda size: filled("", "1\n00:00:01,000 --> 00:00:02,000\nE : oui\n\n", "", size)),
    "line, vtt": (".vtt", lambda size: filled("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", TALK, "\n", size)),
    "line, sbv": (".sbv", lambda size: filled("0:00:01.000,0:00:02.000\n", TALK, "\n", size)),
    "line, ass": (".ass", lambda size: filled("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,E,0,0,0,,", TALK, "", size)),
    "line, rtf": (".rtf", lambda size: filled("{\\rtf1 ", TALK, "}", size)),
    "marks, rtf": (".rtf", lambda size: filled("{\\rtf1 ", "{\\b a}\\tab ", "}", size)),
    "line, html": (".html", lambda size: filled("<p>E : ", TALK, "</p>", size)),
    "nested rows, rtf": (".rtf", lambda size: filled("{\\rtf1 ", "\\trowd\\itap2\\intbl a\\nestcell\\nestrow", "}", size)),
    "rows, rtf": (".rtf", lambda size: filled("{\\rtf1 ", "\\trowd\\intbl E\\cell oui{n}\\cell\\row", "}", size)),
    "nested tables, html": (".html", lambda size: filled("", "<table><tr><td>a", "", size)),
    "spans of cells, html": (".html", lambda size: filled("<table>", '<tr><td colspan="1000" rowspan="60000">a<td>b', "</table>", size)),
    "tags, html": (".html", lambda size: filled("<p>", "<b>oui</b> ", "</p>", size)),
    "line, cha": (".cha", lambda size: filled("@Begin\n*A:\t", TALK, "\n@End\n", size)),
    "line, TextGrid": (".textgrid", lambda size: filled('"ooTextFile" "TextGrid" 0 1 1 "IntervalTier" "a" 0 1 1 0 1 "', TALK, '"', size)),
    "line, otr": (".otr", lambda size: filled('{"text": "<p>E : ', TALK, '</p>"}', size)),
    "turns, orfeo": (".orfeo", lambda size: filled("", "1\toui\toui\tI\tI\t_\t0\troot\t_\t_\t{n}\t{n}\tf{n}\n", "", size)),
    "texts, iramuteq": (".txt", lambda size: filled("", "**** *ent_{n}\noui\n", "", size)),
    "line, rtr": (".rtr", lambda size: filled("::1::2\n", TALK, "\n::2::2\n", size)),
    "segments, sonal": (".sonal", lambda size: filled("<body>", '<span class="lblseg" data-nomloc="a{n}">oui</span>', "</body>", size)),
    "anchors, noScribe": (".html", lambda size: filled("noScribe", '<p><a name="ts_{n}_{n}_S{n}">oui</a></p>', "", size)),
}  # fmt: skip
CASES |= {f"{size // MB} MB, {name}": (suffix, partial(make, size)) for size in (LINE, UNDER) for name, (suffix, make) in LONG.items()}


def one(path: Path) -> None:
    """Read `path` here and print what came of it, the seconds and the megabytes at most (a process of its own calls this)."""
    from peerqual.model import Transcript
    from peerqual.transcripts.reading import read_file

    begin = time.process_time()
    result = read_file(path)
    told = f"read, {len(result.turns):,} turns" if isinstance(result, Transcript) else getattr(result.error, "key", "?")
    took = time.process_time() - begin
    status = Path("/proc/self/status")  # a child of `subprocess` begins with its parent's peak in `getrusage`
    peak = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
    print(json.dumps([told, took, (int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024]))


def measure(name: str) -> tuple[float, str, float, float]:
    suffix, make = CASES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"H01{suffix}"
        path.write_bytes(make())
        size = path.stat().st_size / MB
        try:
            done = subprocess.run([sys.executable, __file__, "--one", str(path)], capture_output=True, text=True, timeout=300, check=False)
        except subprocess.TimeoutExpired:
            return size, "NOT ENDED", 300.0, 0.0
        if done.returncode:
            return size, f"DIED ({done.returncode}): {done.stderr.strip()[-80:]}", 0.0, 0.0
        told, seconds, megabytes = json.loads(done.stdout)
        return size, told, seconds, megabytes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", action="append", help="words of the cases' names; default: all")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--megabytes", type=float, default=1024.0)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one)
        return 0
    print("| file | MB | outcome | seconds | MB of memory | |\n|---|---|---|---|---|---|")
    over = 0
    for name in CASES:
        if options.case and not any(case in name for case in options.case):
            continue
        size, told, seconds, megabytes = measure(name)
        bad = seconds > options.seconds or megabytes > options.megabytes or told.startswith(("NOT", "DIED", "?", "transcripts.unforeseen"))
        over += bad
        print(f"| {name} | {size:.1f} | {told} | {seconds:.1f} | {megabytes:.0f} | {'OVER' if bad else ''} |", flush=True)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
