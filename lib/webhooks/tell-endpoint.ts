import type { Tx } from "@/lib/db/client";
import { isOwn } from "@/lib/models/visibility";
import { findListeners } from "@/lib/webhooks/find-listeners";
import { writeEvent } from "@/lib/webhooks/write-event";

/** What there is to tell of a run's endpoint: it began to fail, it works again, or the run stopped calling it while it failed. */
export interface EndpointNews {
  runId: string;
  status: "failing" | "recovered" | "ended";
  since: Date;
  /** Orders in a row that failed so far, each after its retries. */
  failures: number;
  /** What the last failure was, in a sentence without the key; null: not told again. */
  message: string | null;
}

/** Tell the owner of a run's model, and the operator, of its endpoint. */
export async function tellEndpoint(news: EndpointNews, tx: Tx): Promise<void> {
  const { runId, status, since, failures, message } = news;
  const { model, state } = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { state: true, model: { select: { id: true, slug: true, name: true, submitterId: true } } },
  });
  const data = {
    status,
    run: runId,
    state,
    model: { slug: model.slug, name: model.name },
    since: since.toISOString(),
    failures,
    message,
    path: `/runs/${runId}`,
  };
  for (const listener of await findListeners("endpoint_failing", { models: [model.id], boards: [] }, tx)) {
    const mayBeTold = listener.by === "operator" || isOwn(model, listener.by.voterId);
    if (mayBeTold) await writeEvent(listener, "endpoint_failing", data, tx);
  }
}
