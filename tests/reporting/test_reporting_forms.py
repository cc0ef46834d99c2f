"""Which forms are written where, from the command line and from `pq.report`."""

from __future__ import annotations

import pytest
from forms_corpus import usual
from reporting_corpus import BOOK, CODINGS, CORPUS

from peerqual.cli import run_command_line
from peerqual.cli.options import FORMS, listed
from peerqual.errors import UsageError
from peerqual.reporting import forms
from peerqual.study_results import write_results


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_is_asked_for_is_written_beside_what_always_is(tmp_path, monkeypatch):
    monkeypatch.setattr("peerqual.reporting.figures.save", lambda figure, folder, name, formats: drawn.update({name: formats}))
    drawn: dict[str, tuple[str, ...]] = {}
    write_results(tmp_path / "all", CODINGS, CORPUS, BOOK, lang="fr", formats=("xlsx", "latex", "pdf"))
    made = names(tmp_path / "all")
    assert {"report.html", "report.xlsx", "codings.csv", "latex/exemple.tex"} <= set(made) and "report.docx" not in made
    assert set(drawn.values()) == {("svg", "pdf")}
    write_results(tmp_path / "few", CODINGS, CORPUS, BOOK, lang="fr")
    assert not [name for name in names(tmp_path / "few") if name.endswith((".docx", ".xlsx", ".tex"))] and set(drawn.values()) == {("svg",)}


def test_formats_are_checked_before_any_work(tmp_path, capsys):
    for command in (
        ["run", tmp_path, "--out", tmp_path / "out"],
        ["report", tmp_path / "no.csv", "--transcripts", tmp_path, "--out", tmp_path / "out"],
    ):
        assert run_command_line([*map(str, command), "--formats", "docx,odt"], "fr") == 2
        assert "docx, xlsx, latex, png, pdf" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    with pytest.raises(UsageError) as caught:
        forms.check(["odt"])
    assert "odt" in caught.value.render("fr") and FORMS == forms.FORMATS
    assert forms.check(["pdf", "docx", "pdf"]) == ("docx", "pdf")
    assert listed(" DOCX , xlsx,,") == ("docx", "xlsx") and listed(None) == ()


def test_a_suffix_names_the_form(tmp_path):
    path = forms.write(tmp_path / "a" / "report.XLSX", usual())
    assert path.read_bytes().startswith(b"PK")
    assert forms.write(tmp_path / "report.html", usual()).read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(UsageError) as caught:
        forms.write(tmp_path / "report.odt", usual())
    assert ".html, .docx, .xlsx" in caught.value.render("fr")
