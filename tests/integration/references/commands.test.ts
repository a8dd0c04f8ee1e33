import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { registerReferences } from "@/cli/references";
import { encodeStatistics, parseStatistics } from "@/lib/encoders/files/npz";
import { gaussianOf } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import type { ReferenceSetView } from "@/lib/schemas/examination";
import { useDataFolder } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { useTestDatabase } from "../../support/test-database";
import { salonCommand } from "../../support/salon-command";

const folder = useDataFolder();
const database = useTestDatabase();
const at = (name: string) => path.join(folder.path, name);

beforeAll(async () => {
  process.env.DATABASE_URL = database.url;
  for (const [set, n] of [
    ["first", 12],
    ["second", 9],
  ] as const) {
    await mkdir(at(set));
    for (let i = 0; i < n; i++) await writeFile(at(`${set}/${i}.png`), await noisePng(32, 32, `${set} ${i}`));
  }
  await mkdir(at("mixed"));
  await writeFile(at("mixed/a.png"), await noisePng(32, 32, "a"));
  await writeFile(at("mixed/b.txt"), "hello");
  const rows = Float64Array.from({ length: 70 * 2048 }, (_, i) => Math.sin(i * i));
  await writeFile(at("fid.npz"), encodeStatistics(gaussianOf(momentsOf(rows, 2048))));
});
afterEach(() => vi.restoreAllMocks());

const command = salonCommand(registerReferences);
const salon = (...args: string[]) => command("references", ...args);

const list = async () => JSON.parse((await salon("list", "--json")).out) as ReferenceSetView[];

describe("salon references", () => {
  test("adds a folder, chooses it, exports its statistics and lists it", async () => {
    const { out, error } = await salon("add", "First", at("first"), "--use");
    expect(error).toBe("");
    expect(out).toMatch(
      /^First: 12 images, toybox-encoder@[0-9a-f]{12}, manifest [0-9a-f]{64}\nRuns are scored with it from now on\. .*\n$/,
    );
    expect(await list()).toMatchObject([
      { name: "First", n: 12, scoresDistance: true, scoresSamples: true, formats: { png: 12 } },
    ]);
    expect((await salon("export", "First", at("first.npz"))).code).toBe(0);
    expect((await parseStatistics(await readFile(at("first.npz")), "first.npz")).dimension).toBe(64);
    expect((await salon("list")).out).toMatch(
      /First +ready +12 +32x32 +png +- +toybox-encoder@.*distance\+samples/,
    );
  });

  test("scores runs with one set at a time, and removes what no run is scored with", async () => {
    await salon("add", "Second", at("second"));
    expect((await salon("remove", "First")).error).toMatch(/Runs are scored with this set/);
    expect((await salon("use", "Second")).out).toMatch(/^Runs are scored with Second from now on/);
    const sets = await list();
    expect(
      sets.map(({ name, scoresDistance, scoresSamples }) => [name, scoresDistance, scoresSamples]),
    ).toEqual([
      ["Second", true, true],
      ["First", false, false],
    ]);
    expect((await salon("remove", "First")).out).toBe("Removed First.\n");
    expect((await list()).map(({ name }) => name)).toEqual(["Second"]);
    await salon("retire", "Second");
    expect(await list()).toMatchObject([{ scoresDistance: false, scoresSamples: false }]);
  });

  test("takes published statistics of an encoder that is not installed", async () => {
    const { out, error } = await salon(
      "add",
      "Published",
      at("fid.npz"),
      "--encoder",
      "inception-v3-2015-12-05",
      "--n",
      "50000",
    );
    expect(error).toBe("");
    expect(out).toMatch(/^Published: 50000 images, inception-v3-2015-12-05@6726825d0af5/);
  });

  test.each([
    ["mixed", /mixed.*b\.txt is not a PNG, JPEG or WebP image/],
    ["nowhere", /nowhere: does not exist/],
    ["fid.npz", /fid\.npz: holds statistics of 2048 features, but toybox-encoder@.* has 64/],
  ])("refuses %s by name with exit code 2, and keeps nothing of it", async (source, message) => {
    const before = (await list()).length;
    const { out, error, code } = await salon("add", "Bad", at(source));
    expect(error).toMatch(message);
    expect([out, code]).toEqual(["", 2]);
    expect(await list()).toHaveLength(before);
  });
});
