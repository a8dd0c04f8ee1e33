import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { unlistModel } from "@/lib/models/list-model";
import { lockModel } from "@/lib/models/lock-model";
import type { Asker } from "@/lib/models/visibility";

const REMOVED = "Removed model";
/** A model of a thousand images and as many votes takes seconds on a slow disk. */
const TIMEOUT_MS = 120_000;

/**
 * Remove a model with all that is its own: its endpoint, sealed key and webhooks at once, its runs, scores and verdicts, its images (their
 * bytes are deleted by the next collection, lib/artifacts/collect-artifacts.ts). Work under way finds nothing left and stops.
 * Votes stay in the log: what they and the snapshots name is a row without name, and samples without images, so that
 * the log still replays to the stored ratings and every snapshot can be verified.
 * @throws SalonError not_found; forbidden when another visitor submitted it; conflict for a bundled model
 */
export function removeModel(ask: { slug: string; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(
    tx,
    async (tx) => {
      const model = await lockModel(ask, tx);
      if (model.bundled) {
        throw new SalonError(
          "conflict",
          `${model.name} ships with Salon and would come back: hide it instead.`,
        );
      }
      await tx.endpoint.deleteMany({ where: { modelId: model.id } });
      await tx.webhook.deleteMany({ where: { modelId: model.id } });
      await tx.modelPrice.deleteMany({ where: { modelId: model.id } });
      await stripSamples(model.id, tx);
      await tx.run.deleteMany({ where: { modelId: model.id } });
      // Votes hold the row until they commit, and may ask for a refit then: the row first here, too, and late, so that none waits long.
      await tx.model.update({ where: { id: model.id }, data: tombstone(model.id) });
      await unlistModel(model.id, tx, ask.by);
      await recordChange(tx, {
        by: ask.by,
        action: "models.change",
        subject: { kind: "model", id: model.id, label: model.name },
        before: { slug: model.slug, modality: model.modality, listed: model.listed },
        after: null,
      });
    },
    TIMEOUT_MS,
  );
}

/** Samples that battles or judged pairs name outlive their run, without what anybody said of them; the others go. */
async function stripSamples(modelId: string, tx: Tx): Promise<void> {
  const of = { sample: { modelId } };
  await tx.judgeCall.deleteMany({ where: { sampleVerdict: of } });
  await tx.judgeCall.deleteMany({ where: { canaryVerdict: of } });
  await tx.$executeRaw`
    with own as (select id from samples where model_id = ${modelId}), named as (
      select left_sample_id as id from battles where left_sample_id in (select id from own)
      union select right_sample_id from battles where right_sample_id in (select id from own)
      union select first_sample_id from judge_pairs where first_sample_id in (select id from own)
      union select second_sample_id from judge_pairs where second_sample_id in (select id from own)
      union select a_sample_id from judge_pair_verdicts where a_sample_id in (select id from own)
      union select b_sample_id from judge_pair_verdicts where b_sample_id in (select id from own)
    ), kept as (
      update samples set run_id = null, revised_prompt = null where id in (select id from named) returning id
    )
    delete from samples where model_id = ${modelId} and id not in (select id from named)`;
}

/** The slug of what stays of a thing whose name is gone. */
export const removedSlug = (id: string): string => `removed-${id.replace(/^.*_/, "").toLowerCase()}`;

/** What stays of a model: an id that votes and snapshots name. */
const tombstone = (id: string) => ({
  name: REMOVED,
  creator: "",
  slug: removedSlug(id),
  description: "",
  openWeights: null,
  releasedAt: null,
  licence: null,
  parameters: null,
  paradigm: null,
  architecture: null,
  representation: null,
  textConditioning: null,
  pricePerImageUsd: null,
  submitterId: null,
  addressHash: null,
  review: "NOT_NEEDED" as const,
  reviewReason: null,
  listed: false,
  removedAt: new Date(),
});
