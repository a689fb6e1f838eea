"""What `kg check` names: every role, range, frame and word list that can never speak, and names that nothing has."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

import kg.extract
from kg.pipeline import check as check_all
from kg.vocabulary import Language, Lexicon, folder
from kg.vocabulary.check import check
from kg.vocabulary.traits import GRAMMARS

APPROVAL = """
:Approval a owl:Class ; rdfs:label "approval"@en ; rdfs:comment "A regulator lets a product be sold."@en ;
    rdfs:subClassOf :Event ; owl:hasKey ( :approver :approved ) .
:approver a owl:ObjectProperty ; rdfs:label "approver"@en ; rdfs:comment "Who approves."@en ;
    rdfs:domain :Approval ; rdfs:range :Organization .
:approved a owl:ObjectProperty ; rdfs:label "approved"@en ; rdfs:comment "What is approved."@en ;
    rdfs:domain :Approval ; rdfs:range :Product .
"""
DOSES = """
:doses a owl:ObjectProperty ; rdfs:label "doses"@en ; rdfs:comment "How many."@en ;
    rdfs:domain :Approval ; rdfs:range :Quantity .
"""
APPROVE = """
lex:approve a lex:Frame ; lex:evokes :Approval ; lex:verb "approve" ; lex:subject :approver ; lex:object :approved .
"""
Edit = tuple[str, str, str]


def role(name: str, range_: str, domain: str = "Approval") -> str:
    """Describe a role."""
    return (
        f':{name} a owl:ObjectProperty ; rdfs:label "{name}"@en ; rdfs:comment "It."@en ;'
        f" rdfs:domain :{domain} ; rdfs:range {range_} .\n"
    )


def edited(tmp_path: Path, *edits: Edit) -> Path:
    """Copy the ontology and replace texts in its files; an empty old text adds at the end."""
    path = tmp_path / "ontology"
    if not path.exists():
        shutil.copytree(folder("ontology"), path)
    for name, old, new in edits:
        file = path / name
        text = file.read_text("utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new) if old else text + new, "utf-8")
    return path


def test_an_event_of_ones_own_is_sound(tmp_path: Path) -> None:
    """A class, its roles and a frame that fills them all are nothing to complain of."""
    path = edited(tmp_path, ("news.ttl", "", APPROVAL), ("lexicon.ttl", "", APPROVE))
    assert check(path) == check_all(path) == []


OWN: list[tuple[Edit, str]] = [
    (("news.ttl", "", DOSES), "news.ttl: doses: nothing can fill it in Approval; give it a slot"),
    (("news.ttl", "", role("cured", ":Drugg")), "news.ttl: cured: its range Drugg is no class or datatype of the ontology"),
    (("news.ttl", "", role("when", "xsd:date")), "news.ttl: when: its range xsd:date is no class or datatype of the ontology; use one of Date,"),
    (("news.ttl", "", role("cause", ":Event")), "news.ttl: cause: its range Event can never be read"),
    (("news.ttl", "", role("either", "[ a owl:Class ; owl:unionOf ( :Person :Date ) ]")), "either: its range mixes things and values"),
    (("news.ttl", "", role("cured", ":Person", "Aproval")), "news.ttl: cured: its domain Aproval is no class of the ontology"),
    (("news.ttl", "", role("named", ":JobTitle")), "news.ttl: named: nothing can fill it in Approval; give it a slot"),
    (("news.ttl", "", role("at", ":Exchange")), "news.ttl: at: nothing can fill it in Approval; a value that is read as exchange"),
    (("news.ttl", "", role("from", ":Date") + role("until", ":Date")), "news.ttl: until: nothing can fill it in Approval; an event has one role that its clause's date fills"),
    (("lexicon.ttl", APPROVE, ""), "news.ttl: Approval: can never be told, no frame evokes it; add a lex:Frame with lex:evokes :Approval"),
    (("news.ttl", "owl:hasKey ( :approver :approved )", ':colour "#555555"'), "news.ttl: Approval: has no owl:hasKey"),
    (("news.ttl", ":Approval a owl:Class ;", ":Approval a owl:Class ; trait:onceFor :investor ;"), "Approval: trait:onceFor names investor, which is no role of Approval"),
    (("news.ttl", ":Approval a owl:Class ;", ":Approval a owl:Class ; trait:undirected true ;"), "Approval: trait:undirected is no trait"),
    (("news.ttl", "rdfs:subClassOf :Event ; owl:hasKey ( :approver", "rdfs:subClassOf :Evnt ; owl:hasKey ( :approver"), "Approval: is below Evnt, which is no class"),
    (("news.ttl", "", ':cleared a owl:ObjectProperty ; rdfs:label "c"@en ; rdfs:comment "c"@en ; owl:propertyChainAxiom ( [ owl:inverseOf :approver ] :person ) .'), "cleared: can never be derived, no event has both approver and person"),
    (("news.ttl", "", ':cleared a owl:ObjectProperty ; rdfs:label "c"@en ; rdfs:comment "c"@en ; owl:propertyChainAxiom ( :approver ) .'), "cleared: its owl:propertyChainAxiom can never fire"),
    (("shapes.ttl", "", "shape:A a sh:NodeShape ; sh:targetClass :Approval ; sh:property [ sh:path :founder ; sh:minCount 1 ] ."), "shapes.ttl: Approval: requires founder, whose domain is not Approval"),
    (("shapes.ttl", "", "shape:A a sh:NodeShape ; sh:targetClass :Aproval ."), "shapes.ttl: Aproval: is no class of the ontology"),
    (("lexicon.ttl", 'lex:verb "approve"', 'lex:verb "Approve"'), 'approve: its word "Approve" can never fire, words are compared in lower case'),
    (("lexicon.ttl", 'lex:verb "approve" ; lex:subject :approver ; lex:object :approved', 'lex:noun "approval" ; lex:by :approver'), "approve: its nouns can never fire without lex:subject"),
    (("lexicon.ttl", 'lex:verb "approve" ; lex:subject :approver', 'lex:adjective "approved" ; lex:compound :approver'), "approve: its adjectives can never fire without lex:compound and lex:modified"),
    (("lexicon.ttl", "lex:object :approved", "lex:object :approved ; lex:on :date"), "approve: lex:on can never be filled, the date of the clause fills date by itself"),
    (("lexicon.ttl", "lex:object :approved", "lex:named :approved"), "approve: lex:named can never fire without lex:owner"),
    (("lexicon.ttl", "lex:object :approved", 'lex:object :approved ; lex:measure "doses"'), "approve: lex:measure can never fire, Approval has no role that is read as a measure"),
    (("lexicon.ttl", "lex:object :approved", "lex:object :approved ; lex:needs :aproved"), "approve: needs aproved, which is no role of Approval; name one of approver, approved"),
    (("lexicon.ttl", "lex:object :approved", "lex:object :approved ; lex:status :mooted"), "approve: lex:status names mooted, which is no status; name one of asserted, planned"),
    (("lexicon.ttl", "lex:object :approved", "lex:object :approved ; lex:only :mooted"), "approve: lex:only names mooted, which is no status"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "finding"), OWN, ids=[finding[:60] for _, finding in OWN])
def test_a_fault_of_an_event_of_ones_own_is_named(tmp_path: Path, edit: Edit, finding: str) -> None:
    """Each is one line that says where, what, and how to mend it."""
    path = edited(tmp_path, ("news.ttl", "", APPROVAL), ("lexicon.ttl", "", APPROVE), edit)
    found = check(path)
    assert any(finding in line for line in found), found
    assert len(found) <= 2
    assert all("; " in line and "\n" not in line for line in found)


OURS: list[tuple[Edit, str]] = [
    (("news.ttl", 'trait:readAs "series"', 'trait:readAs "stage"'), 'news.ttl: Series: trait:readAs "stage" is no grammar; use one of money, percent'),
    (("news.ttl", '; \n    trait:readAs "ticker"'.replace(" \n", "\n"), ""), "news.ttl: ticker: its range Ticker can never be read"),
    (("news.ttl", "trait:event :Acquisition", "trait:event :Takeover"), "Subsidiary: trait:endedBy names the event Takeover, which is no class"),
    (("news.ttl", "trait:thing ( :subsidiary :acquiree )", "trait:thing ( :subsidiary :prey )"), "Subsidiary: trait:endedBy names prey in trait:thing, which is no role of Acquisition"),
    (("news.ttl", "trait:thing ( :subsidiary :acquiree )", "trait:thing ( :subsidiary )"), "Subsidiary: trait:endedBy lacks trait:thing"),
    (("news.ttl", ":Entity, schema:Person, prov:Person", ":Entity, prov:Person"), "news.ttl: no class is below schema:Person, so that nobody can be recognised; say rdfs:subClassOf schema:Person"),
    (("news.ttl", ":Place, schema:City", ":Place"), "no class is below schema:City, so that the list of places"),
    (("news.ttl", "rdfs:subClassOf schema:Event", "rdfs:subClassOf prov:Activity"), "no class is below schema:Event"),
    (("news.ttl", ":denied a :Status", ":refuted a :Status"), "news.ttl: denied: is missing, though kg writes it into every graph"),
    (("lexicon.ttl", "lex:Descriptor ; lex:denotes :Investor", "lex:Descriptor ; lex:denotes :Backer"), "lexicon.ttl: investorNouns: lex:denotes names Backer, which is no class of things"),
    (("lexicon.ttl", "lex:NameHead ; lex:denotes :Place", "lex:NameHead ; lex:denotes :Acquisition"), "lexicon.ttl: placeNames: lex:denotes names Acquisition, which is no class of things"),
    (("lexicon.ttl", "a lex:Descriptor ; lex:denotes :Person ;", "a lex:Descriptor ;"), "lexicon.ttl: personNouns: says of no class that its words denote it"),
    (("lexicon.ttl", 'lex:word "fund", "investor"', 'lex:word "fund", "startup", "investor"'), 'Descriptor "startup": denotes Company and Investor'),
    (("lexicon.ttl", "a lex:Honorific", "a lex:Honourific"), "lexicon.ttl: Honorific: is missing, though kg asks for such a list"),
    (("language/en/posts.toml", "leaving = [", "going = ["), "posts.toml: leaving: is missing, though kg asks for it"),
    (("language/en/status.toml", 'where = "fate"', 'where = "fates"'), 'status.toml: cues: has no row where = "fate"'),
    (("language/en/status.toml", 'where = "fate"', 'where = "fates"'), 'status.toml: cues: nothing looks there, but its rows say where = "fates"'),
    (("language/en/status.toml", 'status = "denied"', 'status = "refused"'), 'status.toml: cues 3: its status "refused" is none; write one of asserted'),
    (("language/en/quotation.toml", "[marks]", 'marks = "x"\n[other]'), "quotation.toml: marks: is no table"),
    (("language/en/closed.toml", "DET =", "DETERMINER ="), "closed.toml: DET: is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "finding"), OURS, ids=[finding[:60] for _, finding in OURS])
def test_a_fault_in_what_comes_with_kg_is_named(tmp_path: Path, edit: Edit, finding: str) -> None:
    """A copy of the ontology that was broken in one place says so, whichever file it is."""
    found = check(edited(tmp_path, edit))
    assert any(finding in line for line in found), found
    assert all("; " in line and "\n" not in line for line in found)


def test_what_a_trained_reader_says_needs_no_frame(tmp_path: Path) -> None:
    """A role without a slot is filled by a label of the reader."""
    path = edited(tmp_path, ("lexicon.ttl", "lex:in :foundingPlace", "lex:near :founder"))
    assert any("foundingPlace: nothing can fill it in Founding" in line for line in check(path))
    assert check(path, [("Founding", "organization", "foundingPlace")]) == check_all(path) == []


@pytest.mark.parametrize(
    "row", ['class = "Firm"', 'before = "@Descriptor/Firm"', 'not.before = "a @NameHead/Firm"']
)
def test_a_cue_names_classes_of_the_ontology(tmp_path: Path, row: str) -> None:
    """Tables of a language that say what a word tells are held to the classes that there are."""
    path = edited(tmp_path)
    (path / "language/en/own.toml").write_text(f"[[cue]]\n{row}\n", "utf-8")
    [fault] = check(path)
    assert fault == 'own.toml: cue 1: its class "Firm" is no class of the ontology; correct or define it'


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    """Who wants none of the words of a list keeps the list and takes away the words."""
    listed = re.search(r"\nlex:hearsay a lex:Hearsay ;.*? \.\n", folder("ontology").joinpath("lexicon.ttl").read_text("utf-8"), re.DOTALL)  # fmt: skip
    assert listed
    path = edited(tmp_path, ("lexicon.ttl", listed[0], "\nlex:hearsay a lex:Hearsay .\n"))
    assert check(path) == []
    assert Lexicon.load(path).category("Hearsay") == {}


def test_the_narrower_class_of_a_word_holds(tmp_path: Path) -> None:
    """Whoever adds a class below one of ours lists its words, and leaves our lists alone."""
    drug = ':Drug a owl:Class ; rdfs:label "drug"@en ; rdfs:comment "A medicine."@en ; rdfs:subClassOf :Product .\n'
    words = 'lex:{} a lex:Descriptor ; lex:denotes :Drug ; lex:word "drug", "pill" .\n'
    for name in ("aDrugs", "zDrugs"):
        path = edited(tmp_path / name, ("news.ttl", "", drug), ("lexicon.ttl", "", words.format(name)))
        assert check(path) == []
        assert Lexicon.load(path).category("Descriptor")["drug"] == "Drug"


def _asked() -> set[tuple[str, str]]:
    """Find the word lists and tables that extraction asks for, by the calls in its source."""
    found: set[tuple[str, str]] = set()
    for file in sorted(Path(kg.extract.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                    found.add((name, node.args[0].value))
    return found


def test_each_list_that_the_code_asks_for_comes_with_kg() -> None:
    """What `kg check` holds a copy to, the folder that comes with kg, has all of them."""
    lexicon, language = Lexicon.load(), Language.load()
    asked = _asked()
    categories = {value for name, value in asked if name in {"category", "forms"}}
    tables = {value for name, value in asked if name in {"words", "table"} and "." in value}
    assert "Descriptor" in categories
    assert "quotation.marks" in tables
    assert categories <= lexicon.words.keys()
    assert tables <= set(language.names)


def test_each_grammar_is_explained_where_it_is_declared() -> None:
    """The comment of `trait:readAs` lists what it may say."""
    news = folder("ontology").joinpath("news.ttl").read_text("utf-8")
    [comment] = re.findall(r'rdfs:comment "(Which grammar .*?)"@en', news)
    assert set(re.findall(r"\w+", comment.partition(":")[2])) - {"or"} == GRAMMARS.keys()
