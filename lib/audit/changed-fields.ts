/** A thing's fields, as an event tells them; undefined ones are not known. */
export type Fields = Readonly<Record<string, unknown>>;
type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Kept = Record<string, Json>;

/** Told only as having changed: what opens something, and what names a person. */
const UNTOLD = /key|token|password|secret|sealed|credential|authorization|cookie|email/i;
const LONGEST = 500;

/**
 * The fields in which a thing differs from what it was, of both sides; a thing that is new or gone has one side.
 * What a field's name says is secret stands as "changed", an address without its password and query, a long text cut.
 * @returns null when nothing changed
 */
export function changedFields(
  before: Fields | null,
  after: Fields | null,
): { before: Kept | null; after: Kept | null } | null {
  if (before === null || after === null) return { before: told(before), after: told(after) };
  const names = Object.keys(after).filter((name) => textOf(before[name]) !== textOf(after[name]));
  if (names.length === 0) return null;
  return { before: told(before, names), after: told(after, names) };
}

/** For comparing, and for nothing else. */
const textOf = (value: unknown) => JSON.stringify(plain(value));

function told(fields: Fields | null, names = Object.keys(fields ?? {})): Kept | null {
  if (fields === null) return null;
  const known = names.filter((name) => fields[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, tellable(name, plain(fields[name]))]));
}

/** Dates and exact amounts as their texts. */
const plain = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value ?? null, (_, part) => (typeof part === "bigint" ? part.toString() : part)),
  ) as Json;

function tellable(name: string, value: Json): Json {
  if (value === null || typeof value === "boolean") return value;
  if (UNTOLD.test(name)) return "changed";
  if (typeof value === "string") return shortened(withoutCredentials(value));
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map((part) => tellable("", part));
  return Object.fromEntries(Object.entries(value).map(([inner, part]) => [inner, tellable(inner, part)]));
}

/** An http address may carry a password before its host and keys in its query. */
const withoutCredentials = (text: string) =>
  text.replace(/(https?:\/\/)[^\s/?#]*@/gi, "$1").replace(/(https?:\/\/[^\s?#]*)[?#]\S*/gi, "$1");

const shortened = (text: string) => storable(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** The database keeps neither a NUL nor half of a surrogate pair, which a cut may leave. */
const storable = (text: string) => text.replaceAll("\0", "").toWellFormed();
