// Names of areas, lines and points: a few centred lines of text that do not repeat nearby.
const PATIENT_REPEAT = 320;

export class TextLabel {
  /**
   * `place`: "middle" of what is drawn, or "below" a point's sign.
   * @param {{
   *   property?: string, font: string | ((zoom: number) => string), fill: string, halo: string,
   *   haloWidth?: number, chars?: number, place?: string, repeat?: number,
   * }} look
   */
  constructor({ property = "name", font, fill, halo, haloWidth = 3, chars = 18, place = "middle", repeat = PATIENT_REPEAT }) {
    this.property = property;
    this.font = font;
    this.fill = fill;
    this.halo = halo;
    this.haloWidth = haloWidth;
    this.chars = chars;
    this.position = place;
    this.repeat = repeat;
  }

  place(layout, geom, feature) {
    const words = feature.props[this.property];
    if (!words) return undefined;
    const font = typeof this.font === "function" ? this.font(layout.zoom) : this.font;
    const size = Number.parseFloat(font.match(/[\d.]+(?=px)/)?.[0] ?? "12");
    const lines = wrap(String(words), this.chars);
    layout.scratch.font = font;
    const width = Math.max(...lines.map((line) => layout.scratch.measureText(line).width));
    const height = lines.length * size * 1.25;
    const anchor = middleOf(geom, feature.geomType);
    const down = this.position === "below" ? height / 2 + 13 : 0;
    const box = {
      minX: anchor.x - width / 2 - 2,
      maxX: anchor.x + width / 2 + 2,
      minY: anchor.y + down - height / 2 - 1,
      maxY: anchor.y + down + height / 2 + 1,
    };
    const draw = (ctx) => this.#draw(ctx, lines, font, size, down - height / 2);
    const once = { deduplicationKey: `${words}`, deduplicationDistance: this.repeat };
    // The library wants the anchor inside the box; only what is below its sign reaches up to it.
    const reach = down ? [{ minX: anchor.x - 1, maxX: anchor.x + 1, minY: anchor.y, maxY: box.minY }] : [];
    return [{ anchor, bboxes: [box, ...reach], draw, ...once }];
  }

  #draw(ctx, lines, font, size, top) {
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    lines.forEach((line, i) => {
      const y = top + (i + 0.5) * size * 1.25;
      ctx.lineWidth = this.haloWidth;
      ctx.strokeStyle = this.halo;
      ctx.strokeText(line, 0, y);
      ctx.fillStyle = this.fill;
      ctx.fillText(line, 0, y);
    });
  }
}

/**
 * @param {string} words
 * @param {number} chars
 */
export function wrap(words, chars) {
  /** @type {string[]} */
  const lines = [];
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= chars) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const LINE = 2;

// The middle of a line's length, of a polygon's widest ring, or the point itself.
export function middleOf(geom, geomType) {
  const longest = geom.reduce((best, part) => (part.length > best.length ? part : best), geom[0]);
  if (longest.length < 2) return longest[0];
  if (geomType === LINE) return longest[Math.floor(longest.length / 2)];
  const middle = longest[0].clone();
  const xs = longest.map((point) => point.x);
  const ys = longest.map((point) => point.y);
  middle.x = (Math.min(...xs) + Math.max(...xs)) / 2;
  middle.y = (Math.min(...ys) + Math.max(...ys)) / 2;
  return middle;
}
