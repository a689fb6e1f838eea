"""Tags: words in, what each of them is."""

from __future__ import annotations

import pytest
from rows import LEXICON

from kg.extract.grammar.tags import Word, tag


def tagged(notation: str) -> str:
    """Tag the words of a sentence; what has a tag already keeps it."""
    words = []
    for item in notation.split():
        text, _, known = item.partition("/")
        words.append(Word(text, text.lower(), known))
    tag(words, LEXICON)
    return " ".join(word.tag for word in words)


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("Acme/NAME has agreed to buy Bolt/NAME", "NAME AUX VERB TO VERB NAME"),
        ("Acme/NAME has 300/COUNT employees", "NAME VERB COUNT NOUN"),
        ("Acme/NAME will not buy Bolt/NAME", "NAME MODAL NEG VERB NAME"),
        ("Acme/NAME didn't buy Bolt/NAME", "NAME NEG VERB NAME"),
        ("Will Acme/NAME buy Bolt/NAME ?", "MODAL NAME VERB NAME PUNCT"),
        ("Did Acme/NAME purchase Bolt/NAME ?", "AUX NAME VERB NAME PUNCT"),
        ("It is not true that Acme/NAME bought Bolt/NAME", "PRON AUX NEG ADJ SUB NAME VERB NAME"),
        ("the firm that makes pumps", "DET NOUN REL VERB NOUN"),
        ("Acme/NAME said that Bolt/NAME makes pumps", "NAME VERB SUB NAME VERB NOUN"),
        ("Acme/NAME 's purchase of Bolt/NAME", "NAME POSS NOUN PREP NAME"),
        ("the startup bags $5m/MONEY", "DET NOUN VERB MONEY"),
        ("its buying spree", "POSSPRON NOUN NOUN"),
        ("a London/NAME -based startup", "DET NAME COMP NOUN"),
        ("Acme/NAME , a German maker", "NAME COMMA DET DEMONYM NOUN"),
        ("“ We won , ” he said", "QUOTE PRON VERB COMMA QUOTE PRON VERB"),
        ("`` We won '' he said", "QUOTE PRON VERB QUOTE PRON VERB"),
        ("they plan a launch", "PRON VERB DET NOUN"),
        ("a wholly owned unit of Acme/NAME", "DET ADJ ADJ NOUN PREP NAME"),
        ("Acme/NAME , the owner of Bolt/NAME , makes pumps", "NAME COMMA DET NOUN PREP NAME COMMA VERB NOUN"),
        ("Ada/NAME , who left Acme/NAME , joins Bolt/NAME", "NAME COMMA REL VERB NAME COMMA VERB NAME"),
        ("Acme/NAME , a maker of shoes , bags and hats", "NAME COMMA DET NOUN PREP NOUN COMMA NOUN CC NOUN"),
        ("former Acme/NAME engineers Ada/NAME and Bo/NAME", "ADJ NAME NOUN NAME CC NAME"),
    ],
)
def test_words_are_tagged_by_what_they_can_be_and_their_neighbours(sentence: str, tags: str) -> None:
    """A word that can be several things is what its neighbours let it be."""
    assert tagged(sentence) == tags
