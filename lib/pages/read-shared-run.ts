import { db, type Tx } from "@/lib/db/client";
import { readRun } from "@/lib/pages/read-run";
import { openRunLink } from "@/lib/runs/run-links";
import type { RunView } from "@/lib/schemas/runs";
import { sharedAddress } from "@/lib/schemas/sample-address";

/**
 * The run that a secret link shows, as a stranger sees one, whoever asks: its samples and scores, and nothing else of its owner's. Its
 * images are below the link, too.
 * @throws SalonError not_found for a link that is unknown, revoked or over
 */
export async function readSharedRun({ token }: { token: string }, tx: Tx = db()): Promise<RunView> {
  const { runId } = await openRunLink(token, tx);
  const run = await readRun({ runId, voterId: null, linkedRun: runId }, tx);
  return {
    ...run,
    recentSamples: run.recentSamples.map((sample) => ({
      ...sample,
      url: sharedAddress(sample.url, token),
    })),
  };
}
