"""A study's folder: where its things lie, its settings, how it is made, run, and demonstrated with the sample corpus; the course on that corpus."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, language, message
from .resources import packaged
from .study import Progress, RunResult, _quiet, run

if TYPE_CHECKING:
    from .anonymization.key import Key

SETTINGS = "peerqual.toml"


@dataclass(frozen=True)
class StudyFolder:
    """Where a study keeps its things, and the settings of its ``peerqual.toml``."""

    root: Path
    settings: dict[str, Any]

    @classmethod
    def open(cls, root: str | Path) -> StudyFolder:
        """Open the study in `root`. Raises `PeerqualError` when it holds no readable ``peerqual.toml``."""
        import tomllib

        path = Path(root) / SETTINGS
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise PeerqualError("study.not_a_study", where=root) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise PeerqualError("study.bad_settings", where=path) from None
        unknown = sorted(set(settings) - {"language", "material", "keep", "style", "names", "profile", "model", "encoder"})
        if unknown:
            raise PeerqualError("study.unknown_setting", where=path, names=", ".join(unknown))
        return cls(Path(root), settings)

    @property
    def transcripts(self) -> Path:
        """The originals: never written to."""
        return self.root / "transcripts"

    @property
    def key(self) -> Path:
        """The encrypted correspondence table."""
        return self.root / "private" / "study.key"

    @property
    def decisions(self) -> Path:
        """The log of what people decided."""
        return self.root / "decisions.jsonl"

    @property
    def memos(self) -> Path:
        """What they wrote about passages."""
        return self.root / "private" / "memos.jsonl"

    @property
    def model(self) -> str | Path | None:
        """What decides on codes: "default", None (rules alone) or a model's file in the study."""
        told = self.settings.get("model", "default")
        return None if told == "none" else told if told == "default" else self.root / told

    @property
    def encoder(self) -> Path | None:
        """The folder of the sentence encoder that the model was made with, None without one."""
        told = self.settings.get("encoder")
        return self.root / told if told else None

    @property
    def reports(self) -> Path:
        """What `run` makes."""
        return self.root / "reports"

    def run(
        self,
        *,
        key: Key,
        encoder: Path | None = None,
        excerpts: Path | None = None,
        grid: bool = False,
        template: Path | None = None,
        formats: Sequence[str] = (),
        by: Sequence[str] = (),
        inference: bool = False,
        jobs: int = 1,
        overwrite: bool = False,
        lang: str | None = None,
        progress: Progress = _quiet,
    ) -> RunResult:
        """Run the study with its own settings; results in ``reports/``, pseudonymized texts in ``pseudonymized/`` too (not for a publication)."""
        participants = self.root / "participants.csv"
        result = run(
            self.transcripts,
            self.reports,
            codebook=self.root / "codebook.yaml",
            participants=participants if participants.exists() else None,
            model=self.model,
            encoder=encoder or self.encoder,
            material=self.settings.get("material") or None,
            key=key,
            keep=self.settings.get("keep", ()),
            style=self.settings.get("style", "study"),
            names=self.settings.get("names", "pseudonyms"),
            profile=self.settings.get("profile") or None,
            excerpts=excerpts,
            grid=grid,
            template=template,
            formats=formats,
            by=by,
            inference=inference,
            decisions=self.decisions,
            lang=lang or self.settings.get("language"),
            jobs=jobs,
            overwrite=overwrite,
            progress=progress,
        )
        shutil.rmtree(self.root / "pseudonymized", ignore_errors=True)
        if (self.reports / "pseudonymized").exists():
            shutil.copytree(self.reports / "pseudonymized", self.root / "pseudonymized")
        return result


def init(folder: str | Path, *, lang: str | None = None) -> StudyFolder:
    """Lay out a study's folder with the packaged codebook and empty rooms. Raises `PeerqualError` when `folder` holds things."""
    root = Path(folder)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise PeerqualError("study.not_empty", where=root)
    for name in ("transcripts", "pseudonymized", "models", "reports"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "private").mkdir(mode=0o700)
    shutil.copyfile(packaged("codebook.yaml"), root / "codebook.yaml")
    (root / "decisions.jsonl").touch()
    (root / SETTINGS).write_text(message("study.settings", lang, language=language(lang)) + "\n", encoding="utf-8")
    return StudyFolder.open(root)


DEMO_PASSPHRASE = "demo"
PROFESSIONALS = "P[0-9][0-9]_*"  # the sample's second enquiry, which another codebook reads


def demo(folder: str | Path, *, lang: str | None = None, overwrite: bool = False, progress: Progress = _quiet) -> RunResult:
    """Copy the main enquiry of the invented sample corpus into a study in `folder` and run it, with a throw-away key whose passphrase is no secret.

    With `overwrite`, a folder that an earlier demo made is emptied first.
    """
    from .anonymization.key import Key

    root = Path(folder)
    if overwrite and (root / SETTINGS).exists() and (root / "CORPUS_FICTIF").exists():
        shutil.rmtree(root)
    study = init(root, lang=lang)
    sample = packaged("corpus_sample")
    aside = (PROFESSIONALS,) if find_spec("pypdf") else (PROFESSIONALS, "*.pdf")  # an install without the extra « pdf » shows the rest
    shutil.copytree(sample / "transcripts", study.transcripts, ignore=shutil.ignore_patterns(*aside), dirs_exist_ok=True)
    shutil.copyfile(sample / "participants.csv", root / "participants.csv")
    (root / "CORPUS_FICTIF").write_text(message("study.fictional", lang) + "\n", encoding="utf-8")
    key = Key.create(study.key, passphrase=DEMO_PASSPHRASE)
    return study.run(key=key, lang=lang, progress=progress)


def copy_course(folder: str | Path) -> Path:
    """Copy the course « Sainte-Anne » and the invented sample corpus into `folder`, the reference readings of the corpus in ``pour_apres/``.

    Returns the path of the first file to read. Raises `PeerqualError` when `folder` holds things: nothing of a student's is written over.
    """
    root = Path(folder)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise PeerqualError("study.not_empty", where=root)
    aside = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "travail")
    sample = packaged("corpus_sample")
    shutil.copytree(packaged("notebooks") / "sainte_anne", root, ignore=aside, dirs_exist_ok=True)
    shutil.copytree(sample, root / "corpus", ignore=shutil.ignore_patterns("gold"), dirs_exist_ok=True)
    shutil.copytree(sample / "gold", root / "pour_apres", dirs_exist_ok=True)
    return root / "LISEZMOI.md"
