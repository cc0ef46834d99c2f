"""Make docs/galerie.md and its pictures from the sample corpus: each figure, how it is called, what its table holds.

python docs/make_gallery.py
"""

from __future__ import annotations

import inspect
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

import peerqual as pq
from peerqual.analysis import code_tree, positions, turn_positions
from peerqual.reporting import figures

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).parent
MOST, DPI = 100_000, 110  # bytes and dots an inch of a picture
SHOWN = {"E": 5, "G": 2, "N": 1}  # documents of the sample, by the first letter of their names: pictures stay small
HEAD = """# Galerie des figures

Chaque figure est une fonction : un tableau de `analysis` entre, une `Figure` de matplotlib sort. Les images viennent du corpus d’exemple,
qui est fictif, et sont refaites par `python docs/make_gallery.py`.
*Each figure is a function from a DataFrame to a matplotlib `Figure`; pictures are of the invented sample.*

Toutes nomment les codes en entier, dans l’ordre du livre de codes, écrivent les effectifs à côté des longueurs et des teintes, et finissent par
une légende qui dit ce qui est compté. `lang="en"` les met en anglais, `note="…"` ajoute un tampon, `width=figures.NARROW` les met à 8,5 cm
(une colonne de revue). `figures.save(figure, dossier, nom, ("svg", "png", "pdf"))` les écrit ; `peerqual run … --formats png,pdf` aussi.
"""


def entry(name: str, title: str, call: str, table: pd.DataFrame, figure: Figure) -> str:
    """Write the picture of `figure`; return what the page says of it."""
    picture = figures.png(figure, DPI)
    if len(picture) > MOST:
        raise SystemExit(f"{name}: {len(picture):,} bytes, more than {MOST:,}")
    (HERE / "images" / f"figure_{name}.png").write_bytes(picture)
    told = (inspect.getdoc(getattr(figures, call.split("(")[0].removeprefix("figures."))) or "").split("\n")[0]
    columns = ", ".join(f"`{column}`" for column in table.columns)
    return f"\n## {title}\n\n```python\n{call}\n```\n\n{told}\n\nColonnes du tableau : {columns}.\n\n![{title}](images/figure_{name}.png)\n"


def main() -> None:
    """Make all of them."""
    sample = ROOT / "corpus_sample"
    read = pq.read(sample / "transcripts", participants=sample / "participants.csv")
    corpus = pq.anonymize(pq.Corpus(tuple(t for letter, n in SHOWN.items() for t in [t for t in read if t.id[0] == letter][:n]), read.participants))
    codings = pq.code(corpus)
    told = {"note": "Propositions automatiques non relues\u00a0· Corpus fictif"}
    by_material = pq.theme_frequencies(codings, corpus)
    by_association = pq.theme_frequencies(codings, corpus, by="association")
    crossed, pairs, places = pq.code_by_document(codings, corpus), pq.cooccurrence(codings, corpus), positions(codings, corpus)
    turns, tree = turn_positions(corpus), code_tree(None, pq.theme_frequencies(codings, corpus, branches=True))
    parts = [
        entry(
            "by_material",
            "Qui parle de quoi",
            "figures.codes_by_group(pq.theme_frequencies(codings, corpus))",
            by_material,
            figures.codes_by_group(by_material, **told),
        ),
        entry(
            *("by_association", "Selon un attribut des personnes", 'figures.codes_by_group(pq.theme_frequencies(codings, corpus, by="association"))'),
            *(by_association, figures.codes_by_group(by_association, **told)),
        ),
        entry(
            *("narrow", "La même, dans une colonne de revue", "figures.codes_by_group(pq.theme_frequencies(codings, corpus), width=figures.NARROW)"),
            *(by_material, figures.codes_by_group(by_material, width=figures.NARROW, **told)),
        ),
        entry(
            *("documents", "Codes et documents", "figures.codes_by_document(pq.code_by_document(codings, corpus))"),
            *(crossed, figures.codes_by_document(crossed, **told)),
        ),
        entry(
            *("positions", "Où tombent les codes", "figures.positions_along(peerqual.analysis.positions(codings, corpus), corpus)"),
            *(places, figures.positions_along(places, corpus, **told)),
        ),
        entry(
            *(
                "course",
                "Déroulé thématique",
                "figures.thematic_course(pq.positions(codings, corpus), pq.turn_positions(corpus).query(\"document == 'D01'\"))",
            ),
            *(places, figures.thematic_course(places, turns[turns["document"] == turns["document"].iloc[0]], **told)),
        ),
        entry(
            *("tree", "Arbre des thèmes", "figures.theme_tree(pq.code_tree(codebook, pq.theme_frequencies(codings, corpus, branches=True)))"),
            *(tree, figures.theme_tree(tree, **told)),
        ),
        entry(
            *("together", "Codes trouvés ensemble", "figures.cooccurrence_matrix(pq.cooccurrence(codings, corpus))"),
            *(pairs, figures.cooccurrence_matrix(pairs, **told)),
        ),
    ]
    (HERE / "galerie.md").write_text(HEAD + "".join(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
