// Listeners by event name.

/**
 * @template {Record<string, any>} Events what each event tells, by name
 */
export class Emitter {
  /** @type {Map<keyof Events, Set<(detail: any) => void>>} */
  #listeners = new Map();

  /**
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {(detail: Events[Name]) => void} listener
   */
  on(name, listener) {
    const listening = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listening.add(listener));
    return () => listening.delete(listener);
  }

  /**
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {Events[Name]} detail
   */
  emit(name, detail) {
    for (const listener of this.#listeners.get(name) ?? []) listener(detail);
  }

  /** @param {keyof Events} name */
  has(name) {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }
}
