"""Make the learned coder that ships with peerqual from the exemplar bank and the codebook. Same versions, same model.

python tools/build_model.py [--out src/peerqual/coding/data/model.npz]
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "peerqual" / "coding" / "data" / "model.npz"


def main() -> None:
    """Train, save and say how large the model is."""
    import sklearn

    from peerqual.codebook import Codebook
    from peerqual.coding.learned import bank
    from peerqual.coding.learned.coder import meaning
    from peerqual.coding.learned.examples import of_scenes
    from peerqual.coding.learned.training import train

    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    book, scenes = Codebook.load(), bank.scenes()
    examples = of_scenes(scenes, book)
    assigned = [code for code in book.codes if code.assignable]
    parents = {code.id: code.parent for code in assigned if code.parent in {other.id for other in assigned}}
    words = "\n".join(line.text for scene in scenes for line in scene.lines)
    facts = {
        "made_of": "bank",
        "bank": hashlib.sha256(words.encode()).hexdigest()[:16],
        "sentences": len(examples.codes),
        "voices": len(set(examples.groups)),
        "codebook": book.hash[:16],
        "meanings": {code.id: meaning(code) for code in assigned},
        "scikit-learn": sklearn.__version__,
    }
    model = train(examples, [code.id for code in assigned], parents=parents, facts=facts)
    model.save(options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {len(model.index):,} features, {len(examples.codes):,} sentences")


if __name__ == "__main__":
    main()
