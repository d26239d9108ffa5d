"""The words that actions are made of, as plain data: verbs, things to point at, people, and words that are no names.

The groups follow part 3 of the practice's taxonomy (language.md, E-1 to E-14); none quotes a line of the corpus.
"""

from __future__ import annotations

from functools import cache
from typing import Final


def words_of(block: str) -> frozenset[str]:
    """Return the words of a block of text."""
    return frozenset(block.split())


CONCRETE: Final = words_of(
    """
    abort let pair accelerate accept acknowledge acquire act activate adapt add adjust adopt advertise agree
    alarm alert allow allowlist amend annotate announce answer apologise append apply appoint approve archive
    arrange ask assemble assert assign assist associate attach attempt audit augment authenticate author
    authorise automate await back backfill backport backup ban batch benchmark bill bind bisect blacklist block
    book bootstrap bound bring broadcast broaden build bump buy bypass cache calculate call cancel cap capture
    carry catalogue catch cease centralise certify chain change charge check choose circulate circumvent clamp
    clean clear clone close codify collect combine commission commit communicate compensate compile complete
    compose compress concatenate conduct configure confirm connect constrain construct consume contact contain
    contribute convert copy cordon correct count cover craft create credit cross cull customise cut cycle
    deactivate debug declare decommission decouple decrease dedupe deduplicate default defer define delay
    delegate delete deliver demo demonstrate demote deny denylist depend deploy deprecate deprioritise
    deprovision derive descope describe design destroy detach detect develop devise diff direct disable disallow
    discard disclose disconnect discontinue dismiss dispatch display dispose distribute ditch divert divide
    dockerise document dogfood double downgrade downsize draft drain draw drop duplicate edit elevate email
    embed emit employ emulate enable encapsulate encode encrypt end enforce engage enlarge enlist enqueue enrich
    enrol enter enumerate erase escalate escrow establish evacuate evict exclude exempt exercise exit expand
    expire explain export expose extend externalise extract factor fail feed fence fetch figure file fill filter
    finalise finish fix flag flatten flip flush fold force forecast fork format formulate forward freeze fund
    furnish fuzz gate gather generate get give grant group guard halt hand handle handover hardcode hardwire
    harmonise hash hide hire hold honour hook host hotfix implement import impose include incorporate increment
    index inform initialise initiate inject inline insert install instantiate institute instrument insulate
    integrate intercept internalise interview introduce invalidate inventory invert invite isolate issue itemise
    iterate join keep kick kill label launch lead lengthen license lift limit link lint list load localise lock
    lockdown log lower maintain make mandate manually map mark mask match measure meet memoise mention merge
    migrate mint mirror mock modify monitor mount move multiplex mute name negotiate nest nominate normalise
    notify obfuscate obtain offer offload omit onboard open operate opt order organise outline overhaul override
    own pack package page paginate parallelise pare park parse partition pass patch pause pay perform permit
    persist phase pick pilot pin ping pipe plug poll pool populate port post power precompute preempt prefer
    preload prepare prepend prescribe present preserve press prime print privatise probe procure produce program
    prohibit promote propose protect prototype prove provide provision provoke proxy prune publicise publish
    pull purchase purge push put quarantine query queue quote raise ramp reach read realign reallocate reapply
    rearchitect rearrange reassign rebalance rebase reboot rebuild recalculate recheck reclaim recommend
    recompile reconcile record recover recreate recycle redact redefine redeploy redesign redirect redistribute
    redo reduplicate reenable refactor refer reference reformat refuse regenerate register reimburse reimplement
    reindex reinstall reinstate reject relabel relaunch relax relay release reload relocate remap remediate
    remove rename render renegotiate renew reorder reorganise repackage repeat rephrase replace replicate
    repoint report reproduce repurpose request require reroll reroute rerun rescale reschedule reseed resend
    reserve reset reshard resize resolve respond restart restore restrict restructure resync retain retarget
    retest rethrow retire retrieve retrofit retry retune return reuse revert revise revoke rewire reword rewrite
    rid rightsize ringfence rip roll rollback rollout rotate round route run sample sandbox sanitise save scale
    scan schedule scrap scrape script scrub seal secure seed seek segment segregate select send separate
    serialise serve set settle setup shadow shard share shift ship shorten show showcase shrink shut sign
    signpost silence simulate sink size sketch skip slice slow smooth snapshot snooze soak solicit solve sort
    source sow spawn specify spell spend spin split squash stabilise stage stagger standup start stash steer
    stick stop store stress stretch strip stub subclass submit subscribe substitute sunset supersede supervise
    supply support suppress surface suspend swap switch sync tag take target tear teardown tell template
    terminate test thread throttle throw tidy tie time timebox toggle tolerate trace track trail transfer
    transform transition translate triage trial trigger trim truncate turn turnoff unbind unblock undo unhook
    unify uninstall unmount unpin unplug unset unwind update upgrade upload use utilise vacate validate verify
    version vet virtualise visualise vote wait warn weigh whitelabel whitelist widen wipe wire withdraw withhold
    workaround wrap write yank zero
    """
)

OUTCOME: Final = words_of("avoid eliminate minimise mitigate prevent")

VAGUE: Final = words_of(
    """
    address adhere advocate aim align balance beef better bolster boost clarify collaborate consolidate continue
    coordinate cultivate dedicate emphasise encourage enhance ensure evolve facilitate familiarise focus follow
    formalise foster grow guarantee harden help highlight improve increase invest lessen leverage liaise manage
    mature maximise modernise optimise practise prioritise professionalise promise rationalise reassure
    reconsider reduce refine refresh reinforce rethink revamp revisit rework simplify speed standardise
    streamline strengthen strive tackle tighten try tune tweak uplift work
    """
)

STUDY: Final = words_of(
    """
    analyse analyze assess brainstorm compare consult debate decide determine discover discuss evaluate examine
    experiment explore identify investigate inspect look ponder reevaluate reflect research review scope spike
    study survey talk think understand diagnose
    """
)

TEACH: Final = words_of(
    """
    coach communicate educate evangelise lecture nudge remember remind reprimand sensitise teach train
    """
)

SETTABLE: Final = (
    r"interval|timeout|limit|threshold|size|memory|retention|ttl|replicas?|frequency|quota|period|delay|concurrency|"
    r"window|batch|buffer|pool|retries|weight|priority|level|verbosity|heap|disk"
)

ARTEFACTS: Final = (
    r"alarms?|alerts?|articles?|calendar|canary|canaries|charts?|check-?lists?|checks?|configs?|dashboards?"
    r"|diagrams?|"
    r"docs?|documentation|exporters?|faq|flags?|graphs?|guides?|hooks?|jobs?|linters?|manuals?|metrics?|pages?|"
    r"pipelines?|playbooks?|posts?|probes?|proposals?|pull requests?|queries|query|readme|reports?|run-?books?"
    r"|schemas?|"
    r"panels?|modules?|handbooks?|drills?|exercises?|bots?|suites?|test cases?|scripts?|specs?|templates?|tests?"
    r"|tickets?|timeouts?|tutorials?|vectors?|wiki"
)

INTANGIBLES: Final = (
    r"approach(?:es)?|best practices?|culture|direction|framework for thinking|governance|guidelines?"
    r"|mindset|"
    r"norms?|path forward|philosophy|practices|principles?|strategy|strategies|vision|ways?|rules"
)

PEOPLE: Final = (
    r"team|teams|squad|group|guild|crew|devs?|developers?|engineers?|leads?|maintainers?|owners?|operators?|ops|"
    r"sres?|admins?|managers?|community|herders|researchers?|people|everyone|everybody|folks|council|committee|"
    r"reviewers?|authors?|champions?|working group"
)

GROUPS: Final = words_of(
    """
    all anybody anyone community crew devs developers engineering engineers everybody everyone folks group infra
    leads maintainers management nobody ops organisation organization people platform security somebody someone
    sre sres squad support tbc tbd team teams they us we
    """
)

NOT_NAMES: Final = words_of(
    """
    already currently recently previously simply just even quickly a about above action actions after agreed all
    also always an and another any api approval are as at automatic automated based because before below better
    both breakout but by can cause clear client code conclusion config configuration connection consider could
    cpu critical current dashboard data database date deadline decision deployment design detect dns
    documentation done done-when each each either end error every existing false feature finally finding first
    follow follow-up for friday from further future given goal guide hard have here high how however i if impact
    implementation important in incident infrastructure instead internal is issue issues it item its january
    february march april may june july august september october november december later learn less link load
    long low maintenance manual many maybe medium meeting memory merge metrics missing mitigate mitigation
    monday monitoring more most multiple must network never new next no nobody none not note nothing now
    observability of on once one ongoing only open optional or other our out outcome owner p0 p1 p2 p3
    performance please plan policy possible possibly post pr previously prevent prevention primary problem
    process production progress proposal proposals question rate reason regular release repair review risk root
    runbook same saturday security service several should smoke so some something staging status step still
    story sunday system systems task tbc tbd temporary test testing tests that the their then there these they
    this those thursday ticket time timeline to today todo token tokens tomorrow too tooling topic traffic
    tuesday two type ui under unit unstable until up url user users various verify version we wednesday what
    when where whether which while who why will wip with without work would yes you your high-level long-term
    short-term backlog blocked planned started resolved closed completed complete pending fixed wontfix details
    detail discussion discussions summary part parts due email ideally eventually hopefully additionally
    otherwise meanwhile lastly secondly firstly longer shorter hub server servers client clients node nodes
    cluster clusters proxy gateway worker workers scheduler controller queue job jobs cron agent app application
    website page module package library platform network storage cache pod pods container containers image
    images host hosts instance instances database backup backups traffic speak read write session conversation
    fuzzing spec devnet testnet mainnet fork fix fixes change changes check checks aws gcp azure kubernetes
    docker terraform grafana prometheus github gitlab jenkins kafka redis postgres postgresql mysql mongodb
    linux windows nginx envoy istio helm argocd datadog pagerduty sentry elasticsearch kibana cloudflare python
    java golang rust node slack jira confluence opsgenie jupyterhub eks gke ecs rds sqs sns vpc cdn http https
    tls ssl json yaml sql cli sdk ci cd qa ttl slo sla sli ip tcp udp ram gpu vm vms iam acl faq adr rfc eip
    eips
    """
)

TRACKING: Final = words_of(
    """
    pr mr issue issues ticket link links here done wip todo x see ref tracker blocked p0 p1 p2 p3 p4 n/a na
    """
)

_DOUBLED: Final = 3


@cache
def base(word: str) -> str:
    """Return the base form of a verb that the lexicon knows ("Investigating", "added", "optimize"), or ""."""
    plain = word.lower().replace("re-", "re").strip("-'’")
    plain = plain[:-4] + plain[-4:].replace("iz", "is")
    return next((form for form in _forms(plain) if form in KNOWN), "") or IRREGULAR.get(plain, "")


def _forms(word: str) -> tuple[str, ...]:
    stems = [word]
    for ending in ("ing", "ed", "es", "s", "d"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _DOUBLED:
            continue
        stems += [stem, stem + "e"]
        if len(stem) > _DOUBLED and stem[-1] == stem[-2]:
            stems.append(stem[:-1])
        if stem.endswith("i"):
            stems.append(stem[:-1] + "y")
    return tuple(stems)


KNOWN: Final = CONCRETE | OUTCOME | VAGUE | STUDY | TEACH | frozenset({"consider", "be", "find", "have", "go", "reach"})

IRREGULAR: Final = {
    "built": "build",
    "gave": "give",
    "held": "hold",
    "kept": "keep",
    "made": "make",
    "ran": "run",
    "sent": "send",
    "shown": "show",
    "taught": "teach",
    "thought": "think",
    "took": "take",
    "wrote": "write",
    "written": "write",
    "found": "find",
    "running": "run",
}
