"""Masking: names, internal words and addresses go, whatever the texts; ordinary sentences stay."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmfacil.core.facts import Person, PersonId
from pmfacil.core.text import visible
from pmfacil.report.masking import _COMMON, Mask
from tests.hostile import HOSTILE
from tests.meetings import fresh_service
from tests.report.test_tables import with_action

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem


def _people(*people: tuple[str, str]) -> PostMortem:
    found = tuple(Person(PersonId(str(number)), name, role) for number, (name, role) in enumerate(people))
    return replace(fresh_service().snapshot.post_mortem, people=found)


ROOM = (("Ana Ruiz", "on-call engineer"), ("Ben O'Brien", ""), ("Li", "support"), ("Ludwig van Beek", "database"))


def _masked(text: str, *hidden: str, people: tuple[tuple[str, str], ...] = ROOM) -> str:
    return Mask(_people(*people), hidden)(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ana Ruiz restarted it", "on-call engineer restarted it"),
        ("ana  RUIZ's page, ANA, @ana and ana_", "on-call engineer's page, on-call engineer, on-call engineer and on-call engineer_"),
        ("Ruiz saw it; RUIZ said so", "on-call engineer saw it; on-call engineer said so"),
        ("Ben O’Brien, ben or O'Brien", "a colleague, a colleague or a colleague"),
        ("Li asked; a list, Lima", "support asked; a list, Lima"),
        ("Anatomy, banana, Benign, Anabel", "Anatomy, banana, Benign, Anabel"),
        ("Beek left the van in the beek", "database left the van in the beek"),
        ("AnaさんがBenに", "on-call engineerさんがa colleagueに"),
    ],
)  # fmt: skip
def test_names_become_roles(text: str, said: str) -> None:
    assert _masked(text) == said


def test_accents_are_the_same_however_they_are_typed() -> None:
    assert _masked("Jose\u0301 and JOSÉ", people=(("José Pérez", ""),)) == "a colleague and a colleague"


def test_a_name_in_a_script_without_blanks_is_found_inside_words() -> None:
    assert _masked("田中さんが再起動した", people=(("田中 太郎", "SRE"),)) == "SREさんが再起動した"


def test_a_name_of_two_people_is_nobody_s_role() -> None:
    people = (("Ana Ruiz", "on-call"), ("Ana Silva", "support"))
    assert _masked("Ana, Ana Ruiz, Ana Silva", people=people) == "a colleague, on-call, support"


def test_a_role_that_tells_a_name_is_masked_too() -> None:
    people = (("Ana Ruiz", "Ben's manager"), ("Ben Okoro", "Falcon lead on db1.corp"))
    assert _masked("Ana and Ben", "falcon", people=people) == "a colleague's manager and [internal] lead on [host]"


def test_a_day_in_a_month_stays_a_day() -> None:
    people = (("June May", ""), ("April Wren", ""))
    said = "On 12 May 2026, 1 June 2026 and 2 April 2026 a colleague saw what a colleague and a colleague did"
    assert (
        _masked("On 12 May 2026, 1 June 2026 and 2 April 2026 June saw what May and April did", people=people) == said
    )
    assert _masked("12 June 2026", "june", people=people) == "12 [internal] 2026"


@pytest.mark.parametrize("name", ["Hub operator", "Platform Team", "The night crew", "Head of payments", "Student"])
def test_a_description_is_no_name(name: str) -> None:
    assert _masked("The hub, a platform, the night and one student", people=((name, "x"),)) == (
        "The hub, a platform, the night and one student"
    )


@pytest.mark.parametrize(
    ("owner", "text", "said"),
    [
        ("Ana", "Ana asked ANA", "a colleague asked a colleague"),
        ("@ana, Ben Okoro", "ben told ana", "a colleague told a colleague"),
        ("Ana and Ben", "Ana and Ben, ben", "a colleague, a colleague"),
        ("everyone", "everyone went home", "everyone went home"),
        ("payments team", "The payments team pays", "The a colleague pays"),
        ("and", "this and that", "this and that"),
        ("", "nobody", "nobody"),
    ],
)
def test_owners_of_actions_are_colleagues(owner: str, text: str, said: str) -> None:
    assert Mask(with_action(owner=owner), ())(text) == said


def test_an_owner_who_was_there_has_a_role() -> None:
    pm = replace(with_action(owner="Ana Ruiz"), people=_people(*ROOM).people)
    assert Mask(pm, ())("Ana Ruiz, Ana") == "on-call engineer, on-call engineer"
    pm = replace(with_action(owner="on-call engineer"), people=_people(*ROOM).people)
    assert Mask(pm, ())("The on-call engineer asked Ana") == "The on-call engineer asked on-call engineer"


def test_words_of_the_user_s_own_are_internal() -> None:
    assert _masked("ACME's project  falcon, #inc-42", "acme", "Project Falcon", "#inc-42", " ") == (
        "[internal]'s [internal], [internal]"
    )
    assert _masked("ACME_TOKEN and acmeology", "acme") == "[internal]_TOKEN and acmeology"
    assert _masked("Ana", "ana") == "[internal]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("see https://wiki.example/x?y=1.", "see [link]."),
        ("(HTTP://a.example/b), www.example.com/x; ssh://h", "([link]), [link]; [link]"),
        ("postgres://user:secret@db/x!", "[link]!"),
        ("[runbook](https://x.example/a_b)", "[runbook]([link])"),
        ("github.com/acme/repo", "[link]"),
        ("https://x.example/。それ", "[link]。それ"),
        ("root@db1, ana.b+c@example.com.", "[address], [address]."),
        ("mailto:x@y.example and git@example.com:org/repo.git", "[address] and [address]"),
        ("db01.corp, x.y.INTERNAL:8443/path", "[host], [host]"),
        ("host-01.prod.example.com. *.prod.example.com", "[host]. *.[host]"),
        ("db-01.prod.eu1 and 7.prod.example.com", "[host] and [host]"),
        ("10.0.0.1, 10.0.0.0/8, 192.168.1.20:8080.", "[host], [host], [host]."),
        ("fe80::1%eth0 ::1 2001:db8::ff00:42:8329 1:2:3:4:5:6:7:8 ::ffff:10.0.0.1 fd00::", " ".join(["[host]"] * 6)),
    ],
)
def test_addresses_say_only_that_they_were_there(text: str, said: str) -> None:
    assert _masked(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Version 4.12, v1.2.3, v1.2.3-rc1, 1.2.3.dev0, 4.12.0.final, python3.11.2, 1.2.3.4.5, v1.2.3.4.",
        "At 13:05:22, 13:05–13:19 and ~14:00 on 12.03.2026 it cost 1.000.000,00 (5.5 %), 300.1.2.3 times.",
        "e.g.the cache, i.e.the other one, a.k.a.the hub; the U.S.A.; wait...what; and/or; 5/6; x @ 3.",
        "java.lang.NullPointerException in std::vector, Foo::Bar, a::b; node.js, app.py, checkout.local_settings.",
        "It failed.Then it recovered.Nobody knew, local teams least: “why?”, they asked; no intra-day alert.",
    ],
)
def test_ordinary_sentences_survive(text: str) -> None:
    assert _masked(text, "falcon") == text


def test_what_was_masked_is_counted_in_the_order_found() -> None:
    mask = Mask(_people(*ROOM), ["falcon"])
    for text in ("Ben told Ana of Falcon", "@ana saw https://x.example/ and FALCON", "nothing", "ben"):
        mask(text)
    assert mask.found == (("Ben", 2), ("Ana", 2), ("Falcon", 2), ("https://x.example/", 1))


def test_masks_never_tell_what_they_hide() -> None:
    assert _masked("Ben, ben", "colleague") == "a [internal], a [internal]"
    assert _masked("Ben x@y", "internal", "colleague", "address") == "a […] […]"
    assert _masked("Ben", "internal", "colleague", "[") == "a …"
    assert _masked("a Ben", "internal", "a colleague", "[", "…") == "a "


def test_a_mask_that_makes_a_hidden_phrase_is_masked_again() -> None:
    assert _masked("said Ben", "said a") == "[internal] colleague"
    assert _masked("x " * 9 + "Ben", "x a", "x [internal") == "[internal]"


def test_long_texts_take_no_time() -> None:
    started = time.process_time()
    for text in (
        "x" * 50_000,
        "a." * 25_000,
        "a:" * 25_000,
        "1." * 25_000,
        "a@" * 25_000,
        "-" * 50_000,
        "--a" * 9_000,
        "a-" * 25_000,
        "Ana " * 9_000,
    ):
        _masked(text, "falcon")
    assert time.process_time() - started < 20


_LETTERS = st.characters(exclude_categories=["Cs"])
_WORDS = st.text(_LETTERS, min_size=1, max_size=8).filter(str.strip) | st.sampled_from(
    [
        "Ana",
        "Ana Ruiz",
        "Acme",
        "a",
        "link",
        "a colleague",
        "[internal]",
        "internal",
        "…",
        "host",
        "on-call",
        "]",
        "May",
    ]
)
_TEXTS = st.lists(_WORDS | st.sampled_from([" ", ", ", "@", "x@y ", "https://a.example ", *HOSTILE.values()])).map(
    "".join
)


@settings(max_examples=150)
@given(st.lists(_WORDS, max_size=4), st.lists(st.tuples(_WORDS, _WORDS), max_size=3), st.lists(_TEXTS, max_size=3))
def test_nothing_that_is_hidden_is_left(hidden: list[str], people: list[tuple[str, str]], texts: list[str]) -> None:
    mask = Mask(_people(*people), hidden)
    names = [name for name, _ in people if name.strip().lower() not in _COMMON]
    for text in (*texts, " ".join([*hidden, *names]), *(f"({word})" for word in (*hidden, *names))):
        said = mask(text)
        assert said == visible(said)
        assert not [word for word in (*hidden, *names) if _stands(word, said)], said


def _stands(word: str, text: str) -> bool:
    """Whether a word stands in a text, alone, in any case."""
    phrase = r"\s+".join(map(re.escape, visible(word).split()))
    return bool(re.search(rf"(?<!\w){phrase}(?!\w)", text, re.IGNORECASE))
