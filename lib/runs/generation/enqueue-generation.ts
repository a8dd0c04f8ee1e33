import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/queue/enqueue";
import { enqueueMany, type KeyedJob } from "@/lib/queue/enqueue-many";
import type { JobPayload } from "@/lib/queue/jobs";
import { shareQueue } from "@/lib/queue/share-queue";

/** Prompts of one job, at most: after a few seconds it gives up its slot and queues the rest again (generate-samples.ts). */
const CHUNK = 8;
/** Requests at a time that an endpoint may allow, at most: a run has as many jobs where it has as many prompts. */
const MOST_AT_ONCE = 16;
/** Rounds of so many prompts in which bundled models take turns: a hundred prompts, half of them the arena's. */
const TURNS = 13;
/** A run's jobs come after what people wait for (priority below 10), chunk by chunk. */
const FIRST_PRIORITY = 10;
const LAST_PRIORITY = FIRST_PRIORITY + 30_000;

/** A model as far as its queues go by it. */
interface CalledModel {
  bundled: boolean;
  submitterId: string | null;
  addressHash: string | null;
  endpoint: { id: string; concurrency: number };
}

/**
 * Queue the generation of every sample of a run that is neither there nor given up: how a run starts and how it
 * goes on. Jobs take turns: the first chunks of all runs come before anyone's second, so that an arena exists early.
 * Only bundled models, of which there are many, stop taking turns after the first hundred prompts: the rest of their runs comes one
 * run after the other and after everybody else's, so that the first has its metrics when the last has hardly begun. A submitter's queues bound
 * what its models take up over all workers, and how many of them an endpoint uses bounds the requests that it is sent at a time.
 * Of a run whose samples are uploaded nothing is generated.
 * @returns the number of jobs
 */
export async function enqueueGeneration(runId: string, tx: Tx): Promise<number> {
  const run = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    include: { model: { include: { endpoint: true } } },
  });
  if (run.source === "UPLOAD") return 0;
  const { endpoint } = run.model;
  if (endpoint === null) throw new Error(`${run.model.slug} has no endpoint to call.`);
  const size = chunkSize(run, run.model);
  const unsettled = await tx.$queryRaw<{ chunk: number }[]>`
    select p.index / ${size}::int as chunk
    from prompts p cross join generate_series(0, ${run.samplesPerPrompt - 1}::int) as k
    where p.prompt_set_id = ${run.promptSetId} and p.index < ${run.promptCount}
      and not exists (select from samples s where s.run_id = ${runId} and s.prompt_id = p.id and s.index = k)
      and not exists (select from sample_failures f where f.run_id = ${runId} and f.prompt_id = p.id and f.index = k)
    group by chunk order by chunk`;
  const jobs = unsettled.map(({ chunk }) => {
    const [from, to] = [chunk * size, Math.min((chunk + 1) * size, run.promptCount)];
    return chunkJob({ runId, from, to }, run, { ...run.model, endpoint });
  });
  await enqueueMany("generate-samples", jobs, tx);
  return unsettled.length;
}

/** Queue one chunk of a run again, to be worked on not before `delayMs` from now. */
export async function putOffChunk(
  job: JobPayload<"generate-samples">,
  run: { promptCount: number },
  model: CalledModel,
  delayMs: number,
  tx: Tx,
): Promise<void> {
  const { payload, ...options } = chunkJob(job, run, model);
  await enqueue("generate-samples", payload, { ...options, delayMs }, tx);
}

/**
 * Prompts of one job of a run: so few that a short run, too, can have all requests open that its endpoint allows. Powers of two, and by
 * the run alone, so that what is queued again takes the place of what was queued before. Bundled models' requests are few and quick.
 */
function chunkSize({ promptCount }: { promptCount: number }, { bundled }: { bundled: boolean }): number {
  let size = CHUNK;
  while (!bundled && size > 1 && promptCount < size * MOST_AT_ONCE) size /= 2;
  return size;
}

function chunkJob(
  payload: JobPayload<"generate-samples">,
  run: { promptCount: number },
  model: CalledModel,
): KeyedJob<"generate-samples"> {
  const { endpoint } = model;
  const turn = Math.floor(payload.from / chunkSize(run, model));
  const round = Math.floor(payload.from / CHUNK);
  const holder = { ...model, ownerId: model.submitterId };
  const lanes = { turn, width: endpoint.concurrency, share: env().REQUESTS_PER_SUBMITTER };
  return {
    payload,
    key: `${payload.runId}:generate:${payload.from}`,
    queue: shareQueue("generate", holder, endpoint.id, lanes),
    priority:
      model.bundled && round >= TURNS ? LAST_PRIORITY : Math.min(FIRST_PRIORITY + round, LAST_PRIORITY - 1),
  };
}

/** Every job of a run has a key that starts with the run's id: that is how a run without jobs is found. */
export const advanceKey = (runId: string) => `${runId}:advance`;
export const extractKey = (runId: string) => `${runId}:extract`;
export const scoreKey = (runId: string) => `${runId}:score`;
export const importKey = (runId: string) => `${runId}:import`;
