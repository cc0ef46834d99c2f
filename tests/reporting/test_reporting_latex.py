"""LaTeX tables: what stands in them is printed as it is; each environment is closed and each row has its columns; compiled where a TeX is there."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from forms_corpus import bare, harmful, usual
from hypothesis import given
from hypothesis import strategies as st

from peerqual.reporting.grids import DOCUMENTS, Grid, Line, grids
from peerqual.reporting.html.tree import Tree
from peerqual.reporting.html.words import Words
from peerqual.reporting.latex import escaped, tables

HOSTILE = r"""\ { } $ & # _ ^ ~ % " ` < > | [ ]""".split()


@given(st.lists(st.sampled_from([*HOSTILE, "a", "é", " ", "\n", "input", "--", "\x00"]), max_size=12).map("".join))
def test_whatever_is_escaped_opens_no_command_and_no_group(text):
    made = escaped(text)
    assert "\n" not in made and "--" not in made
    plain = re.sub(r"\\text\w+\{\}|\\[&%$#_{}]|\{[\[\]]\}|-\{\}", "", made)
    assert not set(plain) & set(r"\{}$&#_^~%" + '"`<>|[]')


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("50\u00a0% & plus", r"50~\% \& plus"),
        (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}"),
        ("pair-aidant", "pair-aidant"),
        ("a -- b", "a -{}- b"),
        ("non\u202f?", r"non\,?"),
        ("l’espoir « déni »", "l’espoir « déni »"),
    ],
)
def test_escaped(text, made):
    assert escaped(text) == made


@pytest.mark.parametrize("data", [usual, harmful, bare])
def test_every_table_is_whole(data):
    made = tables(data())
    example = made["exemple.tex"]
    assert set(re.findall(r"\\input\{([\w-]+)\}", example)) == {name.removesuffix(".tex") for name in made} - {"exemple"}
    for name, text in made.items():
        if name == "exemple.tex":
            continue
        assert re.search(r"\\caption\{.+\}\\label\{tab:" + name.removesuffix(".tex"), text)
        assert [text.count(rf"\{rule}") for rule in ("toprule", "midrule", "bottomrule")] == [2, 2, 2]
        columns = text.count(r"\linewidth-2\tabcolsep\relax}>") + 1
        bare_text = re.sub(r"\\.", "", text)
        assert bare_text.count("{") == bare_text.count("}")
        rows = [line for line in text.split("\n") if line.endswith(r"\\") and not line.startswith((r"\caption", r"\multicolumn"))]
        assert {len(re.findall(r"(?<!\\)&", row)) + 1 for row in rows} == {columns}


def test_tables_say_that_nobody_has_read_the_proposals_and_what_is_left_out():
    for grid in grids(usual(), Tree(usual().codebook, Words("fr")), Words("fr")):
        assert "Propositions automatiques non relues" in grid.note
        assert sum(grid.shares) <= 1.0001 and len(grid.shares) == len(grid.heads)


def test_wide_tables_are_cut():
    from peerqual.reporting.grids import _cut

    heads = ("Code", *map(str, range(25)))
    wide = Grid("wide", "figures", "Titre", "Titre.", "", heads, (Line(("Rubrique",), branch=True), Line(heads)))
    parts = _cut(wide, DOCUMENTS, Words("fr"))
    assert [head for part in parts for head in part.heads[1:]] == list(heads[1:])
    assert [part.caption for part in parts] == [f"Titre. (partie {n} sur 3)" for n in (1, 2, 3)]
    assert all(part.lines[1].cells == part.heads and part.lines[0].branch for part in parts)


def test_same_data_same_text():
    assert tables(usual()) == tables(usual())


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX here")
def test_the_example_compiles(tmp_path):
    for name, text in tables(harmful()).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "-draftmode", "exemple.tex"], cwd=tmp_path, capture_output=True
    )
    if b"not found" in done.stdout and done.returncode:
        pytest.skip("this TeX lacks a package")
    assert done.returncode == 0, done.stdout[-800:]
