import { readFolderId } from "@/lib/artifacts/folder-id";
import { artifactFolder } from "@/lib/artifacts/store";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { secretFingerprint } from "@/lib/secrets/fingerprint";
import { secretFile } from "@/lib/secrets/secret";

export interface InstallationProblem {
  kind: "secret" | "artifacts";
  /** What is wrong and what to do, in sentences for the operator. */
  reason: string;
}

/**
 * Whether this machine's secret and artifact folder are those that the database is used with: with another secret cookies and
 * keys are not read, with another folder images are missing, and each is a failure much later. What no machine has used yet
 * (claim-installation.ts) is no difference. Changes nothing.
 */
export async function checkInstallation(tx: Tx): Promise<InstallationProblem | null> {
  return (await checkSecret(tx)) ?? (await checkArtifactFolder(tx));
}

async function checkSecret(tx: Tx): Promise<InstallationProblem | null> {
  const stored = await tx.installation.findFirst();
  if (!stored?.secretFingerprint) return null;
  const found = await secretFingerprint();
  return found === stored.secretFingerprint ? null : { kind: "secret", reason: otherSecret(found === null) };
}

/** checkInstallation of the artifact folder alone. */
export async function checkArtifactFolder(tx: Tx): Promise<InstallationProblem | null> {
  const stored = await tx.installation.findFirst();
  if (!stored?.artifactFolderMarked) return null;
  const found = await readFolderId();
  return found === stored.artifactFolderId
    ? null
    : { kind: "artifacts", reason: otherFolder(found === null) };
}

/**
 * As checkInstallation, for what writes.
 * @throws SalonError "conflict" with what to do
 */
export async function assertInstallation(tx: Tx): Promise<void> {
  const problem = await checkInstallation(tx);
  if (problem !== null) throw new SalonError("conflict", problem.reason);
}

function otherSecret(isMissing: boolean): string {
  const file = secretFile(env().SALON_DATA_DIR);
  const what = isMissing
    ? `This machine has no secret (neither SALON_SECRET nor ${file}), but the database was used with one`
    : "This machine's secret is not the one that the database was used with";
  return `${what}: voters' cookies and stored keys could not be read. Set SALON_SECRET, or copy ${file}, from where it was used. If that is lost, \`npx salon secret accept\` says what goes with it.`;
}

function otherFolder(isUnmarked: boolean): string {
  const what = isUnmarked ? "holds nothing of this database" : "belongs to another database";
  return `The artifact folder ${artifactFolder()} ${what}: images would be missing. Mount the right disk or set SALON_DATA_DIR; all machines must see one folder. If it was moved or copied here, run \`npx salon artifacts adopt\`.`;
}
