// "/" goes to the search box, arrows walk the hits, Escape leaves.

const TYPING = "input, textarea, select, [contenteditable]";

export function setUpSearch(root) {
  const box = root.getElementById("q");
  const hits = root.getElementById("search-hits");
  if (!box) return;
  root.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.closest(TYPING)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
  box.form.addEventListener("keydown", (event) => {
    const stops = [box, ...hits.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      hits.replaceChildren();
      box.focus();
    } else if (step && stops.length > 1) {
      event.preventDefault();
      const at = stops.indexOf(root.activeElement);
      stops[(at + step + stops.length) % stops.length].focus();
    }
  });
}
