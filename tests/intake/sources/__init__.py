"""Files into things that happened."""
