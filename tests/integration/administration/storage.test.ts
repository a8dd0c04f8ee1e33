import { mkdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { GET, POST } from "@/app/api/v1/admin/storage/route";
import { collectAll } from "@/lib/administration/collect-all";
import { measureStorage } from "@/lib/administration/measure-storage";
import { artifactFolder, hasArtifact, putArtifact } from "@/lib/artifacts/store";
import type { StorageView } from "@/lib/schemas/administration/storage";
import { request } from "../../support/api-requests";
import { useDataFolder } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
process.env.HOST = "127.0.0.1";
const folder = useDataFolder();
const database = useTestDatabase();
const { signal } = new AbortController();
const read = async () => (await (await GET(request("GET", "/x"))).json()) as StorageView;
const ask = (action: string) => POST(request("POST", "/x", { body: { action } }));

beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

/** An image that nothing refers to, with its row. */
async function addUnneeded(bytes: Buffer): Promise<string> {
  const sha256 = await putArtifact(bytes);
  const row = { mediaType: "image/png", width: 1, height: 1 };
  await database.db.artifact.create({ data: { sha256, bytes: bytes.length, ...row } });
  return sha256;
}

/** A file of the store that no row names, two hours old. */
async function addOrphan(bytes: Buffer): Promise<string> {
  const sha256 = await putArtifact(bytes);
  const old = new Date(Date.now() - 2 * 3600_000);
  await utimes(path.join(artifactFolder(), sha256.slice(0, 2), sha256), old, old);
  return sha256;
}

test("before anything is measured the page says so, and what is free is told all the same", async () => {
  const { report, disks, lastBackupAt } = await read();
  expect([report, lastBackupAt]).toEqual([null, null]);
  expect(disks.map((disk) => disk.folder)).toEqual(["artifacts", "data"]);
  for (const disk of disks) expect(disk.totalBytes).toBeGreaterThanOrEqual(disk.freeBytes);
});

test("bytes are told by kind, with what would be collected; collecting removes that and nothing else", async () => {
  const unneeded = await addUnneeded(Buffer.alloc(1_000, 1));
  const orphan = await addOrphan(Buffer.alloc(500, 2));
  const young = await putArtifact(Buffer.alloc(300, 3));
  await mkdir(path.join(folder.path, "uploads", "parts"), { recursive: true });
  await writeFile(path.join(folder.path, "uploads", "parts", "upl_1"), Buffer.alloc(70));
  await measureStorage(database.db, signal);
  const { report } = await read();
  expect(report).toMatchObject({
    samples: { count: 0, bytes: 0 },
    other: { count: 1, bytes: 1_000 },
    uploads: { count: 1, bytes: 70 },
    unneeded: { count: 1, bytes: 1_000 },
    orphans: { count: 1, bytes: 500 },
  });
  expect(report!.database).toBeGreaterThan(0);
  await collectAll(database.db, signal);
  expect(await Promise.all([unneeded, orphan, young].map((hash) => hasArtifact(hash)))).toEqual([
    false,
    false,
    true,
  ]);
  expect((await read()).report).toMatchObject({ unneeded: { count: 0 }, orphans: { count: 0 } });
});

test("asked for twice, a job is queued once, and the page says that it is pending", async () => {
  for (let i = 0; i < 2; i++) expect((await ask("collect")).status).toBe(200);
  expect((await read()).pending).toEqual({ measure: false, collect: true });
  const jobs = await database.db.$queryRaw`select key from graphile_worker._private_jobs`;
  expect(jobs).toEqual([{ key: "collect-artifacts" }]);
  expect((await ask("empty everything")).status).toBe(400);
});
