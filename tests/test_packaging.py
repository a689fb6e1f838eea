"""What a user installs: the wheel carries all that the commands need, and the lock files pin all that it needs."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from processes import PATIENCE

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel into a folder of its own, which is all that an installer does with it."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    """Run Python, with one folder before all others to import from, and give what it printed."""
    # Any request over the network goes to a closed port of this machine: what needs one fails here.
    nowhere = dict.fromkeys(["http_proxy", "https_proxy", "all_proxy"], "http://127.0.0.1:9")
    environment = {**os.environ, **nowhere}
    environment.pop("PYTHONPATH", None)
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    # -P keeps the working folder off the import path.
    command = [sys.executable, "-P", *arguments]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def locked(name: str) -> dict[str, str]:
    """Read a lock file: the lines of each pin, by the name of the package (the last one of several)."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {re.split(r"[^a-z0-9-]", pin, maxsplit=1)[0]: pin for pin in pins}


def required(requirements: list[str]) -> set[str]:
    """Give the names of the packages in a list of requirements."""
    return {re.split(r"[^A-Za-z0-9_.-]", line, maxsplit=1)[0].lower() for line in requirements}


@pytest.mark.parametrize(
    "pattern",
    [
        "kg/__main__.py",
        "kg/py.typed",
        "kg/_data/ontology/*.ttl",
        "kg/_data/queries/*.rq",
        "kg/_data/seeds/*.txt",
        "kg/publish/page/*",
        "kg_news-*.dist-info/licenses/LICENSE",
    ],
)
def test_the_wheel_carries(pattern: str, wheel: Path) -> None:
    """The wheel has the package's type marker, its data, the page's parts and the licence."""
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if fnmatch(name, pattern)]


@pytest.mark.parametrize("folder", ["ontology", "queries", "seeds"])
def test_the_wheel_carries_each_data_file(folder: str, wheel: Path) -> None:
    """Every file of a data folder is in the wheel, byte for byte."""
    with zipfile.ZipFile(wheel) as archive:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                name = f"kg/_data/{path.relative_to(ROOT).as_posix()}"
                assert archive.read(name) == path.read_bytes(), name


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    """The wheel has the package and its metadata, no tests and no stray files."""
    names = zipfile.ZipFile(wheel).namelist()
    assert not [
        name for name in names if not fnmatch(name, "kg/*") and not fnmatch(name, "kg_news-*.dist-info/*")
    ]
    assert not [name for name in names if "__pycache__" in name]


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    """With the unpacked wheel first on the path, kg is imported from there and not from the checkout."""
    where = run("-c", "import kg; print(kg.__file__)", cwd=tmp_path, path=installed)
    assert Path(where.strip()).is_relative_to(installed)


def test_the_installed_command_finds_its_queries(installed: Path, tmp_path: Path) -> None:
    """`kg query --help` works far from the checkout."""
    assert "query" in run("-m", "kg", "query", "--help", cwd=tmp_path, path=installed)


def test_the_installed_demo_runs(installed: Path, tmp_path: Path) -> None:
    """`kg demo` needs neither the checkout nor the network, and leaves a graph and a page."""
    out = tmp_path / "out of the way"
    run("-m", "kg", "demo", "--out", str(out), cwd=tmp_path, path=installed)
    assert {".ttl", ".html"} <= {path.suffix for path in out.rglob("*") if path.stat().st_size > 0}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_is_exact_and_hashed(name: str) -> None:
    """Each line of a lock file names one version and the hashes of its files, and no place to load them from."""
    pins = locked(name)
    assert not [pin for pin in pins.values() if not re.match(r"[a-z0-9-]+==\S+ ", pin)]
    assert not [pin for pin in pins.values() if "--hash=sha256:" not in pin]
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_lock_files_cover_pyproject() -> None:
    """Every dependency of pyproject.toml is pinned, and both lock files pin the runtime alike: else `make lock`."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        pyproject = tomllib.load(file)
    groups = pyproject["dependency-groups"]
    runtime, dev = (locked(name) for name in LOCKS)
    assert required([*pyproject["project"]["dependencies"], *groups["build"]]) <= set(runtime)
    assert required(groups["dev"]) <= set(dev)
    versions = [{name: pin.split()[0] for name, pin in pins.items()} for pins in (runtime, dev)]
    assert versions[0].items() <= versions[1].items()


def test_the_node_lock_names_no_host() -> None:
    """The lock file of N3.js pins by hash and names no address to download from."""
    text = (ROOT / "tests" / "foreign" / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in text
    assert '"resolved"' not in text
