"""How things are said: what wording blames, what wording helps. Standard library only."""
