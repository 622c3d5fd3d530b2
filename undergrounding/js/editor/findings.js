// What the rules say of the saved drawing, worst first; a click shows where.

const ORDER = ["blocking", "advisory", "undetermined", "pass"];
const SIGNS = { blocking: "✖", advisory: "!", undetermined: "?", pass: "✔" };

function row(finding, show) {
  const item = document.createElement("li");
  item.className = `re-finding is-${finding.severity}`;
  const sign = document.createElement("span");
  sign.className = "re-sign";
  sign.setAttribute("role", "img");
  sign.setAttribute("aria-label", finding.severity_label ?? "");
  sign.textContent = SIGNS[finding.severity];
  const words = finding.evidence && show ? opener(() => show(finding.evidence)) : document.createElement("p");
  words.textContent = finding.sentence;
  const source = document.createElement("small");
  source.textContent = finding.source ?? "";
  item.append(sign, words, source);
  return item;
}

function opener(act) {
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

/** sentences: why the last save was refused; they stand above the findings. */
export function renderFindings(list, findings, show, sentences = []) {
  const refused = sentences.map((sentence) => ({ severity: "blocking", sentence }));
  const sorted = [...findings].sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
  list.replaceChildren(...[...refused, ...sorted].map((finding) => row(finding, show)));
}
