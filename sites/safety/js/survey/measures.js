import { readField } from "../../../../infra/ground/js/decimals.js";
import { MEASUREMENTS } from "./fields.js";

const { gettext, interpolate } = window;

/** What was said of a value is taken back as soon as the value changes: else nothing could be sent. */
export function watchMeasures(form) {
  for (const [quantity] of MEASUREMENTS) {
    const field = form.elements[`measure-${quantity}`];
    field.addEventListener("input", () => field.setCustomValidity(""));
  }
}

// Whether every measured value can be sent: the first that is wrong says why beside its field; an
// odd one is asked about, and the answer is written into the visit's remarks.
export function measuresAreRight(form, plausible) {
  for (const [quantity, unit] of MEASUREMENTS) {
    const field = form.elements[`measure-${quantity}`];
    const value = readField(field, { unit });
    if (!field.reportValidity()) return false;
    const { least, most } = plausible[quantity] ?? {};
    const isOdd = value !== null && (Number(value) < (least ?? -Infinity) || Number(value) > (most ?? Infinity));
    if (isOdd && !confirmed(form, `${field.value.trim().replace(/\s*[^\d.,\s]+$/, "")} ${unit}`)) return false;
  }
  return true;
}

function confirmed(form, value) {
  const words = interpolate(gettext("%s — right, I am sure"), [value]);
  const remarks = form.elements.note;
  if (remarks.value.includes(words)) return true;
  if (!window.confirm(interpolate(gettext("%s is unusual. Is it right?"), [value]))) return false;
  remarks.value = [remarks.value.trim(), words].filter(Boolean).join("\n");
  return true;
}
