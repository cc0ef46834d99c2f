// Transcripts: filters, addresses, the way from passage to passage, and why each carries its code.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = one("#filters");
  if (!form) return; // a publication has no transcripts
  const count = one("#count"), clear = one("#clear"), tools = one("#tools"), why = one("#why");
  const lang = document.documentElement.lang;
  const TURNS = 120, DOCUMENTS = 12; // of more, transcripts stay folded, each with its count
  const NAMES = ["q", "code", "who", "doc", "material", "status"];

  // --- words: without accents, case, « œ » or kinds of apostrophes and spaces -----------------------------------------
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘ʼ´`′]/g, "'").replace(/\s/g, " ");
  const fold = (text) => plain(text).replace(/ +/g, " ").trim();
  const numbers = new Intl.NumberFormat(lang), number = (n) => numbers.format(n);
  const say = (name, n, total = n) => {
    const single = lang === "fr" ? n < 2 : n === 1;
    return count.dataset[name + (single ? "One" : "Many")].replace("{n}", number(n)).replace("{total}", number(total));
  };

  // --- what can be found: documents, their turns, their passages ------------------------------------------------------
  const spokenNodes = (said) => {
    const nodes = [], walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".note") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  const marks = new Map();
  for (const mark of all("main .said mark")) {
    for (const n of mark.dataset.p.split(" ")) {
      if (!marks.has(n)) marks.set(n, []);
      marks.get(n).push(mark);
    }
  }
  const elsewhere = all("main .said b.far").map((bold) => ({ bold, numbers: bold.dataset.p.split(" "), codes: bold.dataset.c.split(" ") }));
  const documents = all(".document").map((box) => ({
    box, id: box.dataset.d, material: box.dataset.m, open: false, found: one(".found", box),
    turns: all(".turn", box).map((turn) => ({ box: turn, who: turn.dataset.w || "", said: one(".said", turn), passages: [] })),
  }));
  const statuses = Object.fromEntries([...form.elements.status.options].map((option) => [option.value, option.text]));
  const codeOf = (chip) => chip.hash.slice("#code-".length), statusOf = (chip) => chip.classList[2];
  const passages = [];
  for (const doc of documents) {
    for (const turn of doc.turns) {
      for (const note of all(".note", turn.said)) {
        const chips = all(".chip", note).map((box) => ({ box, code: codeOf(box), status: statusOf(box) }));
        const passage = { note, chips, id: note.id, marks: marks.get(note.dataset.p) || [] };
        turn.passages.push(passage);
        passages.push(passage);
      }
    }
  }
  const wordsOf = (turn) => (turn.words ??= fold(spokenNodes(turn.said).map((node) => node.data).join("")));
  const wordsIn = (passage) => (passage.words ??= fold(passage.marks.map((mark) => mark.textContent).join(" ")));

  // --- filters --------------------------------------------------------------------------------------------------------
  const state = () => Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value.trim()]));
  const family = (code) => (code ? new Set(one(`option[value="${CSS.escape(code)}"]`, form.elements.code).dataset.family.split(" ")) : null);

  let applied = "", wasActive = false;
  function apply() {
    const wish = state(), active = NAMES.some((name) => wish[name]), rest = form.elements.rest.checked;
    const asked = JSON.stringify([wish, rest]);
    if (asked === applied) return;
    applied = asked;
    const codes = family(wish.code), query = fold(wish.q), coded = codes || wish.status;
    const kept = new Set();
    let shown = 0, turnsShown = 0, turnsTotal = 0;
    for (const doc of documents) {
      const here = (!wish.doc || wish.doc === doc.id) && (!wish.material || wish.material === doc.material);
      let inDoc = 0, passagesInDoc = 0, hits = 0;
      for (const turn of doc.turns) {
        const spoken = here && (!wish.who || wish.who === turn.who);
        let hit = false;
        for (const passage of turn.passages) {
          const chosen = passage.chips.filter((chip) => (!codes || codes.has(chip.code)) && (!wish.status || wish.status === chip.status));
          const good = spoken && chosen.length > 0 && (!query || wordsIn(passage).includes(query));
          passagesInDoc++;
          if (good) { hit = true; hits++; kept.add(passage.id); }
          passage.good = good;
          passage.chosen = active ? chosen : passage.chips;
        }
        const good = active ? hit || (spoken && !coded && (!query || wordsOf(turn).includes(query))) : true;
        turnsTotal++;
        if (good) { inDoc++; turnsShown++; }
        turn.good = good;
        turn.aside = !good && rest;
      }
      shown += hits;
      doc.box.hidden = active && !inDoc;
      doc.stale = true;
      doc.found.textContent = active ? say("some", hits, passagesInDoc) : say("all", passagesInDoc);
      doc.inDoc = inDoc;
    }
    unfold(active, turnsShown);
    for (const doc of documents) if (doc.box.open && !doc.box.hidden) paint(doc);
    filterVerbatims(active, codes, kept);
    one("#no-turn").hidden = turnsShown > 0;
    count.textContent = active ? say("some", shown, passages.length) : say("all", passages.length);
    if (active && !coded) {
      const small = document.createElement("small");
      small.textContent = say("turns", turnsShown, turnsTotal);
      count.append(" ", small);
    }
    one(".count-again").textContent = count.firstChild.data;
    clear.disabled = !active && !rest;
    for (const name of NAMES) form.elements[name].closest(".field").classList.toggle("on", Boolean(wish[name]));
    highlight(query);
  }

  // A transcript shows what the filters leave once it is unfolded: most never are, and a corpus is large.
  function paint(doc) {
    if (!doc.stale) return;
    doc.stale = false;
    for (const turn of doc.turns) {
      turn.box.hidden = !turn.good && !turn.aside;
      turn.box.classList.toggle("aside", turn.aside);
      for (const passage of turn.passages) {
        passage.note.classList.toggle("off", !passage.good);
        for (const chip of passage.chips) chip.box.classList.toggle("off", !passage.chosen.includes(chip));
        for (const mark of passage.marks) mark.on = 0;
      }
    }
    for (const turn of doc.turns) for (const passage of turn.passages) if (passage.good) for (const mark of passage.marks) mark.on++;
    for (const turn of doc.turns) for (const passage of turn.passages) for (const mark of passage.marks) mark.classList.toggle("off", !mark.on);
  }

  // What answers is unfolded, unless it is too much to read; without filters each transcript is as it was before.
  function unfold(active, turnsShown) {
    const few = turnsShown <= TURNS && documents.filter((doc) => doc.inDoc).length <= DOCUMENTS;
    for (const doc of documents) {
      if (active && !wasActive) doc.open = doc.box.open;
      if (active) doc.box.open = doc.inDoc > 0 && (few || doc.box.open);
      else if (wasActive) doc.box.open = doc.open;
    }
    wasActive = active;
  }

  const branches = all("#codes > .branch").map((branch) => ({ branch, articles: all(".code", branch).map((article) => (
    { article, quoted: all(".verbatim", article), empty: one(":scope > .empty", article) })) }));
  function filterVerbatims(active, codes, kept) {
    let any = false;
    for (const { branch, articles } of branches) {
      let inBranch = false;
      for (const { article, quoted, empty } of articles) {
        article.hidden = Boolean(codes && !codes.has(article.dataset.code));
        for (const box of quoted) box.hidden = active && !kept.has(box.dataset.at);
        const visible = quoted.some((box) => !box.hidden);
        if (empty) empty.hidden = visible;
        if (!article.hidden) inBranch = true;
        if (!article.hidden && visible) any = true;
      }
      branch.hidden = !inBranch;
    }
    one("#no-verbatim").hidden = any || !active;
  }

  // The words searched for are coloured in what is unfolded, where the browser can do it without touching the text.
  function highlight(query) {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (query.length < 2) return;
    const ranges = [];
    for (const doc of documents) {
      if (doc.box.hidden || !doc.box.open) continue;
      for (const turn of doc.turns) {
        if (ranges.length > 2000) break;
        if ((turn.good || turn.aside) && wordsOf(turn).includes(query)) ranges.push(...hits(spokenNodes(turn.said), query));
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function hits(nodes, query) {
    let text = "";
    const places = [], found = [];
    for (const node of nodes) {
      let offset = 0;
      for (const char of node.data) {
        for (const c of plain(char)) {
          if (c === " " && text.endsWith(" ")) continue;
          text += c;
          places.push([node, offset, char.length]);
        }
        offset += char.length;
      }
    }
    for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
      const range = document.createRange(), [last, offset, length] = places[at + query.length - 1];
      range.setStart(places[at][0], places[at][1]);
      range.setEnd(last, offset + length);
      found.push(range);
    }
    return found;
  }

  // --- the address: #PLACE?code=…&q=… ---------------------------------------------------------------------------------
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  let remembered = 0;
  function remember(place) {
    remembered++;
    const wish = new URLSearchParams();
    for (const name of NAMES) if (form.elements[name].value.trim()) wish.set(name, form.elements[name].value.trim());
    if (form.elements.rest.checked) wish.set("rest", "1");
    const query = wish.toString(), hash = place || query ? `#${encodeURIComponent(place)}${query && "?" + query}` : "#";
    if (hash !== (location.hash || "#")) history.replaceState(null, "", hash);
  }

  function follow() {
    const hash = location.hash.slice(1), cut = hash.indexOf("?");
    const place = decode(cut < 0 ? hash : hash.slice(0, cut));
    if (cut >= 0) {
      const wish = new URLSearchParams(hash.slice(cut + 1));
      for (const name of NAMES) form.elements[name].value = wish.get(name) || "";
      form.elements.rest.checked = wish.get("rest") === "1";
    }
    apply();
    go(place);
    remember(place);
  }

  function go(place) {
    for (const box of all(".here")) box.classList.remove("here");
    const target = place && document.getElementById(place);
    if (!target) return;
    const its = documents.find((doc) => doc.box === target.closest(".document"));
    if (its) paint(its);
    for (let box = target; box; box = box.parentElement) {
      if (box.tagName === "DETAILS") box.open = true;
      if (box !== target || box.matches(".turn, .code")) box.hidden = false;
    }
    if (target.matches(".note, .turn")) target.classList.add("here");
    if (target.matches(".note")) {
      // A passage that the filters leave out is shown all the same: one asked for it.
      for (const box of [target, ...all(".chip", target), ...(marks.get(target.dataset.p) || [])]) box.classList.remove("off");
    }
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  // --- how a passage came to carry its code ---------------------------------------------------------------------------
  let leaving = 0, shownFor = null;
  function explain(chips, anchor) {
    clearTimeout(leaving);
    if (shownFor === anchor) return;
    hide();
    shownFor = anchor;
    for (const chip of chips) {
      const line = document.createElement("p"), name = document.createElement("strong"), told = document.createElement("span");
      const number = chip.closest(".note").dataset.p, code = codeOf(chip), own = marks.get(number) || [];
      const support = elsewhere.filter((far) => far.numbers.includes(number) && far.codes.includes(code)).map((far) => far.bold);
      for (const mark of own) {
        mark.classList.add("lit");
        support.push(...all("b", mark).filter((bold) => !bold.dataset.c || bold.dataset.c.split(" ").includes(code)));
      }
      for (const bold of support) bold.classList.add("lit");
      const words = support.map((bold) => bold.textContent);
      name.textContent = chip.textContent;
      told.className = "support";
      told.textContent = words.length ? why.dataset.support.replace("{words}", words.join(" … ")) : "";
      line.append(name, [statuses[statusOf(chip)], chip.dataset.y].filter(Boolean).join("\u00a0· "), document.createElement("br"), told);
      why.append(line);
    }
    why.hidden = false;
    const box = anchor.getClientRects()[0] || anchor.getBoundingClientRect(), room = document.documentElement.clientWidth;
    why.style.left = `${scrollX + Math.max(8, Math.min(box.left, room - why.offsetWidth - 8))}px`;
    const below = box.bottom + why.offsetHeight + 8 < innerHeight;
    why.style.top = `${scrollY + (below ? box.bottom + 6 : Math.max(4, box.top - why.offsetHeight - 6))}px`;
    if (anchor.matches(".chip")) anchor.setAttribute("aria-describedby", "why");
  }
  function hide() {
    clearTimeout(leaving);
    why.hidden = true;
    why.replaceChildren();
    for (const box of all(".lit")) box.classList.remove("lit");
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
  }
  // What the keyboard asked for stays while the focus is there, wherever the pointer is.
  const leave = () => { if (shownFor !== document.activeElement) hide(); };
  const soon = () => { clearTimeout(leaving); leaving = setTimeout(leave, 250); };
  function chipsOf(target) {
    const chip = target.closest?.(".note .chip");
    if (chip) return [[chip], chip];
    const mark = target.closest?.("main .said mark:not(.off)");
    if (!mark) return null;
    const numbers = mark.dataset.p.split(" ");
    return [numbers.flatMap((n) => all(`.note[data-p="${n}"]:not(.off) .chip:not(.off)`)), mark];
  }
  document.addEventListener("mouseover", (event) => {
    const found = chipsOf(event.target);
    if (found) explain(...found);
    else if (why.contains(event.target)) clearTimeout(leaving);
    else if (shownFor) soon();
  });
  document.addEventListener("focusin", (event) => { const found = chipsOf(event.target); if (found) explain(...found); else hide(); });
  document.addEventListener("focusout", soon);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // --- from passage to passage: j and k, or the buttons; of those that the filters leave ------------------------------
  const where = one("#where"), keys = one("#keys");
  for (const doc of documents) for (const turn of doc.turns) for (const passage of turn.passages) Object.assign(passage, { doc, turn });
  const left = () => passages.filter((p) => p.good);
  const step = (way) => {
    const list = left();
    if (!list.length) return;
    const here = one(".note.here");
    const at = list.findIndex((p) => p.note === here);
    const next = list[at < 0 ? nearest(list, way) : Math.max(0, Math.min(list.length - 1, at + way))];
    go(next.id);
    remember(next.id);
    where.textContent = `${number(list.indexOf(next) + 1)} / ${number(list.length)} · ${next.doc.id}`;
  };
  // The first passage at or after the turn where one reads (a third down the window), the last before it on the way back.
  function nearest(list, way) {
    const seen = document.elementFromPoint(innerWidth / 2, 0.3 * innerHeight)?.closest?.(".turn, .document");
    const after = seen ? list.findIndex((p) => seen.contains(p.note) || seen.compareDocumentPosition(p.note) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
    return way > 0 ? Math.max(0, after) : Math.max(0, (after < 0 ? list.length : after) - 1);
  }
  one("#next").addEventListener("click", () => step(1));
  one("#previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "j" || event.key === "k") { event.preventDefault(); step(event.key === "j" ? 1 : -1); }
  });

  // --- the list of turns of a transcript, made when one opens it ------------------------------------------------------
  function listTurns(doc, box) {
    const list = one("ol", box);
    if (list.childElementCount) return;
    for (const turn of doc.turns.filter((turn) => turn.box.id)) {
      const item = document.createElement("li"), link = document.createElement("a"), label = one(".who", turn.box);
      const chips = turn.passages.flatMap((passage) => passage.chips), codes = new Map(chips.map((chip) => [chip.code, chip.box]));
      link.href = `#${encodeURIComponent(turn.box.id)}`;
      link.textContent = `${one(".no", label).textContent} ${one(".speaker", label)?.textContent ?? ""}`.trim();
      item.append(link);
      for (const chip of codes.values()) {
        const dot = document.createElement("i"), name = document.createElement("span");
        dot.className = chip.classList[1];
        name.className = "names";
        name.textContent = ` ${chip.firstChild.data}`;
        item.append(" ", dot, name);
      }
      item.classList.toggle("coded", codes.size > 0);
      list.append(item);
    }
  }
  for (const doc of documents) {
    const box = one(".turns", doc.box);
    box.hidden = false;
    doc.box.addEventListener("toggle", () => { if (doc.box.open) { paint(doc); highlight(fold(form.elements.q.value)); } });
    box.addEventListener("toggle", () => { if (box.open) listTurns(doc, box); });
  }

  // --- and so it begins -----------------------------------------------------------------------------------------------
  let typing = 0;
  // The address is written once what was asked for is seen: browsers take their time over it.
  const changed = () => {
    apply();
    const before = remembered;
    requestAnimationFrame(() => setTimeout(() => { if (remembered === before) remember(""); }));
  };
  form.addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(changed, event.target.name === "q" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => { form.reset(); changed(); form.elements.q.focus(); });
  one("#open-all").addEventListener("click", () => { for (const doc of documents) doc.box.open = true; });
  one("#close-all").addEventListener("click", () => { for (const doc of documents) doc.box.open = false; });
  addEventListener("hashchange", follow);
  // What a first search would need is made ready while nobody waits.
  const ahead = [...passages.map((passage) => () => wordsIn(passage)), ...documents.flatMap((doc) => doc.turns).map((turn) => () => wordsOf(turn))];
  const ready = (idle) => {
    while (ahead.length && idle.timeRemaining() > 2) ahead.pop()();
    if (ahead.length) requestIdleCallback(ready);
  };
  window.requestIdleCallback?.(ready);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
    if (link) hide();
  });
  const wide = matchMedia("(min-width: 64rem)");
  const fit = () => { tools.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  tools.hidden = false;
  one(".buttons").hidden = one(".steps").hidden = false;
  follow();
})();
