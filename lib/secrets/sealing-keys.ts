import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { salonSecret } from "@/lib/secrets/secret";

/** A key that stored keys are sealed with. */
export interface SealingKey {
  /** What names it in whatever it sealed: the first 4 bytes of its SHA-256, as 8 hexadecimal digits. */
  id: string;
  /** 32 bytes. */
  key: Buffer;
  /** file: SALON_DATA_DIR/sealing-keys; variable: SEALING_KEYS; secret: derived from the installation's secret. */
  from: "file" | "variable" | "secret";
  /** When it was made; null where that is not written down. */
  madeAt: Date | null;
}

/** All keys that are known here, the current one first: it seals, and each opens what it sealed. */
export type KeyRing = readonly [current: SealingKey, ...older: SealingKey[]];

const idOf = (key: Buffer) => createHash("sha256").update(key).digest().toString("hex", 0, 4);

/** The key that seals as long as there is no other: HKDF-SHA256 (RFC 5869) of the installation's secret. */
export function keyOfSecret(secret: Buffer): SealingKey {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "salon/endpoint-keys", 32));
  return { id: idOf(key), key, from: "secret", madeAt: null };
}

/**
 * The keys as they are now: SEALING_KEYS, or the data folder's file, then the secret's. Read anew each time, so that a process that
 * runs knows a key as soon as it is made.
 * @throws SalonError internal for a file that is damaged
 */
export async function keyRing(): Promise<KeyRing> {
  const { SEALING_KEYS } = env();
  const [first, ...others] =
    SEALING_KEYS === undefined ? await keysOfFile() : SEALING_KEYS.map((hex) => keyOf(hex, "variable", null));
  const last = keyOfSecret(await salonSecret());
  return first === undefined ? [last] : [first, ...others, last];
}

/** Where the data folder keeps the keys that were made for it. */
export const sealingKeysFile = () => path.join(env().SALON_DATA_DIR, "sealing-keys");

/** A new key, or a given one. @param hex 64 hexadecimal digits @throws SalonError invalid_request for anything else */
export function newSealingKey(hex = randomBytes(32).toString("hex")): SealingKey {
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new SalonError("invalid_request", "A sealing key has 64 hexadecimal digits.");
  return keyOf(hex, "file", new Date());
}

/** Keys as the file holds them. */
export const sealingKeysText = (keys: readonly SealingKey[]): string =>
  keys
    .map(({ key, madeAt }) => `${key.toString("hex")} ${madeAt?.toISOString() ?? ""}`.trim() + "\n")
    .join("");

/** Keep keys in the data folder's file, readable by its owner alone, in place of those that stand there. The first one seals. */
export async function writeSealingKeys(keys: readonly SealingKey[]): Promise<void> {
  const file = sealingKeysFile();
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(draft, sealingKeysText(keys), { mode: 0o600, flush: true });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

const keyOf = (hex: string, from: SealingKey["from"], madeAt: Date | null): SealingKey => {
  const key = Buffer.from(hex, "hex");
  return { id: idOf(key), key, from, madeAt };
};

/** The keys that the data folder's file holds, the current one first; none where there is no file. */
export async function keysOfFile(): Promise<SealingKey[]> {
  const text = await readFile(sealingKeysFile(), "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  });
  return parseSealingKeys(text);
}

/** The file as it is written: a key a line. @throws SalonError internal for anything else */
export function parseSealingKeys(text: string): SealingKey[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, hex, at] = /^([0-9a-f]{64})(?: (\S+))?$/i.exec(line.trim()) ?? [];
      const madeAt = at === undefined ? null : new Date(at);
      if (hex === undefined || Number.isNaN(madeAt?.getTime())) {
        throw new SalonError(
          "internal",
          `${sealingKeysFile()} must hold one key a line, 64 hexadecimal digits and when it was made. Put it back from a backup; stored keys cannot be opened without it.`,
        );
      }
      return keyOf(hex, "file", madeAt);
    });
}
