import { createHash } from "node:crypto";
import type { NewArtifact } from "@/lib/artifacts/keep-artifacts";
import { db, type Tx } from "@/lib/db/client";
import { checkImage } from "@/lib/media/check-image";
import { ImageError } from "@/lib/media/decode-image";
import type { Asker } from "@/lib/models/visibility";
import { contentHash } from "@/lib/prompt-files/content-hash";
import { parsePromptFiles } from "@/lib/prompt-files/parse-prompt-files";
import type { FilePrompt, ParsedPrompts, Place } from "@/lib/prompt-files/prompt-file";
import { limitsOf, type ImportLimits } from "@/lib/prompts/import-limits";
import type { Unpacked } from "@/lib/prompts/unpack-prompt-files";
import type { PromptProblem } from "@/lib/schemas/prompt-problems";

/** A prompt whose images are known by their sha256. */
export interface PreparedPrompt extends Omit<FilePrompt, "sources" | "reference"> {
  sourceArtifacts: string[];
  referenceArtifact: string | null;
  contentHash: string;
}

export interface Prepared extends Omit<ParsedPrompts, "prompts"> {
  prompts: PreparedPrompt[];
  limits: ImportLimits;
  /** Images that prompts name, by sha256; kept with the rows that name them. */
  artifacts: Map<string, NewArtifact>;
}

/**
 * Read the prompts of files and the images that they name. Nothing is stored.
 * @param ask.set id of the set that they are for: its images may be named by their sha256, as its export names them
 */
export async function preparePrompts(
  ask: { unpacked: Unpacked; category?: string; by: Asker; set: string | null },
  tx: Tx = db(),
): Promise<Prepared> {
  const { unpacked, category, by, set } = ask;
  const limits = limitsOf(by);
  const parsed = parsePromptFiles(unpacked.files, { maxPrompts: limits.prompts, category });
  const images = new Images(unpacked.images, await knownArtifacts(parsed.prompts, by, set, tx));
  const told: PromptProblem[] = [];
  const prompts: PreparedPrompt[] = [];
  for (const { sources, reference, ...prompt } of parsed.prompts) {
    const named = reference === null ? sources : [...sources, reference];
    const found = await Promise.all(named.map((name) => images.find(name)));
    const wrong = found.flatMap((each, at) =>
      "problem" in each ? [{ ...each.problem, name: named[at] }] : [],
    );
    for (const { code, reason, name } of wrong) told.push(problemOf(code, prompt.place, name, reason));
    if (wrong.length > 0) continue;
    const hashes = found.map((each) => ("sha256" in each ? each.sha256 : ""));
    const sourceArtifacts = hashes.slice(0, sources.length);
    prompts.push({
      ...prompt,
      sourceArtifacts,
      referenceArtifact: reference === null ? null : hashes[sources.length],
      contentHash: contentHash({ ...prompt, sources: sourceArtifacts }),
    });
  }
  const others = [...unpacked.others, ...images.unused()];
  const notes = others.slice(0, 20).map((name) => note(name));
  return {
    ...parsed,
    prompts,
    limits,
    artifacts: images.artifacts,
    problems: [...told, ...parsed.problems, ...notes].slice(0, 500),
    errors: parsed.errors + told.length,
    warnings: parsed.warnings + others.length,
  };
}

/** The images of an import, each read once. */
class Images {
  readonly artifacts = new Map<string, NewArtifact>();
  private readonly names: Map<string, string>;
  private readonly found = new Map<string, Promise<Found>>();

  constructor(
    private readonly files: ReadonlyMap<string, Uint8Array>,
    private readonly known: ReadonlySet<string>,
  ) {
    // A path's end names it too where no other file ends so: tables leave out the folder that an archive has, and the reverse.
    const ends = new Map<string, string | null>();
    for (const name of files.keys()) {
      for (const end of endsOf(name)) ends.set(end, ends.has(end) ? null : name);
    }
    this.names = new Map([...ends].filter((each): each is [string, string] => each[1] !== null));
  }

  find(name: string): Promise<Found> {
    if (this.known.has(name)) return Promise.resolve({ sha256: name });
    const plain = name.replaceAll("\\", "/").replace(/^\.?\//, "");
    const file = this.files.has(plain) ? plain : this.byEnd(plain);
    if (file === undefined) return Promise.resolve({ problem: { code: "image_missing", reason: "" } });
    let read = this.found.get(file);
    if (read === undefined) {
      read = this.read(file);
      this.found.set(file, read);
    }
    return read;
  }

  unused(): string[] {
    return [...this.files.keys()].filter((name) => !this.found.has(name));
  }

  private byEnd(plain: string): string | undefined {
    for (const end of endsOf(plain)) if (this.names.has(end)) return this.names.get(end);
    return undefined;
  }

  private async read(name: string): Promise<Found> {
    const bytes = this.files.get(name)!;
    try {
      const { mediaType, width, height } = await checkImage(Buffer.from(bytes));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      this.artifacts.set(sha256, { bytes, row: { mediaType, width, height } });
      return { sha256 };
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      return { problem: { code: "image_unreadable", reason: error.message } };
    }
  }
}

type Found = { sha256: string } | { problem: { code: "image_missing" | "image_unreadable"; reason: string } };

/** "a/b/c.png", "b/c.png", "c.png". */
function endsOf(name: string): string[] {
  const parts = name.split("/");
  return parts.map((_, at) => parts.slice(at).join("/"));
}

/** Those of the names that are sha256 of images the asker may name: the operator any that is here, others those of the set. */
async function knownArtifacts(
  prompts: readonly FilePrompt[],
  by: Asker,
  set: string | null,
  tx: Tx,
): Promise<Set<string>> {
  const named = prompts.flatMap(({ sources, reference }) => [
    ...sources,
    ...(reference === null ? [] : [reference]),
  ]);
  const hashes = [...new Set(named)].filter((name) => /^[0-9a-f]{64}$/.test(name));
  if (hashes.length === 0 || (by !== "operator" && set === null)) return new Set();
  const rows = await tx.$queryRaw<{ sha256: string }[]>`
    select a.sha256 from artifacts a
    where a.sha256 = any (${hashes}) and a.erased_at is null and (${by === "operator"} or exists (
      select from prompts p where p.prompt_set_id = ${set}
        and (p.source_artifacts @> array[a.sha256] or p.reference_artifact = a.sha256)))`;
  return new Set(rows.map(({ sha256 }) => sha256));
}

const problemOf = (
  code: "image_missing" | "image_unreadable",
  { file, line, entry }: Place,
  name: string,
  reason: string,
): PromptProblem => ({
  code,
  severity: "error",
  file,
  line,
  entry,
  ...(code === "image_missing" ? { value: name } : { column: name, value: reason }),
});

const note = (value: string): PromptProblem => ({
  code: "file_left_out",
  severity: "warning",
  file: null,
  line: null,
  entry: null,
  value,
});
