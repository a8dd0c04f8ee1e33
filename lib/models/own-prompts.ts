import type { Visitor } from "@/lib/models/visibility";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { lockModel } from "@/lib/models/lock-model";

/** A submitted endpoint's leave to be called for visitors' own prompts, and what has been used of it. */
interface Leave {
  ownPromptsPerDay: number;
  ownPromptsDay: Date | null;
  ownPromptsUsed: number;
}

const DAY_MS = 24 * 3_600_000;

/**
 * How often an endpoint was called today (UTC) for visitors' own prompts.
 * @param now milliseconds since 1970
 */
export function ownPromptsToday({ ownPromptsDay, ownPromptsUsed }: Leave, now: number): number {
  return isToday(ownPromptsDay, now) ? ownPromptsUsed : 0;
}

/** Whether the day that was counted last is not over. */
export const isToday = (day: Date | null, now: number): boolean =>
  day !== null && now < day.getTime() + DAY_MS;

/** Whether one may be called once more today, as far as is known: {@link takeOwnPrompt} decides. */
export function isOpenToOwnPrompts(leave: Leave, now: number): boolean {
  return ownPromptsToday(leave, now) < leave.ownPromptsPerDay;
}

/** A call that was counted before it is made: on which of the database's days, and as what. */
export interface CountedCall {
  endpointId: string;
  day: Date;
  usd: Prisma.Decimal;
}

/**
 * Use up one of the calls that a submitted endpoint's owner allows a day for visitors' own prompts. Count first, then call: one
 * statement decides, so that however many ask at once, no more get leave than there is. The day is the database's, in UTC as every session is,
 * and never goes back.
 * @param usd what an image is thought to cost; its reply may say better ({@link settleOwnPrompt})
 * @returns null: it may not be called
 */
export async function takeOwnPrompt(
  endpointId: string,
  usd: Prisma.Decimal,
  tx: Tx,
): Promise<CountedCall | null> {
  const [taken] = await tx.$queryRaw<{ day: Date }[]>`
    update endpoints set
      own_prompts_used = case when own_prompts_day >= today.day then own_prompts_used + 1 else 1 end,
      own_prompts_usd = case when own_prompts_day >= today.day then own_prompts_usd else 0 end + ${usd},
      spent_estimate_usd = spent_estimate_usd + ${usd},
      own_prompts_day = greatest(own_prompts_day, today.day)
    from (select current_date as day) as today
    where id = ${endpointId} and own_prompts_per_day > 0
      and (own_prompts_day is null or own_prompts_day < today.day or own_prompts_used < own_prompts_per_day)
    returning own_prompts_day as day`;
  return taken === undefined ? null : { endpointId, day: taken.day, usd };
}

/**
 * What a counted call cost takes the place of what it was thought to. One whose end nobody knows is never settled, and stays counted.
 * @param toldUsd as its reply says; 0: it was not charged
 */
export async function settleOwnPrompt(call: CountedCall, toldUsd: number, tx: Tx): Promise<void> {
  const told = new Prisma.Decimal(toldUsd);
  await tx.$executeRaw`
    update endpoints set
      own_prompts_usd = case when own_prompts_day = ${call.day}::date then greatest(0, own_prompts_usd - ${call.usd} + ${told})
        else own_prompts_usd end,
      spent_told_usd = spent_told_usd + ${told},
      spent_estimate_usd = greatest(0, spent_estimate_usd - ${call.usd})
    where id = ${call.endpointId}`;
}

/**
 * A visitor decides how often a day their model's endpoint may be called for other visitors' prompts; 0: never. What has been used
 * today stays used.
 * @throws SalonError not_found; forbidden when another visitor submitted it; conflict when it was changed since it was read
 */
export function allowOwnPrompts(ask: { slug: string; perDay: number } & Visitor, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const model = await lockModel({ slug: ask.slug, by: ask }, tx);
    await claimEdit({ thing: { kind: "model", id: model.id }, by: ask }, tx);
    const before = await tx.endpoint.findFirst({ where: { modelId: model.id } });
    await tx.endpoint.updateMany({ where: { modelId: model.id }, data: { ownPromptsPerDay: ask.perDay } });
    await recordChange(tx, {
      by: ask,
      action: "models.change",
      subject: { kind: "model", id: model.id, label: model.name },
      before: { ownPromptsPerDay: before?.ownPromptsPerDay ?? null },
      after: { ownPromptsPerDay: before === null ? null : ask.perDay },
    });
  });
}
