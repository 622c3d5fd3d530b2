import { readDecimal } from "../../../../infra/ground/js/decimals.js";

// The form as plain values (without U+0000, which no column holds and nobody sees) and back; and the payload that the server checks.

export function readFields(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "hidden") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) values[field.name] = field.value;
    } else if (field.value !== "") values[field.name] = field.value.replaceAll("\0", "");
  }
  return values;
}

export function writeFields(form, values) {
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "hidden") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name] === field.value;
    else if (field.name in values) field.value = values[field.name];
  }
}

export const MEASUREMENTS = [
  ["plumb", "mm"],
  ["earthing", "Ω"],
  ["height", "m"],
];

// Every item that has an answer, on the page or not: none is dropped on the way.
export function answeredCodes(fields) {
  return Object.keys(fields)
    .filter((name) => name.startsWith("result-") && fields[name])
    .map((name) => name.slice("result-".length));
}

/**
 * `checklist` is the version that the page showed.
 * @param {import("./types.js").Draft} draft
 * @param {import("./types.js").Checklist} checklist
 * @returns {import("./types.js").Payload}
 */
export function toPayload(draft, checklist, now = new Date()) {
  const { fields } = draft;
  const codes = [...new Set([...checklist.codes, ...answeredCodes(fields)])];
  const answers = codes
    .filter((code) => fields[`result-${code}`])
    .map((code) => {
      const result = fields[`result-${code}`];
      const severity = result === "fail" ? Number(fields[`severity-${code}`]) || null : null;
      return { code, result, severity, note: fields[`note-${code}`] ?? "" };
    });
  const measurements = MEASUREMENTS.filter(([name]) => fields[`measure-${name}`]).map(([quantity, unit]) => ({
    quantity,
    unit,
    value: readDecimal(fields[`measure-${quantity}`], { unit }).text,
    instrument: fields.instrument ?? "",
    calibrated_until: fields.calibrated_until || null,
  }));
  return {
    uuid: draft.uuid,
    kind: fields.kind,
    legal_basis: fields.legal_basis ?? "",
    checklist: { on: checklist.on, codes },
    visited_at: draft.position?.at ?? now.toISOString(),
    lat: draft.position?.lat ?? null,
    lon: draft.position?.lon ?? null,
    accuracy_m: draft.position?.accuracy ?? null,
    answers,
    measurements,
    note: fields.note ?? "",
  };
}

export function unanswered(values, codes) {
  return codes.filter((code) => !values[`result-${code}`]);
}

// Answers to items that the page no longer shows, as lines for the remarks: kept in words where
// the server knows the items no more.
export function movedToRemarks(fields, codes) {
  const gone = answeredCodes(fields).filter((code) => !codes.includes(code));
  if (!gone.length) return fields;
  const kept = { ...fields };
  const lines = gone.map((code) => {
    const parts = ["result", "severity", "note"].map((name) => fields[`${name}-${code}`]).filter(Boolean);
    for (const name of ["result", "severity", "note"]) delete kept[`${name}-${code}`];
    return `${code}: ${parts.join(", ")}`;
  });
  return { ...kept, note: [fields.note, ...lines].filter(Boolean).join("\n") };
}
