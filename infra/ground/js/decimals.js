// The one reader of typed numbers in the browser: twin of infra/ground/decimals.py, same cases.

const UNIT_WORDS = { m: ["mét", "met", "m"], "°": ["°", "độ", "do"], đ: ["đồng", "vnđ", "vnd", "đ"] };
const PARTS = /^([+-]?) ?([0-9.,]+(?: [0-9.,]+)*) ?([^\s\d.,+-]\D*)?$/;
const TWO_READINGS = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;
const SPACED = /^[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?$/;
const ONE_MARK = /^([0-9]*)[.,]([0-9]+)$/;
/** @type {[RegExp, string][]} */
const GROUPED = [
  [/^[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?$/, "."],
  [/^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/, ","],
];

/**
 * `{ text: "36.5" }` as the server takes it, or `{ fault, decimal, whole }`.
 * @typedef {{ text?: string, fault?: string, decimal?: string, whole?: string }} Reading
 * @param {string} typed
 * @param {{ unit?: string, whole?: boolean }} [options]
 * @returns {Reading}
 */
export function readDecimal(typed, { unit = "", whole = false } = {}) {
  const shown = typed.replace(/[\s\u00a0\u2007\u2009\u202f]+/g, " ").trim();
  const found = PARTS.exec(shown.replaceAll("−", "-").replaceAll("–", "-"));
  if (!found) return { fault: "not_a_number" };
  const sign = found[1] === "-" ? "-" : "";
  const [, , number, suffix] = found;
  const digits = plain(number, whole);
  if (digits === null) return TWO_READINGS.test(number) ? ambiguous(sign, number) : { fault: "not_a_number" };
  const words = UNIT_WORDS[unit] ?? [unit.toLowerCase()];
  if (suffix && !words.includes(suffix.trim().toLowerCase())) return { fault: "unit" };
  const text = digits.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return whole && text.includes(".") ? { fault: "not_whole" } : { text: sign + text };
}

/**
 * What is wrong with a typed number, as a sentence.
 * @param {string} typed
 * @param {string | undefined} unit
 * @param {Reading} reading
 */
export function faultSentence(typed, unit, { fault, decimal, whole }) {
  const { gettext, interpolate } = window;
  const text = typed.trim();
  const named = (words, values) => interpolate(words, values, true);
  if (fault === "ambiguous") {
    const words = gettext("“%(text)s” can mean %(fraction)s or %(whole)s. Type the one you mean.");
    return named(words, { text, fraction: decimal, whole });
  }
  if (fault === "unit" && unit) return named(gettext("“%(text)s”: give the number in %(unit)s."), { text, unit });
  if (fault === "unit") return interpolate(gettext("“%s”: type the number alone, without a unit."), [text]);
  if (fault === "not_whole") return named(gettext("“%(text)s” has a fraction; a whole number is needed."), { text });
  return interpolate(gettext("“%s” is not a number. Type it like 36,5."), [text]);
}

/**
 * The number in a field, or null where it is empty or wrong; what is wrong is the field's to say
 * (`reportValidity`), so that a form cannot be sent with it.
 * @param {HTMLInputElement} field
 * @param {{ unit?: string, whole?: boolean }} [options]
 */
export function readField(field, options = {}) {
  const typed = field.value.trim();
  /** @type {Reading} */
  const found = typed ? readDecimal(typed, options) : {};
  field.setCustomValidity(found.fault ? faultSentence(typed, options.unit, found) : "");
  return found.text ?? null;
}

function plain(number, whole) {
  if (/^[0-9]+$/.test(number)) return number;
  if (SPACED.test(number)) return number.replaceAll(" ", "").replace(",", ".");
  if (TWO_READINGS.test(number)) return whole ? number.replace(/[.,]/, "") : null;
  const one = ONE_MARK.exec(number);
  if (one) return `${one[1] || 0}.${one[2]}`;
  const group = GROUPED.find(([pattern]) => pattern.test(number));
  return group ? number.replaceAll(group[1], "").replace(",", ".") : null;
}

function ambiguous(sign, number) {
  let decimal = sign + number.replace(".", ",").replace(/0+$/, "").replace(/,$/, "");
  if ((decimal.split(",")[1] ?? "").length === 3) decimal += "0";
  return { fault: "ambiguous", decimal, whole: sign + number.replace(/[.,]/, "") };
}
