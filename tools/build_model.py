"""Make the learned coder that ships with peerqual from the exemplar bank and the codebook. Same versions, same model.

Words are learned from the bank alone; what stands around a sentence and thresholds also from the sample's eight documents that were coded twice.

python tools/build_model.py [--out src/peerqual/coding/data/model.npz]
python tools/build_model.py --check     # builds aside and tells how far labels and scores on the sample are from those of the model in the package
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peerqual.coding.learned import Model

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "peerqual" / "coding" / "data" / "model.npz"


def main() -> None:
    """Train, save and say how large the model is."""
    import sample_gold
    import sklearn

    from peerqual.codebook import Codebook
    from peerqual.coding.learned import bank
    from peerqual.coding.learned.coder import meaning
    from peerqual.coding.learned.examples import of_corpus, of_scenes
    from peerqual.coding.learned.training import train

    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    book, scenes = Codebook.load(), bank.scenes()
    examples = of_scenes(scenes, book)
    whole = of_corpus(sample_gold.corpus(), sample_gold.development(), book)
    assigned = [code for code in book.codes if code.assignable]
    parents = {code.id: code.parent for code in assigned if code.parent in {other.id for other in assigned}}
    words = "\n".join(line.text for scene in scenes for line in scene.lines)
    facts = {
        "made_of": "bank",
        "bank": hashlib.sha256(words.encode()).hexdigest()[:16],
        "sentences": int(examples.judged.sum()),
        "interviews": int(whole.judged.sum()),
        "voices": len(set(examples.groups)),
        "codebook": book.hash[:16],
        "meanings": {code.id: meaning(code) for code in assigned},
        "scikit-learn": sklearn.__version__,
    }
    model = train(examples, [code.id for code in assigned], parents=parents, whole=whole, facts=facts)
    if options.check:
        sys.exit(check(model))
    model.save(options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {len(model.index):,} features, {facts['sentences']:,} sentences")


def check(model: Model) -> int:
    """Compare what `model` and the one in the package propose for the sample; return 1 where a label differs, or a score by more than 1e-6."""
    import pandas as pd
    import sample_gold

    import peerqual as pq

    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder) / "again.npz")
        tables = [pq.code(sample_gold.corpus(), model=path) for path in ("default", Path(folder) / "again.npz")]
    both = pd.merge(*tables, on=["document", "start", "end", "code"], how="outer", indicator=True)
    alone, apart = int((both["_merge"] != "both").sum()), float((both["score_x"] - both["score_y"]).abs().max())
    print(f"{len(both)} codings, {alone} in one of the two only; scores differ by at most {apart:.1e}")
    return int(alone > 0 or apart > 1e-6)


if __name__ == "__main__":
    main()
