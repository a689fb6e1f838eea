"""What is named: candidates, the votes for what each is, and the clusters of one thing's names."""
