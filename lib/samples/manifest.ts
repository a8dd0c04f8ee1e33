import { z } from "zod";
import { SalonError } from "@/lib/errors";
import { CsvReader } from "@/lib/ratings/log/csv";
import { plainPath } from "@/lib/samples/file-name";
import { withoutTwins, type Matching, type PlacedFile } from "@/lib/samples/match-files";
import { MOST_SAMPLES, promptNames, type NamedPrompt } from "@/lib/samples/read-name";
import type { FileProblem } from "@/lib/schemas/sample-uploads";

/** A manifest is a file of this name in an upload, at any depth; its paths begin where it lies. */
const NAME = /(^|\/)manifest\.(csv|jsonl)$/i;

/** The largest manifest that is read. */
export const MANIFEST_BYTES = 64 * 2 ** 20;

const SEED_MAX = 2 ** 31 - 1;
const whole = (max: number) => z.coerce.number().int().min(0).max(max);

/** A row: which file, of which prompt (by key, text or number), and which of its samples. */
const row = z.object({
  file: z.string().min(1),
  key: z.string().optional(),
  prompt: z.string().optional(),
  prompt_index: whole(1e9).optional(),
  index: whole(MOST_SAMPLES - 1).default(0),
  seed: whole(SEED_MAX).nullable().default(null),
});

interface ReadRow {
  line: number;
  fields: Record<string, unknown>;
}

/**
 * The manifest among an upload's files; null: there is none.
 * @throws SalonError invalid_request when there are several
 */
export function findManifest(names: readonly string[]): string | null {
  const found = names.filter((name) => NAME.test(plainPath(name)));
  if (found.length > 1) {
    throw new SalonError(
      "invalid_request",
      `There are ${found.length} manifests (${found.slice(0, 3).join(", ")}). Leave one.`,
    );
  }
  return found[0] ?? null;
}

/**
 * Which sample each file is, as a manifest says.
 * @param manifest its name among the files, and its text
 * @throws SalonError invalid_request when it cannot be read: no column "file", no column that names prompts, no CSV or JSON
 */
export function matchByManifest(
  names: readonly string[],
  manifest: { name: string; text: string },
  prompts: readonly NamedPrompt[],
): Matching {
  const folder = plainPath(manifest.name).replace(/[^/]*$/, "");
  const files = new Map(
    names.filter((name) => name !== manifest.name).map((name) => [plainPath(name), name] as const),
  );
  const known = promptNames(prompts);
  const placed: PlacedFile[] = [];
  const problems: FileProblem[] = [];
  const named = new Set<string>();
  for (const { line, fields } of readRows(manifest)) {
    const parsed = row.safeParse(fields);
    const said = typeof fields.file === "string" ? plainPath(fields.file).replace(/^\.\//, "") : "";
    const file = files.get(folder + said) ?? files.get(said);
    if (file !== undefined) named.add(file);
    const name = file ?? (said || manifest.name);
    const bad = (what: string) => problems.push({ name, code: "bad_row", details: { line, what } });
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0];
      bad(`${path.join(".") || "row"}: ${message}`);
      continue;
    }
    if (file === undefined) {
      problems.push({ name, code: "missing_file", details: { line } });
      continue;
    }
    const { key, prompt, prompt_index, index, seed } = parsed.data;
    const found =
      key !== undefined
        ? known.find("key", key.normalize("NFC").trim())
        : prompt_index !== undefined
          ? prompts.flatMap((each) => (each.index === prompt_index ? [prompt_index] : []))
          : known.find("text", (prompt ?? "").normalize("NFC").trim());
    const asked = String(key ?? prompt_index ?? prompt ?? "");
    if (asked === "") bad("it names no prompt");
    else if (found.length === 0) problems.push({ name, code: "unknown_prompt", details: { said: asked } });
    else if (found.length > 1) problems.push({ name, code: "ambiguous_text", details: { said: asked } });
    else placed.push({ name, promptIndex: found[0], sampleIndex: index, seed });
  }
  for (const name of files.values()) {
    if (!named.has(name)) problems.push({ name, code: "not_in_manifest", details: {} });
  }
  const apart = withoutTwins(placed);
  return { layout: "manifest", placed: apart.placed, problems: [...problems, ...apart.problems] };
}

function readRows({ name, text }: { name: string; text: string }): ReadRow[] {
  const rows = /\.csv$/i.test(name) ? readCsv(text) : readJsonLines(text);
  const columns = new Set(rows.flatMap(({ fields }) => Object.keys(fields)));
  const refuse = (why: string) =>
    new SalonError(
      "invalid_request",
      `${name}: ${why} Columns are file, key or prompt or prompt_index, index, seed.`,
    );
  if (rows.length === 0) throw refuse("it has no rows.");
  if (!columns.has("file")) throw refuse('it has no column "file".');
  if (!["key", "prompt", "prompt_index"].some((column) => columns.has(column)))
    throw refuse("no column names prompts.");
  return rows;
}

/** Empty fields are as good as absent ones. */
function readCsv(text: string): ReadRow[] {
  const rows: ReadRow[] = [];
  let header: string[] | null = null;
  const reader = new CsvReader((fields, line) => {
    if (header === null) header = fields.map((field) => field.trim().toLowerCase());
    else {
      const pairs = header.map((column, at) => [column, fields[at] ?? ""] as const);
      rows.push({ line, fields: Object.fromEntries(pairs.filter(([, field]) => field !== "")) });
    }
  });
  reader.push(text);
  reader.end();
  return rows;
}

function readJsonLines(text: string): ReadRow[] {
  return text
    .replace(/^\ufeff/, "")
    .split("\n")
    .flatMap((line, at) => {
      if (line.trim() === "") return [];
      const fields = parseObject(line);
      if (fields === null) {
        throw new SalonError("invalid_request", `line ${at + 1} of the manifest is no JSON object.`);
      }
      return [{ line: at + 1, fields }];
    });
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
