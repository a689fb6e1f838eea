"""How well the reader reads by itself: pairs of annotated mentions, at even odds.

    python training/alone.py
    python training/alone.py articles.json gold.jsonl

Without files, the articles of the corpus: those trained on, and those held out, short and long apart. With files, your
own annotated articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from data import LONG, arguments, articles, examples, held, own

from kg.evaluate.gold import Annotated
from kg.evaluate.score import Tally
from kg.extract import Extractor
from kg.extract.learned.network import Network
from kg.extract.learned.pairs import allowed
from kg.extract.learned.schema import WEIGHTS
from kg.model import Document
from kg.vocabulary import Lexicon, Ontology

EVEN = 0.5
SAME = 4  # what the pair head is told of two mentions in one sentence
SOME = 8  # one article in so many stands for those trained on

Article = tuple[Document, Annotated]


def main() -> None:
    """Print a row for each set of articles."""
    parser = arguments(__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    alone = Alone(Network(chosen.weights))
    print(f"{'':20}{'all':^22}{'one sentence':^22}{'across sentences':^22}")
    for name, some in _sets(chosen.articles, chosen.gold).items():
        within, across = alone.tallies(some)
        both = Tally()
        both += within
        both += across
        print(f"{name:20}" + "".join(map(_cell, (both, within, across))), flush=True)


class Alone:
    """A network that is given the annotated mentions."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.ontology = Ontology.load()
        self.extractor = Extractor(self.ontology, Lexicon.load())
        labels = network.schema.labels
        self.table = allowed(self.ontology, labels).reshape(-1, len(labels))

    def tallies(self, some: Iterable[Article]) -> tuple[Tally, Tally]:
        """Count the labelled pairs within a sentence, and those across sentences."""
        within, across = Tally(), Tally()
        tokenizer = self.network.tokenizer
        for document, gold in some:
            for example in examples(document, gold, self.extractor, self.ontology, tokenizer):
                rows = example.pairs.rows
                if not len(rows):
                    continue
                labels, _ = self.network.score(self.network.encode(example.window), rows)
                sure = (labels > EVEN) & self.table[rows[:, 5]]
                wanted = set(example.positive)
                told = {(int(n), int(k)) for n, k in zip(*sure.nonzero(), strict=True)} - set(example.ignored)
                for key in told | wanted:
                    tally = within if rows[key[0], 7] == SAME else across
                    tally += Tally(key in told & wanted, key in told - wanted, key in wanted - told)
        return within, across


def _sets(path: Path | None, gold: Path | None) -> dict[str, list[Article]]:
    if path and gold:
        return {path.stem: own(path, gold)}
    corpus = list(articles())
    rest = [one for one in corpus if held(one[1].id)]
    return {
        "trained on": [one for one in corpus if not held(one[1].id)][::SOME],
        "held out, short": [one for one in rest if one[1].id[0] < LONG],
        "held out, long": [one for one in rest if one[1].id[0] >= LONG],
    }


def _cell(tally: Tally) -> str:
    return f"  P {tally.precision:.2f} R {tally.recall:.2f} F {tally.f1:.2f}"


if __name__ == "__main__":
    main()
