"""The ontology and the lexicon, read from Turtle and ready to use."""

from kg.vocabulary.lexicon import Frame, Lexicon, Word
from kg.vocabulary.ontology import Chain, Ontology
from kg.vocabulary.resources import folder

__all__ = ["Chain", "Frame", "Lexicon", "Ontology", "Word", "folder"]
