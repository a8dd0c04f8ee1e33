/** Controls but tab and line feed, marks that turn the direction of text, and halves of surrogate pairs. */
const UNWANTED =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * Text from outside as it may be stored and shown: without U+0000 and other controls (PostgreSQL refuses the one, terminals obey
 * the others), without marks that turn the direction of what follows, cut to so many UTF-16 units.
 */
export function plainText(text: string, longest: number): string {
  // Cut first: what is thrown away need not be looked at. The cut may halve a pair, which is unwanted too.
  return text.slice(0, longest).replace(UNWANTED, "");
}

/**
 * The same for every text of a JSON value, names of fields too; numbers that are none (1e999) become null.
 * @param value fresh from JSON.parse: its lists and objects are changed in place, since most have nothing to change
 */
export function plainJson(value: unknown): unknown {
  if (typeof value === "string") return plainText(value, value.length);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) value[at] = plainJson(value[at]);
    return value;
  }
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const field = plainJson(fields[name]);
    const plain = plainText(name, name.length);
    if (plain !== name) delete fields[name];
    // Not by assignment, which means something else for __proto__.
    if (plain !== name || field !== fields[name])
      Object.defineProperty(fields, plain, {
        value: field,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
  return fields;
}
