import { createWriteStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Option, type Command } from "commander";
import { db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { slugOf } from "@/lib/models/add-model";
import { archivePromptSet, listPromptSet, removePromptSet } from "@/lib/prompts/archive-prompt-set";
import { exportPromptSet } from "@/lib/prompts/export-prompt-set";
import { importPrompts } from "@/lib/prompts/import-prompts";
import { limitsOf } from "@/lib/prompts/import-limits";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { newVersion } from "@/lib/prompts/new-version";
import { previewPrompts } from "@/lib/prompts/preview-prompts";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { ARENA_SHARES, type ArenaShare } from "@/lib/prompts/store-prompts";
import { sortPromptFiles, unpackPromptFiles, type Unpacked } from "@/lib/prompts/unpack-prompt-files";
import { promptProblemPlace, promptProblemText } from "@/lib/schemas/prompt-problems";
import type { PromptImport, PromptPreview } from "@/lib/schemas/prompt-sets";
import { shownName } from "@/lib/schemas/shown-name";
import { orExit } from "./metric-input";
import { table } from "./table";

const by = "operator";

/** Adds `salon prompts import | show | export | archive | publish | remove`: sets of prompts. */
export function registerPromptSets(prompts: Command): void {
  const run = (work: () => Promise<string>) => orExit(() => work().finally(() => db().$disconnect()));
  prompts
    .command("import")
    .description(
      "import prompts from a .csv, .tsv, .json, .jsonl, .txt or .zip file, or a folder of such files",
    )
    .argument("<file>", "file or folder")
    .option("--name <name>", "what the set is called; the file's name unless told")
    .option("--slug <slug>", "its address; an existing set of this slug is added to")
    .option("--new-version", "make the next version of the set of that slug", false)
    .option("--category <category>", "of prompts whose file says none")
    .option("--skip-errors", "leave out what has an error, and import the rest", false)
    .option("--private", "show it to nobody but the operator", false)
    .addOption(
      new Option("--arena <share>", "which of the prompts battles are drawn from")
        .choices([...ARENA_SHARES])
        .default("all"),
    )
    .option("--dry-run", "only say what would be imported", false)
    .action((file: string, flags: ImportFlags) => run(() => importFile(file, flags)));
  prompts
    .command("show")
    .description("a set's versions, categories and first prompts")
    .argument("<set>", "slug")
    .option("--json", "print JSON", false)
    .action((slug: string, { json }: { json: boolean }) => run(() => show(slug, json)));
  prompts
    .command("export")
    .description("write a set's prompts, as the import reads them")
    .argument("<set>", "slug")
    .argument("<out>", "the .csv or .jsonl file to write")
    .action((slug: string, out: string) => run(() => exportTo(slug, out)));
  prompts
    .command("archive")
    .description("put a set away, all its versions; what uses it goes on")
    .argument("<set>", "slug")
    .option("--undo", "bring it back", false)
    .action((slug: string, { undo }: { undo: boolean }) =>
      run(async () => {
        await archivePromptSet({ slug, by, archived: !undo });
        return undo ? `${slug} is back.\n` : `${slug} is archived.\n`;
      }),
    );
  prompts
    .command("publish")
    .description("show a set to everybody, all its versions")
    .argument("<set>", "slug")
    .option("--undo", "show it to its owner alone", false)
    .action((slug: string, { undo }: { undo: boolean }) =>
      run(async () => {
        await listPromptSet({ slug, listed: !undo, by });
        return undo ? `${slug} is shown to its owner alone.\n` : `${slug} is shown to everybody.\n`;
      }),
    );
  prompts
    .command("remove")
    .description("remove a version that nothing uses")
    .argument("<set>", "slug")
    .action((slug: string) =>
      run(async () => {
        await removePromptSet({ slug, by });
        return `Removed ${slug}.\n`;
      }),
    );
}

interface ImportFlags {
  name?: string;
  slug?: string;
  newVersion: boolean;
  category?: string;
  skipErrors: boolean;
  private: boolean;
  arena: ArenaShare;
  dryRun: boolean;
}

async function importFile(file: string, flags: ImportFlags): Promise<string> {
  const { slug, category, skipErrors, arena } = flags;
  if (slug !== undefined && slugOf(slug) !== slug) {
    throw new SalonError("invalid_request", `${slug} is no slug: ${slugOf(slug)} would be one.`);
  }
  if (flags.newVersion && slug === undefined) {
    throw new SalonError("invalid_request", "--new-version needs the set's --slug.");
  }
  const unpacked = await filesAt(file);
  const known = flags.newVersion ? slug : await ifThere(slug);
  const preview = await previewPrompts({ unpacked, category, by, slug: known });
  if (flags.dryRun) return `${previewText(preview)}Nothing was imported.\n`;
  const ask = { unpacked, category, skipErrors, arena, by } as const;
  if (preview.errors > 0 && !skipErrors) {
    throw new SalonError(
      "invalid_request",
      `${problemsText(preview)}Nothing was imported. --skip-errors leaves out what has an error.`,
    );
  }
  const done =
    flags.newVersion && slug !== undefined
      ? await newVersion({ ...ask, slug })
      : await importPrompts({ ...ask, name: nameOf(file, flags), into: slug, listed: !flags.private });
  return problemsText(preview) + resultText(done);
}

function nameOf(file: string, { name }: ImportFlags): string {
  const parsed = shownName.safeParse(name ?? path.parse(path.resolve(file)).name.slice(0, 80));
  if (parsed.success) return parsed.data;
  throw new SalonError("invalid_request", `--name ${parsed.error.issues[0].message}`);
}

async function ifThere(slug: string | undefined): Promise<string | undefined> {
  if (slug === undefined) return undefined;
  return readPromptSet({ slug, by }).then(
    () => slug,
    () => undefined,
  );
}

/** A file, or all files of a folder and the folders in it. */
async function filesAt(place: string): Promise<Unpacked> {
  const limits = limitsOf(by);
  const facts = await stat(place).catch((cause: unknown) => {
    throw new SalonError("invalid_request", `There is no file or folder ${place}.`, { cause });
  });
  if (!facts.isDirectory()) {
    return unpackPromptFiles({ name: path.basename(place), bytes: await readFile(place) }, limits);
  }
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.relative(place, path.join(entry.parentPath, entry.name)));
  const files = [];
  for (const name of names) files.push({ name, bytes: await readFile(path.join(place, name)) });
  return sortPromptFiles(files, limits);
}

const TOLD = 20;

function problemsText({ problems, errors, warnings }: PromptPreview): string {
  const lines = problems.slice(0, TOLD).map((problem) => {
    const place = promptProblemPlace(problem);
    const mark = problem.severity === "error" ? "error  " : "warning";
    return `${mark}  ${place && `${place}: `}${promptProblemText(problem)}\n`;
  });
  const more = errors + warnings - lines.length;
  return lines.join("") + (more > 0 ? `and ${more} more\n` : "");
}

function previewText(preview: PromptPreview): string {
  const { format, prompts, images, categories, against } = preview;
  const rows = categories.map(({ name, count, first }) => [
    name,
    String(count),
    first[0]?.text.slice(0, 60) ?? "",
  ]);
  return [
    problemsText(preview),
    `${format ?? "unknown format"}: ${prompts} prompts, ${images} images\n`,
    ...(rows.length > 0 ? [`${table([["category", "prompts", "first"], ...rows])}\n`] : []),
    ...(against === null
      ? []
      : [
          `against the set: ${against.kept} unchanged, ${against.added} new, ${against.changed} changed, ${against.removed} not in this file\n`,
        ]),
  ].join("");
}

function resultText({
  slug,
  version,
  prompts,
  kept,
  added,
  changed,
  removed,
  leftOut,
}: PromptImport): string {
  const left = leftOut > 0 ? ` ${leftOut} errors were left out.` : "";
  if (added + changed + removed === 0)
    return `${slug} has all of these ${kept} prompts already: nothing was added.${left}\n`;
  const parts = [`${added} new`, `${kept} unchanged`, `${changed} changed`, `${removed} not in it any more`];
  return `${slug}, version ${version}: ${prompts} prompts (${parts.join(", ")}).${left}\n`;
}

/** All prompt sets, as `salon prompts list` without a board shows them. */
export async function listSets(archived: boolean): Promise<string> {
  const { promptSets } = await listPromptSets({ by, archived });
  if (promptSets.length === 0) return "There are no prompt sets.\n";
  const rows = promptSets.map((set) => [
    set.slug,
    set.name,
    String(set.version),
    String(set.prompts),
    String(set.categories.length),
    set.submittedBy,
    [set.listed ? "listed" : "private", ...(set.archived ? ["archived"] : [])].join(", "),
  ]);
  return `${table([["slug", "name", "version", "prompts", "categories", "owner", "state"], ...rows])}\n`;
}

async function show(slug: string, json: boolean): Promise<string> {
  const set = await readPromptSet({ slug, by });
  const { prompts } = await listSetPrompts({ slug, by, from: 0, limit: 10 });
  if (json) return `${JSON.stringify({ ...set, first: prompts }, null, 2)}\n`;
  const state = set.archived
    ? "archived"
    : set.changeable
      ? "nothing uses it yet"
      : "in use, so it stays as it is";
  return [
    `${set.name}, version ${set.version}: ${set.prompts} prompts, ${set.arena} in the arena; ${set.runs} runs, ${set.boards} boards; ${state}\n\n`,
    `${table([["category", "prompts"], ...set.categories.map(({ name, count }) => [name, String(count)])])}\n\n`,
    `${table([["version", "slug", "prompts", "as before"], ...set.versions.map((each) => [String(each.version), each.slug, String(each.prompts), String(each.kept)])])}\n\n`,
    `${table([["index", "key", "category", "prompt"], ...prompts.map((each) => [String(each.index), each.key, each.category, each.text.replaceAll("\n", " ").slice(0, 80)])])}\n`,
  ].join("");
}

async function exportTo(slug: string, out: string): Promise<string> {
  const format = /\.(csv|jsonl)$/i.exec(out)?.[1].toLowerCase();
  if (format !== "csv" && format !== "jsonl") {
    throw new SalonError("invalid_request", `${out} must end in .csv or .jsonl.`);
  }
  const pieces = await exportPromptSet({ slug, by, format });
  await pipeline(Readable.from(pieces), createWriteStream(out));
  return `${out}: the prompts of ${slug}\n`;
}
