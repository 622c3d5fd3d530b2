import { readDecimal } from "../../../../infra/ground/js/decimals.js";

// The form as plain values and back; and the payload that the server checks.

export function readFields(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "hidden") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) values[field.name] = field.value;
    } else if (field.value !== "") values[field.name] = field.value;
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

export function toPayload(draft, codes, now = new Date()) {
  const { fields } = draft;
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
