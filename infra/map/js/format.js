// Numbers the Vietnamese way: 1.412 and 2,5 m.
const plain = (value, digits) =>
  value.toLocaleString("vi-VN", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const number = (value, digits = 0) => plain(value, digits);

export function length(metres) {
  if (metres < 10) return `${plain(metres, 2)} m`;
  if (metres < 1000) return `${plain(metres, 0)} m`;
  return `${plain(metres / 1000, metres < 10000 ? 2 : 1)} km`;
}

export function area(squareMetres) {
  if (squareMetres < 10000) return `${plain(squareMetres, 0)} m²`;
  if (squareMetres < 1000000) return `${plain(squareMetres / 10000, 2)} ha`;
  return `${plain(squareMetres / 1000000, 2)} km²`;
}

export const degrees = (value) => plain(value, 6);

export const metres = (value) => plain(value, 2);

// 12 → 12, 1412 → 1,4 N would say nothing: thousands are "1,4k" as on every map.
export function count(n) {
  if (n < 1000) return String(n);
  if (n < 10000) return `${plain(n / 1000, 1)}k`;
  return n < 1000000 ? `${Math.round(n / 1000)}k` : `${plain(n / 1000000, 1)}M`;
}
