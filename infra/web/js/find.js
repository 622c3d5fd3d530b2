// What a page must have: a script that misses it says at once what, instead of failing later.

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {T}
 */
export function need(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * What the server wrote into a `json_script` element of the page.
 * @param {string} id
 * @returns {any}
 */
export function readJson(id) {
  return JSON.parse(need(`#${CSS.escape(id)}`).textContent ?? "null");
}

/**
 * Presses a button that the page may have.
 * @param {string} selector
 */
export function press(selector) {
  /** @type {HTMLElement | null} */
  const button = document.querySelector(selector);
  button?.click();
}

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {NodeListOf<T>}
 */
export function all(selector, root = document) {
  return root.querySelectorAll(selector);
}
