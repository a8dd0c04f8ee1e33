import { isDiskLow, readDisks } from "@/lib/artifacts/disk-space";
import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/queue/enqueue";
import { storageReport, type StorageRequest, type StorageView } from "@/lib/schemas/administration/storage";

/** A job of each at a time. */
const KEYS = { measure: "measure-storage", collect: "collect-artifacts" } as const;
/** What somebody waits for at a page goes before what nobody looks at. */
const PRIORITY = 2;

/** What the disk is used for, as a worker last measured it, and how much of it is free now. */
export async function readStorage(tx: Tx = db()): Promise<StorageView> {
  const last = await tx.storageReport.findUnique({ where: { id: 1 } });
  const installation = await tx.installation.findUnique({ where: { id: 1 } });
  const keys = Object.values(KEYS);
  const jobs = await tx.$queryRaw<{ key: string }[]>`
    select key from graphile_worker._private_jobs
    where key = any (${keys}) and (locked_at is not null or attempts < max_attempts)`;
  const isPending = (key: string) => jobs.some((job) => job.key === key);
  return {
    report: storageReport.safeParse(last?.report).data ?? null,
    measuredAt: last?.measuredAt.toISOString() ?? null,
    disks: await readDisks(),
    watermarkBytes: env().DISK_FREE_MIN_MB * 2 ** 20,
    isLow: await isDiskLow(),
    lastBackupAt: installation?.lastBackupAt?.toISOString() ?? null,
    pending: { measure: isPending(KEYS.measure), collect: isPending(KEYS.collect) },
  };
}

/** Have a worker measure the disk, or collect what nothing refers to and measure then. Asked for twice, it is done once. */
export function requestStorage(ask: StorageRequest & { by: Actor }, tx?: Tx): Promise<void> {
  const { action, by } = ask;
  return atomically(tx, async (tx) => {
    await enqueue(KEYS[action], {}, { key: KEYS[action], priority: PRIORITY }, tx);
    await recordChange(tx, {
      by,
      action: "storage.manage",
      subject: { kind: "site", id: "storage", label: "storage" },
      before: null,
      after: { asked: action },
    });
  });
}
