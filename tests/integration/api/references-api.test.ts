import { deflateRawSync } from "node:zlib";
import { readdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DELETE as remove, GET as readOne } from "@/app/api/v1/references/[referenceId]/route";
import { GET as readStatistics } from "@/app/api/v1/references/[referenceId]/statistics/route";
import { GET as list, POST as upload } from "@/app/api/v1/references/route";
import { GET as readImage } from "@/app/media/references/[referenceId]/[index]/route";
import { BUNDLED_VIDEO_ENCODER } from "@/lib/references/encoders-in-use";
import { installEncoder } from "@/lib/encoders/install-encoder";
import { encodeStatistics, parseStatistics } from "@/lib/encoders/files/npz";
import { writeZip } from "@/lib/media/files/zip";
import { gaussianOf } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { errorResponse } from "@/lib/schemas/error-response";
import type { ReferenceList, ReferenceSetResponse } from "@/lib/schemas/examination";
import { noiseAnimation, noiseFrames } from "../../support/videos";
import { startWorker, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { useTestDatabase } from "../../support/test-database";
import { toyVideoEncoder } from "../../support/toy-encoder";

const folder = useDataFolder();
const database = useTestDatabase();
const uploads = () => readdir(path.join(folder.path, "uploads"));
let worker: TestWorker | undefined;
let images: { name: string; bytes: Uint8Array }[];

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  worker = await startWorker(database.db, database.url);
  images = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => ({
      name: `${i}.png`,
      bytes: await noisePng(32, 32, `up ${i}`),
    })),
  );
}, 60_000);
afterAll(() => worker?.stop());

const at = (referenceId: string) => ({ params: Promise.resolve({ referenceId }) });
const get = (cookie?: string) =>
  new Request("http://salon.test/api", { headers: cookie ? { cookie } : undefined });

/** Uploads bytes as a visitor; the first upload makes them one. */
async function send(name: string, body: BodyInit | Uint8Array, cookie?: string, query = "") {
  const url = `http://salon.test/api/v1/references?name=${encodeURIComponent(name)}${query}`;
  const init = {
    method: "POST",
    body: body as BodyInit,
    headers: cookie ? { cookie } : undefined,
    duplex: "half",
  };
  const response = await upload(new Request(url, init as RequestInit));
  return { response, cookie: response.headers.get("set-cookie")?.split(";")[0] ?? cookie };
}

async function built(id: string): Promise<ReferenceSetResponse> {
  const read = async () => (await (await readOne(get(), at(id))).json()) as ReferenceSetResponse;
  await vi.waitUntil(async () => (await read()).state !== "BUILDING", { timeout: 50_000, interval: 100 });
  return read();
}

async function refused(response: Response, status: number, message: RegExp) {
  const { error } = errorResponse.parse(await response.json());
  expect(response.status).toBe(status);
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain(folder.path);
}

describe("an uploaded reference set", () => {
  test("is built by the worker, is its uploader's to see and remove, and leaves no upload behind", async () => {
    const { response, cookie } = await send("My set", writeZip(images));
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as { id: string };
    const set = await built(id);
    expect(set).toMatchObject({
      state: "READY",
      n: 20,
      resolutions: { "32x32": 20 },
      own: false,
      examples: [],
    });
    expect(set.scoresDistance || set.scoresSamples).toBe(false);
    await expect.poll(uploads).toEqual([]);

    const mine = (await (await list(get(cookie))).json()) as ReferenceList;
    expect(mine.references.find((each) => each.id === id)).toMatchObject({ own: true });
    const imageOf = (asker?: string) =>
      readImage(get(asker), { params: Promise.resolve({ referenceId: id, index: "3" }) });
    expect((await imageOf(cookie)).status).toBe(200);
    expect((await imageOf()).status).toBe(404);

    await refused(await remove(get(), at(id)), 403, /Only who added/);
    expect((await remove(get(cookie), at(id))).status).toBe(204);
    expect((await readOne(get(), at(id))).status).toBe(404);
  });

  test("of videos is built under a video encoder, and shows its owner each video moving and still", async () => {
    const encodersDir = path.join(folder.path, "encoders");
    const from = await toyVideoEncoder(path.join(folder.path, "toy"));
    await installEncoder("halves", { encodersDir, from });
    const videos = await Promise.all(
      Array.from({ length: 5 }, async (_, i) => ({
        name: `set/${i}.gif`,
        bytes: await noiseAnimation(`up ${i}`, 6, { format: "gif", side: 32 }),
      })),
    );
    const { response, cookie } = await send(
      "My videos",
      writeZip(videos),
      undefined,
      "&encoder=halves&frames=4",
    );
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as { id: string };
    expect(await built(id)).toMatchObject({
      state: "READY",
      samples: "videos",
      n: 5,
      formats: { gif: 5 },
      videos: { frames: 4, rates: { "10": 5 } },
    });
    const { videoEncoders } = (await (await list(get(cookie))).json()) as ReferenceList;
    expect(videoEncoders).toEqual([BUNDLED_VIDEO_ENCODER, "halves"]);
    const pages = async (query: string, asker?: string) => {
      const url = `http://salon.test/media/references/${id}/0${query}`;
      const request = new Request(url, { headers: asker ? { cookie: asker } : {} });
      const answer = await readImage(request, { params: Promise.resolve({ referenceId: id, index: "0" }) });
      if (answer.status !== 200) return answer.status;
      expect(answer.headers.get("content-type")).toBe("image/webp");
      return (await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).pages ?? 1;
    };
    expect(await pages("", cookie)).toBe(6);
    expect(await pages("?still", cookie)).toBe(1);
    expect(await pages("")).toBe(404);
  });

  test("of videos that holds something else fails by the file's name, not by its place on disk", async () => {
    const frames = await noiseFrames("lone", 4);
    const files = frames.map((bytes, i) => ({ name: `a/${i}.png`, bytes }));
    const zip = writeZip([
      ...files,
      { name: "b/0.png", bytes: frames[0] },
      { name: "b/notes.txt", bytes: frames[0] },
    ]);
    const { response } = await send("Mixed videos", zip, undefined, "&encoder=halves");
    const { id } = (await response.json()) as { id: string };
    const set = await built(id);
    expect(set).toMatchObject({ state: "FAILED", done: 0 });
    expect(set.failureReason).toMatch(/^b\/notes\.txt: is no video/);
  });

  test("of statistics comes back as the same mu and sigma", async () => {
    const rows = Float64Array.from({ length: 70 * 64 }, (_, i) => Math.sin(i * i));
    const gaussian = gaussianOf(momentsOf(rows, 64));
    const { response } = await send("Published", encodeStatistics(gaussian));
    const { id } = (await response.json()) as { id: string };
    expect(await built(id)).toMatchObject({ state: "READY", n: null, dimension: 64 });
    const answer = await readStatistics(get(), at(id));
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="published-.*\.npz"$/);
    const back = await parseStatistics(new Uint8Array(await answer.arrayBuffer()), "back.npz");
    expect(back.mean).toEqual(gaussian.mean);
    expect(back.covariance).toEqual(gaussian.covariance);
  });

  test("that holds something else fails by the file's name, not by its place on disk", async () => {
    const { response } = await send(
      "Mixed",
      writeZip([...images, { name: "notes.txt", bytes: Buffer.from("hi") }]),
    );
    const { id } = (await response.json()) as { id: string };
    const set = await built(id);
    expect(set.failureReason).toBe("notes.txt is not a PNG, JPEG or WebP image.");
    await expect.poll(uploads).toEqual([]);
  });

  test("of statistics of another length says what was expected", async () => {
    const few = gaussianOf(
      momentsOf(
        Float64Array.from({ length: 30 }, (_, i) => Math.sin(i)),
        3,
      ),
    );
    const { response } = await send("Short", encodeStatistics(few));
    const { id } = (await response.json()) as { id: string };
    expect((await built(id)).failureReason).toMatch(
      /^Short: holds statistics of 3 features, but toybox-encoder@.* has 64/,
    );
  });
});

describe("an upload is refused at once, and nothing of it stays,", () => {
  test.each([
    ["when it is empty", "", 400, /empty/],
    ["when it is no archive", "hello".repeat(200), 400, /X: is neither a \.zip, nor a \.tar, nor a \.npz/],
    [
      "when the archive is cut off",
      Buffer.from("PK\x03\x04 and then nothing"),
      400,
      /X: is no zip archive, or a truncated one/,
    ],
    ["when the archive is empty", Buffer.from(writeZip([])), 400, /X: holds no files/],
  ])("%s", async (_, body, status, message) => {
    await refused((await send("X", body)).response, status, message);
    expect(await uploads()).toEqual([]);
  });

  test("when it unpacks to more than it may", async () => {
    await refused(
      (await send("Bomb", bomb(40 * 2 ** 20))).response,
      400,
      /Bomb: .*big\.png unpacks to 40 MiB; at most 32 MiB/,
    );
    await refused(
      (await send("Bomb", bomb(30 * 2 ** 20, 20))).response,
      400,
      /Bomb: unpacks to 600 MiB; at most 512 MiB/,
    );
    expect(await uploads()).toEqual([]);
  });

  test("when it grows beyond the limit while it is streamed", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 2 ** 20;
        controller.enqueue(new Uint8Array(2 ** 20));
      },
    });
    await refused((await send("Endless", body)).response, 413, /larger than 64 MiB/);
    expect(sent).toBeLessThan(70 * 2 ** 20);
    expect(await uploads()).toEqual([]);
  });

  test("when another site's page sends it, or it has no name", async () => {
    const url = "http://salon.test/api/v1/references";
    const foreign = new Request(`${url}?name=x`, {
      method: "POST",
      body: "x",
      headers: { "sec-fetch-site": "cross-site" },
    });
    await refused(await upload(foreign), 403, /own pages/);
    await refused(await upload(new Request(url, { method: "POST", body: "x" })), 400, /name/);
  });
});

/** A deflated zip whose directory claims files of `size` zeros, all sharing one stream of a few kilobytes. */
function bomb(size: number, copies = 1): Buffer {
  const packed = deflateRawSync(Buffer.alloc(1024));
  const local = Buffer.alloc(30 + 7);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(7, 26);
  local.write("big.png", 30, "latin1");
  const central = Buffer.alloc(46 + 7);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(7, 28);
  central.write("big.png", 46, "latin1");
  const directory = Buffer.concat(Array.from({ length: copies }, () => central));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(copies, 8);
  end.writeUInt16LE(copies, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, directory, end]);
}
