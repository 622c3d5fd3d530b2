// Snap targets around the view: road centre lines and other routes, fetched as bounded GeoJSON.

import { createRoads, linesOf } from "./roads.js";

export const NEAREST_ZOOM = 14;

const holds = (box, view) =>
  box && box[0] <= view[0] && box[1] <= view[1] && box[2] >= view[2] && box[3] >= view[3];

const widened = ([west, south, east, north]) => {
  const [dx, dy] = [(east - west) / 2, (north - south) / 2];
  return [west - dx, south - dy, east + dx, north + dy];
};

// Where more lies around than is sent, what is near the middle is whole: half the view is held.
const narrowed = ([west, south, east, north]) => {
  const [dx, dy] = [(east - west) / 4, (north - south) / 4];
  return [west + dx, south + dy, east - dx, north - dy];
};

/** tell(state): "ready" · "part" (the nearest only) · "far" (zoom in first) · "failed". */
export function createNearby({ urls, ownId, get, found, tell }) {
  /** @type {number[] | null} */
  let box = null;
  let asked = 0;

  async function load(url, around) {
    const answer = await get(`${url}?bbox=${around.join(",")}`);
    return { features: answer.features.filter(({ id }) => id !== ownId), isPart: answer.leftOut };
  }

  return {
    async look(view, zoom) {
      if (zoom < NEAREST_ZOOM) return tell("far");
      if (holds(box, view)) return tell("ready");
      const turn = (asked += 1);
      const around = widened(view);
      try {
        const [roads, routes] = await Promise.all([
          load(urls.roads, around),
          load(urls.routes, around),
        ]);
        if (turn !== asked) return;
        const isPart = Boolean(roads.isPart || routes.isPart);
        box = isPart ? narrowed(view) : around;
        found(createRoads(linesOf(roads)), linesOf(routes));
        tell(isPart ? "part" : "ready");
      } catch {
        if (turn === asked) tell("failed");
      }
    },
  };
}
