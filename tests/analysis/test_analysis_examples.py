"""The examples in the docstrings of this room are run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import peerqual.analysis

MODULES = [found.name for found in pkgutil.walk_packages(peerqual.analysis.__path__, "peerqual.analysis.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert not failed
