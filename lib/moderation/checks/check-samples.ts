import { getArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { CheckFailed } from "@/lib/moderation/checks/check";
import { askChecks, readChecks } from "@/lib/moderation/checks/check-image";
import { judgeAgain } from "@/lib/moderation/judge-again";

const PAGE = 50;

/**
 * Ask the checks about a run's samples that wait for them; what none has anything against is shown. Each is written down as it is
 * answered and only while it still waits, so this may run twice and be killed at any moment.
 * @throws SalonError "endpoint_failed" (retryable) when a check does not answer; what is left waits on
 */
export async function checkSamples(
  { runId }: { runId: string },
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const checks = await readChecks({ client, signal }, db);
  for (let after = ""; ;) {
    const waiting = await db.sample.findMany({
      where: { runId, state: "HELD", stateReason: "unchecked", id: { gt: after } },
      orderBy: { id: "asc" },
      take: PAGE,
      select: {
        id: true,
        artifact: { select: { sha256: true, mediaType: true } },
        prompt: { select: { text: true } },
      },
    });
    for (const { id, artifact, prompt } of waiting) {
      signal.throwIfAborted();
      const image = { bytes: await getArtifact(artifact.sha256), mediaType: artifact.mediaType };
      const found = await askChecks(checks, { prompt: prompt.text, image }).catch((error: unknown) => {
        if (!(error instanceof CheckFailed)) throw error;
        throw new SalonError("endpoint_failed", error.message, { retryable: true, cause: error });
      });
      const state = found ?? { state: "VISIBLE" as const, stateReason: null };
      await inTransaction(async (tx) => {
        const { count } = await tx.sample.updateMany({
          where: { id, state: "HELD", stateReason: "unchecked" },
          data: { ...state, stateAt: new Date() },
        });
        if (count > 0 && state.state !== "HELD") await judgeAgain([runId], tx);
      }, db);
    }
    if (waiting.length < PAGE) return;
    after = waiting[waiting.length - 1].id;
  }
}

/** What is said of samples whose check was given up: they wait for a person. */
export async function giveUpChecks({ runId }: { runId: string }, db: Db): Promise<void> {
  await db.sample.updateMany({
    where: { runId, state: "HELD", stateReason: "unchecked" },
    data: { stateReason: "check_failed" },
  });
}
