import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { download } from "@/lib/encoders/download";
import { decodeImage } from "@/lib/media/decode-image";
import { encoderIdentity } from "@/lib/encoders/encoder-identity";
import { describeReading, readingOf } from "@/lib/encoders/encoder-spec";
import { installEncoder, installedNames } from "@/lib/encoders/install-encoder";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";
import { i3dTensors } from "@/lib/encoders/onnx-graph/i3d";
import { randomCheckpoint } from "../../fidelity/seeded";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { STANDARD_ENCODERS, isPublished } from "@/lib/encoders/standard-encoders";
import { parseNpy } from "@/lib/encoders/files/npy";
import { writeFeatures } from "@/lib/encoders/resumable-features";
import { openSampleSource } from "@/lib/media/sample-source";

let folder: string;
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-encoders-"));
});
afterEach(async () => {
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/weights.pth`;
}

describe("download", () => {
  const content = Buffer.from("0123456789".repeat(1000));

  test("goes on where a broken download stopped, asking only for the rest", async () => {
    const ranges: (string | undefined)[] = [];
    let breakOff = () => {};
    const url = await serve((request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      if (ranges.length === 1) {
        // Promise everything, break off in the middle: once what was sent has been kept, not before.
        response.writeHead(200, { "content-length": content.length });
        response.write(content.subarray(0, 4000));
        breakOff = () => response.destroy();
        return;
      }
      response.writeHead(206, { "content-length": content.length - start });
      response.end(content.subarray(start));
    });
    const to = path.join(folder, "w.pth");
    const onProgress = (done: number) => void (done === 4000 && breakOff());
    await expect(download(url, to, { onProgress })).rejects.toThrow(/run it again to go on/);
    expect(await readdir(folder)).toEqual(["w.pth.part"]);
    await download(url, to);
    expect(ranges).toEqual([undefined, "bytes=4000-"]);
    expect(await readFile(to)).toEqual(content);
  });

  test("a server that refuses is named with its status", async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    await expect(download(url, path.join(folder, "w"))).rejects.toThrow(`${url}: answered 404`);
  });
});

/** A classifier-like toy: two outputs that are the mean of red and of blue. */
function toyModel(): Uint8Array {
  const graph = new GraphBuilder("toy");
  const image = graph.input("image", ["batch", 3, 8, 8]);
  const means = graph.node("Flatten", [graph.node("GlobalAveragePool", [image])], { axis: { int: 1 } });
  const pick = graph.constant("pick", [3, 2], Float32Array.of(1, 0, 0, 0, 0, 1));
  const picked = graph.node("MatMul", [means, pick]);
  graph.output("features", picked, ["batch", 2]);
  graph.output("doubled", graph.node("Add", [picked, picked]), ["batch", 2]);
  return graph.encode();
}
const MANIFEST = {
  name: "my-encoder",
  title: "Mean red and blue",
  file: "toy.onnx",
  input: { name: "image", width: 8, height: 8, mean: [0, 0, 0], std: [1, 1, 1] },
  features: { name: "features", dimension: 2 },
  distanceLabel: "FD-my-encoder",
};

async function manifest(change: object = {}): Promise<string> {
  const file = path.join(folder, "manifest.json");
  await writeFile(path.join(folder, "toy.onnx"), toyModel());
  await writeFile(file, JSON.stringify({ ...MANIFEST, ...change }));
  return file;
}

describe("encoders", () => {
  test("one's own ONNX model is installed from a manifest and gives its features", async () => {
    const encodersDir = path.join(folder, "encoders");
    await installEncoder("my-encoder", { encodersDir, from: await manifest() });
    expect(await installedNames(encodersDir)).toEqual(["my-encoder"]);
    const encoder = await openEncoder("my-encoder", { encodersDir });
    const image = await sharp({
      create: { width: 8, height: 8, channels: 3, background: { r: 255, g: 0, b: 51 } },
    })
      .png()
      .toBuffer();
    const features = await encoder.extract([await decodeImage(image)]);
    expect(features[0]).toBeCloseTo(1, 6);
    expect(features[1]).toBeCloseTo(0.2, 6);
    expect(encoder.distanceLabel).toBe("FD-my-encoder");
    await encoder.close();
  });

  test("another output of the same file is another encoder, and the usual output's id is that of the weights", async () => {
    const encodersDir = path.join(folder, "encoders");
    const ids = [];
    for (const name of ["features", "doubled"]) {
      const from = await manifest({ features: { name, dimension: 2 } });
      const { files } = await installEncoder("my-encoder", { encodersDir, from });
      const encoder = await openEncoder("my-encoder", { encodersDir });
      expect((await encoderIdentity("my-encoder", { encodersDir })).id).toBe(encoder.id);
      ids.push({ id: encoder.id, weights: files.encoder.sha256 });
      await encoder.close();
    }
    const [usual, other] = ids;
    expect(other.weights).toBe(usual.weights);
    expect(usual.id).toBe(`my-encoder@${usual.weights.slice(0, 12)}`);
    expect(other.id).toMatch(/^my-encoder@[0-9a-f]{12}$/);
    expect(other.id).not.toBe(usual.id);
  });

  test("the bundled encoders have the ids that stored references name", async () => {
    const file = path.join(BUNDLED_WEIGHTS, "toybox-encoder", "reference-toybox-v1.json");
    const { extractor: name, extractorSha256 } = JSON.parse(await readFile(file, "utf8")) as Record<
      string,
      string
    >;
    const { id } = await encoderIdentity("toybox-encoder", { encodersDir: folder });
    expect(id).toBe(`${name}@${extractorSha256.slice(0, 12)}`);
  });

  test("another number of frames, or another resize, is part of what a distance over videos is called", async () => {
    const identity = (reading: object) =>
      encoderIdentity("i3d-kinetics400", { encodersDir: folder, ...reading });
    expect(await identity({})).toMatchObject({ distanceLabel: "FVD", kind: "video", frames: 16 });
    expect((await identity({})).preprocessing).toMatch(/^torch 224x224 NCTHW .*, first 16 frames$/);
    expect(await identity({ frames: 32 })).toMatchObject({ distanceLabel: "FVD-32frames", frames: 32 });
    const both = await identity({ frames: 10, resize: "clean" });
    expect(both.distanceLabel).toBe("FVD-clean-10frames");
    expect(readingOf(both.preprocessing)).toEqual({ resize: "clean", frames: 10 });
    expect(readingOf(describeReading({ frames: 10 }))).toEqual({ resize: undefined, frames: 10 });
  });

  test("what is said of videos or logits where it does not belong is refused", async () => {
    const encodersDir = path.join(folder, "encoders");
    for (const [change, message] of [
      [{ input: { ...MANIFEST.input, frames: 8 } }, /video encoders, whose layout is "NCTHW"/],
      [
        { input: { ...MANIFEST.input, layout: "NCTHW" }, logits: { name: "features", dimension: 2 } },
        /is for image encoders/,
      ],
    ] as const) {
      const from = await manifest(change);
      await expect(installEncoder("my-encoder", { encodersDir, from })).rejects.toThrow(message);
    }
  });

  test("a manifest may pin its file by its hash: another one is refused, and leaves nothing", async () => {
    const encodersDir = path.join(folder, "pinned");
    const from = await manifest({ sha256: "0".repeat(64) });
    await expect(installEncoder("my-encoder", { encodersDir, from })).rejects.toThrow(
      /toy\.onnx has sha256 [0-9a-f]{64}, but 0{64} was expected/,
    );
    expect(await installedNames(encodersDir)).toEqual([]);
    const sha256 = createHash("sha256").update(toyModel()).digest("hex");
    const card = await installEncoder("my-encoder", { encodersDir, from: await manifest({ sha256 }) });
    expect(card.files.encoder.sha256).toBe(sha256);
  });

  test("a manifest that calls its distance FID, or names what the model lacks, is refused", async () => {
    const encodersDir = path.join(folder, "encoders");
    const fid = await manifest({ distanceLabel: "FID" });
    await expect(installEncoder("my-encoder", { encodersDir, from: fid })).rejects.toThrow(
      /reserved to the standard/,
    );
    const wrong = await manifest({ features: { name: "pool", dimension: 2 } });
    await expect(installEncoder("my-encoder", { encodersDir, from: wrong })).rejects.toThrow(
      /toy\.onnx has no pool/,
    );
    expect(await installedNames(encodersDir)).toEqual([]);
  });

  test("a checkpoint of another hash is refused before it is parsed, of another network even unverified", async () => {
    const file = path.join(folder, "some.pth");
    await writeFile(file, "not a pickle");
    const options = { encodersDir: path.join(folder, "encoders"), from: file };
    await expect(installEncoder("inception-v3-2015-12-05", options)).rejects.toThrow(
      /some\.pth: has 12 bytes and sha256 .* no published checkpoint .*95628359 bytes/,
    );
    await expect(installEncoder("i3d-kinetics400", options)).rejects.toThrow(/rgb_imagenet/);
    const small = path.resolve("tests/fidelity/fixtures/small-legacy.pth");
    await expect(
      installEncoder("i3d-kinetics400", { ...options, from: small, unverified: true }),
    ).rejects.toThrow(/small-legacy\.pth: is another network: it lacks/);
  });

  test("the I3D of other batch norms has a name of its own and is never called FVD", () => {
    const variant = STANDARD_ENCODERS["i3d-kinetics400-eps1e-5"];
    expect(variant.published).toEqual(STANDARD_ENCODERS["i3d-kinetics400"].published);
    expect(variant.distanceLabel).toBe("FVD-eps1e-5");
    const weights = randomCheckpoint(i3dTensors());
    const [own, other] = [STANDARD_ENCODERS["i3d-kinetics400"], variant].map(({ build }) => build(weights));
    expect(Buffer.from(own).equals(Buffer.from(other))).toBe(false);
  });

  test("a git blob id proves a file, and a file with no proof is none", () => {
    // git hash-object of "hello\n"
    const bytes = Buffer.from("hello\n");
    expect(isPublished(bytes, { url: "", gitBlob: "ce013625030ba8dba906f756967f9e9ca394464a" })).toBe(true);
    expect(
      isPublished(Buffer.from("hello"), { url: "", gitBlob: "ce013625030ba8dba906f756967f9e9ca394464a" }),
    ).toBe(false);
    expect(isPublished(bytes, { url: "", bytes: 6 })).toBe(false);
  });

  test("the standard networks have the published numbers of tensors and weights", () => {
    const count = (name: string) => {
      const shapes = [...STANDARD_ENCODERS[name].tensors().values()];
      return [shapes.length, shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0)];
    };
    expect(count("inception-v3-2015-12-05")[0]).toBe(566);
    expect(count("i3d-kinetics400")).toEqual([287, 12_711_824]);
  });
});

describe("resumable extraction", () => {
  async function setUp(images: number) {
    const samples = path.join(folder, "samples");
    await import("node:fs/promises").then(({ mkdir }) => mkdir(samples));
    for (let i = 0; i < images; i++) {
      const background = { r: (i * 5) % 256, g: 0, b: 255 - i };
      const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer();
      await writeFile(path.join(samples, `${String(i).padStart(3, "0")}.png`), bytes);
    }
    const encodersDir = path.join(folder, "encoders");
    await installEncoder("my-encoder", { encodersDir, from: await manifest() });
    return {
      source: await openSampleSource(samples),
      encoder: await openEncoder("my-encoder", { encodersDir }),
    };
  }

  test("a run stopped in the middle goes on after its last whole row and ends with the same bytes", async () => {
    const { source, encoder } = await setUp(70);
    const whole = path.join(folder, "whole.npy");
    expect(await writeFeatures(source, [{ encoder, out: whole }])).toEqual([0]);
    const out = path.join(folder, "resumed.npy");
    let calls = 0;
    const dying = {
      ...encoder,
      extract: (images: Parameters<typeof encoder.extract>[0]) => {
        if (++calls === 3) throw new Error("killed");
        return encoder.extract(images);
      },
    };
    await expect(writeFeatures(source, [{ encoder: dying, out }])).rejects.toThrow("killed");
    // Rows that a power cut took: what is left ends in the middle of a batch, and in the middle of a row.
    const { size } = await stat(`${out}.part`);
    await truncate(`${out}.part`, size - 14 * 8 + 3);
    // With a second encoder beside it, every image is decoded for that one, and the first embeds only what it lacks.
    const second = path.join(folder, "second.npy");
    const seen: number[] = [];
    const counting = {
      ...encoder,
      extract: (images: Parameters<typeof encoder.extract>[0]) => {
        seen.push(images.length);
        return encoder.extract(images);
      },
    };
    const both = [
      { encoder: counting, out },
      { encoder, out: second },
    ];
    expect(await writeFeatures(source, both)).toEqual([50, 0]);
    expect(seen).toEqual([14, 6]);
    expect(await readFile(out)).toEqual(await readFile(whole));
    expect(await readFile(second)).toEqual(await readFile(whole));
    expect(parseNpy(await readFile(out), out).shape).toEqual([70, 2]);
    expect((await readdir(folder)).filter((name) => name.includes(".part"))).toEqual([]);
    await encoder.close();
  });

  test("a file that is no image stops it by name, and no result appears", async () => {
    const { source, encoder } = await setUp(3);
    await writeFile(path.join(source.path, "notes.txt"), "hello");
    const out = path.join(folder, "f.npy");
    await expect(writeFeatures(await openSampleSource(source.path), [{ encoder, out }])).rejects.toThrow(
      /samples\/notes\.txt is not a PNG/,
    );
    expect(await readdir(folder)).not.toContain("f.npy");
    await encoder.close();
  });
});
