import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { getArtifact } from "@/lib/artifacts/store";
import { db as ownDb, type Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { maySeeRun, type Viewer } from "@/lib/models/visibility";
import { namedSamples } from "@/lib/prompts/named-samples";
import { lookedAtSamples } from "@/lib/prompts/shown-states";
import { csvRow } from "@/lib/ratings/log/csv";

/** Extensions of stored media types that are not their subtype. */
const EXTENSIONS: Record<string, string> = {
  "image/jpeg": "jpg",
  "video/x-msvideo": "avi",
  "video/mp2t": "ts",
  "video/x-flv": "flv",
  "video/x-ms-asf": "wmv",
  "video/ogg": "ogv",
};

const COLUMNS = ["file", "prompt_index", "prompt", "index", "seed", "sha256"];

/**
 * A run's samples as they are stored, in a tar archive that begins with a manifest which `salon samples import` reads. Who may see the
 * run may have it; of a listed model's samples those of prompts in the arena stay out, as on every page.
 * @returns the archive as a stream that reads one sample at a time, as fast as it is taken
 * @throws SalonError not_found
 */
export async function exportSamples(
  ask: { runId: string } & Viewer,
  db: Db = ownDb(),
): Promise<ReadableStream<Uint8Array>> {
  const run = await db.run.findUnique({ where: { id: ask.runId }, include: { model: true } });
  if (!run || !maySeeRun(run, ask)) throw new SalonError("not_found", "There is no such run.");
  const samples = await db.sample.findMany({
    where: { runId: run.id, ...namedSamples, ...lookedAtSamples },
    orderBy: [{ prompt: { index: "asc" } }, { index: "asc" }],
    select: {
      index: true,
      seedUsed: true,
      seedRequested: true,
      artifactHash: true,
      artifact: { select: { mediaType: true } },
      prompt: { select: { index: true, text: true } },
    },
  });
  const files = samples.map((sample) => ({
    ...sample,
    name: `${String(sample.prompt.index).padStart(5, "0")}_${sample.index}.${extensionOf(sample.artifact.mediaType)}`,
  }));
  const rows = files.map(({ name, prompt, index, seedUsed, seedRequested, artifactHash }) => {
    const seed = seedUsed ?? seedRequested;
    return csvRow([name, String(prompt.index), prompt.text, String(index), seed === null ? "" : String(seed), artifactHash]); // prettier-ignore
  });
  const manifest = `${[COLUMNS.join(","), ...rows].join("\n")}\n`;
  return Readable.toWeb(Readable.from(packed(manifest, files))) as ReadableStream<Uint8Array>;
}

async function* packed(
  manifest: string,
  files: readonly { name: string; artifactHash: string }[],
): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const fill = async () => {
    const add = (name: string, bytes: Buffer) =>
      new Promise<void>((resolve, reject) =>
        archive.entry({ name }, bytes, (error) => (error ? reject(error) : resolve())),
      );
    await add("manifest.csv", Buffer.from(manifest));
    for (const { name, artifactHash } of files) {
      if (archive.destroyed) return;
      await add(name, await getArtifact(artifactHash));
    }
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  try {
    for await (const piece of archive) yield piece as Uint8Array;
  } finally {
    archive.destroy();
  }
}

const extensionOf = (mediaType: string) => EXTENSIONS[mediaType] ?? mediaType.split("/")[1];
