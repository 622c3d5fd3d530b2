// Lines from a pasted or chosen file: GeoJSON, GPX, KML. Gives [{ name, places }] in [lon, lat].

export class UnreadableLine extends Error {}

const flat = (places) => places.map(([lon, lat]) => [Number(lon), Number(lat)]);

export function readLines(text, parseXml) {
  const trimmed = text.trim();
  if (!trimmed) throw new UnreadableLine("empty");
  const lines = trimmed.startsWith("{") ? fromGeoJson(trimmed) : fromXml(trimmed, parseXml);
  const sound = lines.filter(({ places }) => places.length > 1 && places.every(isPlace));
  if (!sound.length) throw new UnreadableLine("no_line");
  if (sound.every(({ places }) => places.every(looksSwapped))) {
    return sound.map(({ name, places }) => ({
      name,
      places: places.map(([lon, lat]) => [lat, lon]),
      wasSwapped: true,
    }));
  }
  return sound;
}

const isPlace = (place) => place.every((value) => Number.isFinite(value) && Math.abs(value) <= 180);
/** Việt Nam lies between 102° and 110° east, 8° and 24° north: the two cannot be confused. */
const looksSwapped = ([lon, lat]) => lon > 8 && lon < 24 && lat > 102 && lat < 110;

function fromGeoJson(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new UnreadableLine("not_json");
  }
  return ofGeometry(data, "");
}

function ofGeometry(data, name) {
  switch (data?.type) {
    case "FeatureCollection":
      return data.features.flatMap((feature) => ofGeometry(feature, ""));
    case "Feature":
      return ofGeometry(data.geometry, data.properties?.name ?? "");
    case "GeometryCollection":
      return data.geometries.flatMap((geometry) => ofGeometry(geometry, name));
    case "MultiLineString":
      return data.coordinates.map((places) => ({ name, places: flat(places) }));
    case "LineString":
      return [{ name, places: flat(data.coordinates) }];
    default:
      return [];
  }
}

function fromXml(text, parseXml) {
  const xml = parseXml(text);
  if (xml.querySelector("parsererror")) throw new UnreadableLine("not_xml");
  const all = (node, tag) => [...node.getElementsByTagNameNS("*", tag)];
  const nameOf = (node) => all(node, "name")[0]?.textContent.trim() ?? "";
  const points = (node, tag) =>
    all(node, tag).map((p) => [Number(p.getAttribute("lon")), Number(p.getAttribute("lat"))]);
  const tracks = all(xml, "trkseg").map((part) => ({
    name: nameOf(part.parentNode),
    places: points(part, "trkpt"),
  }));
  const routes = all(xml, "rte").map((part) => ({ name: nameOf(part), places: points(part, "rtept") }));
  const placemarks = all(xml, "LineString").map((part) => ({
    name: nameOf(part.closest?.("Placemark") ?? part.parentNode),
    places: flat(
      (all(part, "coordinates")[0]?.textContent ?? "")
        .trim()
        .split(/\s+/)
        .map((tuple) => tuple.split(",")),
    ),
  }));
  return [...tracks, ...routes, ...placemarks];
}
