"""Who may know whom: the imports of the package, read from its source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

KG = Path(__file__).parents[1] / "kg"
#: What each room may import of the others; the ground floor is open to all.
GROUND = {"ending", "errors", "iris", "model"}
MAY_KNOW = {
    "ending": set(),
    "errors": set(),
    "iris": set(),
    "model": set(),
    "vocabulary": GROUND,
    "read": GROUND,
    "extract": GROUND | {"vocabulary"},
    "resolve": GROUND | {"vocabulary"},
    "evaluate": GROUND | {"vocabulary"},
    "graph": GROUND | {"vocabulary"},
    "publish": GROUND | {"vocabulary", "graph"},
    "settings": GROUND,
    "workers": GROUND,
    "pipeline": GROUND
    | {"settings", "vocabulary", "read", "extract", "resolve", "graph", "evaluate", "workers"},
    "api": GROUND | {"settings", "vocabulary", "graph", "publish", "pipeline"},
    "cli": GROUND | {"settings", "vocabulary", "graph", "publish", "pipeline", "api", "evaluate"},
    "__init__": GROUND | {"api", "graph", "pipeline"},
    "__main__": {"cli", "ending"},
}
#: The floors of extraction, from the ground up: each may import those below it.
FLOORS = ["text", "names", "grammar", "discourse", "frames", "learned", "decide", "__init__"]
#: What a floor may not know although it lies below: frames and reader come apart, so that each can be left out.
APART = {"learned": {"discourse", "frames"}}
FILES = sorted(KG.rglob("*.py"))


def room(file: Path) -> str:
    """Name the room that a file belongs to."""
    return file.relative_to(KG).parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """Name the rooms that a file imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import hides where it leads"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        parts = [name.split(".") for name in names]
        found |= {p[1] for p in parts if p[0] == "kg" and len(p) > 1}
        found |= {"__init__" for p in parts if p == ["kg"]}
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(KG)))
def test_a_file_imports_only_what_its_room_may_know(file: Path) -> None:
    """The ground floor knows nobody, no stage knows another stage, only the pipeline knows the order."""
    here = room(file)
    assert here in MAY_KNOW, f"{here}: say in MAY_KNOW whom this room may know"
    assert imported(file) - {here} <= MAY_KNOW[here]


@pytest.mark.parametrize(
    "file", sorted((KG / "extract").rglob("*.py")), ids=lambda file: str(file.relative_to(KG / "extract"))
)
def test_a_floor_of_extraction_imports_only_those_below(file: Path) -> None:
    """No floor reaches up, and no two files of a floor import each other."""
    floor = file.relative_to(KG / "extract").parts[0].removesuffix(".py")
    below = set(FLOORS[: FLOORS.index(floor) + 1]) - APART.get(floor, set())
    assert {name.split(".")[0] for name in of_extraction(file)} <= below


def test_no_circles_in_extraction() -> None:
    """Whoever reads a file of extraction can read what it builds on first."""
    root = KG / "extract"
    knows = {
        str(f.relative_to(root).with_suffix("")).replace("/", "."): of_extraction(f)
        for f in root.rglob("*.py")
    }
    done: set[str] = set()
    while len(done) < len(knows):
        free = {
            name
            for name, known in knows.items()
            if name not in done and known & knows.keys() <= done | {name}
        }
        assert free, sorted(knows.keys() - done)
        done |= free


def of_extraction(file: Path) -> set[str]:
    """Name the files of extraction that a file imports, as `floor.file`."""
    modules = {
        node.module.removeprefix("kg.extract.")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg.extract.")
    }
    return {name if "." in name else f"{name}.__init__" for name in modules}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(KG)))
def test_only_the_command_line_speaks(file: Path) -> None:
    """Nobody but the command line and the answers prints, writes to the standard streams, or ends the process."""
    tree = ast.parse(file.read_text("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    speaks = (calls & {"print", "typer.echo"}) | (names & {"sys.stdout", "sys.stderr"})
    ends = calls & {"sys.exit", "exit", "quit", "os._exit"}
    if room(file) != "cli" and file.name != "answer.py":
        assert not speaks
    if room(file) not in {"__main__", "cli", "workers"}:  # a signal ends a command, and its end a worker
        assert not ends


def test_only_the_store_writes_a_store() -> None:
    """No other file changes the engine behind the store's back."""
    changing = {
        "update",
        "add",
        "extend",
        "bulk_extend",
        "load",
        "bulk_load",
        "clear",
        "remove_graph",
        "remove",
    }
    for file in FILES:
        if file.name == "store.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in changing:
                assert not ast.unparse(node.value).endswith("engine"), f"{file}:{node.lineno}"


def test_the_rooms_are_all_there() -> None:
    """A room that has gone is struck from the list."""
    assert {room(file) for file in FILES} == set(MAY_KNOW)
