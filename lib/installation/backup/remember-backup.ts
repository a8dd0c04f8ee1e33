import type { Tx } from "@/lib/db/client";

/** Note when a backup was written, for the admin page; one that no Salon has opened yet has no row for it. */
export async function rememberBackup(at: Date, tx: Tx): Promise<void> {
  await tx.installation.updateMany({ data: { lastBackupAt: at } });
}
