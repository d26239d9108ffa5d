"""pmfacil: lead a blameless post-mortem from the first fact to the agreed report."""

__version__ = "0.1.0"
