"""Evaluation: annotated articles, and how far a graph agrees with them."""
