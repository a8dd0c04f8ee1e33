import { putArtifact } from "@/lib/artifacts/store";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/** The name of the advisory lock that parts those who keep artifacts from the one who collects what nobody needs. */
export const LOCK = "salon:artifacts";

export interface NewArtifact {
  bytes: Uint8Array;
  /** Columns of its row but the hash and the length. */
  row: Omit<Prisma.ArtifactCreateManyInput, "sha256" | "bytes">;
}

/**
 * Keep bytes and their rows, in the transaction that inserts what refers to them. Until it ends nothing is collected
 * (collect-artifacts.ts), so that bytes which were there already, needed by nobody, cannot vanish between the look and the row.
 * Bytes that were put beforehand cost a look here and no writing.
 * @returns their sha256 in order
 */
export async function keepArtifacts(artifacts: NewArtifact[], tx: Tx): Promise<string[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${LOCK}, 0))`;
  const hashes = await Promise.all(artifacts.map(({ bytes }) => putArtifact(bytes)));
  await tx.artifact.createMany({
    data: artifacts.map(({ bytes, row }, i) => ({ ...row, sha256: hashes[i], bytes: bytes.length })),
    skipDuplicates: true,
  });
  // The same bytes as a removed model's: they are there again.
  await tx.artifact.updateMany({
    where: { sha256: { in: hashes }, erasedAt: { not: null } },
    data: { erasedAt: null },
  });
  return hashes;
}

/** Whether nobody is keeping artifacts, and nobody will until this transaction ends. Never waits. */
export async function lockArtifacts(tx: Tx): Promise<boolean> {
  const [{ isOurs }] = await tx.$queryRaw<[{ isOurs: boolean }]>`
    select pg_try_advisory_xact_lock(hashtextextended(${LOCK}, 0)) as "isOurs"`;
  return isOurs;
}
