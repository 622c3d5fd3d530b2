// Messages that can be put away, errors that take the focus, and toasts any script may raise.

const TOAST_MS = 6000;

export function setUpMessages(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (button) button.closest(".message").remove();
  });
  root.querySelector("[data-focus]")?.focus();
  window.addEventListener("toast", (event) => toast(root, event.detail));
}

export function toast(root, text) {
  const line = root.createElement("div");
  line.className = "toast-line";
  line.textContent = text;
  root.getElementById("toasts")?.append(line);
  setTimeout(() => line.remove(), TOAST_MS);
}
