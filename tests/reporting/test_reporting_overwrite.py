"""What an earlier run made does not stay beside what a later one makes."""

import json

import pytest

from peerqual.reporting.outputs import MANIFEST, output_folder, write_json, write_text


def made(folder, *names, overwrite=False):
    with output_folder(folder, overwrite=overwrite) as aside:
        for name in names:
            write_text(aside / name, name)
        write_json(aside / MANIFEST, {"entries": sorted(path.name for path in aside.iterdir())})


def there(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_is_internal_goes_when_a_publication_takes_its_place(tmp_path):
    made(tmp_path / "out", "codings.csv", "tables/positions.csv", "report.html")
    write_text(tmp_path / "out" / "mine.txt", "kept")
    made(tmp_path / "out", "report.html", overwrite=True)
    assert there(tmp_path / "out") == {"report.html", "mine.txt", MANIFEST}


@pytest.mark.parametrize("entries", [["../mine.txt", "..", "/etc/passwd", 3], "mine.txt", None, {"a": 1}])
def test_a_manifest_takes_away_nothing_outside_its_folder(tmp_path, entries):
    made(tmp_path / "out", "report.html")
    write_text(tmp_path / "mine.txt", "kept")
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({"entries": entries}), encoding="utf-8")
    made(tmp_path / "out", "report.html", overwrite=True)
    assert (tmp_path / "mine.txt").exists() and there(tmp_path / "out") == {"report.html", MANIFEST}
