// Text as people type it, ready to be compared: lower case, no marks, đ as d (infra/ground/plaintext.py).
export function plain(text) {
  const bare = text.replaceAll("đ", "d").replaceAll("Đ", "D").normalize("NFD");
  return bare.replace(/\p{Mn}/gu, "").toLowerCase().trim();
}

/** Whether every word of `wanted` stands somewhere in `text`; both are plain. */
export const holds = (text, wanted) => wanted.split(/\s+/).every((word) => text.includes(word));
