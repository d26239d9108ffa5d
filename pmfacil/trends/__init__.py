"""What the whole record tells: how often, what comes back, what became of the actions. It names nobody."""

from pmfacil.trends.table import Figure, as_csv, figures
from pmfacil.trends.values import (
    MOST_CAUSES,
    MOST_SHOWN,
    MOST_SPANS,
    OLD,
    Factor,
    Moment,
    Month,
    Span,
    Spans,
    Told,
    ToldCause,
    Trends,
)
from pmfacil.trends.working import trends

__all__ = [
    "MOST_CAUSES",
    "MOST_SHOWN",
    "MOST_SPANS",
    "OLD",
    "Factor",
    "Figure",
    "Moment",
    "Month",
    "Span",
    "Spans",
    "Told",
    "ToldCause",
    "Trends",
    "as_csv",
    "figures",
    "trends",
]
