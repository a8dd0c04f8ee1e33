import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from "vitest";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import type { Modality } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { readRun } from "@/lib/pages/read-run";
import { kindOfRun } from "@/lib/references/encoders-in-use";
import { resumeRun } from "@/lib/runs/resume-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { RunView } from "@/lib/schemas/runs";
import type { SubmissionInput } from "@/lib/schemas/submissions";
import {
  addBoard,
  startWorker,
  submissionOf,
  useDataFolder,
  type TestWorker,
} from "../../support/evaluation-world";
import { KEY, startVendor, type Vendor, type VendorServer } from "../../support/format-mocks/vendor";
import { ALL_VENDORS } from "../../support/format-mocks/vendors";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
let worker: TestWorker;
const servers: VendorServer[] = [];
beforeAll(async () => {
  await boardOf("edits", "IMAGE_EDIT", 2);
  await boardOf("clips", "TEXT_TO_VIDEO", 0);
  await boardOf("animations", "TEXT_TO_VIDEO", 1);
});
beforeEach(async () => void (worker = await startWorker(database.db, database.url)));
afterEach(() => worker.stop());
afterAll(() => Promise.all(servers.map((server) => server.close())));

/** A board of two prompts that begin with so many photos. */
async function boardOf(slug: string, modality: Modality, photos: number) {
  const { id, promptSetId } = await addBoard(database.db, 2, slug);
  await database.db.board.update({ where: { id }, data: { modality } });
  const bytes = await Promise.all(
    ["red", "blue"].slice(0, photos).map((background) =>
      sharp({ create: { width: 64, height: 64, channels: 3, background } })
        .withExif({ IFD0: { Artist: "Somebody" } })
        .jpeg()
        .toBuffer(),
    ),
  );
  const row = { mediaType: "image/jpeg", width: 64, height: 64 };
  await database.db.$transaction(async (tx) => {
    const hashes = await keepArtifacts(
      bytes.map((each) => ({ bytes: each, row })),
      tx,
    );
    await tx.prompt.updateMany({ where: { promptSetId }, data: { sourceArtifacts: hashes } });
  });
}

const vendorOf = (format: string, task: string): Vendor =>
  ALL_VENDORS.find((each) => each.format === format && each.task === task)!;

async function submit(board: string, vendor: Vendor, more: Partial<SubmissionInput> = {}) {
  const server = await startVendor(vendor);
  servers.push(server);
  const submission = submissionOf(server, {
    ...{ board, name: `${board} by ${vendor.format}`, format: vendor.format, apiKey: KEY, concurrency: 1 },
    ...{ providerModel: vendor.model, ...more },
  });
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  return { server, runId };
}
const read = (runId: string) => readRun({ runId, voterId: SUBMITTER }, database.db);
async function generated(runId: string): Promise<RunView> {
  const isGenerated = async () => !["QUEUED", "GENERATING"].includes((await read(runId)).state);
  await expect.poll(isGenerated, { timeout: 40_000, interval: 50 }).toBe(true);
  return read(runId);
}
const artifactsOf = async (runId: string) =>
  (await database.db.sample.findMany({ where: { runId }, include: { artifact: true } })).map(
    ({ artifact }) => artifact,
  );

it("a run over prompts that edit sends their images, without metadata, and its samples are images", async () => {
  const vendor = { ...vendorOf("sglang", "image-edit"), masked: false };
  const { server, runId } = await submit("edits", vendor);
  expect(await generated(runId)).toMatchObject({ generated: 2, failed: 0 });
  expect(server.charges).toHaveLength(2);
  for (const { files, body } of server.charges) {
    expect(body.prompt).toMatch(/^prompt \d$/);
    expect(files.map(({ name }) => name)).toEqual(["image[]", "image[]"]);
    for (const { bytes } of files) {
      expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 64, height: 64 });
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    }
  }
  expect(await kindOfRun(runId, database.db)).toBe("image");
  expect(await artifactsOf(runId)).toMatchObject([{ mediaType: "image/png" }, { mediaType: "image/png" }]);
});

it.each([
  ["clips", "text-to-video"],
  ["animations", "image-to-video"],
])("a run over %s asks for videos, and its samples are videos", async (board, task) => {
  const { server, runId } = await submit(board, vendorOf("fal", task));
  expect(await generated(runId)).toMatchObject({ generated: 2, failed: 0 });
  const begun = server.charges.filter(({ body }) => body.image_url !== undefined);
  expect(begun).toHaveLength(task === "image-to-video" ? 2 : 0);
  for (const artifact of await artifactsOf(runId))
    expect(artifact).toMatchObject({
      ...{ mediaType: "image/webp", width: 16, height: 16 },
      video: { codec: "webp", frames: 2 },
    });
  expect(await kindOfRun(runId, database.db)).toBe("video");
});

it("a video that does not decode fails its prompt, and says so", async () => {
  const vendor = vendorOf("fal", "text-to-video");
  // Whole as far as its container says.
  const broken = Buffer.concat([
    Buffer.from("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0", "latin1"),
    Buffer.alloc(80),
  ]);
  broken.writeUInt32LE(broken.length - 8, 4);
  const poll: Vendor["poll"] = (drawing, asked) => {
    const url = `data:video/webp;base64,${broken.toString("base64")}`;
    return asked.path.endsWith("/status") ? vendor.poll!(drawing, asked) : { json: { video: { url } } };
  };
  const { runId } = await submit("clips", { ...vendor, poll }, { name: "Broken clips", promptCount: 1 });
  const run = await generated(runId);
  expect(run).toMatchObject({ generated: 0, failed: 1 });
  expect(run.failures).toMatchObject([
    { code: "invalid", message: expect.stringContaining("no usable sample: The video") as unknown },
  ]);
});

it("a run whose videos this machine cannot read waits for ffmpeg, and then collects what was ordered without paying again", async () => {
  const vendor = vendorOf("fal", "text-to-video");
  const mp4 = Buffer.from("\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08mdat", "latin1");
  let hasFfmpeg = false;
  const poll: Vendor["poll"] = (drawing, asked) => {
    const url = `data:video/mp4;base64,${mp4.toString("base64")}`;
    const isAsked = asked.path.endsWith("/status") || hasFfmpeg;
    return isAsked ? vendor.poll!(drawing, asked) : { json: { video: { url } } };
  };
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    const { server, runId } = await submit(
      "clips",
      { ...vendor, poll },
      { name: "Unread clips", promptCount: 1 },
    );
    const isPaused = async () => (await read(runId)).state;
    await expect.poll(isPaused, { timeout: 40_000, interval: 50 }).toBe("PAUSED");
    expect(await read(runId)).toMatchObject({ pausedFor: "no_ffmpeg", generated: 0, failed: 0 });
    process.env.PATH = path;
    hasFfmpeg = true;
    await resumeRun({ runId, voterId: SUBMITTER }, database.db);
    expect(await generated(runId)).toMatchObject({ generated: 1, failed: 0 });
    expect(server.charges).toHaveLength(1);
  } finally {
    process.env.PATH = path;
  }
});

it.each([
  ["edits", "together", "serves no edits of images"],
  ["clips", "azure-openai", "serves no videos"],
  ["animations", "luma", "serves no videos that begin with an image"],
] as const)(
  "a run over %s is refused where the format (%s) does not serve it",
  async (board, format, words) => {
    const task = format === "luma" ? "text-to-video" : undefined;
    const vendor = ALL_VENDORS.find((each) => each.format === format && each.task === task)!;
    await expect(submit(board, vendor)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining(words) as unknown,
      details: { field: "format" },
    });
  },
);
