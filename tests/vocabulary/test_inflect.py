"""Inflection: what lemminflect says of a word, whichever way its tables are read."""

from __future__ import annotations

import gzip
from pathlib import Path

import lemminflect

from kg.vocabulary.inflect import lemmas


def test_a_word_has_the_lemmas_of_lemminflects_own_reader():
    """Reading a table line by line, on demand, gives what loading it whole gives."""
    from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
    from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec

    lemmas("raise")
    lemmatizer, inflector = lemminflect.Lemmatizer(), lemminflect.Inflections()
    for table, codec, path in (
        (lemmatizer.lemma_dict, LemmaLUCodec, lemmatizer.lemma_lu_fn),
        (inflector.infl_dict, InflectionLUCodec, inflector.infl_lu_fn),
    ):
        whole = codec.load(path)
        words = [
            line.partition(",")[0] for line in gzip.decompress(Path(path).read_bytes()).decode().splitlines()
        ]
        for word in {*words, "be", "may", "can", "xyzzy"}:
            assert table.get(word, {}) == whole.get(word, {}), word
