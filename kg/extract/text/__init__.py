"""What stands there: sentences, tokens and values; nothing here knows what they mean."""
