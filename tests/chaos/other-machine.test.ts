import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as getHealth } from "@/app/api/health/route";
import { putArtifact } from "@/lib/artifacts/store";
import { newId } from "@/lib/db/new-id";
import { sealKey } from "@/lib/secrets/seal-key";
import { keyOfSecret } from "@/lib/secrets/sealing-keys";
import { secretOfFolder } from "@/lib/secrets/secret";
import { useDataFolder } from "../support/evaluation-world";
import { freePort } from "../support/postgres-server";
import { runSalon, type Ended } from "../support/run-salon";
import { useTestDatabase } from "../support/test-database";

const database = useTestDatabase();
const folders = { a: useDataFolder().path, b: mkdtempSync(path.join(tmpdir(), "salon-other-")) };
afterAll(() => rmSync(folders.b, { recursive: true, force: true }));

let ports: Record<string, string>;
const on = (machine: "a" | "b", ...args: string[]): Promise<Ended> =>
  runSalon(args, { ...ports, DATABASE_URL: database.url, SALON_DATA_DIR: folders[machine] });

/** Processes of Salon that, on machine B, must end with 1 and a sentence that holds a text. */
async function expectRefusals(commands: string[], text: string) {
  const all = await Promise.all(commands.map(async (command) => ({ command, ...(await on("b", command)) })));
  for (const ended of all) expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(text) });
}

const health = async () => {
  const response = await getHealth();
  return { code: response.status, ...((await response.json()) as { status: string }) };
};

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  ports = { PORT: String(await freePort()), GENERATION_PORT: String(await freePort()) };
});

describe.sequential("one database, two machines", () => {
  test("of two machines that have nothing in common, one may use a new database and the other may not", async () => {
    const [a, b] = await Promise.all([on("a", "seed"), on("b", "seed")]);
    expect([a.code, b.code].sort(), a.output + b.output).toEqual([0, 1]);
    const refused = a.code === 1 ? a : b;
    expect(refused.output).toMatch(/This machine('s secret is not the one that| has no secret)/);
    // The rest of this file calls the first one A.
    if (a.code === 1) [folders.a, folders.b] = [folders.b, folders.a];
  });

  test("every process on a machine with another secret is refused, and none is made where it is missing", async () => {
    rmSync(path.join(folders.b, "secret"), { force: true });
    await expectRefusals(["worker"], "This machine has no secret");
    expect(existsSync(path.join(folders.b, "secret"))).toBe(false);
    await secretOfFolder(folders.b);
    await expectRefusals(
      ["web", "worker", "seed", "start", "doctor"],
      "This machine's secret is not the one",
    );
  });

  test("every process on a machine with another artifact folder is refused", async () => {
    cpSync(path.join(folders.a, "secret"), path.join(folders.b, "secret"));
    await expectRefusals(
      ["web", "worker", "seed", "doctor"],

      `The artifact folder ${path.join(folders.b, "artifacts")} holds nothing of this database`,
    );
    expect((await on("a", "doctor")).code).toBe(0);
  });

  test("a folder that was moved is adopted once all is in it, and the place it came from is refused from then on", async () => {
    const kept = path.join(folders.a, "artifacts");
    const sha256 = await putArtifact(Buffer.from("an image"), kept);
    const row = { sha256, bytes: 9, mediaType: "image/png", width: 1, height: 1 };
    await database.db.artifact.create({ data: row });
    const early = await on("b", "artifacts", "adopt");
    expect(early).toMatchObject({ code: 1, output: expect.stringContaining(`${sha256} is missing`) });
    cpSync(kept, path.join(folders.b, "artifacts"), { recursive: true });
    expect(await on("b", "artifacts", "adopt")).toMatchObject({ code: 0 });
    expect(await on("b", "seed")).toMatchObject({ code: 0 });
    const left = await on("a", "seed");
    expect(left).toMatchObject({ code: 1, output: expect.stringContaining("belongs to another database") });
    [folders.a, folders.b] = [folders.b, folders.a];
  });

  test("another secret is accepted only when told to, after saying whose keys are lost", async () => {
    const judge = newId("judge");
    await database.db.judge.create({
      data: {
        id: judge,
        slug: "a-judge",
        name: "A judge",
        creator: "Tests",
        baseUrl: "http://127.0.0.1",
        providerModel: "x",
        apiKeySealed: sealKey("key", judge, keyOfSecret(await secretOfFolder(folders.a))),
        rubrics: [],
      },
    });
    rmSync(path.join(folders.a, "secret"));
    await secretOfFolder(folders.a);
    const asked = await on("a", "secret", "accept");
    expect(asked).toMatchObject({ code: 1, output: expect.stringContaining("judge a-judge") });
    expect(await on("a", "secret", "accept", "--yes")).toMatchObject({ code: 0 });
    expect(await on("a", "seed")).toMatchObject({ code: 0 });
  });
});

test("a new database does not take a folder that is another's, or that holds images it does not know", async () => {
  const { db } = database;
  await db.installation.deleteMany();
  await db.judge.deleteMany();
  const taken = await on("a", "seed");
  expect(taken).toMatchObject({ code: 1, output: expect.stringContaining("belongs to another database") });
  rmSync(path.join(folders.a, "artifacts", ".salon-folder"));
  await db.artifact.deleteMany();
  const full = await on("a", "seed");
  expect(full).toMatchObject({ code: 1, output: expect.stringContaining("does not know") });
  rmSync(path.join(folders.a, "artifacts"), { recursive: true });
  expect(await on("a", "seed")).toMatchObject({ code: 0 });
});

test("a site whose disk was unmounted, or whose database took another secret, is not healthy", async () => {
  const { db } = database;
  process.env.SALON_DATA_DIR = folders.a;
  expect(await health()).toEqual({ code: 200, status: "ok" });
  const artifacts = path.join(folders.a, "artifacts");
  renameSync(artifacts, `${artifacts}-away`);
  expect(await health()).toEqual({ code: 503, status: "other_artifacts" });
  renameSync(`${artifacts}-away`, artifacts);
  await db.installation.updateMany({ data: { secretFingerprint: "another" } });
  expect(await health()).toEqual({ code: 503, status: "other_secret" });
});
