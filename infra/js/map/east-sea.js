// Hoàng Sa and Trường Sa are Việt Nam's: an extent that reaches the East Sea shows them, in the
// map where they lie inside it, else in an inset. Positions are schematic, to a few kilometres.
export const ARCHIPELAGOS = [
  {
    name: "Quần đảo Hoàng Sa",
    center: [16.4, 112.0],
    islands: [
      [16.535, 111.608], [16.45, 111.7], [16.834, 112.339], [16.667, 112.733], [15.783, 111.2],
      [16.06, 111.75], [16.97, 112.27],
    ],
  },
  {
    name: "Quần đảo Trường Sa",
    center: [9.6, 113.6],
    islands: [
      [8.645, 111.919], [11.429, 114.331], [10.179, 114.366], [9.886, 114.329], [10.375, 114.479],
      [7.892, 112.92], [10.377, 114.366], [11.053, 114.285], [8.97, 113.7], [9.62, 112.97],
    ],
  },
];

// The sea east of the mainland's coast, roughly: longitude, latitude.
export const SEA = [
  [104.9, 8.4], [106.3, 9.2], [106.7, 9.95], [106.95, 10.3], [107.6, 10.45], [108.3, 10.85],
  [109.15, 11.4], [109.45, 12.7], [109.25, 13.9], [108.95, 15.3], [108.2, 16.2], [107.2, 16.9],
  [106.4, 17.9], [105.9, 18.8], [106.6, 19.9], [107.6, 20.9], [109.0, 21.4], [112.5, 21.6],
  [117.0, 21.6], [119.5, 17.0], [117.5, 8.0], [112.0, 4.0], [105.0, 5.5],
];

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
