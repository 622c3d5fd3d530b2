// Figures the Vietnamese way: 1.412 m; 2,35 km; 1+350; 12.500.000 đ.

const whole = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat("vi-VN", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** "12,3 m" under 100 m, "412 m" under 1 km, then "1,41 km". */
export function metres(value) {
  if (value < 100) return `${tenths.format(value)} m`;
  return value < 1000 ? `${whole.format(value)} m` : `${hundredths.format(value / 1000)} km`;
}

/** Chainage as on a drawing: kilometres + metres. */
export function chainage(value) {
  const rounded = Math.round(value);
  const kilometres = Math.floor(rounded / 1000);
  return `${kilometres}+${String(rounded - kilometres * 1000).padStart(3, "0")}`;
}

export function dong(value) {
  return `${whole.format(value)} đ`;
}

export function number(value) {
  return whole.format(value);
}

export function writeDecimal(value) {
  return value === null || value === undefined ? "" : String(value).replace(".", ",");
}
