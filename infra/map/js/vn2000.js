// VN-2000 plane coordinates from WGS-84, within a centimetre: the official seven parameters
// (QĐ 05/2007/QĐ-BTNMT, coordinate-frame convention) turned around, then transverse Mercator.
const A = 6378137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const SHIFT = { x: -191.90441429, y: -39.30318279, z: -111.45032835, scale: 1 + 0.252906278e-6 };
const SECOND = Math.PI / 180 / 3600;
const TURN = { x: -0.00928836 * SECOND, y: 0.01975479 * SECOND, z: -0.00427372 * SECOND };
const TM3 = { scale: 0.9999, falseEasting: 500000 };

export function meridianDegrees(meridian) {
  const [degrees, minutes] = meridian.split("-").map(Number);
  return degrees + minutes / 60;
}

export function meridianLabel(meridian) {
  return `${meridian.replace("-", "°")}′`;
}

// {x, y}: northing and easting in metres, as Vietnamese surveyors name them.
export function toVn2000(lat, lon, meridian) {
  const [vnLat, vnLon] = toVn2000Geographic(lat, lon);
  return transverseMercator(vnLat, vnLon, meridianDegrees(meridian));
}

function toVn2000Geographic(lat, lon) {
  const [x, y, z] = cartesian(lat, lon);
  const dx = (x - SHIFT.x) / SHIFT.scale;
  const dy = (y - SHIFT.y) / SHIFT.scale;
  const dz = (z - SHIFT.z) / SHIFT.scale;
  // The rotations are far below a millionth: their transpose is their inverse.
  return geographic(
    dx - TURN.z * dy + TURN.y * dz,
    TURN.z * dx + dy - TURN.x * dz,
    -TURN.y * dx + TURN.x * dy + dz,
  );
}

function cartesian(lat, lon) {
  const phi = (lat * Math.PI) / 180;
  const lambda = (lon * Math.PI) / 180;
  const n = A / Math.sqrt(1 - E2 * Math.sin(phi) ** 2);
  return [
    n * Math.cos(phi) * Math.cos(lambda),
    n * Math.cos(phi) * Math.sin(lambda),
    n * (1 - E2) * Math.sin(phi),
  ];
}

function geographic(x, y, z) {
  const p = Math.hypot(x, y);
  let phi = Math.atan2(z, p * (1 - E2));
  for (let i = 0; i < 6; i += 1) {
    const n = A / Math.sqrt(1 - E2 * Math.sin(phi) ** 2);
    phi = Math.atan2(z + E2 * n * Math.sin(phi), p);
  }
  return [(phi * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
}

// Krüger's series to the sixth order of n: far below a millimetre in a zone.
function transverseMercator(lat, lon, centralMeridian) {
  const phi = (lat * Math.PI) / 180;
  const lambda = ((lon - centralMeridian) * Math.PI) / 180;
  const n = F / (2 - F);
  const radius = (A / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [
    n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16,
    (13 * n ** 2) / 48 - (3 * n ** 3) / 5,
    (61 * n ** 3) / 240,
  ];
  const e = Math.sqrt(E2);
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.hypot(1, t));
  let north = xi;
  let east = eta;
  alpha.forEach((a, i) => {
    const k = 2 * (i + 1);
    north += a * Math.sin(k * xi) * Math.cosh(k * eta);
    east += a * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  return { x: TM3.scale * radius * north, y: TM3.falseEasting + TM3.scale * radius * east };
}
