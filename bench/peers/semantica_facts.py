"""The facts that semantica finds by its patterns: python semantica_facts.py ARTICLES.jsonl OUT.jsonl.

Names and relations are both found by `method="pattern"`, one sentence of a line at a time, at the confidences
that semantica's own readme gives. What its relation extractor falls back on is kept too: pairs of names that stand
near each other, which it calls `related_to` and rates below the confidence asked for.
"""

from __future__ import annotations

import os

from common import Extract, Fact, run


def prepare() -> Extract:
    """Set up the splitter and the two extractors, and load what they load at their first sentence."""
    os.environ["SEMANTICA_DISABLE_PROGRESS"] = "1"
    from semantica.semantic_extract import NamedEntityRecognizer, RelationExtractor
    from semantica.split import TextSplitter

    splitter = TextSplitter(method="sentence", max_sentences=1)
    names = NamedEntityRecognizer(methods=["pattern"], confidence_threshold=0.7)
    relations = RelationExtractor(method="pattern", confidence_threshold=0.6, validate=True)

    def extract(_: str, title: str, text: str) -> tuple[list[Fact], int]:
        facts: dict[Fact, None] = {}
        seen: set[tuple[str, str]] = set()
        lines = filter(str.strip, (title, *text.splitlines()))
        for sentence in (chunk.text for line in lines for chunk in splitter.split(line)):
            found = names.extract_entities(sentence)
            seen.update((entity.text, entity.label) for entity in found)
            for relation in relations.extract_relations(sentence, entities=found):
                facts[relation.subject.text, relation.predicate, relation.object.text] = None
        return list(facts), len(seen)

    extract("", "", "Jane Doe spoke in Berlin. Acme Robotics was acquired by Example Holdings Inc. in 2014.")
    return extract


if __name__ == "__main__":
    run("semantica", prepare)
