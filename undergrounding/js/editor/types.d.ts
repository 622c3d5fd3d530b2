// The route editor's drawing and what it finds near the pointer.

/** Longitude and latitude. */
export type Place = [number, number];

export interface Segment {
  start: number;
  end: number;
  method: string;
  surface: string;
  cover_depth_m: number | null;
  duct_count: number | null;
  note: string;
}

export interface Drawing {
  vertices: Place[];
  segments: Segment[];
}

export interface Line {
  name: string;
  coordinates: Place[];
}

/** A piece of a road between two nodes of the graph. */
export interface Piece {
  a: Place;
  b: Place;
  name: string;
}

export interface RoadPlace {
  point: Place;
  name: string;
  offset: number;
  piece: Piece;
}

export interface Roads {
  nearest(place: Place, metres: number): RoadPlace | null;
  path(start: RoadPlace, end: RoadPlace): { places: Place[]; metres: number } | null;
  size: number;
}

/** What a pointer has caught. */
export interface Target {
  point: Place;
  kind: string;
  name: string;
  found: RoadPlace | null;
}

/** The place on the drawn line that is nearest to another. */
export interface OnLine {
  edge: number;
  point: Place;
  chainage: number;
  offset: number;
}
