"""What the lexicon's frames read in a sentence: drafts from verbs, nouns, modifiers and posts, joined to claims."""
