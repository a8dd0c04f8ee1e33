import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Option, type Command } from "commander";
import { referenceFailureText } from "@/components/references/failure-text";
import { createDb, inTransaction, type Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { newReferenceSet } from "@/lib/references/add-reference";
import { buildReference } from "@/lib/references/build-reference";
import { chooseFirstReference, chooseReference, retireReference } from "@/lib/references/choose-reference";
import { exportStatistics } from "@/lib/references/export-statistics";
import { listReferences, readReference } from "@/lib/references/list-references";
import { removeReference } from "@/lib/references/remove-reference";
import { RESIZES, type Resize } from "@/lib/encoders/encoder-spec";
import { FileError } from "@/lib/media/files/file-error";
import { assertInstallation } from "@/lib/installation/check-installation";
import type { ReferenceSetView } from "@/lib/schemas/examination";
import { count } from "./fd";
import { orExit, shown } from "./metric-input";
import { ProgressBar } from "./progress";

/** Adds `salon references add | list | use | export | remove`: reference sets in the database. */
export function registerReferences(program: Command): void {
  const references = program.command("references").description("Manage the reference sets of the site.");
  references
    .command("list")
    .description("all sets: name, n, resolution, coding, manifest")
    .option("--json", "print JSON", false)
    .action(({ json }: { json: boolean }) => withDb((db) => list(json, db)));
  references
    .command("add")
    .description(
      "add a set from a folder, .zip or .tar of images or videos, or from .npz statistics (mu, sigma)",
    )
    .argument("<name>", "what it is called")
    .argument("<source>", "folder, archive or .npz")
    .option("--encoder <name>", "encoder of its features; one of videos reads videos", "toybox-encoder")
    .addOption(
      new Option("--resize <kind>", "resize in front of the encoder, if not its first").choices([...RESIZES]),
    )
    .option(
      "--frames <count>",
      "frames of a video, from its start; the encoder's own number unless told",
      count(1),
    )
    .option("--n <count>", "samples behind .npz statistics", count(2))
    .option("--use", "score runs with it from now on, instead of the set in use under its encoder", false)
    .action((name: string, source: string, flags: AddFlags) =>
      withDb((db) => add(name, path.resolve(source), flags, db)),
    );
  references
    .command("use")
    .description("score runs with a set from now on; published runs are examined anew")
    .argument("<set>", "id or name")
    .action((set: string) =>
      withDb(async (db) => {
        const { id, name } = await find(set, db);
        await inTransaction((tx) => chooseReference({ referenceId: id, by: "operator" }, tx), db);
        return `Runs are scored with ${name} from now on. ${RESCORE}\n`;
      }),
    );
  references
    .command("retire")
    .description("score no run with a set from now on; scores that are there stay")
    .argument("<set>", "id or name")
    .action((set: string) =>
      withDb(async (db) => {
        const { id, name } = await find(set, db);
        await inTransaction((tx) => retireReference({ referenceId: id, by: "operator" }, tx), db);
        return `No run is scored with ${name} from now on.\n`;
      }),
    );
  references
    .command("export")
    .description("write a set's statistics as .npz (mu, sigma), as pytorch-fid's tools read them")
    .argument("<set>", "id or name")
    .argument("<out>", "the .npz file to write")
    .action((set: string, out: string) =>
      withDb(async (db) => {
        const { id, name } = await find(set, db);
        await writeFile(out, (await exportStatistics(id, db)).bytes);
        return `${out}: mean and covariance of ${name}\n`;
      }),
    );
  references
    .command("remove")
    .description("remove a set; images and videos that nothing else needs are deleted soon")
    .argument("<set>", "id or name")
    .action((set: string) =>
      withDb(async (db) => {
        const { id, name } = await find(set, db);
        await removeReference({ referenceId: id, by: "operator" }, db);
        return `Removed ${name}.\n`;
      }),
    );
}

interface AddFlags {
  encoder: string;
  resize?: Resize;
  frames?: number;
  n?: number;
  use: boolean;
}

/** Runs a command on the database that the environment names; what a person can mend is one line and exit code 2. */
async function withDb(work: (db: Db) => Promise<string>): Promise<void> {
  const db = createDb(env().databaseUrl, { max: 4 });
  try {
    await orExit(() => work(db));
  } finally {
    await db.$disconnect();
  }
}

async function list(json: boolean, db: Db): Promise<string> {
  const { references } = await listReferences({ voterId: null }, db);
  if (json) return `${JSON.stringify(references, null, 2)}\n`;
  if (references.length === 0) return "There are no reference sets.\n";
  const rows = [
    ["id", "name", "state", "n", "pixels", "coding", "time", "encoder", "manifest", "scores"],
    ...references.map((set) => [
      set.id,
      set.name,
      set.state === "BUILDING" ? `building ${set.done}/${set.total ?? "?"}` : set.state.toLowerCase(),
      set.n === null ? "-" : String(set.n),
      kinds(set.resolutions),
      kinds(set.formats),
      time(set.videos),
      set.encoder,
      set.manifest?.slice(0, 12) ?? "-",
      [set.scoresDistance && "distance", set.scoresSamples && "samples"].filter(Boolean).join("+") || "-",
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

const kinds = (counts: Record<string, number> | null) =>
  counts === null ? "-" : Object.keys(counts).slice(0, 3).join(",");

/** "24, 25 fps, 2-4.5 s" of videos. */
function time(videos: ReferenceSetView["videos"]): string {
  if (videos === null) return "-";
  const { rates, seconds } = videos;
  const lasting = seconds && [...new Set([seconds.least, seconds.most].map(shown))].join("-");
  return lasting ? `${kinds(rates)} fps, ${lasting} s` : "no times";
}

/** Builds the set here, with a progress bar; one of the same name that was stopped goes on. */
async function add(name: string, source: string, flags: AddFlags, db: Db): Promise<string> {
  // Images that are kept in another folder than the workers' would never be found.
  await assertInstallation(db);
  const isStatistics = /\.npz$/i.test(source);
  const begun = await db.referenceSet.findFirst({
    where: { name, source, state: "BUILDING", ownerId: null },
    select: { id: true },
  });
  const id =
    begun?.id ??
    (await inTransaction(
      (tx) =>
        newReferenceSet(
          {
            name,
            encoder: flags.encoder,
            resize: flags.resize,
            frames: flags.frames,
            kind: isStatistics ? "statistics" : "path",
            source,
            n: flags.n ?? null,
            ownerId: null,
          },
          tx,
        ),
      db,
    ));
  const bar = new ProgressBar(`embedding ${path.basename(source)}`);
  try {
    await buildReference(id, db, {
      onProgress: (done, total) => bar.update(done / total, `${done}/${total}`),
    });
  } finally {
    bar.end();
  }
  const set = await readReference({ referenceId: id, voterId: null }, db);
  if (set.state === "FAILED") {
    await removeReference({ referenceId: id, by: "operator" }, db);
    const reason = set.failedFor === null ? "It could not be read." : referenceFailureText(set.failedFor);
    throw reason.startsWith(source)
      ? new SalonError("invalid_request", reason)
      : new FileError(source, reason);
  }
  const { n, encoder, manifest, samples } = set;
  const facts = `${name}: ${n ?? "an unknown number of"} ${samples}, ${encoder}, manifest ${manifest ?? "-"}\n`;
  return facts + (await useIfWanted(id, flags.use, db));
}

/** Uses a set that is wanted, or the first of its encoder; says so, and what it means for published runs. */
async function useIfWanted(id: string, wanted: boolean, db: Db): Promise<string> {
  const isUsed = await inTransaction(
    async (tx) =>
      wanted
        ? chooseReference({ referenceId: id, by: "operator" }, tx).then(() => true)
        : chooseFirstReference(id, tx),
    db,
  );
  return isUsed ? `Runs are scored with it from now on. ${RESCORE}\n` : "";
}

const RESCORE = "`salon runs rescore` scores published ones too.";

async function find(text: string, db: Db): Promise<ReferenceSetView> {
  const { references } = await listReferences({ voterId: null }, db);
  const matches = references.filter(({ id, name, slug }) => id === text || name === text || slug === text);
  if (matches.length === 1) return matches[0];
  throw new SalonError(
    "not_found",
    matches.length === 0
      ? `There is no reference set ${text}: \`salon references list\` shows them all.`
      : `${matches.length} reference sets are called ${text}: name one by its id (${matches.map(({ id }) => id).join(", ")}).`,
  );
}
