import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma, type Endpoint, type Model } from "@/lib/db/generated/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { changedCall } from "@/lib/models/changed-call";
import { lockModel } from "@/lib/models/lock-model";
import { notePrice } from "@/lib/models/note-price";
import type { Asker } from "@/lib/models/visibility";
import { requireCallable } from "@/lib/providers/require-callable";
import { reviewAgain } from "@/lib/runs/resume-run";
import { ENDED } from "@/lib/runs/run-lifecycle";
import { formatId, timeoutMsOf, type FormatId } from "@/lib/schemas/formats/formats";
import { orderTask, type OrderTask } from "@/lib/schemas/formats/order-task";
import type { ModelChanges } from "@/lib/schemas/submissions";
import { sealForRow } from "@/lib/secrets/seal-key";

/**
 * Change what is said of a model, and where and how it is called; what is not said stays. Where it is called otherwise than before,
 * its endpoint is of a new version: runs that are there stay as they were made, none of them is gone on with, and none lends its
 * samples, so that no run mixes two. A model of others that an operator approved then waits for its review again.
 * @throws SalonError not_found, forbidden; conflict while a run goes on or is paused, or when the model was changed since it was
 *   read; invalid_request naming the field
 */
export async function editModel(
  { slug, changes, by }: { slug: string; changes: ModelChanges; by: Asker },
  tx?: Tx,
): Promise<void> {
  if (changes.endpointUrl !== undefined)
    await requireCallable(changes.endpointUrl, by === "operator" ? "operator" : "visitor");
  return atomically(tx, async (tx) => {
    const model = await lockModel({ slug, by }, tx);
    await claimEdit({ thing: { kind: "model", id: model.id }, by }, tx);
    if (model.bundled)
      throw new SalonError("conflict", `${model.name} ships with Salon, and stays as it is.`);
    const facts = factsOf(changes);
    await tx.model.update({ where: { id: model.id }, data: facts });
    const price = changes.pricePerImageUsd;
    if (price !== undefined && price !== (model.pricePerImageUsd?.toNumber() ?? null)) {
      const pricePerImageUsd = price === null ? null : new Prisma.Decimal(price);
      const said = {
        byOperator: model.submitterId === null || by === "operator",
        source: changes.priceSource,
      };
      await notePrice({ id: model.id, pricePerImageUsd }, said, tx);
    }
    const endpoint = await tx.endpoint.findUnique({ where: { modelId: model.id } });
    const called = endpoint === null ? {} : await changeEndpoint(model, endpoint, changes, tx);
    const after = { ...facts, ...called, ...(changes.apiKey !== undefined && { apiKey: "another" }) };
    const known: Record<string, unknown> = { ...endpoint, ...model };
    await recordChange(tx, {
      by,
      action: "models.change",
      subject: { kind: "model", id: model.id, label: model.name },
      before: Object.fromEntries(Object.keys(after).map((name) => [name, known[name] ?? null])),
      after,
    });
  });
}

/** The columns of what is said of a model. An empty text is as good as none. */
function factsOf(changes: ModelChanges) {
  const { pricePerImageUsd, openWeights, releasedAt, parameters } = changes;
  const text = (value: string | null | undefined) => (value === undefined ? undefined : value || null);
  const facts = {
    pricePerImageUsd,
    openWeights,
    licence: text(changes.licence),
    parameters,
    releasedAt: releasedAt === undefined ? undefined : releasedAt === null ? null : new Date(releasedAt),
    paradigm: text(changes.paradigm),
    architecture: text(changes.architecture),
    representation: text(changes.representation),
    textConditioning: text(changes.textConditioning),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<
    typeof facts
  >;
}

/** @returns the columns that are another than before, its key's left out */
async function changeEndpoint(
  model: Model,
  endpoint: Endpoint,
  changes: ModelChanges,
  tx: Tx,
): Promise<Record<string, unknown>> {
  const { call, isNew } = changedCall(endpoint, changes);
  if (isNew) {
    const going = await tx.run.count({
      where: { modelId: model.id, source: "ENDPOINT", state: { notIn: [...ENDED] } },
    });
    if (going > 0) {
      throw new SalonError(
        "conflict",
        "A run of this model goes on, or is paused: let it end or cancel it, then change how the model is called.",
      );
    }
    await reviewAgain(model, tx);
    // Of a model that is called by another name nothing is known of what others published.
    if (call.providerModel !== endpoint.providerModel || call.format !== endpoint.format)
      await tx.model.update({ where: { id: model.id }, data: { preset: null } });
  }
  const { formatOptions, ...place } = call;
  const changed = {
    ...(changes.concurrency !== undefined && { concurrency: changes.concurrency }),
    ...changedTimeout(endpoint, call.format, changes.timeoutSeconds, orderTask(model.modality, 0)),
    ...(isNew && { ...place, version: endpoint.version + 1 }),
  };
  await tx.endpoint.update({
    where: { id: endpoint.id },
    data: {
      ...changed,
      // What the old one refused the new one may take.
      ...(isNew && { formatOptions: formatOptions ?? Prisma.DbNull, leftOut: [] }),
      ...(changes.apiKey !== undefined && (await keyColumns(changes.apiKey, endpoint.id))),
    },
  });
  return { ...changed, ...(isNew && { formatOptions }) };
}

/** Another time that an order may take: as was said, or the usual one of another format where the old one's usual time held. */
function changedTimeout(
  endpoint: Endpoint,
  format: FormatId,
  seconds: number | undefined,
  task: OrderTask,
): { timeoutMs?: number } {
  const usual = timeoutMsOf(undefined, formatId.parse(endpoint.format), task);
  if (seconds === undefined && endpoint.timeoutMs !== usual) return {};
  const timeoutMs = timeoutMsOf(seconds, format, task);
  return timeoutMs === endpoint.timeoutMs ? {} : { timeoutMs };
}

async function keyColumns(apiKey: string | null, endpointId: string) {
  return {
    apiKeySealed: apiKey === null ? null : await sealForRow(apiKey, endpointId),
    apiKeyLast4: apiKey === null || apiKey.length < 12 ? null : apiKey.slice(-4),
  };
}
