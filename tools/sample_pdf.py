"""Write a source of the sample corpus as a PDF, by hand: typed pages (Courier, which every reader has), numbered below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sample_source import Source

COLUMNS, LINES = 76, 50
SIZE, LEADING, LEFT, TOP = 10, 14, 70, 780


def as_pdf(source: Source) -> bytes:
    """« Label : words » in paragraphs, cut into lines and pages."""
    lines = list(_lines(source))
    pages = [_page(n, lines[at : at + LINES]) for n, at in enumerate(range(0, len(lines), LINES), 1)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in enumerate(pages):
        box = f"/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page))
    return _file(objects)


def _lines(source: Source) -> Iterator[str]:
    for p in source.header:
        yield from _wrapped(p.text)
    for p in source.body:
        yield ""
        yield from _wrapped(p.text)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text.replace("\u202f", "\u00a0"), COLUMNS, break_on_hyphens=False, break_long_words=False)


def _page(number: int, lines: list[str]) -> bytes:
    shown = b"".join(b"(%s) Tj T*\n" % _string(line) for line in lines)
    head = f"BT /F1 {SIZE} Tf {LEADING} TL {LEFT} {TOP} Td\n".encode()
    return head + shown + f"ET\nBT /F1 {SIZE} Tf 295 40 Td ({number}) Tj ET".encode()


def _string(line: str) -> bytes:
    return b"".join(b"\\" + bytes([c]) if c in b"()\\" else bytes([c]) for c in line.encode("cp1252"))


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n% Corpus fictif\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, tail)
