"""The names of a document: which runs are names, what each names, and which are one thing's.

A document is looked at as a whole: a name gets one type from all the evidence around all its mentions,
and shorter forms ("Alibaba" for "Alibaba Group", a surname for a person) join the full one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.extract.names.candidates import Candidates
from kg.extract.names.gazetteer import place
from kg.extract.names.joins import Cluster, joined
from kg.extract.names.mentions import mentions
from kg.extract.names.runs import Runs, Tagged, TokenSpan, overlap
from kg.extract.names.stated import stated
from kg.extract.names.votes import vote
from kg.model import Entity

__all__ = ["Names", "find_names"]

_SURE = 4  # votes that settle a class
_MOST = 2  # mentions of which the tagger's word counts
#: Votes of a mention of which the tagger is sure, by family: its organizations and products are wrong more often.
_TAGGED = {"Person": 6, "Place": 7, "Product": 4}
_TAGGED_ELSE = 3
#: The same of a place that no gazetteer knows: a firm of an odd name looks like one at its first mention.
_TAGGED_STRANGE = 4


@dataclass(frozen=True)
class Names:
    """The names of one document: the entity of each run of tokens.

    `sure` holds the entities whose type has evidence enough to refuse a role.
    """

    at: Mapping[TokenSpan, Entity]
    sure: frozenset[Entity]

    @cached_property
    def by_sentence(self) -> Mapping[int, dict[int, TokenSpan]]:
        """The runs that are names, by sentence and first token."""
        found: dict[int, dict[int, TokenSpan]] = defaultdict(dict)
        for span in sorted(self.at):
            found[span.sentence][span.first] = span
        return dict(found)


def find_names(candidates: Candidates, tagged: Iterable[Tagged] = ()) -> Names:
    """Find and class the names of a document, with or without what the learned tagger takes for names."""
    by_sentence: dict[int, list[Tagged]] = defaultdict(list)
    for one in tagged:
        if one.type != "TITLE":
            by_sentence[one.span.sentence].append(one)
    runs, spans = candidates.runs, mentions(candidates, by_sentence)
    clusters = _clusters(runs, spans)
    for cluster in clusters.values():
        cluster.votes = vote(runs, cluster.forms, cluster.spans, clusters.keys())
        cluster.sure = max(cluster.votes.values(), default=0) >= _SURE
        cluster.votes += _tags(runs, cluster, by_sentence)
    at: dict[TokenSpan, Entity] = {}
    sure: set[Entity] = set()
    things = joined(runs.words, clusters.values(), _aliases(runs, spans, clusters))
    for cluster in sorted(things, key=lambda c: c.first):
        aliases = tuple(sorted(set(cluster.forms) - {cluster.best}))
        entity = Entity(runs.words.kinds.best(cluster.votes), cluster.best, aliases)
        at |= dict.fromkeys(cluster.spans, entity)
        sure |= {entity} if cluster.sure and entity.type != "Unknown" else set()
    return Names(at, frozenset(sure))


def _clusters(runs: Runs, spans: Iterable[TokenSpan]) -> dict[str, Cluster]:
    """Gather the mentions of each name by its key, whatever its case, its legal form or a leading "the"."""
    found: dict[str, Cluster] = {}
    for span in spans:
        text = runs.text(span)
        cluster = found.setdefault(runs.words.key(text), Cluster())
        cluster.add(text, span, prose=runs.sentences[span.sentence].prose)
    return found


def _aliases(runs: Runs, spans: Iterable[TokenSpan], clusters: dict[str, Cluster]) -> dict[Cluster, Cluster]:
    """Return the names that the text says are other names' things; a person's is no organization's."""
    found: dict[Cluster, Cluster] = {}
    for one in stated(runs, spans):
        main, alias = clusters[runs.words.key(runs.text(one.span))], clusters.get(runs.words.key(one.name))
        if alias is None:
            main.call(one.name)
        elif alias is not main and _is_person(runs, alias) == _is_person(runs, main):
            found.setdefault(alias, main)
            if one.former:
                alias.former |= alias.forms.keys()
    return found


def _is_person(runs: Runs, cluster: Cluster) -> bool:
    kinds = runs.words.kinds
    return kinds.family(kinds.best(cluster.votes)) == "Person"


def _tags(runs: Runs, cluster: Cluster, tagged: Mapping[int, list[Tagged]]) -> Counter[str]:
    """Count what the learned tagger takes the mentions of a name for as votes."""
    odds: dict[str, float] = defaultdict(float)
    for span in cluster.spans:
        for one in tagged.get(span.sentence, ()):
            if overlap(one.span, span):
                odds[one.type] += one.probability
    strange = not any(place(form) for form in cluster.forms)
    votes: Counter[str] = Counter()
    for kind, p in odds.items():
        family = runs.words.kinds.family(kind)
        weight = _TAGGED_STRANGE if strange and family == "Place" else _TAGGED.get(family, _TAGGED_ELSE)
        votes[kind] = round(weight * min(p, _MOST))
    return votes
