"""What all tests share: no network, the sample corpus, and one whole run of it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from peerqual import errors

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus_sample"

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
def sample_run(tmp_path_factory):
    """The demonstration, run once: its study's folder."""
    from peerqual import study_folder

    folder = tmp_path_factory.mktemp("sample") / "demo"
    study_folder.demo(folder, lang="fr")
    return folder
