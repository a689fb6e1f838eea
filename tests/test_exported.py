"""The public face: `kg/__init__.py` re-exports and does nothing else."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
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
    assert {n for n in vars(kg) if not n.startswith("_")} - set(kg.__all__) <= modules | {"TYPE_CHECKING"}


def test_the_face_only_imports() -> None:
    """`kg/__init__.py` holds a docstring, imports from kg, some of them only at first use, and `__all__`."""
    body = ast.parse((ROOT / "kg" / "__init__.py").read_text("utf-8")).body
    body += [inner for node in body if isinstance(node, ast.If) for inner in node.body]
    for node in body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ours = isinstance(node, ast.ImportFrom) and str(node.module).startswith("kg.")
        names = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"__all__", "TYPE_CHECKING"}
        later = isinstance(node, ast.If) or (
            isinstance(node, ast.FunctionDef) and node.name in {"__getattr__", "__dir__"}
        )
        assert docstring or ours or names or later, ast.unparse(node)


def test_the_face_is_light() -> None:
    """What is heavy is imported at its first use, so that the command line hears signals before that."""
    code = "import sys, kg; early = {*sys.modules}; kg.build; print(*sorted({*sys.modules} - early))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"kg.api", "kg.pipeline", "pyoxigraph"} <= set(done.stdout.split())
    assert set(kg.__all__) <= set(dir(kg))


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
