// What the phone keeps of a survey until the server has it.

export interface Position {
  lat: number;
  lon: number;
  accuracy: number;
  at: string;
}

export interface Draft {
  key: string;
  uuid: string;
  fields: Record<string, string>;
  startedAt?: string;
  position?: Position;
  wasRefused?: boolean;
}

export interface Answer {
  code: string;
  result: string;
  severity: number | null;
  note: string;
}

export interface Measurement {
  quantity: string;
  unit: string;
  value: string | undefined;
  instrument: string;
  calibrated_until: string | null;
}

export interface Payload {
  uuid: string;
  kind: string;
  legal_basis: string;
  checklist: Checklist;
  visited_at: string;
  lat: number | null;
  lon: number | null;
  accuracy_m: number | null;
  answers: Answer[];
  measurements: Measurement[];
  note: string;
}

export interface Checklist {
  on: string;
  codes: string[];
}

export interface Receipt {
  uuid: string;
  receipt: string;
  grade: string;
  reasons: string[];
  standing: string[];
  url: string;
}

export interface Visit {
  uuid: string;
  user: string;
  mast: string;
  code: string;
  formUrl: string;
  submitUrl: string;
  photoUrl: string;
  payload: Payload;
  receipt?: Receipt;
  refusal?: string[];
  refusalStatus?: number;
}

export interface Photo {
  uuid: string;
  visit: string;
  item: string;
  name: string;
  blob: Blob;
  capture?: Record<string, unknown>;
  receipt?: string;
  refusal?: string[];
}
