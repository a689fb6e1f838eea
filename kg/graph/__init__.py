"""The graph: quads with provenance, the store, queries, validation, and the network view of it."""
