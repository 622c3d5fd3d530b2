// The phone's "more" sheet and the person's menu: Escape and a click elsewhere close them.

export function setUpMenu(root) {
  const toggle = root.querySelector("[data-menu-toggle]");
  const menu = root.getElementById("menu");
  const person = root.querySelector(".usermenu");
  const open = (yes) => {
    if (!toggle || !menu) return;
    menu.classList.toggle("is-open", yes);
    toggle.setAttribute("aria-expanded", String(yes));
    if (yes) menu.querySelector("a")?.focus();
  };
  toggle?.addEventListener("click", () => open(!menu.classList.contains("is-open")));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(false);
    if (person?.open) {
      person.open = false;
      person.querySelector("summary").focus();
    }
  });
  root.addEventListener("click", (event) => {
    if (!event.target.closest("#menu, [data-menu-toggle]")) open(false);
    if (person && !person.contains(event.target)) person.open = false;
  });
}
