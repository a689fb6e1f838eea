"""The public face: `kg/__init__.py` re-exports and does nothing else."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import tomllib
from pathlib import Path

import kg

ROOT = Path(__file__).parents[1]


def test_everything_that_is_promised_is_there() -> None:
    """`__all__` is sorted, without doubles, importable, and documented."""
    assert kg.__all__ == sorted(set(kg.__all__))
    for name in kg.__all__:
        thing = getattr(kg, name)
        assert isinstance(thing, str) or inspect.getdoc(thing)


def test_nothing_else_is_public() -> None:
    """A name without an underscore that is no part of `__all__` is a module of the package."""
    modules = {m.name for m in pkgutil.iter_modules(kg.__path__)}
    assert {n for n in vars(kg) if not n.startswith("_")} - set(kg.__all__) <= modules | {"VERSION"}


def test_the_face_only_imports() -> None:
    """`kg/__init__.py` holds a docstring, imports from kg, `__version__` and `__all__`."""
    for node in ast.parse((ROOT / "kg" / "__init__.py").read_text("utf-8")).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ours = isinstance(node, ast.ImportFrom) and str(node.module).startswith("kg.")
        names = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"__all__", "__version__"}
        assert docstring or ours or names, ast.unparse(node)


def test_the_version_is_that_of_the_project() -> None:
    """`kg.__version__` is what pyproject.toml says."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert kg.__version__ == tomllib.load(file)["project"]["version"]


def test_every_room_says_what_it_offers() -> None:
    """Where a module has `__all__`, each name in it exists."""
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            loaded = importlib.import_module(module.name)
            assert not [n for n in getattr(loaded, "__all__", ()) if not hasattr(loaded, n)], module.name
