"use strict";
// All pages: light and dark, tables that sort.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement, lang = root.lang;

  // --- light and dark: as the system has it, until one asks otherwise --------------------------------------------------
  const dark = matchMedia("(prefers-color-scheme: dark)"), theme = one("#theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const tell = () => theme.setAttribute("aria-pressed", isDark());
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; tell(); });
  dark.addEventListener("change", tell);
  theme.hidden = false;
  tell();

  // --- tables ---------------------------------------------------------------------------------------------------------
  for (const table of all("table.sortable")) {
    const body = table.tBodies[0], asWritten = [...body.rows];
    const heads = all("thead th", table);
    heads.forEach((head, column) => one(".sort", head).addEventListener("click", () => {
      const first = column ? "descending" : "ascending", second = column ? "ascending" : "descending", now = head.getAttribute("aria-sort");
      const next = now === first ? second : now === second ? null : first;
      for (const other of heads) other.removeAttribute("aria-sort");
      let rows = asWritten;
      if (next) {
        head.setAttribute("aria-sort", next);
        const key = (row) => (column ? Number(row.cells[column].dataset.v) : row.cells[0].textContent);
        const compare = (a, b) => (column ? key(a) - key(b) : key(a).localeCompare(key(b), lang));
        rows = asWritten.filter((row) => !row.classList.contains("branch")).sort((a, b) => (next === "ascending" ? 1 : -1) * compare(a, b));
      }
      body.replaceChildren(...rows);
    }));
  }
})();
