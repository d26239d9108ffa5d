"""The words by which headings and labels name the parts of a post-mortem, in the languages of the common templates."""

from __future__ import annotations

import re
from typing import Final

from pmfacil.core.record import Part


def _any_of(words: str) -> re.Pattern[str]:
    """Return a pattern of those that stand apart by two blanks or more."""
    return re.compile("|".join(re.split(r"\s{2,}", words.strip())))


PARTS: Final = {
    Part.TIMELINE: _any_of(r"""
        time ?lines?\b  chronolog  (?:sequence|order|log|course) of events  (?:event|incident) log  zeitleiste
        zeitachse  zeitlicher? (?:ab|ver)lauf  ^ablauf  ^verlauf  d[ée]roul[ée]  cronolog
        l[ií]nea (?:de tiempo|temporal|del tiempo)  linha do tempo  linea temporale  tijd(?:s)?lijn
    """),
    Part.ACTION: _any_of(r"""
        \baction (?:items?|points?|plan|list)\b  ^(?:[\w/&, -]+ )?actions?$  \b(?:follow|following)[- ]?ups?\b
        \b(?:corrective|prevent(?:ive|ative)|remedial) (?:and \w+ )?(?:actions?|measures?|steps?|work|tasks?)\b
        \b(?:future|review|next|planned|long[- ]term|short[- ]term) (?:actions?|measures?|steps?|work|tasks?)\b
        \bremediations?\b  \bprevent(?:ion|ing|ed)?\b  ^to[- ]?dos?\b  \bimprovements?\b
        \brecommendations?\b  ^(?:moving|going) forward  ^tasks?$  ^tickets$
        \bwhat (?:(?:we.?(?:re| are|ll| will)|are we|will we|is being)) (?:going to )?(?:do|doing|done|chang)
        ma(?:ß|ss)nahmen  n[äa]chste schritte  ^(?:offene )?aufgaben  verbesserung  pr[äa]vention  pr[ée]vention
        prochaines [ée]tapes  mesures (?:correctives|pr[ée]ventives)  am[ée]liorations?  plan d.action
        actions? (?:correctives?|correctrices?|pr[ée]ventives?|[àa] mener|de suivi)  recommandations  acciones
        plan de acci[óo]n  pr[óo]ximos pasos  medidas  ^seguimiento  mejoras  ^tareas  recomendaciones
        \ba[çc][õo]es\b  plano de a[çc][ãa]o  pr[óo]ximos passos  melhorias  tarefas  recomenda[çc][õo]es
        azioni  prossimi passi  \bacties\b  actiepunten  vervolgstappen  maatregelen  verbeterpunten
    """),
    Part.CAUSE: _any_of(r"""
        \broot[- ]?causes?\b  ^(?:[\w-]+ )?causes?\b
        \b(?:contributing|causal|contributory) (?:factors?|causes?)\b  \b(?:contributing|contributors)$
        \bwhy (?:did |has )?(?:it|this|that)\b  \bwhy we\b  ^why\?*$  ^triggers?\b  \b(?:5|five) ?whys?\b
        \banalysis$  ^analysis\b  \bwhat (?:has )?caused\b  \bhow did (?:it|this|that) happen\b
        \bunderlying (?:issue|cause|problem)s?\b  ^what went wrong and  ^fault$  ursachen?\b  ausl[öo]ser  ^analyse\b
        beitragende faktoren  ursachenanalyse  fehleranalyse  \bcauses? (?:racines?|profondes?|premi[èe]res?)
        facteurs (?:contributifs|d[ée]clencheurs)  d[ée]clencheur  \bcausas?\b
        factores (?:contribuyentes|contributivos)  ^an[áa]lisis  desencadenante  fatores contribu  ^an[áa]lise
        gatilho  ^cause\b  ^analisi\b  oorza(?:ak|ken)  ^warum\b  ^pourquoi\b  ^por ?qu[ée]\b
    """),
    Part.SUMMARY: _any_of(r"""
        \bsummary\b  ^overview\b  \boverview$  \btl;? ?dr\b  \bwhat happened\b  ^abstract\b  ^synopsis\b
        ^in (?:short|brief)$  zusammenfassung  ^[üu]berblick  kurzfassung  was (?:ist )?(?:passiert|geschah)
        r[ée]sum[ée]  ^synth[èe]se  que s.est[- ]il pass[ée]  ^resumen  qu[ée] (?:pas[óo]|ocurri[óo]|sucedi[óo])
        ^resumo  o que aconteceu  vis[ãa]o geral  riepilogo  sommario  cosa [èe] successo  samenvatting
        wat is er gebeurd  ^overzicht
    """),
}
"""Where a heading names two parts, the one that it names first is meant."""

NO_PART: Final = _any_of(r"""
    impact analysis  (?:went|worked|work|go|gone|did) (?:well|right|poorly|badly|wrong)\b(?! and)  got lucky
    ^(?:immediate )?actions? taken  ^lessons? (?:learn(?:ed|t))?$  did(?:n.t| not) (?:go|work)
    ^customer impact
""")
"""What is none of these, whatever else its words are."""

OTHER: Final = re.compile(
    r"\b(?:impact|detection|detected|resolution|recovery|response|lessons?|background|context|appendix|attendees|authors?"
    r"|participants?|references?|links|glossary|severity|status|conclusions?|acknowledge?ments?|thanks|metrics|stats"
    r"|identified|mitigation|communication|scope|symptoms?|faq|duration|level|auswirkung(?:en)?|hintergrund"
    r"|behebung|impacto|contexte|contexto|r[ée]solution|resoluci[óo]n|resolu[çc][ãa]o|conclus[ãa]o|anhang|annexe?)\b"
)
"""Other sections that post-mortems have."""
