"""The README and the commands say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from kg.cli import app
from kg.graph.query import named_queries
from kg.vocabulary import Ontology

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_examples(name: str) -> None:
    """A sentence that says what it does, and lines to copy."""
    command = COMMANDS[name]
    assert command.help
    assert "Examples:" in command.epilog
    assert all(p.help for p in command.params if p.name not in {"help", "paths"} and hasattr(p, "help"))


def test_the_readme_names_only_commands_and_queries_that_exist() -> None:
    """Each `kg NAME` of the README is a command, each `kg query NAME` a named query."""
    code = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
    used = set(re.findall(r"\bkg ([a-z]+)", code))
    assert used <= COMMANDS.keys()
    asked = set(re.findall(r"kg query ([a-z][a-z-]+)", README))
    assert asked <= named_queries().keys() | {"alone"}


def test_the_readme_names_every_kind_query_and_exit_code() -> None:
    """The table of kinds is complete, and the exit codes are those of `kg --help`."""
    for query in named_queries():
        assert f"`{query}`" in README or query == "entities"
    for chain in Ontology.load().chains:
        assert f"`{chain.property}`" in README
    for code in re.findall(r"\d+(?= [a-z])", app.info.epilog or ""):
        assert re.search(rf"^\| {code} \|", README, re.MULTILINE), code


def test_the_example_relation_of_the_readme_is_read(tmp_path: Path) -> None:
    """The Turtle that the README shows does what it promises."""
    import shutil

    import kg
    from kg.vocabulary import folder

    ontology = tmp_path / "ontology"
    shutil.copytree(folder("ontology"), ontology)
    news, lexicon = re.findall(r"```turtle\n(.*?)```", README, re.DOTALL)
    for name, addition in (("news.ttl", news), ("lexicon.ttl", lexicon)):
        path = ontology / name
        path.write_text(path.read_text("utf-8") + addition, "utf-8")
    story = tmp_path / "story.txt"
    story.write_text("Veloquent plans to sue Brightmere over a patent.", "utf-8")
    graph = kg.build(story, ontology=ontology)
    asked = "SELECT ?status { ?s rdf:predicate rdf:type ; rdf:object news:Lawsuit ; news:status ?status }"
    assert graph.query(asked) == [{"status": "https://w3id.org/kg-news/ontology#planned"}]
