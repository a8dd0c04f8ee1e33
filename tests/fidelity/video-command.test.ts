import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { registerEncoders } from "@/cli/encoders";
import { registerFeatures } from "@/cli/features";
import { registerMetrics } from "@/cli/metrics";
import { parseNpy } from "@/lib/encoders/files/npy";
import { i3dTensors } from "@/lib/encoders/onnx-graph/i3d";
import { torchCheckpoint } from "../support/torch-checkpoint";
import { largestRelativeGap, image, randomCheckpoint } from "./seeded";
import { salonCommand } from "../support/salon-command";

let folder: string;
const at = (name: string) => path.join(folder, name);

/** A video as a folder of frames; frame t of video c shows image c + t. */
async function video(name: string, first: number, frames: number, size: number): Promise<void> {
  await mkdir(at(name), { recursive: true });
  for (let t = 0; t < frames; t++) {
    const { data } = image(size, size, first + t);
    const png = await sharp(data, { raw: { width: size, height: size, channels: 3 } })
      .png()
      .toBuffer();
    await writeFile(at(`${name}/${String(t).padStart(3, "0")}.png`), png);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-video-"));
  process.env.SALON_DATA_DIR = folder;
  await writeFile(at("i3d.pt"), torchCheckpoint(randomCheckpoint(i3dTensors())));
  await writeFile(at("rgb_imagenet.pt"), "PK");
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const salon = salonCommand(registerEncoders, registerFeatures, registerMetrics);

describe("video on the command line", () => {
  test("a folder of frames through an unverified checkpoint gives PyTorch's 400 logits within 1e-5", async () => {
    await video("one/video", 0, 16, 224);
    const args = ["--encoder", "i3d-kinetics400", "--weights", at("i3d.pt"), "--out", at("f.npy")];
    const refused = await salon("features", at("one"), ...args);
    expect(refused).toMatchObject({ out: "", code: 2 });
    expect(refused.error).toMatch(/i3d\.pt: has \d+ bytes and sha256 .* no published checkpoint/);
    const { out, error } = await salon("features", at("one"), ...args, "--unverified");
    expect(error).toBe("");
    expect(out).toMatch(/f\.npy: 1 x 400 float32 by i3d-kinetics400@[0-9a-f]{12}/);
    const { shape, data } = parseNpy(await readFile(at("f.npy")), "f.npy");
    expect(shape).toEqual([1, 400]);
    const fixture = fileURLToPath(new URL("./fixtures/i3d-logits.npy", import.meta.url));
    const gap = largestRelativeGap(data, parseNpy(readFileSync(fixture), "fixture").data);
    console.log(`I3D through the command line: ${gap.toExponential(1)}`);
    expect(gap).toBeLessThan(1e-5);
  });

  test("weights named rgb_imagenet are refused with the reason, even unverified", async () => {
    const args = ["install", "i3d-kinetics400", "--from", at("rgb_imagenet.pt"), "--unverified"];
    const { error, code } = await salon("encoders", ...args);
    expect(error).toMatch(
      /rgb_imagenet\.pt: is named for DeepMind's rgb_imagenet weights\. FVD is defined on rgb_scratch/,
    );
    expect(code).toBe(2);
  });

  test("the temporal probe sets the same videos with broken motion beside them, and nothing from it is called FVD", async () => {
    await salon("encoders", "install", "i3d-kinetics400", "--from", at("i3d.pt"), "--unverified");
    for (let c = 0; c < 4; c++) {
      await video(`real/${c}`, 100 * c, 10, 32);
      await video(`fake/${c}`, 1000 + 100 * c, 10, 32);
    }
    const args = [
      "--real",
      at("real"),
      "--fake",
      at("fake"),
      "--encoder",
      "i3d-kinetics400",
      "--frames",
      "10",
    ];
    const { out, error } = await salon("metrics", ...args, "--metrics", "fd", "--temporal", "--json");
    expect(error).toBe("");
    const { fd, temporal } = JSON.parse(out) as {
      fd: { value: number; label: string };
      temporal: {
        fd: number;
        n: number;
        shuffled: { fd: number; ratio: number; difference: { p_value: number } };
        frozen: { fd: number };
        content_bias: { value: number; low: number; high: number };
      };
    };
    expect(fd.label).toBe("FD-i3d-kinetics400-unverified");
    expect(temporal.fd).toBeCloseTo(fd.value, 9);
    expect(temporal).toMatchObject({ n: 4, protocol: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(temporal.shuffled.ratio).toBeCloseTo(temporal.shuffled.fd / temporal.fd, 9);
    expect(temporal.shuffled.difference.p_value).toBeGreaterThanOrEqual(0);
    expect(temporal.shuffled.difference.p_value).toBeLessThanOrEqual(1);
    expect(temporal.frozen.fd).not.toBeCloseTo(temporal.fd, 3);
    const { value, low, high } = temporal.content_bias;
    expect(low <= value && value <= high && value > 0, `${low} ${value} ${high}`).toBe(true);
  });

  test("a video too short, and a probe of images, are refused by name", async () => {
    await video("short/video", 0, 3, 32);
    const args = ["--encoder", "i3d-kinetics400", "--weights", at("i3d.pt"), "--unverified"];
    const short = await salon("features", at("short"), ...args, "--out", at("short.npy"));
    expect(short.error).toMatch(/short\/video: has 3 frames, but 16 are needed/);
    expect(short.code).toBe(2);
    await expect(readFile(at("short.npy.part"))).rejects.toThrow("ENOENT");
    const stills = await salon("metrics", "--real", at("f.npy"), "--fake", at("f.npy"), "--temporal");
    expect(stills.error).toMatch(/f\.npy: cannot be probed for motion/);
    expect(stills.code).toBe(2);
  });
});
