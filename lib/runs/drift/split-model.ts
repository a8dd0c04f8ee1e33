import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import { lockWatched } from "@/lib/runs/drift/watch-model";
import { ENDED } from "@/lib/runs/run-lifecycle";
import { changeVotes, type VoteChangeSummary } from "@/lib/votes/change-votes";
import { BULK_TIMEOUT_MS } from "@/lib/votes/exclude-votes";

/** The public reason of votes that stay with the model that a name stood for before. */
export const splitReason = (slug: string, at: Date): string =>
  `${slug.slice(0, 40)}: images from before ${at.toISOString().slice(0, 10)}`;

/**
 * Begin a new version of a model at the look that found it changed: runs made before stay to be read and speak for it no more, so that
 * the arena shows its new images once a run of the new version has been scored; and votes on images made before the look are left out
 * of every rating, as a curator leaves votes out, for a public reason by which `salon votes include` counts them again. A vote is of
 * the images that it was on, whenever it was cast.
 * @throws SalonError not_found, forbidden; conflict where no change was seen, and while a run goes on or is paused
 */
export function splitModel(ask: { slug: string; by: Asker }, tx?: Tx): Promise<VoteChangeSummary> {
  const { by } = ask;
  return atomically(
    tx,
    async (tx) => {
      const model = await lockWatched(ask, tx);
      const endpoint = await tx.endpoint.findUnique({ where: { modelId: model.id } });
      const change = await tx.driftCheck.findFirst({
        where: { endpointId: endpoint?.id ?? "", version: endpoint?.version, verdict: "changed" },
        orderBy: { createdAt: "desc" },
      });
      if (endpoint === null || change === null)
        throw new SalonError(
          "conflict",
          `No change of ${model.name} has been seen: there is nothing to split.`,
        );
      const runs = { modelId: model.id, source: "ENDPOINT" } as const;
      if ((await tx.run.count({ where: { ...runs, state: { notIn: [...ENDED] } } })) > 0)
        throw new SalonError(
          "conflict",
          "A run of this model goes on, or is paused: let it end or cancel it, then begin the new version.",
        );
      const at = change.createdAt;
      await tx.run.updateMany({
        where: { ...runs, supersededAt: null, createdAt: { lt: at } },
        data: { supersededAt: new Date() },
      });
      const version = endpoint.version + 1;
      await tx.endpoint.update({ where: { id: endpoint.id }, data: { version, splitAt: at } });
      await recordChange(tx, {
        by,
        action: "models.change",
        subject: { kind: "model", id: model.id, label: model.name },
        before: { version: endpoint.version, splitAt: endpoint.splitAt },
        after: { version, splitAt: at },
      });
      const exclusion = { to: "EXCLUDED", reason: splitReason(model.slug, at), by } as const;
      return changeVotes(
        Prisma.sql`v.status = 'COUNTED' and ${ofImagesBefore(model.id, at)}`,
        exclusion,
        { dryRun: false },
        tx,
      );
    },
    BULK_TIMEOUT_MS,
  );
}

/** SQL: whether a vote v is on an image of a model that was made before; of imported votes, which have none, when they were cast counts. */
const ofImagesBefore = (modelId: string, at: Date): Prisma.Sql => Prisma.sql`exists (
  select from battles b
  left join samples l on l.id = b.left_sample_id left join samples r on r.id = b.right_sample_id
  where b.id = v.battle_id and (
    v.left_model_id = ${modelId} and coalesce(l.created_at, v.created_at) < ${at}
    or v.right_model_id = ${modelId} and coalesce(r.created_at, v.created_at) < ${at}))`;
