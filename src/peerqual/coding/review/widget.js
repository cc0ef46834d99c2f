// One coding at a time: its words in their turns, what was decided, and keys. Python decides what is shown (`shown`) and does what is asked.
// Places are code points, as everywhere in peerqual; a browser counts UTF-16 units.
const points = (text) => Array.from(text).length;

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// The text cut where the passage and its supporting words begin and end; joined again it is the text, to the letter.
function marked(text, [start, end], support) {
  const signs = Array.from(text);
  const cuts = [...new Set([0, start, end, ...support.flat(), signs.length])].filter((at) => at >= 0 && at <= signs.length).sort((a, b) => a - b);
  return cuts.slice(1).map((to, n) => {
    const from = cuts[n];
    const inside = from >= start && to <= end;
    const supports = support.some(([a, b]) => from >= a && to <= b);
    return element("span", [inside ? "pq-passage" : "", supports ? "pq-support" : ""].join(" ").trim(), signs.slice(from, to).join(""));
  });
}

// Where the selected words stand in the text, or null.
function selected(box) {
  const selection = box.ownerDocument.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  const start = points(before.toString());
  return [start, start + points(range.toString())];
}

function render({ model, el }) {
  const labels = model.get("labels");
  const frame = element("div", "pq-codes");
  frame.tabIndex = 0;
  frame.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab has commands of its own on these letters
  const head = element("div", "pq-head");
  const text = element("div", "pq-text");
  const buttons = element("div", "pq-buttons");
  const asked = element("form", "pq-asked");
  const said = element("div", "pq-said");
  said.setAttribute("role", "status");
  const input = element("input", "pq-input");
  const list = element("datalist", "");
  list.id = `pq-codes-${Math.random().toString(36).slice(2)}`;
  asked.append(element("label", "pq-label"), input, list);
  asked.hidden = true;
  let submit = () => {};

  const send = (what, values = {}) => model.send({ do: what, ...values });
  const close = () => {
    asked.hidden = true;
    frame.focus();
  };
  const ask = (label, withCodes, then) => {
    asked.firstChild.textContent = label;
    input.value = "";
    if (withCodes) input.setAttribute("list", list.id);
    else input.removeAttribute("list");
    submit = then;
    asked.hidden = false;
    input.focus();
  };
  const actions = {
    accept: () => send("accept"),
    reject: () => send("reject"),
    other: () => ask(labels.other, true, (code) => send("other", { code })),
    passage: () => {
      const place = selected(text);
      if (!place) said.textContent = labels.select;
      else ask(labels.passage, true, (code) => send("passage", { start: place[0], end: place[1], code }));
    },
    memo: () => ask(labels.memo, false, (memo) => send("memo", { memo })),
    undo: () => send("undo"),
    previous: () => send("previous"),
    next: () => send("next"),
  };
  const keys = { a: "accept", r: "reject", o: "other", n: "passage", m: "memo", u: "undo", ArrowLeft: "previous", ArrowRight: "next" };
  for (const [key, name] of Object.entries(keys)) {
    const shown = { ArrowLeft: "←", ArrowRight: "→" }[key] ?? key;
    const button = element("button", `pq-do-${name}`, `${labels[name]} (${shown})`);
    button.type = "button";
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => actions[name]());
    buttons.append(button);
  }

  frame.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.target === input) {
      if (event.key === "Escape") close();
      return;
    }
    const name = keys[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    actions[name]();
  });
  asked.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = input.value.trim();
    close();
    if (words) submit(words);
  });

  const draw = () => {
    const shown = model.get("shown");
    head.textContent = shown.head;
    head.className = `pq-head ${shown.decided ? "pq-decided" : ""}`;
    text.replaceChildren(...(shown.text ? marked(shown.text, shown.place, shown.support) : []));
    text.scrollTop = (text.querySelector(".pq-passage")?.offsetTop ?? 0) - text.offsetTop - 60;
    list.replaceChildren(...labels.codes.map(([value, label]) => Object.assign(element("option", ""), { value, label })));
  };
  const tell = () => {
    said.textContent = model.get("said");
  };
  model.on("change:shown", draw);
  model.on("change:said", tell);
  frame.append(head, text, buttons, asked, said);
  el.append(frame);
  draw();
  tell();
  return () => {
    model.off("change:shown", draw);
    model.off("change:said", tell);
  };
}

export default { render };
