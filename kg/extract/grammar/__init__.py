"""How the words hang together: tags, phrases, clauses."""
