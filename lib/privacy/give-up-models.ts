import { recordChange } from "@/lib/audit/record-change";
import type { Tx } from "@/lib/db/client";
import { Prisma, type Model } from "@/lib/db/generated/client";
import { lockModel } from "@/lib/models/lock-model";
import { removeModel } from "@/lib/models/remove-model";
import type { Asker } from "@/lib/models/visibility";
import { onBehalf, type Erasure, type Outcome } from "@/lib/privacy/erasure";

/** Remove the person's models that are not listed, or all of them; what stays is the site's. */
export async function giveUpModels({ person, by, listed }: Erasure, tx: Tx): Promise<Outcome> {
  const models = await tx.model.findMany({
    where: { submitterId: { in: person.voterIds } },
    orderBy: { id: "asc" },
  });
  const outcome = { removed: 0, kept: 0 };
  for (const model of models) {
    const asker = onBehalf(model.submitterId!, by);
    if (model.listed && listed === "keep") {
      await makeSitesOwn(model, asker, tx);
      outcome.kept += 1;
    } else {
      await removeModel({ slug: model.slug, by: asker }, tx);
      outcome.removed += 1;
    }
  }
  return outcome;
}

/** A listed model stays with what it has made. Its endpoint and key are the person's, and nobody calls them any more. */
async function makeSitesOwn({ id, slug, name }: Model, by: Asker, tx: Tx): Promise<void> {
  await lockModel({ slug, by }, tx);
  await tx.endpoint.deleteMany({ where: { modelId: id } });
  await tx.run.updateMany({
    where: { modelId: id, state: { in: ["QUEUED", "GENERATING", "PAUSED"] } },
    data: { state: "CANCELLED", failureReason: Prisma.DbNull, finishedAt: new Date() },
  });
  await tx.sampleOrder.deleteMany({ where: { run: { modelId: id } } });
  await tx.runLink.deleteMany({ where: { run: { modelId: id } } });
  // Files are called what people call them.
  const uploads = { run: { modelId: id } };
  await tx.uploadProblem.deleteMany({ where: { upload: uploads } });
  await tx.sampleUpload.updateMany({ where: uploads, data: { name: "upload" } });
  await tx.model.update({
    where: { id },
    data: { submitterId: null, addressHash: null, reviewReason: null },
  });
  await recordChange(tx, {
    by,
    action: "models.change",
    subject: { kind: "model", id, label: name },
    before: { isSitesOwn: false },
    after: { isSitesOwn: true },
  });
}
