"""Finders of identifiers, one module for each kind, all of the same shape.

A finder has ``TRIGGER``, the flags of the words that wake it (see `words`), and ``find(view, at)``: from a `View` and the
indexes of those words it yields `Candidate` objects, each with a reason. It knows nothing of the other finders;
`candidates.resolve` settles overlaps, `propagation` looks again over the whole corpus, `find.py` knows their order.
"""
