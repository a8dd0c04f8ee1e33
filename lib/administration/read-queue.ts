import { redactError } from "@/lib/administration/redact-error";
import { isDiskLow } from "@/lib/artifacts/disk-space";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import {
  countJobs,
  listFailedJobs,
  listWorkers,
  type FailedJobRow,
  type WorkerRow,
} from "@/lib/queue/list-jobs";
import type { FailedJob, Paused, QueueView } from "@/lib/schemas/administration/queue";

/** Failed jobs that a page shows. */
const FAILED = 100;
/** Paused things of one sort that a page shows. */
const PAUSED = 20;

/** The queue as it stands: jobs by kind, those that failed, the workers, and what is paused. */
export async function readQueue(tx: Tx = db()): Promise<QueueView> {
  const [kinds, failed, workers] = [
    await countJobs(tx),
    await listFailedJobs(FAILED, tx),
    await listWorkers(tx),
  ];
  return {
    kinds: kinds.map(({ oldest, ...counts }) => ({ ...counts, oldest: oldest?.toISOString() ?? null })),
    failed: failed.map(failedJobOf),
    workers: workers.map(({ since, ...worker }) => ({ ...worker, since: since.toISOString() })),
    paused: await readPaused(workers, tx),
  };
}

function failedJobOf({ payload, error, runAt, updatedAt, ...job }: FailedJobRow): FailedJob {
  return {
    ...job,
    about: aboutOf(payload),
    error: redactError(error ?? ""),
    nextTry: job.attempts < job.maxAttempts ? runAt.toISOString() : null,
    failedAt: updatedAt.toISOString(),
  };
}

/** Payloads are ids and numbers (lib/queue/jobs.ts); of another Salon's, whatever is neither is left out. */
function aboutOf(payload: unknown): Record<string, string> {
  if (typeof payload !== "object" || payload === null) return {};
  const plain = Object.entries(payload).filter(([, value]) => /^(string|number|boolean)$/.test(typeof value));
  return Object.fromEntries(plain.map(([name, value]) => [name, String(value).slice(0, 100)]));
}

async function readPaused(workers: WorkerRow[], tx: Tx): Promise<Paused[]> {
  const judges = await tx.judge.findMany({
    where: { state: "PAUSED" },
    select: { slug: true, name: true },
    orderBy: { createdAt: "asc" },
    take: PAUSED,
  });
  const paused = await tx.run.findMany({
    where: { state: "PAUSED" },
    select: { id: true, pausedFor: true, model: { select: { name: true } } },
    orderBy: { createdAt: "asc" },
    take: PAUSED,
  });
  const runs = await tx.run.findMany({
    where: { state: "GENERATING", endpointFailingSince: { not: null } },
    select: { id: true, endpointFailingSince: true, model: { select: { name: true } } },
    orderBy: { endpointFailingSince: "asc" },
    take: PAUSED,
  });
  return [
    ...(workers.length === 0 ? [{ what: "no_worker" as const }] : []),
    ...((await isDiskLow()) ? [{ what: "disk_low" as const }] : []),
    ...(env().submissions === "off" ? [{ what: "submissions_closed" as const }] : []),
    ...judges.map((judge) => ({ what: "judge" as const, ...judge })),
    ...paused.map(({ id, model, pausedFor }) => ({
      what: "run" as const,
      runId: id,
      model: model.name,
      pausedFor,
    })),
    ...runs.map(({ id, model, endpointFailingSince }) => ({
      what: "endpoint" as const,
      runId: id,
      model: model.name,
      since: endpointFailingSince!.toISOString(),
    })),
  ];
}
