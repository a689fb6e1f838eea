"""The command line: what each command prints where, and the exit code of every fault."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, story
from processes import PATIENCE
from typer.main import get_command
from typer.testing import CliRunner, Result

import kg as package
from kg.cli import app
from kg.graph.query import named_queries
from kg.graph.store import Store

DEAL = "Northwind Robotics acquired Tern Labs for $40 million.\n"
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
Stories = Callable[[Path, int], Path]
Kg = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    return tmp_path


@pytest.fixture
def asked(kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with KG_STORE naming a store that holds something."""
    monkeypatch.setenv("KG_STORE", str(kept))
    return here


def run(*arguments: str, input: bytes | str | None = None) -> Result:  # noqa: A002 - the runner's own word
    """Run a command in this process."""
    result = CliRunner().invoke(app, list(arguments), input=input, prog_name="kg")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def failed(result: Result, code: int) -> str:
    """Check that a command ended with a code, one clear line, and nothing on standard output; give the line."""
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


# --- help ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    """Each command says what it does, has a line of help for each option, and shows examples."""
    result = run(name, "--help")
    assert result.exit_code == 0
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert "Examples:" in result.stdout
    for parameter in command.params:
        assert parameter.help or parameter.name == "help", parameter.name


def examples(name: str) -> list[str]:
    """Give the example lines of a command."""
    epilog = get_command(app).commands[name].epilog  # type: ignore[attr-defined]
    return re.findall(r"`([^`]+)`", epilog)


@pytest.mark.parametrize(("name", "line"), [(name, line) for name in COMMANDS for line in examples(name)])
def test_every_example_works(name: str, line: str, here: Path, write_stories: Stories) -> None:
    """Copied into a shell in a folder with articles and a built store, each example does what it says."""
    write_stories(here / "seeds", 1)
    write_stories(here / "articles", 1)
    (here / "articles" / "story.txt").write_text(DEAL, "utf-8")
    (here / "story.txt").write_text(
        DEAL + "Tern Labs is based in Shanghai. Acme Ltd has raised $5 million in a round led by Tern Labs."
    )
    (here / "more.jsonl").write_text(json.dumps({"text": story(5)}))
    gold = {"id": "deal", "text": DEAL, "entities": [], "facts": []}
    (here / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    (here / "articles.json").write_text(json.dumps([{"id": "deal", "text": DEAL}]))
    (here / "my.rq").write_text("SELECT * { ?s a news:Organization } LIMIT 1")
    (here / "my-ontology").symlink_to(ROOT / "ontology")
    assert run("build", "story.txt").exit_code == 0
    piped, _, command = line.rpartition("|")
    words = shlex.split(command.split(">")[0])
    assert words[0] == "kg"
    assert words[1] == name
    given = None
    if piped:
        given = subprocess.run(piped, shell=True, capture_output=True, check=True).stdout  # noqa: S602
    result = run(*words[1:], input=given)
    assert result.exit_code in ({0, 1} if name == "check" else {0}), result.stderr


def test_the_help_lists_commands_and_exit_codes() -> None:
    """`kg` alone and `kg --help` say which commands there are and what the exit codes mean."""
    for result in (run("--help"), run()):
        for name in COMMANDS:
            assert name in result.output
        for code in ("0 done", "124 query timeout", "130"):
            assert code in " ".join(result.output.split())


def test_the_version_is_told() -> None:
    """One line, for people and scripts."""
    assert run("--version").stdout == f"kg {package.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("biuld",), ("query", "--fromat", "csv"), ("query", "--format", "xls"), ("build",)]
)
def test_a_slip_of_the_pen_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    """Unknown commands, options and values end with code 2, and nothing on standard output."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


# --- build and remove ---------------------------------------------------------------------------------


def test_build_leaves_a_store_a_graph_and_a_page(here: Path) -> None:
    """All three are there and agree; the report is on standard error."""
    (here / "deal.txt").write_text(DEAL)
    result = run("build", "deal.txt", "--out", "some where")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "articles  1 read, 0 empty, 0 failed" in result.stderr
    out = here / "some where"
    assert {p.name for p in out.iterdir()} == {"store", "store.json", "graph.ttl", "graph.html"}
    triples = {q.triple for q in ox.parse((out / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)}
    assert triples == {q.triple for q in Store.open(out / "store")}


def test_build_twice_writes_the_same_bytes(here: Path) -> None:
    """The second build reports the article as unchanged; the files are the same."""
    (here / "deal.txt").write_text(DEAL)
    run("build", "deal.txt")
    before = [(here / "out" / name).read_bytes() for name in ("graph.ttl", "graph.html", "store.json")]
    assert "0 read, 1 unchanged" in run("build", "deal.txt").stderr
    assert [
        (here / "out" / name).read_bytes() for name in ("graph.ttl", "graph.html", "store.json")
    ] == before


def test_standard_input_is_an_article(here: Path) -> None:
    """A piped article is read; the same one piped again changes nothing, another one removes nothing."""
    assert "1 read" in run("build", "-", input=DEAL).stderr
    assert "1 unchanged" in run("build", "-", input=DEAL).stderr
    assert "1 read, 0 empty" in run("build", "-", input=story(1)).stderr
    assert len(Store.open(here / "out" / "store").fingerprints()) == 2


def test_each_broken_article_has_a_line(here: Path) -> None:
    """Path and reason on standard error, one line each; the others are read; --strict makes it an error."""
    folder = here / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(DEAL)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "bin\nary\x1b[31m.txt").write_bytes(b"a\0b")
    (folder / "lines.jsonl").write_text(json.dumps({"text": story(1)}) + "\n{broken\n")
    result = run("build", "articles")
    assert result.exit_code == 0
    told = [line for line in result.stderr.splitlines() if line.startswith("articles/")]
    assert len(told) == 3
    assert all(re.match(r"articles/[^\x1b]+\.(txt|jsonl): (empty|failed): ?", line) for line in told)
    assert "2 read, 1 empty, 2 failed" in result.stderr
    assert run("build", "articles", "--strict").exit_code == 3


def test_a_build_of_nothing_readable_is_an_error(here: Path) -> None:
    """Where no article at all could be read, the exit code is 3."""
    (here / "bad.txt").write_bytes(b"\xff\xfe\xff")
    result = run("build", "bad.txt")
    assert result.exit_code == 3
    assert "bad.txt: failed: not UTF-16" in result.stderr


@pytest.mark.parametrize("what", ["none", "empty folder"])
def test_nothing_to_read_is_an_error_that_leaves_nothing(here: Path, what: str) -> None:
    """A missing path or a folder without articles ends with code 3, and makes no store."""
    if what != "none":
        (here / what).mkdir()
    assert what in failed(run("build", what), 3)
    assert not (here / "out").exists()


def test_an_out_that_cannot_be_is_an_output_error(here: Path) -> None:
    """A folder below a regular file cannot be made: code 6, and the path in the line."""
    (here / "deal.txt").write_text(DEAL)
    for out in ("deal.txt", "deal.txt/below", "/proc/none"):
        assert out in failed(run("build", "deal.txt", "--out", out), 6)
    assert (here / "deal.txt").read_text() == DEAL


def test_a_full_disk_is_an_output_error(here: Path, kg: Kg) -> None:
    """Where files may not grow, a build ends with code 6 and one line, and a later one goes on from there."""
    (here / "deal.txt").write_text(DEAL)
    limit = (100_000, 100_000)
    done = kg("build", "deal.txt", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    assert done.returncode == 6
    assert re.fullmatch(r"error: out/[^\n]*: cannot be written \([^\n]*\); make room [^\n]*\n", done.stderr)
    assert run("build", "deal.txt").exit_code == 0
    assert "Tern Labs" in run("query", "acquisitions").stdout


def test_the_report_says_what_gave_no_fact(here: Path) -> None:
    """`--report` reads again what is unchanged, and has a row for a sentence with money that gave nothing."""
    (here / "a.txt").write_text(DEAL + "Somewhere, $5 million changed hands.\n")
    run("build", "a.txt")
    assert run("build", "a.txt", "--report").exit_code == 0
    rows = list(csv.DictReader(io.StringIO((here / "out/missed.csv").read_text("utf-8"))))
    assert {"article", "start", "end", "reason", "candidate", "confidence", "sentence"} == set(rows[0])
    text = (here / "a.txt").read_text()
    for row in rows:
        assert " ".join(text[int(row["start"]) : int(row["end"])].split()) == row["sentence"]
    assert "money, and no fact" in {row["reason"] for row in rows if row["sentence"].startswith("Somewhere")}


def test_another_confidence_reads_again(here: Path) -> None:
    """What decides the result decides whether an article is read again; a name and a number are the same dial."""
    (here / "a.txt").write_text(DEAL)
    run("build", "a.txt")
    assert "0 read, 1 unchanged" in run("build", "a.txt").stderr
    assert "1 read" in run("build", "a.txt", "--min-confidence", "strict").stderr
    assert "1 read" in run("build", "a.txt", "--extractor", "frames").stderr
    for wrong in (["--min-confidence", "bold"], ["--min-confidence", "7"], ["--extractor", "oracle"]):
        failed(run("build", "a.txt", *wrong), 2)


def test_remove_takes_an_article_out(here: Path) -> None:
    """Store, Turtle and page are those of a build without it; an unknown article is a usage error."""
    folder = here / "articles"
    folder.mkdir()
    (folder / "deal.txt").write_text(DEAL)
    (folder / "story.txt").write_text(story(1))
    run("build", "articles")
    assert "nothing.txt: no such article" in failed(run("remove", "nothing.txt"), 2)
    assert run("remove", "deal.txt").exit_code == 0
    (folder / "deal.txt").unlink()
    run("build", "articles", "--out", "clean")
    for name in ("graph.ttl", "graph.html"):
        assert (here / "out" / name).read_bytes() == (here / "clean" / name).read_bytes()
    assert "0 read, 1 unchanged, 0 empty" in run("build", "articles").stderr
    assert "no store there" in failed(run("remove", "x", "--out", "none"), 3)
    assert not (here / "none").exists()


def test_a_busy_store_is_told(here: Path) -> None:
    """While another process builds, a build and a removal end with code 4; questions are answered."""
    (here / "deal.txt").write_text(DEAL)
    run("build", "deal.txt")
    code = "import sys; from kg.graph.store import Store; s = Store.open('out/store', writable=True); print(1, flush=True); input()"
    command, environment = [sys.executable, "-c", code], {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        process.stdout.readline()
        assert "in use" in failed(run("build", "deal.txt"), 4)
        assert "in use" in failed(run("remove", "deal.txt"), 4)
        assert "Northwind" in run("query", "acquisitions").stdout
        process.communicate(b"\n")


def test_a_damaged_store_is_told(here: Path) -> None:
    """Every command that needs the store ends with code 5 and says what to do, and doing it helps."""
    (here / "deal.txt").write_text(DEAL)
    run("build", "deal.txt")
    for manifest in (here / "out" / "store").glob("MANIFEST*"):
        os.truncate(manifest, 60)
    for arguments in (
        ["query", "quotes"],
        ["view"],
        ["export"],
        ["explain", "x"],
        ["check"],
        ["remove", "x"],
        ["build", "deal.txt"],
    ):
        assert "remove the folder and build again" in failed(run(*arguments), 5)
    for file in (here / "out" / "store").iterdir():
        file.unlink()
    (here / "out" / "store").rmdir()
    assert run("build", "deal.txt").exit_code == 0
    assert "Northwind" in run("query", "acquisitions").stdout


@pytest.mark.parametrize(
    "arguments", [("query", "quotes"), ("view",), ("export",), ("explain", "x"), ("check",)]
)
def test_a_missing_store_is_told(here: Path, arguments: tuple[str, ...]) -> None:
    """Without a store each command says how to make one, ends with code 3, and makes none."""
    assert "kg build PATH" in failed(run(*arguments, "--store", "none/store"), 3)
    assert list(here.iterdir()) == []


# --- query and explain --------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_the_named_queries_are_listed() -> None:
    """`kg query` alone needs no store."""
    result = run("query")
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(named_queries())


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
@pytest.mark.usefixtures("asked")
def test_every_format_answers(form: str) -> None:
    """Each format holds the row; nothing but the answer is on standard output."""
    result = run("query", "funding-rounds", "--format", form, "-p", "company=lumen", "-p", "min=1")
    assert result.exit_code == 0
    assert "Hollis Park Capital" in result.stdout
    assert "rows" not in result.stdout
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert {r["investor"]: r["lead"] for r in rows} == {
            "Hollis Park Capital": "true",
            'Quill & "Sons" Ventures': "false",
        }


@pytest.mark.usefixtures("asked")
def test_turtle_answers_construct_alone() -> None:
    """CONSTRUCT gives Turtle in whatever format; SELECT in Turtle is a usage error."""
    result = run("query", "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 3", "-f", "turtle")
    assert len(list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))) == 3
    assert "choose another format" in failed(run("query", "quotes", "-f", "turtle"), 2)


def test_a_question_may_be_a_file_or_standard_input(asked: Path) -> None:
    """Both are SPARQL, in UTF-8; what is not text is an input error."""
    (asked / "my.rq").write_text("ASK { ?s rdfs:label 'Tern Labs' }")
    assert run("query", "my.rq").stdout == "yes\n"
    assert run("query", "-", input="ASK { ?s rdfs:label '北京' }").stdout == "no\n"
    assert "not UTF-8" in failed(run("query", "-", input=b"ASK { \xff }"), 3)
    assert "cannot be read" in failed(run("query", "none.rq"), 3)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("fundign-rounds",), "did you mean funding-rounds?"),
        (("funding-rounds", "-p", "compny=x"), "it has: company, min"),
        (("funding-rounds", "-p", "company"), "not of the form name=value"),
        (("funding-rounds", "-p", "min=much"), "not a valid decimal"),
        (("SELECT * { SERVICE <http://127.0.0.1:9/> {} }",), "works offline"),
        (("SELECT * {" + "{" * 5000 + "}" * 5001,), "deeper than 200 levels"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_a_wrong_question_is_one_clear_line(arguments: tuple[str, ...], line: str) -> None:
    """Names, parameters, dangers: code 2, and a hint."""
    assert line in failed(run("query", *arguments), 2)


@pytest.mark.usefixtures("asked")
def test_a_syntax_error_has_a_caret() -> None:
    """Where, what, the line, and a mark below it."""
    result = run("query", "SELECT ?x\nWHERE { ?x nop:y ?z }")
    assert result.exit_code == 2
    first, shown, caret = result.stderr.splitlines()
    assert re.match(r"error: query:2:\d+: unknown prefix nop", first)
    assert shown == "  WHERE { ?x nop:y ?z }"
    assert caret.strip() == "^"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    ],
)
def test_a_query_without_end_is_given_up(kept: Path, kg: Kg, text: str) -> None:
    """After --timeout seconds the process ends with code 124, whether it counts in silence or streams rows."""
    done = kg("query", text, "--timeout", "0.5", "--store", str(kept), "-f", "csv", stdout=subprocess.DEVNULL,
              stderr=subprocess.PIPE, capture_output=False)  # fmt: skip
    assert done.returncode == 124
    assert done.stderr == "error: query: ran past 0.5 s; raise --timeout or ask for less\n"


@pytest.mark.parametrize(
    "command",
    ["query entities", "query entities -f csv", "query entities -f json", "export", "explain Lumen", "query"],
)
def test_a_reader_may_leave(kept: Path, command: str) -> None:
    """`kg ... | head` ends in silence, with code 0."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KG_STORE": str(kept)}
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "kg", *command.split()], stdout=write, stderr=subprocess.PIPE, env=environment,
        check=False, timeout=PATIENCE,
    )  # fmt: skip
    os.close(write)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(rb"(\d+ rows\n)?", done.stderr)


@pytest.mark.usefixtures("asked")
def test_explain_quotes() -> None:
    """What is known of a name, with its sentences; an unknown name is a usage error with a hint."""
    result = run("explain", "lumen")
    assert "Lumen Robotics Inc. (Company)" in result.stdout
    assert "“It is based in Port Ellis.”" in result.stdout
    assert result.stderr == ""
    assert "kg query entities" in failed(run("explain", "zzz"), 2)


# --- view, export, check ------------------------------------------------------------------------------


def test_export_goes_where_it_is_told(asked: Path, store: Store) -> None:
    """To standard output as bytes, or to a file whose path is printed; the suffix decides unless --format does."""
    quads = set(store)
    out = run("export", "--format", "nquads")
    assert set(ox.parse(out.stdout_bytes, format=ox.RdfFormat.N_QUADS)) == quads
    result = run("export", "--out", "new/graph.trig")
    assert (result.exit_code, result.stdout.strip()) == (0, "new/graph.trig")
    assert set(ox.parse((asked / "new/graph.trig").read_bytes(), format=ox.RdfFormat.TRIG)) == quads
    run("export", "--out", "graph.dat", "--format", "nquads")
    assert (asked / "graph.dat").read_bytes() == out.stdout_bytes
    assert "not a format" in failed(run("export", "--out", "graph.xyz"), 2)
    assert "cannot be written" in failed(run("export", "--out", "graph.dat/graph.ttl"), 6)


def test_view_writes_a_page(asked: Path) -> None:
    """The page has the title that was asked for, and the command prints where it is."""
    result = run("view", "--out", "page.html", "--title", "Deals & more")
    assert (result.exit_code, result.stdout.strip()) == (0, "page.html")
    assert "<title>Deals &amp; more</title>" in (asked / "page.html").read_text("utf-8")


def test_check_lists_findings(asked: Path, kept: Path) -> None:
    """A well-formed graph has no findings; a broken one has a line for each on standard output, and code 1."""
    good = [line for line in run("check").stdout.splitlines() if line.startswith("graph: ")]
    assert good == []
    broken = Store.open(asked / "broken" / "store", writable=True)
    quads = [q for q in Store.open(kept) if not q.predicate.value.endswith("wasDerivedFrom")]
    broken.replace([(quads[0].graph_name.value, [q for q in quads if q.graph_name == quads[0].graph_name])])
    broken.finish()
    del broken
    result = run("check", "--store", "broken/store")
    assert result.exit_code == 1
    assert "graph: https://w3id.org/kg-news/id/article/" in result.stdout
    assert "findings" in result.stderr


@pytest.mark.usefixtures("here")
def test_check_needs_no_store() -> None:
    """Where there is no store, the ontology and the lexicon alone are checked."""
    assert "ontology, lexicon: " in run("check").stderr


# --- the whole ----------------------------------------------------------------------------------------


def test_no_command_needs_the_network(tmp_path: Path) -> None:
    """With sockets forbidden, building, asking, viewing, exporting and checking work."""
    (tmp_path / "deal.txt").write_text(DEAL)
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\ndef hook(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo'): raise RuntimeError(event)\n"
        "sys.addaudithook(hook)\n"
    )
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    code = "from kg.cli import app\nfor line in ('build deal.txt', 'query acquisitions', 'view', 'export', 'explain Tern', 'check'):\n"
    code += "    app(line.split(), standalone_mode=False)\nimport socket\ntry: socket.create_connection(('127.0.0.1', 9))\n"
    code += "except RuntimeError: print('forbidden')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, **environment}, capture_output=True,
        text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("forbidden\n")
    assert "Tern Labs" in done.stdout


def test_it_works_in_a_bare_environment(tmp_path: Path) -> None:
    """No HOME, no TERM, LANG=C, a folder with a space: articles and names beyond ASCII come through."""
    (tmp_path / "déjà vu.txt").write_text("Zoë Müller founded Ålesund Robotics in 2019.\n" + DEAL, "utf-8")
    bare = {"PATH": os.environ["PATH"], "LANG": "C", "PYTHONPATH": str(ROOT)}
    code = "import sys; sys.argv[0] = 'kg'; from kg.__main__ import main; main()"
    for arguments in (
        ["build", "déjà vu.txt", "--out", "mein ordner"],
        ["query", "acquisitions", "-f", "csv", "-s", "mein ordner/store"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            env=bare,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
    assert "déjà vu.txt".encode() in done.stdout
