// The data that the server hands to the map: infra/map/widget.py, style.py and features.py write it.
import type { GeoJsonObject } from "geojson";

export interface Stroke {
  color: string;
  width: number;
  dash: number[];
  growth: number;
  least: number;
  fromZoom: number;
  opacity: number;
}

export type Shape = "circle" | "square" | "triangle" | "diamond" | "pin" | "arc" | "ends";

export interface Sign {
  key: string;
  label: string;
  strokes: Stroke[];
  fill: string;
  fillOpacity: number;
  shape: Shape | null;
  letter: string;
  ink: string;
  minZoom: number;
  pattern: "trees" | "rows" | null;
}

export interface Label {
  property: string;
  minZoom: number;
  maxZoom: number;
  color: string;
  place: "middle" | "below" | "along" | "plate";
  size: number;
  growth: number;
  most: number;
  weight: number;
  italic: boolean;
  halo: string;
  rank: number;
  repeat: number;
  by: string;
  only: string[];
}

export interface Style {
  order: number;
  signBy: string;
  sameAs: Record<string, string>;
  signs: Sign[];
  labels: Label[];
}

export interface Layer {
  key: string;
  name: string;
  title: string;
  group: string;
  kind: string;
  minZoom: number;
  isBase: boolean;
  isOn: boolean;
  isClustered: boolean;
  canIdentify: boolean;
  filters: string[];
  isGround: boolean;
  isFaint: boolean;
  style: Style | null;
}

/** A layer that is drawn or written. */
export type DrawnLayer = Layer & { style: Style };

/** A layer and the id of one of its features. */
export interface Chosen {
  layer: string;
  id: string;
}

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number];

export type Filters = Record<string, Record<string, string | string[]>>;

export interface MapConfig {
  id: string;
  layers: Layer[];
  groups: Record<string, string>;
  urls: Record<"tile" | "feature" | "identify" | "search" | "handout", string>;
  baseVersion: string;
  bounds: Box;
  filters: Filters;
  selected: Chosen | null;
  editable: boolean;
  keepAddress: boolean;
  meridians: string[];
  demo: boolean;
  /** The colour of the ground. */
  land: string;
  online: { url: string; attribution: string } | null;
}

/** What the server tells of one feature. */
export interface Card {
  layer: string;
  layerTitle: string;
  name: string;
  id: string;
  title: string;
  subtitle: string;
  kind: string;
  sign: string;
  facts: [string, string][];
  url: string;
  geometry: GeoJsonObject | null;
}

/** One place that the search found. */
export interface Hit {
  layer: string;
  id: string;
  title: string;
  subtitle: string;
  bounds: Box;
}

/** What the map tells its page, by event. */
export interface MapEvents {
  identify: { latlng: L.LatLng; cards: Card[] };
  select: Card | null;
  moveend: Box;
  filter: { layer: string; params: Record<string, string | string[]> };
  layers: string[];
}

/** What the address remembers of a map. */
export interface MapState {
  zoom?: number;
  center?: [number, number];
  layers?: string[];
  faint?: boolean;
  selected?: Chosen;
}
