"""Run a codebook on its own examples: what ``peerqual codebook test`` does."""

from __future__ import annotations

from dataclasses import dataclass

from ..codebook import Codebook


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """An example of `code` and the codes it `got`.

    `kind` is "example" (must get the code or a child of it) or "counter_example" (must not); `index` counts from 0.
    """

    code: str
    kind: str
    index: int
    passed: bool
    got: tuple[str, ...]


def check_examples(codebook: Codebook, *, model: str = "", encoder: str = "") -> list[ExampleResult]:
    """Return what `codebook` makes of each of its examples and counter-examples, in the order of the file.

    `model`: the path of a learned model ("": rules alone); `encoder`: the folder of the encoder that it was made with.
    Raises `PeerqualError` as `coder`.
    """
    from .coder import coder

    ready, results = coder(codebook, model, encoder), []
    for code in codebook.codes:
        for kind, examples in (("example", code.examples), ("counter_example", code.counter_examples)):
            for index, example in enumerate(examples):
                said = (example.text, example.role, example.before, example.before_role, example.section)
                got = {coding.code for coding in ready.code_words(*said)}
                carried = got.union(*(codebook.ancestors(one) for one in got))
                passed = (code.id in carried) == (kind == "example")
                results.append(ExampleResult(code.id, kind, index, passed, tuple(sorted(got))))
    return results
