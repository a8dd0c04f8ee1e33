import type { Tx } from "@/lib/db/client";
import { isOwn } from "@/lib/models/visibility";
import type { RunPause } from "@/lib/schemas/runs";
import { findListeners } from "@/lib/webhooks/find-listeners";
import { writeEvent } from "@/lib/webhooks/write-event";

/** A run waits until a person lets it go on, or goes on after that. */
export interface PauseNews {
  runId: string;
  status: "paused" | "resumed";
  /** What it lacks, or lacked. */
  pausedFor: RunPause;
  /** What its endpoint said, without the key; null: it was not asked, or is not told again. */
  message: string | null;
}

/** Tell the owner of a run's model, and the operator, in the transaction that pauses it or lets it go on. */
export async function tellRunPaused({ runId, ...news }: PauseNews, tx: Tx): Promise<void> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, include: { model: true } });
  const { model } = run;
  const about = { models: [model.id], boards: [] };
  const told = (await findListeners("run_paused", about, tx)).filter(
    ({ by }) => by === "operator" || isOwn(model, by.voterId),
  );
  if (told.length === 0) return;
  const data = {
    ...news,
    run: runId,
    state: run.state,
    label: run.label,
    model: { slug: model.slug, name: model.name },
    samples: {
      total: run.promptCount * run.samplesPerPrompt,
      generated: await tx.sample.count({ where: { runId } }),
      failed: await tx.sampleFailure.count({ where: { runId } }),
    },
    path: `/runs/${runId}`,
  };
  for (const listener of told) await writeEvent(listener, "run_paused", data, tx);
}
