"""What the runs of all peers share: one thread, articles in, facts out, one line of measurements.

It needs nothing but Python itself, for each peer runs it in an environment of its own.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeAlias

Fact: TypeAlias = tuple[str, str, str]
Extract: TypeAlias = Callable[[str, str, str], tuple[list[Fact], int]]

_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "RAYON")


def run(peer: str, prepare: Callable[[], Extract]) -> None:
    """Read the articles of the first argument, write their facts to the second, print what it took.

    `prepare` imports the peer and returns the function that extracts: from an article's id, title and text to
    its facts and the number of its entities. The clocks of `seconds` and `cpu_s` run in that function alone. An
    article on which the peer fails has no facts and is counted as failed.
    """
    source, target = map(Path, sys.argv[1:])
    os.environ.update({f"{name}_NUM_THREADS": "1" for name in _THREADS})
    start = perf_counter()
    extract = prepare()
    start_up = perf_counter() - start

    articles = words = failed = 0
    seconds = cpu = 0.0
    relations: Counter[str] = Counter()
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            article = json.loads(line)
            title, text = article.get("title") or "", article["text"]
            facts: list[Fact] = []
            entities = 0
            start, busy = perf_counter(), process_time()
            try:
                facts, entities = extract(article["id"], title, text)
            except Exception as error:  # noqa: BLE001 - a peer may fail in any way, and the next article still counts
                failed += 1
                sys.stderr.write(f"{article['id']}: {error!r}\n")
            seconds += perf_counter() - start
            cpu += process_time() - busy
            articles += 1
            words += len(title.split()) + len(text.split())
            relations.update(relation for _, relation, _ in facts)
            row = {"id": article["id"], "facts": facts, "entities": entities}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    measured = {
        "peer": peer,
        "version": version(peer),
        "start_up_s": round(start_up, 3),
        "articles": articles,
        "words": words,
        "seconds": round(seconds, 4),
        "cpu_s": round(cpu, 4),
        "facts": relations.total(),
        "failed": failed,
        "relations": dict(relations.most_common()),
    }
    sys.stdout.write(json.dumps(measured) + "\n")
