import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { maySeeRun, type Viewer } from "@/lib/models/visibility";
import { mayBeNamed } from "@/lib/prompts/named-samples";
import { mayBeLookedAt } from "@/lib/prompts/shown-states";

/**
 * A run's sample that may be shown to who asks. Samples of live battles are shown in their battle alone, as are listed models' samples
 * of prompts in the arena (see named-samples.ts); those of models that are not listed to nobody but the submitter and admins. One that
 * is held or was removed comes to nobody.
 * @throws SalonError not_found; gone
 */
export async function requireShownSample(ask: { sampleId: string } & Viewer, tx: Tx) {
  const sample = await tx.sample.findUnique({
    where: { id: ask.sampleId },
    select: {
      runId: true,
      promptId: true,
      state: true,
      artifactHash: true,
      artifact: { select: { sha256: true, mediaType: true, video: true, width: true, height: true } },
      prompt: { select: { arena: true } },
      model: { select: { listed: true, submitterId: true, modality: true } },
    },
  });
  const run = sample?.runId ? { id: sample.runId, model: sample.model } : null;
  if (!sample || !maySeeRun(run, ask) || !mayBeNamed(sample))
    throw new SalonError("not_found", "There is no such sample.");
  if (!mayBeLookedAt(sample)) throw new SalonError("gone", "This image is not shown any more.");
  return sample;
}
