import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Option, type Command } from "commander";
import { uploadFailureText } from "@/lib/schemas/reasons/failure-text";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { createDb, type Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { assertInstallation } from "@/lib/installation/check-installation";
import { importSamples } from "@/lib/samples/import-samples";
import { readAnyUpload } from "@/lib/samples/read-upload";
import { startLocalImport } from "@/lib/samples/start-upload";
import {
  sampleUploadRequest,
  UPLOAD_LAYOUTS,
  type SampleUploadView,
  type UploadLayout,
} from "@/lib/schemas/sample-uploads";
import { parseTyped } from "./endpoint-flags";
import { count } from "./fd";
import { orExit } from "./metric-input";
import { ProgressBar } from "./progress";

interface ImportFlags {
  model?: string;
  creator?: string;
  prompts?: string;
  of?: string;
  board?: string;
  promptCount?: number;
  kind?: "image" | "video";
  label?: string;
  run?: string;
  unlisted: boolean;
}

/** Problems that are printed; the run's page has more. */
const PRINTED = 50;

/** Adds `salon samples import`. */
export function registerSamples(program: Command): void {
  const samples = program.command("samples").description("Bring in samples that were made elsewhere.");
  samples
    .command("import")
    .description("make a folder, .zip or .tar of images or videos a run of a model, as the operator's")
    .argument(
      "<path>",
      "folder or archive; its files are named by their prompts, or a manifest says what they are",
    )
    .option("--model <name>", "the model's name, for a run of its own")
    .option("--of <slug>", "a model that is here, which gets another run, instead of a new one")
    .option("--creator <name>", "who made the model", "unknown")
    .option("--board <slug>", "board that the model joins; the samples are of its prompts")
    .option("--prompts <slug>", "prompt set that the samples were made for")
    .option("--prompt-count <n>", "the run goes over the first so many prompts (all)", count(1))
    .addOption(
      new Option("--kind <kind>", "what they are, if not what the set's board is about").choices([
        "image",
        "video",
      ]),
    ) // prettier-ignore
    .option("--label <text>", "what tells this run from others of the model")
    .option("--run <id>", "add them to a run of uploaded samples instead")
    .option("--unlisted", "keep the model off arena and board", false)
    .action(async (location: string, flags: ImportFlags) => {
      const db = createDb(env().databaseUrl, { max: 4 });
      try {
        await orExit(() => add(path.resolve(location), flags, db));
      } finally {
        await db.$disconnect();
      }
    });
}

async function add(location: string, flags: ImportFlags, db: Db): Promise<string> {
  // Bytes that are kept in another folder than the workers' would never be found.
  await assertInstallation(db);
  await requireDiskSpace();
  const uploadId = await begin(location, flags, db);
  const bar = new ProgressBar(`reading ${path.basename(location)}`);
  try {
    await importSamples(uploadId, db, {
      onProgress: (done, total) => bar.update(done / total, `${done}/${total}`),
    });
  } finally {
    bar.end();
  }
  const upload = await readAnyUpload(uploadId, db);
  if (upload.added + upload.same === 0 && upload.state !== "READING") process.exitCode = 1;
  return summary(upload);
}

/** An import of the same place that was stopped goes on. */
async function begin(location: string, flags: ImportFlags, db: Db): Promise<string> {
  const begun = await db.sampleUpload.findFirst({
    where: { source: location, state: "READING", staged: false, ...(flags.run && { runId: flags.run }) },
    select: { id: true },
  });
  if (begun !== null) return begun.id;
  const wanted = parseTyped(sampleUploadRequest, {
    file: path.basename(location).slice(0, 300),
    bytes: await sizeOf(location),
    ...(flags.run === undefined
      ? {
          ...(flags.of === undefined ? { name: flags.model, creator: flags.creator } : { model: flags.of }),
          board: flags.board,
          promptSet: flags.prompts,
          promptCount: flags.promptCount,
          kind: flags.kind,
          label: flags.label,
          listed: !flags.unlisted,
        }
      : { runId: flags.run }),
  });
  const { uploadId } = await db.$transaction((tx) =>
    startLocalImport({ wanted, location, enqueues: false }, tx),
  );
  return uploadId;
}

/** Bytes of an archive, or of a folder's files; at least 1. */
async function sizeOf(location: string): Promise<number> {
  const info = await stat(location).catch(() => null);
  if (info === null || !info.isDirectory()) return Math.max(1, info?.size ?? 1);
  let bytes = 0;
  for (const entry of await readdir(location, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return Math.max(1, bytes);
}

function summary(upload: SampleUploadView): string {
  const { state, added, same, problems, problemCount, passedOver, files, layout, runId } = upload;
  const named = layout === null ? "" : `${UPLOAD_LAYOUTS[layout as UploadLayout] ?? layout}.`;
  const lines = [
    state === "FAILED"
      ? `Nothing was imported: ${upload.failedFor === null ? "" : uploadFailureText(upload.failedFor)}`
      : state === "READING"
        ? `Run ${runId} is being scored: its new samples are added by a worker when that is over.`
        : `${added} samples added to run ${runId} of ${upload.model}, ${same} there already, ${problemCount} of ${files} files did not fit.`,
    named === "" ? null : `Read as ${named}`,
    passedOver > 0 ? `${passedOver} hidden or system files were passed over.` : null,
    ...problems.slice(0, PRINTED).map(({ name, message }) => `  ${name}: ${message}`),
    problemCount > PRINTED ? `  and ${problemCount - PRINTED} more` : null,
  ];
  return `${lines.filter((line) => line !== null).join("\n")}\n`;
}
