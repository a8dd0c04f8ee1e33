import { isStoreEmpty, newFolderId, readFolderId, writeFolderId } from "@/lib/artifacts/folder-id";
import { artifactFolder, hasArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { assertInstallation } from "@/lib/installation/check-installation";
import { sealedKeys } from "@/lib/installation/sealed-keys";
import { fingerprintOf } from "@/lib/secrets/fingerprint";
import { sealedWith } from "@/lib/secrets/seal-key";
import { keyRing } from "@/lib/secrets/sealing-keys";
import { existingSecret, salonSecret } from "@/lib/secrets/secret";

/** How many images are looked for in a folder before it counts as the database's. */
const LOOKED_FOR = 50;

/**
 * The first machine that uses a database says with which secret and which artifact folder; every other must have the same.
 * @throws SalonError "conflict" when they are others, or clearly not those of what the database holds already
 */
export async function claimInstallation(db: Db): Promise<void> {
  // Final before the folder is marked: a machine that dies in between finds its own mark again.
  const create = { artifactFolderId: newFolderId() };
  await db.installation.createMany({ data: [create], skipDuplicates: true });
  await inTransaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('salon:installation', 0))`;
    const stored = await tx.installation.findUniqueOrThrow({ where: { id: 1 } });
    if (stored.secretFingerprint === null) await claimSecret(tx);
    if (!stored.artifactFolderMarked) await claimFolder(stored.artifactFolderId, tx);
    await assertInstallation(tx);
  }, db);
}

/** A new one is made for a new database only. */
const MISSING_SECRET =
  "This machine has no secret, but the database holds keys sealed or cookies signed under one. Bring the secret file, or set SALON_SECRET, of then. If that is lost, `npx salon secret accept` says what goes with it.";

async function claimSecret(tx: Tx): Promise<void> {
  const keys = await sealedKeys(tx);
  const isUsed = keys.length > 0 || (await tx.voter.findFirst()) !== null;
  if (isUsed && (await existingSecret()) === null) throw new SalonError("conflict", MISSING_SECRET);
  const secret = await salonSecret();
  const known = new Set((await keyRing()).map(({ id }) => id));
  if (keys.length > 0 && !keys.some(({ sealed }) => known.has(sealedWith(sealed) ?? ""))) {
    throw new SalonError(
      "conflict",
      "The keys in the database were sealed under another secret than this machine's. Set SALON_SECRET and SEALING_KEYS, or bring the files secret and sealing-keys, of then. If they are lost, `npx salon secret accept` says what goes with them.",
    );
  }
  await tx.installation.update({ where: { id: 1 }, data: { secretFingerprint: fingerprintOf(secret) } });
}

async function claimFolder(id: string, tx: Tx): Promise<void> {
  const why = await strangeness(id, tx);
  if (why !== null) {
    throw new SalonError(
      "conflict",
      `The artifact folder ${artifactFolder()} ${why}. Set SALON_DATA_DIR to the right one, or run \`npx salon artifacts adopt\`.`,
    );
  }
  await writeFolderId(id);
  await tx.installation.update({ where: { id: 1 }, data: { artifactFolderMarked: true } });
}

/** Why a folder cannot be this database's, or null. */
async function strangeness(id: string, tx: Tx): Promise<string | null> {
  const mark = await readFolderId();
  if (mark !== null && mark !== id) return "belongs to another database";
  const known = await tx.artifact.findMany({
    select: { sha256: true },
    orderBy: { createdAt: "desc" },
    take: LOOKED_FOR,
  });
  if (known.length === 0) {
    return (await isStoreEmpty())
      ? null
      : "holds images that this database does not know, and would lose them";
  }
  const found = await Promise.all(known.map(({ sha256 }) => hasArtifact(sha256)));
  return found.includes(true) ? null : "has none of the images that this database knows";
}
