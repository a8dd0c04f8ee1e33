import { hkdfSync, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { env, type Env } from "@/lib/env";
import { SalonError } from "@/lib/errors";

let cached: Promise<Buffer> | undefined;

/**
 * The installation's secret: SALON_SECRET, or 32 random bytes kept in the data directory and made on first use.
 * Never use it directly as a key: derive one for each purpose (sign.ts).
 */
export function salonSecret(): Promise<Buffer> {
  return (cached ??= load().catch((error: unknown) => {
    cached = undefined; // a full disk or a wrong owner may be put right while we run
    throw error;
  }));
}

async function load(): Promise<Buffer> {
  const { SALON_SECRET, SALON_DATA_DIR } = env();
  return SALON_SECRET === undefined ? secretOfFolder(SALON_DATA_DIR) : Buffer.from(SALON_SECRET, "utf8");
}

/** The installation's secret as salonSecret() has it, or null where that would make one. */
export async function existingSecret(): Promise<Buffer | null> {
  const { SALON_SECRET, SALON_DATA_DIR } = env();
  return SALON_SECRET === undefined && (await readSecret(secretFile(SALON_DATA_DIR))) === null
    ? null
    : salonSecret();
}

/** A key of its own for one purpose, 64 hexadecimal digits: HKDF-SHA256 (RFC 5869) from the installation's secret. */
export async function derivedSecret(purpose: "accounts"): Promise<string> {
  return Buffer.from(hkdfSync("sha256", await salonSecret(), "", `salon/${purpose}`, 32)).toString("hex");
}

/** Where a data folder keeps its secret. */
export const secretFile = (folder: string) => path.join(folder, "secret");

/** What is wrong with the secret that is kept, as a sentence that says what to do; null for a good one, and where there is none yet. */
export async function secretProblem(
  settings: Pick<Env, "SALON_SECRET" | "SALON_DATA_DIR">,
): Promise<string | null> {
  if (settings.SALON_SECRET !== undefined) return null;
  try {
    await readSecret(secretFile(settings.SALON_DATA_DIR));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The secret kept in a folder. Processes that start together agree on one: the first link() wins. */
export async function secretOfFolder(folder: string): Promise<Buffer> {
  const file = secretFile(folder);
  const existing = await readSecret(file);
  if (existing !== null) return existing;
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, randomBytes(32).toString("hex"), { mode: 0o600, flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecret(file);
  if (made === null) throw new Error(`${file} vanished while Salon started.`);
  return made;
}

async function readSecret(file: string): Promise<Buffer | null> {
  try {
    const text = (await readFile(file, "utf8")).trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw damaged(file, text);
    return Buffer.from(text, "hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function damaged(file: string, text: string): SalonError {
  const found = text === "" ? "is empty" : "holds something else";
  return new SalonError(
    "internal",
    `${file} must hold 64 hexadecimal digits, but it ${found}. Put it back from a backup. Only if there is none, delete it: a new one is made, and voters' cookies and stored API keys are lost with the old one.`,
  );
}
