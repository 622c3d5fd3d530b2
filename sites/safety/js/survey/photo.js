// A photo small enough for a poor network, with where and when it was taken.
const LONGEST_SIDE = 1600;
const QUALITY = 0.82;

export async function shrink(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file; // the server says what is wrong with it
  }
}

export function captureOf(position) {
  if (!position) return { captured_at: new Date().toISOString() };
  const { lat, lon, accuracy } = position;
  return { captured_at: new Date().toISOString(), lat, lon, accuracy };
}
