"""A layer imports only from lower numbers; modules stay small; nothing heavy is imported with the package."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "peerqual"
LAYERS = {
    "model": 0, "typesetting": 0, "errors": 0, "resources": 0,
    "language": 1, "transcripts": 1, "codebook": 1, "log": 1, "spreadsheet": 1,
    "anonymization": 2, "coding": 2,
    "decisions": 3,
    "analysis": 4,
    "reporting": 5,
    "study": 6, "study_folder": 6, "study_moves": 6, "study_update": 6, "doctor": 6,
    "study_names": 6, "study_codes": 6, "study_withdraw": 6, "study_purge": 6, "study_purge_left": 6, "study_purge_results": 6,
    "study_learn": 6, "study_learn_gain": 6, "study_learn_encoder": 6, "study_accept": 6, "study_evaluate": 6,
    "cli": 7, "console": 7, "__main__": 7,
}  # fmt: skip
# Rooms of one layer that may look at each other.
NEIGHBOURS = {
    ("transcripts", "language"),
    ("codebook", "language"),
    ("spreadsheet", "language"),
    ("spreadsheet", "transcripts"),
    ("study_folder", "study"),
    ("study_names", "study"),
    ("study_names", "study_folder"),
    ("study_names", "study_moves"),
    ("study_names", "study_update"),
    ("study_codes", "study"),
    ("study_codes", "study_folder"),
    ("study_accept", "study_codes"),
    ("study_evaluate", "study"),
    ("study_evaluate", "study_codes"),
    ("errors", "typesetting"),
    ("study_learn", "study"),
    ("study_learn", "study_codes"),
    ("study_learn", "study_folder"),
    ("study_learn", "study_learn_encoder"),
    ("study_learn", "study_learn_gain"),
    ("study_learn_encoder", "study"),
    ("study_learn_encoder", "study_learn_gain"),
    ("study_update", "study"),
    ("study_update", "study_folder"),
    ("study_update", "study_moves"),
    ("study_moves", "study"),
    ("study_moves", "study_folder"),
    ("study_withdraw", "study"),
    ("study_withdraw", "study_folder"),
    ("study_withdraw", "study_purge"),
    ("study_purge", "study"),
    ("study_purge", "study_folder"),
    ("study_purge", "study_moves"),
    ("study_purge", "study_purge_left"),
    ("study_purge", "study_purge_results"),
    ("study_purge_left", "study_folder"),
    ("study_purge_results", "study"),
    ("study_purge_results", "study_folder"),
    ("study_purge_results", "study_purge"),
    ("cli", "console"),
    ("__main__", "cli"),
    ("cli", "doctor"),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def base(name: str) -> str:
    """The room a top-level module belongs to: `codebook_schema` is part of `codebook`."""
    return name if name in LAYERS else name.split("_")[0]


def imported_rooms(path: Path) -> set[str]:
    found = set()
    package = path.relative_to(SOURCE.parent).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base_parts = list(package[: len(package) - node.level]) if node.level else []
            parts = base_parts + (node.module.split(".") if node.module else [])
            if parts[:1] == ["peerqual"]:
                found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("peerqual.")}
    return {name for name in found if name != "__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_only_from_lower_layers(path):
    mine = base(room(path))
    if mine == "__init__":
        return
    for other in map(base, imported_rooms(path)):
        if other == mine:
            continue
        assert other in LAYERS, f"{path.name} imports an unknown room {other!r}"
        assert LAYERS[other] < LAYERS[mine] or (mine, other) in NEIGHBOURS, f"{mine} (layer {LAYERS[mine]}) imports {other} (layer {LAYERS[other]})"


def test_modules_stay_small():
    lengths = {path.relative_to(SOURCE): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {str(path): n for path, n in lengths.items() if n > 400}
    assert statistics.median(lengths.values()) < 200


def test_importing_the_package_loads_nothing_heavy():
    heavy = {"spacy", "pandas", "numpy", "matplotlib", "typer", "cryptography", "docx", "ruamel", "pydantic", "rich"}
    code = "import sys, peerqual, peerqual.__main__; print(*{m.split('.')[0] for m in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


def test_every_message_has_both_languages_and_is_used():
    import re
    import tomllib

    sources = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    built = re.findall(r"""f["'](\w+\.\w*)\{""", sources)  # keys put together at run time: their beginning
    for path in sorted((SOURCE / "messages").glob("*.toml")):
        for key, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            name = f"{path.stem}.{key}"
            assert set(texts) == {"fr", "en"}, name
            fields = {lang: set(re.findall(r"\{(\w+)", text)) for lang, text in texts.items()}
            assert fields["fr"] == fields["en"], name
            assert f'"{name}"' in sources or any(name.startswith(start) for start in built) or path.stem == "errors" or name in SHOWN_BY_NAME, (
                f"{name} is never used"
            )


SHOWN_BY_NAME: set[str] = set()
