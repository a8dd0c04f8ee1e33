import { newFolderId } from "@/lib/artifacts/folder-id";
import { inTransaction, type Db } from "@/lib/db/client";
import { listKeys } from "@/lib/installation/keys/list-keys";
import { fingerprintOf } from "@/lib/secrets/fingerprint";
import { salonSecret } from "@/lib/secrets/secret";

export interface SecretChange {
  /** false: the database goes with this secret already. */
  isOther: boolean;
  /** Whose keys cannot be opened here: "model flux", "judge mini". */
  lostKeys: string[];
  voters: number;
}

/**
 * Take this machine's secret for the database's own, whatever was used before. What was made under the old one is lost: see
 * the result.
 * @param options.dryRun say what would be lost, change nothing
 */
export function acceptSecret(options: { dryRun: boolean }, db: Db): Promise<SecretChange> {
  return inTransaction(async (tx) => {
    const secret = await salonSecret();
    const fingerprint = fingerprintOf(secret);
    const stored = await tx.installation.findUnique({ where: { id: 1 } });
    const { lost } = await listKeys(tx);
    if (!options.dryRun) {
      const update = { secretFingerprint: fingerprint };
      const create = { ...update, artifactFolderId: newFolderId() };
      await tx.installation.upsert({ where: { id: 1 }, create, update });
    }
    return {
      isOther: stored?.secretFingerprint !== fingerprint,
      lostKeys: [...new Set(lost.map(({ owner }) => owner))],
      voters: await tx.voter.count(),
    };
  }, db);
}
