import { createHash } from "node:crypto";

/** What a prompt asks for; its category, tags and place in the set are not of it. */
export interface PromptContent {
  key: string;
  text: string;
  negativePrompt: string | null;
  /** sha256 of the source images, in their order. */
  sources: readonly string[];
  truth: unknown;
}

/**
 * Identity of a prompt over the versions of its set, sha256 in hex: with the same hash a sample of it is a sample of this one. The
 * order of truth's fields does not count.
 */
export function contentHash({ key, text, negativePrompt, sources, truth }: PromptContent): string {
  const content = ["salon prompt 1", key, text, negativePrompt, sources, truth ?? null];
  return createHash("sha256")
    .update(JSON.stringify(sorted(content)))
    .digest("hex");
}

/** The key of a prompt whose file gives it none: of what it says, so that its place in the file does not count. */
export function derivedKey(text: string, negativePrompt: string | null, sources: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([text, negativePrompt, sources]))
    .digest("hex")
    .slice(0, 12);
}

/** JSON with every object's fields in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, field]) => [name, sorted(field)]),
  );
}
