"""What the body of each step looks like: pure functions from a post-mortem to rows."""
