"""What goes on across sentences: quotations, the topic, what pronouns and descriptions stand for."""
