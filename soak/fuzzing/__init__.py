"""Input nobody thought of: drawn by seed, mutated from real material, put together from the grammar, or raw."""
