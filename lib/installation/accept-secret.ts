import { newFolderId } from "@/lib/artifacts/folder-id";
import { inTransaction, type Db } from "@/lib/db/client";
import { sealedKeys } from "@/lib/installation/sealed-keys";
import { fingerprintOf } from "@/lib/secrets/fingerprint";
import { isSealedUnder } from "@/lib/secrets/seal-key";
import { salonSecret } from "@/lib/secrets/secret";

export interface SecretChange {
  /** false: the database goes with this secret already. */
  isOther: boolean;
  /** Whose keys this secret cannot open: "model flux", "judge mini". */
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
    const keys = await sealedKeys(tx);
    const lostKeys = keys.filter(({ sealed }) => !isSealedUnder(sealed, secret));
    if (!options.dryRun) {
      const update = { secretFingerprint: fingerprint };
      const create = { ...update, artifactFolderId: newFolderId() };
      await tx.installation.upsert({ where: { id: 1 }, create, update });
    }
    return {
      isOther: stored?.secretFingerprint !== fingerprint,
      lostKeys: lostKeys.map(({ of, slug }) => `${of} ${slug}`),
      voters: await tx.voter.count(),
    };
  }, db);
}
