import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { registerFd } from "@/cli/fd";
import { registerFeatures } from "@/cli/features";
import { registerMetrics } from "@/cli/metrics";
import { encodeNpy } from "@/lib/encoders/files/npy";
import { writeZip } from "@/lib/media/files/zip";
import { encodeStatistics } from "@/lib/encoders/files/npz";
import { frechetDistance, gaussianOf } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { NumpyRandomState } from "./numpy-random";
import { salonCommand } from "../../support/salon-command";

let folder: string;
const at = (name: string) => path.join(folder, name);
const rows = (n: number, d: number, seed: number, shift = 0) =>
  new NumpyRandomState(seed).normals(n * d).map((x) => x + shift);
const saveFeatures = (name: string, data: Float64Array, d: number) =>
  writeFile(at(name), encodeNpy({ shape: [data.length / d, d], data }));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-cli-"));
  await saveFeatures("real.npy", rows(200, 6, 1), 6);
  await saveFeatures("fake.npy", rows(150, 6, 2, 0.4), 6);
  await saveFeatures("wide.npy", rows(50, 7, 3), 7);
  await saveFeatures("one.npy", rows(1, 6, 4), 6);
  await saveFeatures("three.npy", rows(3, 6, 4), 6);
  const spoiled = rows(20, 6, 5);
  spoiled[6 * 11] = NaN;
  await saveFeatures("nan.npy", spoiled, 6);
  await writeFile(at("real.npz"), encodeStatistics(gaussianOf(momentsOf(rows(200, 6, 1), 6))));
  await writeFile(at("broken.zip"), "PK\x03\x04 and then nothing");
  await saveFeatures("other.npy", rows(150, 6, 7, 0.1), 6);
  await saveFeatures("shorter.npy", rows(140, 6, 7, 0.1), 6);
  await mkdir(at("empty"));
  await mkdir(at("mixed"));
  const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  await writeFile(at("mixed/a.png"), image);
  await writeFile(at("mixed/readme.md"), "hello");
  await mkdir(at("pair"));
  for (const [name, background] of [
    ["a", "red"],
    ["b", "blue"],
  ]) {
    const create = { width: 8, height: 8, channels: 3 as const, background };
    await writeFile(at(`pair/${name}.png`), await sharp({ create }).png().toBuffer());
  }
  await mkdir(at("single"));
  await writeFile(at("single/a.png"), image);
  // A zip that is whole but for one byte of an image.
  const spoiledZip = Buffer.from(writeZip([{ name: "a.png", bytes: image }, { name: "b.png", bytes: image }])); // prettier-ignore
  spoiledZip[60] ^= 0xff;
  await writeFile(at("spoiled.zip"), spoiledZip);
  await writeFile(at("cut.zip"), spoiledZip.subarray(0, spoiledZip.length - 30));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const salon = salonCommand(registerFd, registerMetrics, registerFeatures);

describe("salon fd", () => {
  test("of two .npy files is the library's distance, with n, interval and protocol", async () => {
    const { out, code } = await salon("fd", at("fake.npy"), at("real.npy"), "--json");
    const { fd } = JSON.parse(out) as { fd: Record<string, number | string | null> };
    const expected = await frechetDistance(
      gaussianOf(momentsOf(rows(150, 6, 2, 0.4), 6)),
      gaussianOf(momentsOf(rows(200, 6, 1), 6)),
    );
    expect(fd.value).toBeCloseTo(expected, 10);
    expect(fd).toMatchObject({
      n: 150,
      n_reference: 200,
      label: "FD",
      protocol: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(fd.low).toBeLessThan(expected);
    expect(fd.high).toBeGreaterThan(expected);
    expect(code).toBe(0);
  });

  test("takes published statistics as the reference and gives the same value as their features", async () => {
    const value = async (reference: string) =>
      (
        JSON.parse((await salon("fd", at("fake.npy"), at(reference), "--json")).out) as {
          fd: { value: number };
        }
      ).fd.value;
    expect(await value("real.npz")).toBeCloseTo(await value("real.npy"), 10);
  });

  test.each([
    ["wide.npy", /wide\.npy: has 7 features a sample, but .*real\.npy has 6/],
    ["one.npy", /one\.npy: holds 1 sample/],
    ["nan.npy", /Row 11 of features in .*nan\.npy holds NaN/],
    ["missing.npy", /missing\.npy: does not exist/],
    ["missing", /missing: does not exist/],
    ["empty", /empty: holds no files/],
    ["broken.zip", /broken\.zip: is no zip archive, or a truncated one/],
  ])("%s is refused by name with exit code 2 and no output", async (name, message) => {
    const { out, error, code } = await salon("fd", at(name), at("real.npy"), "--json");
    expect(error).toMatch(message);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  test("an image set with another file in it is refused by that file's name", async () => {
    const { error, code } = await salon("fd", at("mixed"), at("mixed"), "--encoder", "toybox-encoder");
    expect(error).toMatch(/mixed\/readme\.md is not a PNG, JPEG or WebP image/);
    expect(code).toBe(2);
  });

  test("the standard encoder is never replaced by the bundled one", async () => {
    const { error, code } = await salon("fd", at("mixed"), at("mixed"));
    expect(error).toMatch(/inception-v3-2015-12-05 is not installed: run `salon encoders install/);
    expect(code).toBe(2);
  });
});

describe("salon features", () => {
  const BOTH = ["--encoder", "toybox-encoder", "--encoder", "toybox-contrastive"];

  test("by several encoders from one decoding are those of each alone", async () => {
    const { out, error } = await salon("features", at("pair"), ...BOTH, "--out", `${at("together")}/`);
    expect(error).toBe("");
    expect(out).toMatch(
      /together\/toybox-encoder\.npy: 2 x 64 float32 by toybox-encoder@\w{12}\n.*together\/toybox-contrastive\.npy: 2 x 128 float32/,
    );
    for (const name of ["toybox-encoder", "toybox-contrastive"]) {
      const alone = at(`alone-${name}.npy`);
      await salon("features", at("pair"), "--encoder", name, "--out", at("alone-{encoder}.npy"));
      expect(await readFile(at(`together/${name}.npy`))).toEqual(await readFile(alone));
    }
  });

  test.each([
    [[...BOTH, "--out", "f.npy"], /f\.npy: is one file for 2 encoders/],
    [[...BOTH.slice(0, 2), ...BOTH, "--out", "f/"], /--encoder toybox-encoder is named twice/],
    [[...BOTH, "--out", "{encoder}.npy", "--weights", "w.pt"], /--weights are those of one encoder/],
    [
      ["--encoder", "toybox-encoder", "--encoder", "i3d-kinetics400", "--out", "{encoder}.npy"],
      /i3d-kinetics400 reads videos and toybox-encoder images: no samples are both/,
    ],
  ])("refuses %j", async (flags, message) => {
    const { out, error, code } = await salon("features", at("pair"), ...flags);
    expect(error).toMatch(message);
    expect([out, code]).toEqual(["", 2]);
  });
});

describe("salon metrics", () => {
  test("prints every key that other tools rely on, each with n and protocol", async () => {
    const metrics = "fd,fd_infinity,kid,pr,prdc,c2st";
    const { out } = await salon(
      "metrics",
      "--real",
      at("real.npy"),
      "--fake",
      at("fake.npy"),
      "--metrics",
      metrics,
      "--kid-subset-size",
      "50",
      "--json",
    );
    const result = JSON.parse(out) as Record<string, Record<string, unknown>>;
    expect(Object.keys(result)).toEqual([...metrics.split(","), "inputs"]);
    for (const name of metrics.split(",")) {
      expect(result[name]).toMatchObject({
        n: 150,
        protocol: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
    }
    for (const [name, keys] of Object.entries({
      kid: ["exact", "mean", "std"],
      pr: ["precision", "recall"],
      prdc: ["precision", "recall", "density", "coverage"],
      c2st: ["accuracy", "low", "high"],
    })) {
      for (const key of keys) expect(result[name][key], `${name}.${key}`).toBeTypeOf("number");
    }
  });

  test("the same seed gives the same output, another seed another", async () => {
    const run = async (seed: string) =>
      (
        await salon(
          "metrics",
          "--real",
          at("real.npy"),
          "--fake",
          at("fake.npy"),
          "--metrics",
          "kid,c2st",
          "--seed",
          seed,
        )
      ).out;
    expect(await run("1")).toBe(await run("1"));
    expect(await run("1")).not.toBe(await run("2"));
  });

  test("too few samples and logits that are not there are said of the sets by name", async () => {
    const few = await salon(
      "metrics",
      "--real",
      at("real.npy"),
      "--fake",
      at("three.npy"),
      "--metrics",
      "prdc",
    );
    expect(few.error).toMatch(
      /^.*three\.npy: .* at least 6 generated samples, not 3\. --metrics chooses others\.$/,
    );
    const logits = await salon(
      "metrics",
      "--real",
      at("real.npy"),
      "--fake",
      at("fake.npy"),
      "--metrics",
      "is",
    );
    expect(logits.error).toMatch(/fake\.npy: gives no class logits/);
    expect([few.code, logits.code]).toEqual([2, 2]);
  });
});

describe("bad input ends every command with exit code 2, the file's name, and no result:", () => {
  const TOYBOX = ["--encoder", "toybox-encoder"];
  const commands: Record<string, (set: string) => string[]> = {
    fd: (set) => ["fd", at(set), at("real.npy"), ...TOYBOX, "--json"],
    "fd, as the reference": (set) => ["fd", at("real.npy"), at(set), ...TOYBOX, "--json"],
    metrics: (set) => ["metrics", "--real", at("real.npy"), "--fake", at(set), ...TOYBOX, "--json"],
    "metrics, as the reference": (set) => ["metrics", "--real", at(set), "--fake", at("real.npy"), ...TOYBOX],
    features: (set) => ["features", at(set), ...TOYBOX, "--out", at("out.npy")],
  };
  const images: [string, RegExp][] = [
    ["empty", /empty: holds no files/],
    ["mixed", /mixed\/readme\.md is not a PNG, JPEG or WebP image/],
    ["broken.zip", /broken\.zip: is no zip archive, or a truncated one/],
    ["cut.zip", /cut\.zip: is (no zip archive|a truncated zip)/],
    ["spoiled.zip", /spoiled\.zip: a\.png is damaged/],
  ];
  const features: [string, RegExp][] = [
    ["wide.npy", /wide\.npy.* 7.*real\.npy has 6|real\.npy.* 6.*wide\.npy has 7/],
    ["one.npy", /one\.npy/],
    ["nan.npy", /Row 11 of features in .*nan\.npy holds NaN/],
  ];
  const cases = Object.entries(commands).flatMap(([name, command]) =>
    [...images, ...(name === "features" ? [] : features)].map(
      ([set, message]) => [name, set, message, command] as const,
    ),
  );
  test.each(cases)("%s of %s", async (_name, set, message, command) => {
    const { out, error, code } = await salon(...command(set));
    expect(error).toMatch(message);
    expect(error).not.toContain("\n");
    expect(out).toBe("");
    expect(code).toBe(2);
    expect((await readdir(folder)).filter((name) => name.startsWith("out.npy"))).toEqual([]);
  });

  test("a single image is no distribution, on either side, whatever the metric", async () => {
    const metrics = (real: string, fake: string, ...more: string[]) => [
      "metrics",
      "--real",
      at(real),
      "--fake",
      at(fake),
      ...TOYBOX,
      ...more,
    ];
    for (const command of [
      ["fd", at("single"), at("pair"), ...TOYBOX],
      ["fd", at("pair"), at("single"), ...TOYBOX],
      metrics("single", "pair"),
      metrics("pair", "single"),
      metrics("pair", "single", "--metrics", "kid"),
      metrics("pair", "single", "--metrics", "c2st"),
    ]) {
      const { out, error, code } = await salon(...command);
      expect(error).toMatch(/single: holds 1 sample \(a\.png\); a distribution needs at least 2\.$/);
      expect([out, code]).toEqual(["", 2]);
    }
  });
});

test.each([
  ["fd", "pair", "pair", /A Fréchet distance's interval needs at least 4 generated samples, not 2/],
  ["c2st", "real.npy", "three.npy", /needs at least 4 generated samples, not 3/],
  ["c2st", "three.npy", "real.npy", /needs at least 4 real samples, not 3/],
])("salon metrics %s names the set that is too small of %s and %s", async (metric, real, fake, message) => {
  const sets = ["--real", at(real), "--fake", at(fake), "--encoder", "toybox-encoder"];
  const { out, error, code } = await salon("metrics", ...sets, "--metrics", metric);
  expect(error).toMatch(message);
  expect(error.startsWith(at(real === "real.npy" ? fake : real))).toBe(true);
  expect([out, code]).toEqual(["", 2]);
});

describe("salon metrics --against", () => {
  const args = (other: string) => [
    "metrics",
    "--real",
    at("real.npy"),
    "--fake",
    at("fake.npy"),
    "--against",
    at(other),
    "--metrics",
    "fd,kid,prdc",
    "--json",
  ];

  test("gives every number's difference with a paired interval, and none between a set and itself", async () => {
    type Against = Record<string, { difference: number; low: number; high: number; p_value: number; paired: boolean; other: number }>; // prettier-ignore
    const read = async (other: string) =>
      JSON.parse((await salon(...args(other))).out) as Record<
        string,
        Record<string, number> & { against: Against }
      >;
    const result = await read("other.npy");
    const { exact } = result.kid.against;
    expect(exact.difference).toBeCloseTo(result.kid.exact - exact.other, 12);
    expect(exact).toMatchObject({ paired: true });
    expect(exact.low).toBeLessThan(exact.difference);
    expect(exact.high).toBeGreaterThan(exact.difference);
    expect(Object.keys(result.prdc.against)).toEqual(["precision", "recall", "density", "coverage"]);
    const same = await read("fake.npy");
    for (const { difference, low, high, p_value } of Object.values(same.fd.against)) {
      expect([difference, low, high, p_value]).toEqual([0, 0, 0, 1]);
    }
  });

  test("refuses samples of another number: their scores are of another protocol", async () => {
    const { out, error, code } = await salon(...args("shorter.npy"));
    expect(error).toMatch(/shorter\.npy: has 140 samples, but .*fake\.npy has 150/);
    expect([out, code]).toEqual(["", 2]);
  });
});
