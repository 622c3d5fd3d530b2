// Small helpers: elements from words, never from HTML.
const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const _ = (text) => (typeof gettext === "function" ? gettext(text) : text);

/** Whether a request was called off by ourselves. */
export const isAborted = (error) => error instanceof Error && error.name === "AbortError";

/** What an error says. */
export const whyOf = (error) => (error instanceof Error ? error.message : String(error));

export const fillIn = (text, values) =>
  text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);

export async function fetchJson(url, options = {}) {
  const response = await fetch(url, { headers: { Accept: "application/json" }, ...options });
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const body = isJson ? await response.json() : {};
  if (!response.ok) throw new Error(body.sentences?.join(" ") ?? `${response.status}`);
  return body;
}
