/**
 * Import of uploaded samples, from archive to rows: images a second and memory.
 *
 *   npx tsx tests/bench/samples/import.ts [images = 5000] [side = 128]
 *
 * The images are noise, so that they are all different and do not compress. PostgreSQL, the importer and the disk share the machine.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "tar-stream";
import { createDb } from "@/lib/db/client";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { installQueue } from "@/lib/queue/install";
import { importSamples } from "@/lib/samples/import-samples";
import { startLocalImport } from "@/lib/samples/start-upload";
import { sampleUploadRequest } from "@/lib/schemas/sample-uploads";
import { addBoard } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { freePort } from "../../support/postgres-server";

const MIB = 2 ** 20;

/** In a process of its own, so that the memory it is said to take is the import's. */
async function measure(url: string, archive: string): Promise<void> {
  const db = createDb(url, { max: 4 });
  const wanted = sampleUploadRequest.parse({
    ...{ file: "bench.tar", bytes: statSync(archive).size, name: "Bench", creator: "Bench" },
    promptSet: "text-to-image-prompts",
  });
  const { uploadId } = await startLocalImport({ wanted, location: archive, enqueues: false }, db);
  const start = performance.now();
  const idle = process.memoryUsage().rss;
  const seen: number[] = [];
  await importSamples(uploadId, db, {
    onProgress: (done, total) => {
      if (Math.floor((10 * done) / total) <= seen.length) return;
      // What is garbage is not held: only what stays is looked at.
      globalThis.gc?.();
      seen.push(process.memoryUsage().rss);
    },
  });
  const seconds = (performance.now() - start) / 1000;
  const { added, files } = await db.sampleUpload.findUniqueOrThrow({ where: { id: uploadId } });
  await db.$disconnect();
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${added} of ${files} images in ${seconds.toFixed(1)} s: ${(added / seconds).toFixed(0)} a second`,
  );
  console.log(
    `RSS ${(idle / MIB).toFixed(0)} MiB before, at each tenth ${seen.map((rss) => (rss / MIB).toFixed(0)).join(" ")}, peak ${peak.toFixed(0)}`,
  );
}

async function writeArchive(file: string, images: number, side: number): Promise<void> {
  const archive = pack();
  const out = createWriteStream(file);
  archive.pipe(out);
  for (let i = 0; i < images; i++) {
    const bytes = await noisePng(side, side, `bench ${i}`);
    await new Promise<void>((resolve, reject) =>
      archive.entry({ name: `${i}.png` }, bytes, (error) => (error ? reject(error) : resolve())),
    );
  }
  archive.finalize();
  await once(out, "finish");
}

if (process.argv[2] === "measure") {
  await measure(process.argv[3], process.argv[4]);
} else {
  const [images, side] = [Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? 128)];
  const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
  chmodSync(folder, 0o755); // root hands it to user postgres, who must be able to enter
  const server = await startEmbeddedPostgres({
    dataDir: path.join(folder, "postgres"),
    port: await freePort(),
    database: "salon",
  });
  try {
    await applyMigrations(server.url("salon"));
    await installQueue(server.url("salon"));
    const db = createDb(server.url("salon"), { max: 2 });
    await addBoard(db, images);
    await db.$disconnect();
    const archive = path.join(folder, "bench.tar");
    await writeArchive(archive, images, side);
    const size = (statSync(archive).size / MIB).toFixed(0);
    console.log(`${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}; ${images} images of ${side}x${side}, ${size} MiB`); // prettier-ignore
    const self = fileURLToPath(import.meta.url);
    spawnSync(
      process.execPath,
      ["--expose-gc", "--import", "tsx", self, "measure", server.url("salon"), archive],
      {
        stdio: "inherit",
        env: { ...process.env, SALON_DATA_DIR: path.join(folder, "data") },
      },
    );
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
