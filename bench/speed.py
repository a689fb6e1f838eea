"""How fast articles are read: words a second on one core, start-up, peak memory.

    python bench/speed.py ARTICLES.jsonl [HOW-MANY]

Every figure comes from a process of its own, with one thread.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def measure(path: str, most: int, extractor: str) -> dict[str, float | str]:
    """Read articles with one extractor, in this process."""
    started = time.perf_counter()
    from kg.model import Document
    from kg.pipeline import extract, find
    from kg.read import read
    from kg.settings import Settings

    settings = Settings(extractor=extractor)
    warm = "Foo Inc. has acquired Bar Ltd. for $5 million."
    extract(Document("warm", warm, ((0, len(warm)),)), settings)
    start_up = time.perf_counter() - started
    documents = [d for s in find([path]) for d in read(s) if isinstance(d, Document)][:most]
    words = sum(len(d.text.split()) for d in documents)
    started = time.process_time()
    facts = sum(len(extract(d, settings).events) for d in documents)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "extractor": extractor,
        "start-up s": round(start_up, 2),
        "articles": len(documents),
        "words": words,
        "CPU s": round(seconds, 1),
        "words/s": round(words / seconds),
        "facts": facts,
        "peak MB": round(peak),
    }


def main() -> None:
    """Print a line for each extractor."""
    if len(sys.argv) > 3:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
        return
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    most = sys.argv[2] if len(sys.argv) > 2 else "300"
    for extractor in ("frames", "both"):
        command = [sys.executable, __file__, sys.argv[1], most, extractor]
        environment = os.environ | threads | {"PYTHONPATH": str(ROOT)}
        print(
            subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout,
            end="",
        )


if __name__ == "__main__":
    main()
