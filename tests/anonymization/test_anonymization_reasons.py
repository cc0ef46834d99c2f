"""Every reason that a finder gives has its words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import peerqual as pq
from peerqual.anonymization.tables import explain, reason
from peerqual.errors import message

FINDERS = Path(pq.__file__).parent / "anonymization" / "finders"
KINDS = "speaker|header|title|relation|introduction|name|capital|lowercase|propagation|model|institution|lexicon|age|date|contact|number"
SOURCES = sorted({found for path in FINDERS.glob("*.py") for found in re.findall(rf'"((?:{KINDS})\.[a-z_]+)"', path.read_text(encoding="utf-8"))})


@pytest.mark.parametrize("source", [*SOURCES, "relation", "introduction", "lexicon.organisation", "lexicon.hospital", "lexicon.public", "keep"])
def test_every_source_has_words(source):
    unknown = [message("reasons.said_by", lang) for lang in ("fr", "en")]
    assert len(SOURCES) > 40
    assert reason(source, "fr") not in unknown and reason(source, "en") not in unknown


def test_explain_groups_forms_doubts_first(tmp_path):
    (tmp_path / "A.txt").write_text("E : Ça va ?\nMaëlle : Oui. Kermadec est venu, et Kermadec est parti. J'ai 34 ans.\n", encoding="utf-8")
    table = explain(pq.find_identifiers(pq.read(tmp_path / "A.txt")), "fr")
    rows = {row["text"]: row for row in table.to_dict("records")}
    assert table[table["text"] == "Kermadec"]["mentions"].sum() == 2
    assert table["tier"].tolist() == sorted(table["tier"], reverse=True)
    assert rows["34 ans"]["reason"] == "nombre d’années qui dit un âge"
