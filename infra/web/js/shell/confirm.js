// One question before what cannot be undone: `data-confirm` on a submit button, form or link.

export function setUpConfirm(root) {
  const dialog = root.getElementById("confirm");
  if (!dialog) return;
  root.addEventListener("submit", (event) => ask(event, event.submitter?.dataset.confirm ? event.submitter : event.target), true);
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-confirm]");
    if (link) ask(event, link);
  }, true);

  function ask(event, asker) {
    if (!asker.dataset.confirm || asker.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    dialog.querySelector("h2").textContent = asker.dataset.confirm;
    dialog.querySelector("p").textContent = asker.dataset.confirmDetail ?? "";
    const yes = dialog.querySelector('button[value="yes"]');
    yes.textContent = asker.dataset.confirmVerb ?? yes.dataset.default;
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      asker.dataset.confirmed = "1";
      if (asker.tagName === "A") asker.click();
      else event.target.requestSubmit(event.submitter);
      delete asker.dataset.confirmed;
    }, { once: true });
    dialog.returnValue = "no";
    dialog.showModal();
  }
}
