import { mapColumns, type Field } from "@/lib/prompt-files/columns";
import { derivedKey } from "@/lib/prompt-files/content-hash";
import { LIMITS, type FilePrompt, type Place, type Problems } from "@/lib/prompt-files/prompt-file";
import { isObject } from "@/lib/prompt-files/read-json";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { clipTruthSchema } from "@/lib/schemas/stack/clip";
import { captionTruthSchema } from "@/lib/schemas/stack/scene";
import { plainJson, plainText } from "@/lib/schemas/plain-text";

export interface Reading {
  /** Of a prompt that names none. */
  category: string;
  /** Of a file that is one prompt. */
  key?: string;
  problems: Problems;
  /** Columns that become metadata are added to it. */
  unknown: Set<string>;
}

const UNKNOWN_TOLD = 50;

/** Nested deeper, JSON is no metadata any more. */
const DEPTH = 32;

/**
 * A prompt of an entry's fields. One that cannot be kept whole is noted and left out: nothing is cut.
 * @returns null for one that is left out
 */
export function readPrompt(
  fields: Record<string, unknown>,
  place: Place,
  { problems, unknown, ...defaults }: Reading,
): FilePrompt | null {
  const columns = mapColumns(Object.keys(fields));
  for (const name of columns.others) if (unknown.size < UNKNOWN_TOLD) unknown.add(name);
  const cell = (field: Field): unknown => {
    const name = columns.fields.get(field);
    return name === undefined ? undefined : fields[name];
  };
  const reader = new CellReader(place, problems);
  const text = reader.text("prompt", cell("text"), LIMITS.prompt).trim();
  const prompt: FilePrompt = {
    key: reader.text("key", cell("key"), LIMITS.key).trim() || (defaults.key ?? ""),
    text,
    category: reader.text("category", cell("category"), LIMITS.category).trim() || defaults.category,
    tags: reader.list("tags", cell("tags"), LIMITS.tag, /[;,|]/),
    language: reader.language(cell("language")),
    negativePrompt: reader.text("negative_prompt", cell("negative"), LIMITS.prompt).trim() || null,
    sources: reader.list("source", cell("sources"), LIMITS.source, /[;|]/),
    reference: reader.text("reference", cell("reference"), LIMITS.source).trim() || null,
    truth: reader.truth(cell("truth")),
    metadata: reader.metadata(cell("metadata"), columns.others, fields),
    place,
  };
  if (text === "" && !reader.failed) reader.fail("empty_prompt");
  if (prompt.category === LIVE_CATEGORY) reader.fail("reserved_category", { value: prompt.category });
  if (prompt.tags.length > LIMITS.tags) {
    reader.fail("too_many_tags", { count: prompt.tags.length, limit: LIMITS.tags });
  }
  if (prompt.sources.length > LIMITS.sources) {
    reader.fail("too_long", { column: "source", count: prompt.sources.length, limit: LIMITS.sources });
  }
  reader.end();
  if (reader.failed) return null;
  return { ...prompt, key: prompt.key || derivedKey(text, prompt.negativePrompt, prompt.sources) };
}

/** Reads one entry's cells, and remembers whether one of them cannot be kept. */
class CellReader {
  failed = false;
  private removed = 0;

  constructor(
    private readonly place: Place,
    private readonly problems: Problems,
  ) {}

  fail(...[code, facts]: [Parameters<Problems["error"]>[0], Parameters<Problems["error"]>[2]?]): void {
    this.failed = true;
    this.problems.error(code, this.place, facts);
  }

  /** Says what was left out of texts. */
  end(): void {
    if (this.removed > 0 && !this.failed) {
      this.problems.warning("characters_left_out", this.place, { count: this.removed });
    }
  }

  text(column: string, value: unknown, limit: number): string {
    if (value === undefined || value === null) return "";
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      this.fail("bad_cell", { column });
      return "";
    }
    const given = String(value).replaceAll("\r\n", "\n");
    if (given.length > limit) {
      this.fail("too_long", { column, count: given.length, limit });
      return "";
    }
    const plain = plainText(given, limit);
    this.removed += given.length - plain.length;
    return plain;
  }

  list(column: string, value: unknown, limit: number, separator: RegExp): string[] {
    const items = Array.isArray(value)
      ? value
      : typeof value === "string" && value.trim().startsWith("[")
        ? (parsed(value) ?? [value])
        : typeof value === "string"
          ? value.split(separator)
          : [value];
    if (!Array.isArray(items)) {
      this.fail("bad_cell", { column });
      return [];
    }
    const texts = items.map((item) => this.text(column, item, limit).trim());
    return [...new Set(texts.filter((text) => text !== ""))];
  }

  language(value: unknown): string | null {
    const text = this.text("language", value, LIMITS.language).trim();
    if (text === "") return null;
    try {
      return Intl.getCanonicalLocales(text.replaceAll("_", "-"))[0];
    } catch {
      this.fail("bad_language", { value: text });
      return null;
    }
  }

  /** What grades are given by has the form that the grader reads; everything else is marked as of another kind. */
  truth(value: unknown): Record<string, unknown> | null {
    const json = this.json("truth", value, LIMITS.truth);
    if (json === null) return null;
    const isGraded = [captionTruthSchema, clipTruthSchema].some(
      (schema) => schema.strict().safeParse(json).success,
    );
    if (isGraded || typeof json.kind === "string") return json;
    return { ...json, kind: "own" };
  }

  metadata(
    value: unknown,
    others: readonly string[],
    fields: Record<string, unknown>,
  ): Record<string, unknown> | null {
    const rest = others.map((name) => [name, fields[name]]).filter(([, each]) => !isNothing(each));
    const given = isNothing(value) ? {} : (parsed(value) ?? null);
    if (!isObject(given)) {
      this.fail("bad_cell", { column: "metadata" });
      return null;
    }
    const all = { ...given, ...Object.fromEntries(rest) };
    return Object.keys(all).length === 0 ? null : this.json("metadata", all, LIMITS.metadata);
  }

  /** An object of JSON, or text that is one, without what PostgreSQL or a page cannot hold. */
  private json(column: string, value: unknown, limit: number): Record<string, unknown> | null {
    if (isNothing(value)) return null;
    const object = parsed(value);
    if (!isObject(object) || isDeeper(object, DEPTH)) {
      this.fail("bad_cell", { column });
      return null;
    }
    const count = JSON.stringify(object).length;
    if (count > limit) {
      this.fail("too_long", { column, count, limit });
      return null;
    }
    return plainJson(structuredClone(object)) as Record<string, unknown>;
  }
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Text as the JSON that it is, null where it is none; anything else as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((each) => isDeeper(each, depth - 1));
}
