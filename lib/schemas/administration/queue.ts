import { z } from "zod";
import { runPause } from "@/lib/schemas/runs";

/** The queue of jobs as its page, the API and `salon queue` tell of it. */

const time = z.iso.datetime();
const count = z.number().int().nonnegative();

const jobKind = z.object({
  kind: z.string().describe("What the job does, such as generate-samples."),
  waiting: count.describe("Not tried yet."),
  running: count.describe("In a worker's hands."),
  retrying: count.describe("Failed, and tried again later."),
  failed: count.describe("Failed for the last time."),
  oldest: time.nullable().describe("When the oldest of those that wait was due; null: none is due."),
});

const failedJob = z.object({
  id: z.string(),
  kind: z.string(),
  about: z.record(z.string(), z.string()).describe("Ids and numbers that it was given."),
  error: z.string().describe("What its last attempt failed with; secrets are left out."),
  attempts: count,
  maxAttempts: count,
  nextTry: time.nullable().describe("null: it is tried no more."),
  failedAt: time,
});

const worker = z.object({
  since: time.describe("When it connected."),
  address: z.string().nullable().describe("null: over a socket of the database's own machine."),
  slots: count.describe("Jobs that it can do at a time."),
});

/** What does not go on by itself, and what it waits for. */
const paused = z.discriminatedUnion("what", [
  z.object({ what: z.literal("no_worker") }),
  z.object({ what: z.literal("disk_low") }),
  z.object({ what: z.literal("submissions_closed") }),
  z.object({ what: z.literal("judge"), slug: z.string(), name: z.string() }),
  z.object({ what: z.literal("run"), runId: z.string(), model: z.string(), pausedFor: runPause.nullable() }),
  z.object({ what: z.literal("endpoint"), runId: z.string(), model: z.string(), since: time }),
]);

export const queueView = z.object({
  kinds: z.array(jobKind).describe("Of every kind that has a job."),
  failed: z.array(failedJob).describe("Those that failed, the newest first, a hundred at most."),
  workers: z.array(worker),
  paused: z.array(paused),
});

const jobId = z.string().regex(/^\d{1,18}$/, "must be the number of a job");
const kind = z.string().min(1).max(128);

export const queueChange = z.union([
  z.object({ action: z.enum(["retry", "remove"]), job: jobId }).strict(),
  z.object({ action: z.literal("retry"), kind: kind.describe("All failed jobs of this kind.") }).strict(),
]);

export const queueChanged = z.object({ changed: count.describe("How many jobs that was.") });

export type QueueView = z.output<typeof queueView>;
export type QueueChange = z.output<typeof queueChange>;
export type FailedJob = z.output<typeof failedJob>;
export type Paused = z.output<typeof paused>;
