// Text as people type it, ready to be compared: lower case, no marks, đ as d (infra/ground/plaintext.py).
export function plain(text) {
  const bare = text.replaceAll("đ", "d").replaceAll("Đ", "D").normalize("NFD");
  return bare.replace(/\p{Mn}/gu, "").toLowerCase().trim();
}

/** Whether each word of `wanted` begins a word of `text`; both are plain. */
export function holds(text, wanted) {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return wanted.split(/\s+/).every((start) => words.some((word) => word.startsWith(start)));
}
