import { recordChange } from "@/lib/audit/record-change";
import type { Via } from "@/lib/audit/actor";
import { db as processDb, inTransaction, type Db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { slugOf } from "@/lib/models/add-model";
import { requireOwnJudgeName } from "@/lib/models/require-own-name";
import { requireRoom } from "@/lib/runs/require-room";
import { findRubric, JUDGING_RUBRICS } from "@/lib/rubrics/registry";
import { rubricId } from "@/lib/rubrics/rubric";
import { probeJudge } from "@/lib/judges/probe-judge";
import { startJudging } from "@/lib/judges/start-judging";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { visitorHolder } from "@/lib/queue/holder";
import type { JudgeSubmission } from "@/lib/schemas/judges/judging";
import { sealForRow } from "@/lib/secrets/seal-key";

/**
 * Add a judge: probed first, its key sealed, and, unless told otherwise, given all published runs at once.
 * @param ask.ownerId the visitor it will belong to; null: the operator
 * @param ask.address the visitor's network address; only its keyed hash is kept
 * @returns its id and slug
 * @throws SalonError invalid_request with the field at fault; endpoint_failed when it does not judge; conflict when the
 *   visitor, or the network address, has enough of them, or for a name that passes for another's; forbidden where submissions
 *   are closed
 */
export async function addJudge(
  ask: {
    submission: JudgeSubmission;
    ownerId: string | null;
    via?: Via;
    address?: string | null;
    start?: boolean;
  },
  client: GuardedClient = guardedClient(),
  db: Db = processDb(),
): Promise<{ judgeId: string; slug: string }> {
  const { submission, ownerId, start = true } = ask;
  const { name, endpointUrl, apiKey, rubrics, ...facts } = submission;
  requireSense(submission);
  if (ownerId !== null) {
    await requireOwnJudgeName({ ...submission, ownerId }, db);
  }
  const holder = await visitorHolder({ voterId: ownerId, address: ask.address });
  await inTransaction((tx) => requireRoom("judges", holder, tx), db);
  const probe = await probeJudge(submission, ownerId === null ? "operator" : "visitor", undefined, client);
  if (!probe.ok) throw new SalonError("endpoint_failed", probe.message, { field: "endpointUrl" });
  if (!probe.logprobs && rubrics.some((id) => findRubric(id)?.kind === "vqascore")) {
    const message = "VQAScore needs the probabilities of a judge's words, and this one does not tell them.";
    throw new SalonError("invalid_request", message, { field: "rubrics" });
  }
  return inTransaction(async (tx) => {
    await requireRoom("judges", holder, tx);
    const id = newId("judge");
    const slug = await freeSlug(name, tx);
    await tx.judge.create({
      data: {
        ...facts,
        id,
        slug,
        name,
        baseUrl: endpointUrl,
        apiKeySealed: apiKey === undefined ? null : await sealForRow(apiKey, id),
        apiKeyLast4: apiKey === undefined || apiKey.length < 12 ? null : apiKey.slice(-4),
        rubrics: [...new Set(rubrics)],
        logprobs: probe.logprobs,
        jsonSchema: probe.jsonSchema,
        probedAt: new Date(),
        ownerId,
        addressHash: holder.addressHash,
      },
    });
    await recordChange(tx, {
      by: ownerId === null ? "operator" : { voterId: ownerId, via: ask.via },
      action: "judges.add",
      subject: { kind: "judge", id, label: name },
      before: null,
      after: { ...submission, apiKey: apiKey ?? null },
    });
    if (start) await startJudging({ judgeId: id }, tx);
    return { judgeId: id, slug };
  }, db);
}

function requireSense({ rubrics, budgetUsd, ...prices }: JudgeSubmission): void {
  const known = new Set(JUDGING_RUBRICS.map((rubric) => rubricId(rubric)));
  const unknown = rubrics.find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new SalonError(
      "invalid_request",
      `There is no rubric ${unknown}; there are ${[...known].join(", ")}.`,
      { field: "rubrics" },
    );
  }
  const seen = new Set(rubrics.map((id) => findRubric(id)?.sees));
  if (seen.has("frames") && seen.has("video")) {
    const message =
      "A judge is shown videos as frames (videoscore, videopair) or whole (wholescore, wholepair), not both: add it twice to compare.";
    throw new SalonError("invalid_request", message, { field: "rubrics" });
  }
  const { usdPerMillionInputTokens: input, usdPerMillionOutputTokens: output } = prices;
  if ((budgetUsd ?? null) !== null && ((input ?? null) === null || (output ?? null) === null)) {
    throw new SalonError("invalid_request", "Give both prices, or the budget cannot be watched.", {
      field: "usdPerMillionInputTokens",
    });
  }
}

/** The name's slug, or the first of slug-2, slug-3, ... that is free. */
async function freeSlug(name: string, tx: Tx): Promise<string> {
  const base = slugOf(name);
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`judge-slug:${base}`}, 0))`;
  const rows = await tx.judge.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } });
  const taken = new Set(rows.map((row) => row.slug));
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
