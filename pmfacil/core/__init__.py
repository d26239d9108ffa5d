"""The rules of a post-mortem: pure values and verbs, standard library only."""
