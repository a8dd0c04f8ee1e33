import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { memoryRecord, type OrderRecord } from "@/lib/providers/order-record";

const storedJob = z.record(z.string(), z.string());

export interface BattleSide {
  battleId: string;
  isLeft: boolean;
}

/** What an earlier worker left of one side of a live battle. */
export interface KnownOrder {
  seed: number;
  job: ReturnType<OrderRecord["job"]>;
  sampleId: string | null;
}

/** @returns null: nothing was ordered that is still with the provider, and there is no sample */
export async function readBattleOrder(side: BattleSide, db: Db): Promise<KnownOrder | null> {
  const row = await db.battleOrder.findUnique({ where: { battleId_isLeft: side } });
  if (row === null) return null;
  const isThere = row.sampleId !== null && (await db.sample.count({ where: { id: row.sampleId } })) > 0;
  const job =
    row.job === null || row.submittedAt === null
      ? null
      : { job: storedJob.parse(row.job), submittedAt: row.submittedAt.getTime() };
  if (!isThere && job === null) return null;
  return { seed: row.seed, job, sampleId: isThere ? row.sampleId : null };
}

/** The record of one side's order, which outlives the worker that makes it until the battle is settled. */
export function battleRecord(
  side: BattleSide,
  { seed, known }: { seed: number; known: KnownOrder | null },
  db: Db,
): OrderRecord {
  const record = memoryRecord(known?.job ?? null);
  return {
    ...record,
    async submitted(job, charge) {
      const taken = { seed, job: { ...job }, submittedAt: new Date() };
      await db.battleOrder.upsert({
        where: { battleId_isLeft: side },
        create: { ...side, ...taken },
        update: taken,
      });
      await record.submitted(job, charge);
    },
    async dropped(why) {
      await db.battleOrder.updateMany({ where: side, data: { job: Prisma.DbNull, submittedAt: null } });
      await record.dropped(why);
    },
  };
}

/** One side has its sample; the other may take longer. */
export async function noteSample(
  side: BattleSide,
  made: { seed: number; sampleId: string },
  db: Db,
): Promise<void> {
  const data = { ...made, job: Prisma.DbNull, submittedAt: null };
  await db.battleOrder.upsert({
    where: { battleId_isLeft: side },
    create: { ...side, ...data },
    update: data,
  });
}

/** The battle is settled. */
export const forgetBattleOrders = (battleId: string, db: Db) =>
  db.battleOrder.deleteMany({ where: { battleId } });
