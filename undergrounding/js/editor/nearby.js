// Snap targets around the view: road centre lines and other routes, fetched as bounded GeoJSON.

import { createRoads, linesOf } from "./roads.js";

export const NEAREST_ZOOM = 14;

const holds = (box, view) =>
  box && box[0] <= view[0] && box[1] <= view[1] && box[2] >= view[2] && box[3] >= view[3];

const widened = ([west, south, east, north]) => {
  const [dx, dy] = [(east - west) / 2, (north - south) / 2];
  return [west - dx, south - dy, east + dx, north + dy];
};

/** tell(state): "ready" · "far" (zoom in first) · "failed". */
export function createNearby({ urls, ownId, get, found, tell }) {
  /** @type {number[] | null} */
  let box = null;
  let asked = 0;

  async function load(url, around) {
    const answer = await get(`${url}?bbox=${around.join(",")}`);
    return answer.features.filter((feature) => feature.id !== ownId);
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
        box = around;
        found(createRoads(linesOf({ features: roads })), linesOf({ features: routes }));
        tell("ready");
      } catch {
        if (turn === asked) tell("failed");
      }
    },
  };
}
