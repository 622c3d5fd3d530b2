// Files dropped on a paper's line, or chosen there, are sent at once; without this the button does.
export function takeDroppedFiles(form) {
  const input = form.querySelector("input[type=file]");
  const line = form.closest(".paper");
  if (!input || !line) return;
  form.querySelector("button[type=submit]").hidden = true;
  input.addEventListener("change", () => input.files.length && form.requestSubmit());
  line.addEventListener("dragover", (event) => {
    event.preventDefault();
    line.classList.add("is-over");
  });
  line.addEventListener("dragleave", () => line.classList.remove("is-over"));
  line.addEventListener("drop", (event) => {
    event.preventDefault();
    line.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    if (input.files.length) form.requestSubmit();
  });
}
