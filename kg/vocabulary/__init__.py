"""The ontology, the lexicon and the language, read from their files and ready to use."""

from kg.vocabulary.language import Language
from kg.vocabulary.lexicon import Frame, Lexicon, Word
from kg.vocabulary.ontology import Chain, Ontology
from kg.vocabulary.resources import folder

__all__ = ["Chain", "Frame", "Language", "Lexicon", "Ontology", "Word", "folder"]
