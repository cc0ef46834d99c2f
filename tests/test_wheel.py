"""The wheel holds what an installation needs: codebook, sample, messages, lexicons, templates, help, typing mark."""

import subprocess
import sys
import zipfile

import pytest

from conftest import ROOT, SEVEN


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    # No isolation: the build backend is pinned with the development tools, and nothing is fetched.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-800:] + done.stderr[-800:]
    return next(folder.glob("*.whl"))


def test_data_travels(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "analysis/data/claims.yaml",
        "data/codebook.yaml",
        "data/codebooks/cooperation.yaml",
        "data/codebooks/professionnels.yaml",
        "data/corpus_sample/participants.csv",
        "data/notebooks/sainte_anne/LISEZMOI.md",
        "data/notebooks/sainte_anne/enseignant/seance_1.ipynb",
        "data/notebooks/sainte_anne/materiel/entretien_a_imprimer.html",
        "messages/cli.toml",
        "help/fr/run.txt",
        "help/en/run.txt",
        "py.typed",
    ):
        assert f"peerqual/{wanted}" in names, wanted
    for folder, ending in (("data/corpus_sample/transcripts/", ".docx"), ("language/data/", ".txt"), ("reporting/templates/", ".html")):
        assert [name for name in names if name.startswith(f"peerqual/{folder}") and ending in name], folder
    assert not [
        name for name in names if "shared/eval" in name or "/travail/" in name or "__pycache__" in name or name.startswith(("tests/", "benchmarks/"))
    ]


def test_the_installed_wheel_runs_the_demonstration(wheel, tmp_path):
    """From the wheel alone: the source tree is not on the path."""
    target = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    for path in (target / "peerqual" / "data" / "corpus_sample" / "transcripts").iterdir():
        if path.stem not in SEVEN:  # the whole of it runs in test_whole_line
            path.unlink()
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import peerqual; assert peerqual.__file__.startswith(sys.argv[1]), peerqual.__file__\n"
        "from peerqual.cli import run_command_line\n"
        "sys.exit(run_command_line(['demo', sys.argv[2], '--no-open'], 'en'))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target), str(tmp_path / "demo")], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-800:]
    assert (tmp_path / "demo" / "reports" / "report.html").exists()
    done = subprocess.run(
        [sys.executable, "-c", code.replace(", '--no-open'", ""), str(target), "sainte-anne"], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr[-800:]
    assert (tmp_path / "sainte-anne" / "seance_1.ipynb").exists() and (tmp_path / "sainte-anne" / "corpus" / "transcripts").exists()
