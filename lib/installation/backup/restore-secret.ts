import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import type { Manifest } from "@/lib/installation/backup/manifest";
import { fingerprintOf } from "@/lib/secrets/fingerprint";
import { keysOfFile, parseSealingKeys, writeSealingKeys } from "@/lib/secrets/sealing-keys";
import { existingSecret, secretFile } from "@/lib/secrets/secret";

/**
 * Whether this machine's secret is the archive's, so that cookies and sealed keys will be read. A secret that is there is never
 * replaced.
 * @throws SalonError "conflict" when the archive brings one and the machine has another
 */
export async function compareSecret(manifest: Manifest): Promise<"same" | "other" | "none"> {
  const secret = await existingSecret();
  if (secret === null) return "none";
  if (manifest.secretFingerprint === null || fingerprintOf(secret) === manifest.secretFingerprint)
    return "same";
  if (manifest.hasSecret && env().SALON_SECRET === undefined) {
    throw new SalonError(
      "conflict",
      `${secretFile(env().SALON_DATA_DIR)} is another secret than the archive's. Move it away, or set SALON_DATA_DIR to another folder.`,
    );
  }
  return "other";
}

/** Keep an archive's secret as this machine's, readable by its owner alone. */
export async function restoreSecret(bytes: Buffer): Promise<void> {
  const { SALON_SECRET, SALON_DATA_DIR } = env();
  const file = secretFile(SALON_DATA_DIR);
  if (SALON_SECRET !== undefined) return;
  await mkdir(path.dirname(file), { recursive: true });
  const isThere = await readFile(file).then(
    () => true,
    () => false,
  );
  if (!isThere) await writeFile(file, bytes, { mode: 0o600, flag: "wx", flush: true });
}

/** Know an archive's sealing keys besides those that the data folder has, which stay before them. */
export async function restoreSealingKeys(bytes: Buffer): Promise<void> {
  if (env().SEALING_KEYS !== undefined) return;
  const own = await keysOfFile();
  const others = parseSealingKeys(bytes.toString("utf8")).filter(({ id }) =>
    own.every((key) => key.id !== id),
  );
  if (others.length > 0) await writeSealingKeys([...own, ...others]);
}
