// On a phone the panel and the map take turns; the choice is kept for the page while the tab lives.

const KEY = `map-work-view:${window.location.pathname}`;

export function setUpMapSwitch(root) {
  for (const work of root.querySelectorAll("[data-map-work]")) {
    const buttons = [...work.querySelectorAll("[data-show]")];
    const heading = headingFor(work);
    const show = (view) => {
      work.dataset.view = view;
      if (view === "map") work.querySelector(".map-work-map").prepend(heading);
      else heading.remove();
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.show === view));
      window.dispatchEvent(new Event("resize"));
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        sessionStorage.setItem(KEY, button.dataset.show);
        show(button.dataset.show);
      });
    }
    show(sessionStorage.getItem(KEY) ?? work.dataset.startsWith ?? "panel");
  }
}

// While the panel is away its heading is away with it: the map says it to those who cannot see it.
function headingFor(work) {
  const heading = document.createElement("h1");
  heading.className = "visually-hidden map-work-heading";
  heading.textContent = work.querySelector(".map-work-panel h1")?.textContent.trim() ?? "";
  return heading;
}
