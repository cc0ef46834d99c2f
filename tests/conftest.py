"""What all tests share: no network, the sample corpus, seven of its documents and one run of these."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from peerqual import errors, resources

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus_sample"
SEVEN = ("E01_Kervandec", "E02_entretien", "E03", "E04", "G01", "N01", "P01_Ollivaud")

os.environ.setdefault("MPLBACKEND", "Agg")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuse every connection but loopback."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch):
    """No language or passphrase of the developer's own leaks into a test."""
    for name in ("PEERQUAL_LANG", "PEERQUAL_PASSPHRASE", "PEERQUAL_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    yield
    errors.speak("")


@pytest.fixture(scope="session")
def small_sample(tmp_path_factory):
    """Seven documents of the sample, of every material and in five formats, with their participants: a folder laid out as the sample's."""
    folder = tmp_path_factory.mktemp("small") / "corpus_sample"
    (folder / "transcripts").mkdir(parents=True)
    for path in (SAMPLE / "transcripts").iterdir():
        if path.stem in SEVEN:
            shutil.copyfile(path, folder / "transcripts" / path.name)
    with open(SAMPLE / "participants.csv", encoding="utf-8") as told, open(folder / "participants.csv", "w", encoding="utf-8") as kept:
        kept.writelines(line for n, line in enumerate(told) if n == 0 or line.partition(",")[0] in SEVEN)
    return folder


@pytest.fixture(scope="session")
def sample_run(small_sample, tmp_path_factory):
    """The demonstration on seven documents, run once: its study's folder."""
    from peerqual import study_folder

    folder = tmp_path_factory.mktemp("sample") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study_folder, "packaged", lambda name: small_sample if name == "corpus_sample" else resources.packaged(name))
        study_folder.demo(folder, lang="fr")
    return folder
