"""The learned reader: a small encoder that tags names and scores pairs of mentions by the ontology's roles."""
