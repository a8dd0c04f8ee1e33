import { plainText } from "@/lib/schemas/plain-text";

const LONGEST_REPLY = 2_000;
/** A shorter key would be found in ordinary words. */
const SHORTEST_KEY = 4;
/** Of a key that has parts ("user:password") each of so many characters is looked for by itself; so is the beginning of a key where a text was cut. */
const SHORTEST_PART = 8;

/** A reply fit for logs and pages: image data, controls and the key taken out, cut to 2,000 characters. */
export function redactReply(text: string, apiKey: string | null): string {
  const cut = withoutKey(text.slice(0, 200_000), apiKey).replace(
    /[A-Za-z0-9+/_-]{200,}={0,2}/g,
    (data) => `[${data.length} characters of data]`,
  );
  return plainText(redactKey(cut, apiKey), LONGEST_REPLY);
}

/** Some endpoints quote the key they refuse, or part of it, and of whatever shape. */
export function redactKey(text: string, apiKey: string | null): string {
  // After "key " only what has a digit or a star: "Incorrect API key provided" is no key.
  return withoutKey(text, apiKey)
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[key]")
    .replace(/\b(sk|key|Bearer)[-_][A-Za-z0-9*_-]{8,}/g, "$1-[key]")
    .replace(/\b(sk|key|Bearer) (?=[A-Za-z_-]*[0-9*])[A-Za-z0-9*_-]{8,}/g, "$1 [key]");
}

/**
 * A text without a key that is known, whole or in its parts, however it is written: as it is, escaped as in addresses, JSON or HTML, in
 * base64, or cut off at the text's end.
 */
export function withoutKey(text: string, apiKey: string | null): string {
  if (apiKey === null || apiKey.length < SHORTEST_KEY) return text;
  const { written, encoded } = spellingsOf(apiKey);
  const rest = text
    .replace(written, "[key]")
    .replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => (encoded?.test(run) ? "[key]" : run));
  for (let length = apiKey.length - 1; length >= SHORTEST_PART; length--)
    if (rest.endsWith(apiKey.slice(0, length))) return `${rest.slice(0, -length)}[key]`;
  return rest;
}

/** The same of every text in an answer's JSON, names of fields too. Nothing that an endpoint says of its key goes further than this. */
export function jsonWithoutKey(value: unknown, apiKey: string | null): unknown {
  if (apiKey === null) return value;
  if (typeof value === "string") return withoutKey(value, apiKey);
  if (Array.isArray(value)) return value.map((each) => jsonWithoutKey(each, apiKey));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(
    ([name, field]) => [withoutKey(name, apiKey), jsonWithoutKey(field, apiKey)] as const,
  );
  return Object.fromEntries(fields);
}

/** The last key that was looked for: an endpoint's answers come one after the other. */
let last: { key: string; written: RegExp; encoded: RegExp | null } | undefined;

function spellingsOf(key: string): { written: RegExp; encoded: RegExp | null } {
  if (last?.key === key) return last;
  const parts = key.split(":").filter((part) => part.length >= SHORTEST_PART && part !== key);
  const written = [key, ...parts].map((part) => Array.from(part, anySpelling).join(""));
  const encoded = [0, 1, 2].flatMap((offset) => base64Within(key, offset) ?? []);
  last = {
    key,
    written: new RegExp(written.join("|"), "g"),
    encoded: encoded.length === 0 ? null : new RegExp(encoded.join("|")),
  };
  return last;
}

const NAMED: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** A character as it may stand in an address, in JSON (also in JSON within JSON) or in HTML. */
function anySpelling(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = Array.from(code.toString(16).padStart(2, "0"), (digit) =>
    /[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit,
  ).join("");
  const named = character in NAMED ? [`&${NAMED[character]};`] : [];
  const plain = /\w/.test(character) ? character : `\\\\*\\x${code.toString(16).padStart(2, "0")}`;
  return `(?:${[plain, `%(?:25)*${hex}`, `\\\\+u00${hex}`, `&#0*${code};`, `&#[xX]0*${hex};`, ...named].join("|")})`;
}

/** What stands in any base64 text in which the key begins at a byte of this place among three; null: too little to tell. */
function base64Within(key: string, offset: number): string | null {
  const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]).toString("base64");
  const whole = encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((key.length + offset) * 8) / 6));
  if (whole.length < SHORTEST_PART) return null;
  return Array.from(whole, (each) => (each === "+" ? "[+-]" : each === "/" ? "[/_]" : each)).join("");
}
