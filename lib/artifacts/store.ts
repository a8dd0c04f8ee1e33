import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { isDiskFull } from "@/lib/disk-full";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";

/** Where a hash's bytes lie: 256 folders keep each of them small. */
function fileOf(folder: string, sha256: string, suffix = ""): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new SalonError("not_found", "There is no such image.");
  return path.join(folder, sha256.slice(0, 2), sha256 + suffix);
}

/** The folder of original bytes. */
export const artifactFolder = () => path.join(env().SALON_DATA_DIR, "artifacts");
/** The folder of images made from them; may be deleted at any time. */
export const derivativeFolder = () => path.join(env().SALON_DATA_DIR, "derivatives");

/**
 * Keep bytes under their sha256. Written beside and renamed, so a file of that name is whole or not there;
 * writing the same bytes again changes nothing.
 * @returns the sha256 in hex
 */
export async function putArtifact(bytes: Uint8Array, folder = artifactFolder()): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = fileOf(folder, sha256);
  if (!(await hasArtifact(sha256, folder))) await writeWhole(file, bytes);
  return sha256;
}

/** Where the bytes of a sha256 lie, for a tool that reads files. */
export const artifactPath = (sha256: string, folder = artifactFolder()) => fileOf(folder, sha256);

/**
 * The bytes of a sha256, checked against it.
 * @throws SalonError internal when they are gone or have changed on disk
 */
export async function getArtifact(sha256: string, folder = artifactFolder()): Promise<Buffer> {
  const file = fileOf(folder, sha256);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SalonError("internal", `The stored image ${sha256.slice(0, 12)} is missing (${file}).`, {
      cause,
    });
  });
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw new SalonError(
      "internal",
      `The stored image ${sha256.slice(0, 12)} has changed on disk (${file}).`,
    );
  }
  return bytes;
}

/** Whether a file of a sha256 is there, whatever its bytes. */
export function hasArtifact(sha256: string, folder = artifactFolder()): Promise<boolean> {
  return access(fileOf(folder, sha256)).then(
    () => true,
    () => false,
  );
}

/** What is found of a sha256 on disk, its bytes read but not kept. */
export async function checkArtifact(
  sha256: string,
  folder = artifactFolder(),
): Promise<"whole" | "missing" | "damaged"> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(fileOf(folder, sha256)), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "missing";
    throw error;
  }
  return hash.digest("hex") === sha256 ? "whole" : "damaged";
}

/** Bytes made from an artifact, from the cache or made now; the cache is a convenience, and a full disk no reason to show nothing. */
export async function cachedDerivative(
  sha256: string,
  suffix: string,
  make: () => Promise<Uint8Array>,
  folder = derivativeFolder(),
): Promise<Buffer> {
  const file = fileOf(folder, sha256, suffix);
  const cached = await readFile(file).catch(() => null);
  if (cached !== null) return cached;
  const bytes = await make();
  await writeWhole(file, bytes).catch((error: unknown) => {
    if (!isDiskFull(error)) throw error;
  });
  return Buffer.from(bytes);
}

/** Delete a sha256's bytes and the images made from them; what is gone already is no error. */
export async function removeArtifact(
  sha256: string,
  folders = { artifacts: artifactFolder(), derivatives: derivativeFolder() },
): Promise<void> {
  await rm(fileOf(folders.artifacts, sha256), { force: true });
  const made = path.dirname(fileOf(folders.derivatives, sha256));
  const names = await readdir(made).catch(() => []);
  await Promise.all(
    names.filter((name) => name.startsWith(sha256)).map((name) => rm(path.join(made, name), { force: true })),
  );
}

const HOUR_MS = 3600_000;

/**
 * The sha256 of the files in one of the store's 256 folders, but for those of the last hour: their rows may be on the way. Drafts
 * there that have stood still for a day were broken off, and are deleted.
 * @param part 0..255
 */
export async function listArtifacts(part: number, folder = artifactFolder()): Promise<string[]> {
  const inside = path.join(folder, part.toString(16).padStart(2, "0"));
  const hashes: string[] = [];
  for (const name of await readdir(inside).catch(() => [])) {
    const file = path.join(inside, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (name.endsWith(".part") && age > 24 * HOUR_MS) await rm(file, { force: true });
    if (/^[0-9a-f]{64}$/.test(name) && age > HOUR_MS) hashes.push(name);
  }
  return hashes;
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    const handle = await open(draft, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync(); // a row that names the file must never outlive it in a power cut
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
