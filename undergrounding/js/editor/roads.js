// Road centre lines near the view as a graph: nearest place, and the way along roads between two places.

import { between, distance, foot, metresPerDegree } from "./measure.js";

const CELL = 0.002; // degrees; some 220 m, so that a lookup reads a handful of edges
const JOIN_M = 1; // an end this near another road meets it
const key = ([lon, lat]) => `${lon.toFixed(7)},${lat.toFixed(7)}`;

/** Lines of a GeoJSON FeatureCollection as [{ name, coordinates }]. */
export function linesOf(collection) {
  return collection.features.flatMap(({ geometry, properties }) => {
    const name = properties?.name ?? "";
    if (geometry?.type === "LineString") return [{ name, coordinates: geometry.coordinates }];
    if (geometry?.type !== "MultiLineString") return [];
    return geometry.coordinates.map((coordinates) => ({ name, coordinates }));
  });
}

function createGrid() {
  const cells = new Map();
  const cellsOf = (west, south, east, north) => {
    const found = [];
    for (let x = Math.floor(west / CELL); x <= Math.floor(east / CELL); x += 1) {
      for (let y = Math.floor(south / CELL); y <= Math.floor(north / CELL); y += 1) {
        found.push(`${x}:${y}`);
      }
    }
    return found;
  };
  return {
    add(edge) {
      const [west, east] = [Math.min(edge.a[0], edge.b[0]), Math.max(edge.a[0], edge.b[0])];
      const [south, north] = [Math.min(edge.a[1], edge.b[1]), Math.max(edge.a[1], edge.b[1])];
      for (const cell of cellsOf(west, south, east, north)) {
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push(edge);
      }
    },
    near([lon, lat], metres) {
      const scale = metresPerDegree(lat);
      const [dx, dy] = [metres / scale.lon, metres / scale.lat];
      const found = new Set();
      for (const cell of cellsOf(lon - dx, lat - dy, lon + dx, lat + dy)) {
        for (const edge of cells.get(cell) ?? []) found.add(edge);
      }
      return found;
    },
    *pairs() {
      for (const edges of cells.values()) {
        for (let i = 0; i < edges.length; i += 1) {
          for (let j = i + 1; j < edges.length; j += 1) yield [edges[i], edges[j]];
        }
      }
    },
  };
}

/** Where two edges cross, as shares of each, or null. */
function crossing({ a, b }, { a: c, b: d }) {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const area = rx * sy - ry * sx;
  if (!area) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / area;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / area;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : null;
}

function cutAtCrossings(grid) {
  for (const [one, other] of grid.pairs()) {
    const met = crossing(one, other);
    if (!met) continue;
    const place = between(one.a, one.b, met.t);
    one.cuts.set(key(place), { share: met.t, place });
    other.cuts.set(key(place), { share: met.u, place });
  }
}

/** An end that stops just short of another road is joined to it. */
function joinLooseEnds(lines, grid, link) {
  for (const { coordinates } of lines) {
    for (const end of [coordinates[0], coordinates[coordinates.length - 1]]) {
      for (const edge of grid.near(end, JOIN_M)) {
        const { point, share, offset } = foot(edge.a, edge.b, end);
        if (!offset || offset > JOIN_M) continue;
        edge.cuts.set(key(point), { share, place: point });
        link(end, point, edge.name);
      }
    }
  }
}

/**
 * The graph of some lines: nodes are vertices, crossings and joined ends.
 * @param {import("./types.js").Line[]} lines
 * @returns {import("./types.js").Roads}
 */
export function createRoads(lines) {
  const raw = createGrid();
  const edges = [];
  for (const { name, coordinates } of lines) {
    for (let i = 1; i < coordinates.length; i += 1) {
      const edge = { a: coordinates[i - 1], b: coordinates[i], name, cuts: new Map() };
      edges.push(edge);
      raw.add(edge);
    }
  }
  const nodes = new Map();
  const links = new Map();
  const node = (place) => {
    const id = key(place);
    if (!nodes.has(id)) {
      nodes.set(id, place);
      links.set(id, []);
    }
    return id;
  };
  const link = (a, b, name) => {
    const [from, to, metres] = [node(a), node(b), distance(a, b)];
    if (from === to) return;
    links.get(from).push({ to, metres, name });
    links.get(to).push({ to: from, metres, name });
  };
  cutAtCrossings(raw);
  joinLooseEnds(lines, raw, link);
  const pieces = createGrid();
  for (const edge of edges) {
    const cuts = [...edge.cuts.values()].sort((one, other) => one.share - other.share);
    const stops = [edge.a, ...cuts.map((cut) => cut.place), edge.b];
    for (let i = 1; i < stops.length; i += 1) {
      if (key(stops[i - 1]) === key(stops[i])) continue;
      link(stops[i - 1], stops[i], edge.name);
      pieces.add({ a: stops[i - 1], b: stops[i], name: edge.name });
    }
  }
  return {
    /** The nearest place on a road within some metres: { point, name, offset, piece }, or null. */
    nearest(place, metres) {
      /** @type {import("./types.js").RoadPlace | null} */
      let best = null;
      for (const piece of pieces.near(place, metres)) {
        const { point, offset } = foot(piece.a, piece.b, place);
        if (offset <= metres && (!best || offset < best.offset)) {
          best = { point, name: piece.name, offset, piece };
        }
      }
      return best;
    },
    /** Places along roads from one place on a road to another: { places, metres }, or null. */
    path(start, end) {
      return shortest({ links, nodes }, start, end);
    },
    size: edges.length,
  };
}

function shortest({ links, nodes }, start, end) {
  if (start.piece === end.piece) {
    const metres = distance(start.point, end.point);
    return { places: [start.point, end.point], metres };
  }
  const reach = new Map();
  for (const place of [end.piece.a, end.piece.b]) {
    reach.set(key(place), distance(place, end.point));
  }
  const cost = new Map();
  const from = new Map();
  const queue = createQueue();
  const better = (id, metres, before) => {
    if (metres >= (cost.get(id) ?? Infinity)) return;
    cost.set(id, metres);
    from.set(id, before);
    queue.add(id, metres);
  };
  for (const place of [start.piece.a, start.piece.b]) {
    better(key(place), distance(place, start.point), null);
  }
  /** @type {{ metres: number, id: string | null }} */
  let best = { metres: Infinity, id: null };
  for (let next = queue.take(); next && next.metres < best.metres; next = queue.take()) {
    if (next.metres > cost.get(next.id)) continue;
    const rest = reach.get(next.id);
    if (rest !== undefined && next.metres + rest < best.metres) {
      best = { metres: next.metres + rest, id: next.id };
    }
    for (const { to, metres } of links.get(next.id)) better(to, next.metres + metres, next.id);
  }
  if (!best.id) return null;
  const places = [end.point];
  for (let id = best.id; id; id = from.get(id)) places.unshift(nodes.get(id));
  places.unshift(start.point);
  return { places: places.filter((p, i) => !i || key(p) !== key(places[i - 1])), metres: best.metres };
}

function createQueue() {
  /** @type {{ id: string, metres: number }[]} */
  const heap = [];
  const swap = (i, j) => ([heap[i], heap[j]] = [heap[j], heap[i]]);
  const sink = (at) => {
    for (let i = at; ; ) {
      const left = 2 * i + 1;
      let least = i;
      for (const child of [left, left + 1]) {
        if (child < heap.length && heap[child].metres < heap[least].metres) least = child;
      }
      if (least === i) return;
      swap(i, least);
      i = least;
    }
  };
  return {
    add(id, metres) {
      let i = heap.push({ id, metres }) - 1;
      for (let up = (i - 1) >> 1; i && heap[i].metres < heap[up].metres; up = (i - 1) >> 1) {
        swap(i, up);
        i = up;
      }
    },
    take() {
      if (!heap.length) return null;
      swap(0, heap.length - 1);
      const top = heap.pop();
      sink(0);
      return top ?? null;
    },
  };
}
