import { expect, it } from "vitest";
import { VideoJobs, type DrawnVideo, type VideoOrder } from "@/generation/clips/video-jobs";

const order: VideoOrder = {
  model: "m",
  prompt: "a",
  seed: 1,
  imageSize: 2,
  settings: { sampler: "euler", steps: 1, guidanceScale: 1, frames: 17, anchors: 4 },
  hasFirst: false,
  isFramewise: false,
  unknownWords: [],
  unreadWords: 0,
};
const video = (bytes: number): DrawnVideo => ({
  rgb: new Uint8Array(bytes),
  size: 2,
  webp: Buffer.alloc(0),
  timing: { load: 0, denoise: 0, decode: 0, encode: 0 },
  computeMs: 0,
});
const limits = { jobs: 3, bytes: 100, lifetimeMs: 1000 };

it("jobs that have ended are kept up to a number, the oldest dropped; those that have not are all kept", () => {
  const jobs = new VideoJobs(limits, () => 0);
  const open = Array.from({ length: 10 }, () => jobs.add(order));
  expect(open.every((job) => jobs.get(job.id) === job)).toBe(true);
  open.slice(0, 5).forEach((job) => jobs.fail(job, { code: "x", message: "x" }));
  expect(open.map((job) => jobs.get(job.id) !== undefined)).toEqual([
    ...[false, false, true, true, true],
    ...new Array<boolean>(5).fill(true),
  ]);
});

it("and up to so many bytes, and for a limited time", () => {
  let now = 0;
  const jobs = new VideoJobs(limits, () => now);
  const [a, b, c] = [jobs.add(order), jobs.add(order), jobs.add(order)];
  jobs.complete(a, video(30));
  now = 500;
  jobs.complete(b, video(30));
  expect(jobs.get(a.id)).toBeUndefined();
  expect(jobs.get(b.id)).toMatchObject({ status: "completed", progress: 100, expiresAt: 1500 });
  jobs.complete(c, video(20));
  expect(jobs.get(b.id)).toBe(b);
  now = 1500;
  expect([a, b, c].map(({ id }) => jobs.get(id))).toEqual([undefined, undefined, undefined]);
});

it("a job that is deleted is stopped, and does not come back when it ends nevertheless", () => {
  const jobs = new VideoJobs(limits, () => 0);
  const job = jobs.add(order);
  jobs.remove(job);
  expect(job.stop.signal.aborted).toBe(true);
  jobs.complete(job, video(10));
  expect(jobs.get(job.id)).toBeUndefined();
});
