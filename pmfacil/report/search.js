// The search of a published record. Plain scripts and no network, so that it works from a folder on a disk.
// Everything that people typed reaches the page through textContent, never as HTML.
(() => {
  "use strict";

  const EXCERPTS = 3; // shown for one report
  const EXCERPTED = 30; // reports that get excerpts; whoever needs more types another word
  const AROUND = 70; // characters shown before what was found
  const LENGTH = 190; // characters of an excerpt
  const MOST_PHRASES = 12;
  const WEIGHTS = { title: 12, summary: 4, trigger: 4, causes: 4, impact: 2, actions: 2, risks: 2, result: 2 };

  const record = window.pmfacilRecord;
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const list = document.getElementById("list");
  const count = document.getElementById("count");
  const items = Array.from(list.children);
  const links = items.map((item) => item.querySelector("a"));

  count.hidden = false;
  if (!Array.isArray(record) || record.length !== items.length
      || !record.every((one, at) => one.page === links[at].getAttribute("href"))) {
    // A shared folder can be half copied; the plain list is right even then.
    count.textContent = "The search does not fit this list. Reload the page, or publish again.";
    return;
  }
  form.hidden = items.length === 0;
  count.hidden = form.hidden;

  // ---- words ----

  const WORDY = /[\p{L}\p{N}]/u;
  // These are written without spaces, so a word may begin anywhere.
  const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

  /** Returns text as it is compared: no accents, no capitals. Character by character it gives the same. */
  const fold = (text) => (PLAIN.test(text) ? text : text.normalize("NFD").replace(/\p{M}+/gu, ""))
    .toLowerCase().replaceAll("ς", "σ");
  const PLAIN = /^[\x20-\x7e]*$/; // which is most of all text, and is compared much sooner

  /** Returns what is looked for: words, which may go on, and “phrases in quotes”, which may not. */
  const phrases = (text) => {
    const found = [];
    for (const [, quoted, end, word] of text.matchAll(/["“”„]([^"“”„]*)(["“”„]?)|([^\s"“”„]+)/gu)) {
      const said = fold(quoted ?? word).trim().replace(/\s+/gu, " ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
      if (said && !found.some((one) => one.said === said)) {
        found.push({ said, whole: Boolean(end), anywhere: UNSPACED.test(said) });
      }
    }
    return found.slice(0, MOST_PHRASES);
  };

  /** Returns where a phrase begins in folded text. */
  const places = (text, { said, whole, anywhere }) => {
    const found = [];
    for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + said.length)) {
      const begins = anywhere || at === 0 || !WORDY.test(text[at - 1]);
      if (begins && (!whole || anywhere || ends(text, at + said.length))) found.push(at);
    }
    return found;
  };
  const ends = (text, at) => at >= text.length || !WORDY.test(text[at]);

  /** Returns the passages of every report, folded; made when somebody first searches. */
  const passages = () => folded ??= record.map((one) => {
    const said = [["title", "", [one.title]], ...one.said];
    const parts = said.flatMap(([key, title, texts]) =>
      texts.map((text) => ({ text, title, key, weight: WEIGHTS[key] ?? 1, folded: fold(text) })));
    return { parts, all: parts.map((part) => part.folded).join("\n") };
  });
  let folded = null;

  /** Returns how well a report answers, and with which passages; null where it lacks a phrase. */
  const judge = ({ parts, all }, wanted) => {
    if (!wanted.every((phrase) => all.includes(phrase.said))) return null;
    const best = wanted.map(() => 0);
    const hits = [];
    for (const part of parts) {
      let together = 0;
      wanted.forEach((phrase, which) => {
        const found = places(part.folded, phrase);
        if (found.length === 0) return;
        together += 1;
        const whole = found.some((at) => ends(part.folded, at + phrase.said.length));
        best[which] = Math.max(best[which], part.weight * (whole ? 1.5 : 1) * (1 + Math.log(found.length) / 4));
      });
      if (together > 0) hits.push({ part, together });
    }
    if (best.includes(0)) return null;
    hits.sort((one, other) => other.together - one.together || other.part.weight - one.part.weight);
    // Words that stand together mean more than the same words in different places.
    const score = best.reduce((sum, one) => sum + one, 0) * (1 + hits[0].together / wanted.length);
    return { score, hits: hits.filter((hit) => hit.part.key !== "title").slice(0, EXCERPTS) };
  };

  // ---- what is shown ----

  /** Returns a stretch of text as nodes, with what was found in <mark>. */
  const marked = (text, wanted, start = 0, end = text.length) => {
    const lit = new Set(ranges(text, wanted).flatMap(([from, to]) => Array.from({ length: to - from }, (_, n) => from + n)));
    const nodes = [];
    for (let at = start; at < end;) {
      let to = at;
      while (to < end && lit.has(to) === lit.has(at)) to += 1;
      const node = document.createElement(lit.has(at) ? "mark" : "span");
      node.textContent = text.slice(at, to);
      nodes.push(node);
      at = to;
    }
    return nodes;
  };

  /** Returns where phrases stand in the text as it was typed, in which letters may be longer than when they are compared. */
  const ranges = (text, wanted) => {
    const origins = [];
    let compared = "";
    let at = 0;
    for (const letter of text) {
      const said = fold(letter);
      compared += said;
      for (let unit = 0; unit < said.length; unit += 1) origins.push(at);
      at += letter.length;
    }
    origins.push(text.length);
    return wanted.flatMap((phrase) =>
      places(compared, phrase).map((place) => [origins[place], origins[place + phrase.said.length]]));
  };

  const excerpt = ({ text, title }, wanted) => {
    const first = Math.min(...ranges(text, wanted).map(([from]) => from));
    const near = Math.max(0, first - AROUND);
    const word = text.indexOf(" ", near) + 1; // not every script puts spaces between words
    const start = near > 0 && word > 0 && word <= first ? word : near;
    const cut = start + LENGTH < text.length ? text.lastIndexOf(" ", start + LENGTH) : text.length;
    const end = cut > first ? cut : Math.min(text.length, start + LENGTH);
    const line = document.createElement("li");
    line.dir = "auto";
    const label = document.createElement("b");
    label.textContent = `${title}: `;
    line.append(label, start > 0 ? "…" : "", ...marked(text, wanted, start, end), end < text.length ? "…" : "");
    return line;
  };

  const dress = (at, wanted, hits) => {
    items[at].querySelector(".found")?.remove();
    links[at].replaceChildren(...(wanted.length > 0 ? marked(record[at].title, wanted) : [record[at].title]));
    if (hits.length === 0) return;
    const found = document.createElement("ul");
    found.className = "found";
    found.append(...hits.map((hit) => excerpt(hit.part, wanted)));
    items[at].querySelector("div").append(found);
  };

  const passes = (one, chosen) =>
    (!chosen.kind || one.kind === chosen.kind)
    && (!chosen.team || one.team === chosen.team)
    && (!chosen.tag || one.tags.includes(chosen.tag))
    && (!chosen.year || one.day.startsWith(chosen.year))
    && (!chosen.open || one.open > 0);

  const tell = (shown, narrowed) => {
    const all = `${items.length} report${items.length === 1 ? "" : "s"}`;
    if (shown === 0) return "Nothing found. Fewer or shorter words find more.";
    return narrowed ? `${shown} of ${all}` : all;
  };

  let dressed = [];
  const update = () => {
    const chosen = Object.fromEntries(Array.from(new FormData(form)).filter(([, value]) => value !== ""));
    const wanted = phrases(chosen.q ?? "");
    let shown = record.map((one, at) => ({ at, score: 0, hits: [] })).filter(({ at }) => passes(record[at], chosen));
    if (wanted.length > 0) {
      const all = passages();
      shown = shown.flatMap(({ at }) => {
        const judged = judge(all[at], wanted);
        return judged ? [{ at, ...judged }] : [];
      });
      shown.sort((one, other) => other.score - one.score || one.at - other.at);
    }
    for (const at of dressed) dress(at, [], []);
    const told = wanted.length > 0 ? shown.slice(0, EXCERPTED) : [];
    for (const { at, hits } of told) dress(at, wanted, hits);
    dressed = told.map(({ at }) => at);
    list.replaceChildren(...shown.map(({ at }) => items[at]));
    count.textContent = tell(shown.length, Object.keys(chosen).length > 0);
    keep(chosen);
  };

  // ---- the address keeps the search, so that it can be shared and is there after going back ----

  const keep = (chosen) => {
    const said = new URLSearchParams(chosen).toString();
    try {
      history.replaceState(null, "", said ? `#${said}` : location.pathname + location.search);
    } catch {
      // A browser may forbid this for files on a disk; the search works without.
    }
  };

  const restore = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = said.has(field.name);
      else if (field.name) field.value = said.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.selectedIndex = 0; // a team or a tag that is no more
    }
    update();
  };

  // ---- keys ----

  const shownLinks = () => Array.from(list.children, (item) => item.querySelector("a"));

  const step = (event) => {
    const at = shownLinks().indexOf(event.target);
    if (at < 0 && event.target !== box) return;
    if (event.key === "ArrowDown") (shownLinks()[at + 1] ?? event.target).focus();
    else if (at > 0) shownLinks()[at - 1].focus();
    else box.focus();
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input[type=search], select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      step(event);
    } else if (event.key === "Escape" && event.target === box && box.value) {
      box.value = "";
      update();
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (phrases(box.value).length > 0) shownLinks()[0]?.click();
  });
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update)); // the fields are emptied after this event
  window.addEventListener("hashchange", restore);
  restore();
  setTimeout(passages, 300); // the first letter typed need not wait for it
})();
