// Hoàng Sa and Trường Sa are Việt Nam's: an extent that reaches the East Sea shows them, in the
// map where they lie inside it, else in an inset.
import data from "../east_sea.json" with { type: "json" };

export const ARCHIPELAGOS = data.archipelagos;
export const SEA = data.sea;
export const COAST = SEA.slice(0, data.coastPoints);

// {west, south, east, north} in degrees.
export function reachesEastSea(box) {
  const steps = 12;
  for (let i = 0; i <= steps; i += 1) {
    for (let j = 0; j <= steps; j += 1) {
      const lon = box.west + ((box.east - box.west) * i) / steps;
      const lat = box.south + ((box.north - box.south) * j) / steps;
      if (inside(lon, lat)) return true;
    }
  }
  return SEA.some(([lon, lat]) => contains(box, lat, lon));
}

export function showsArchipelagos(box) {
  return ARCHIPELAGOS.every(({ center }) => contains(box, center[0], center[1]));
}

export const needsInset = (box) => reachesEastSea(box) && !showsArchipelagos(box);

const contains = (box, lat, lon) =>
  lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north;

function inside(lon, lat) {
  let result = false;
  for (let i = 0, j = SEA.length - 1; i < SEA.length; j = i, i += 1) {
    const [xi, yi] = SEA[i];
    const [xj, yj] = SEA[j];
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) result = !result;
  }
  return result;
}
