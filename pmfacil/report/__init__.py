"""The report: one document made from a post-mortem, written in several forms."""
