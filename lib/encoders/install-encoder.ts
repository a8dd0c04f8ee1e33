import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { DownloadOptions } from "@/lib/encoders/download";
import { download } from "@/lib/encoders/download";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { encoderSpecSchema, kindOf } from "@/lib/encoders/encoder-spec";
import { FileError } from "@/lib/media/files/file-error";
import { sha256 } from "@/lib/encoders/manifest";
import { openModel } from "@/lib/encoders/onnx-session";
import { BUNDLED_ENCODERS } from "@/lib/encoders/registry";
import type { StandardEncoder } from "@/lib/encoders/standard-encoders";
import { STANDARD_ENCODERS, buildEncoder } from "@/lib/encoders/standard-encoders";

/** The card that stands beside an installed encoder's ONNX file. */
export const installedCardSchema = z.object({
  id: z.string(),
  files: z.object({ encoder: z.object({ path: z.string(), sha256: z.string() }) }),
  /** Of a standard encoder: the checkpoint it was built from. */
  checkpoint: z.object({ sha256: z.string(), verified: z.boolean() }).optional(),
  /** Of a user's own encoder: how its input is made and what its output means. */
  spec: encoderSpecSchema.optional(),
});
export type InstalledCard = z.infer<typeof installedCardSchema>;

/** A user's manifest: an encoder spec plus the ONNX file beside it. */
const userManifestSchema = encoderSpecSchema
  .extend({
    file: z.string().regex(/^[\w-][\w.-]*\.onnx$/, "must name an .onnx file beside the manifest"),
    /** Of the file, where it is pinned: another one is refused. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "must be 64 hex digits")
      .optional(),
  })
  .refine(({ distanceLabel }) => /^FD-/.test(distanceLabel), {
    path: ["distanceLabel"],
    message: 'must begin with "FD-": FID and FVD are reserved to the standard weights',
  })
  .refine(({ input }) => input.frames === undefined || kindOf(input) === "video", {
    path: ["input", "frames"],
    message: 'is for video encoders, whose layout is "NCTHW" or "NTCHW"',
  })
  .refine(({ input }) => input.fps === undefined || kindOf(input) === "video", {
    path: ["input", "fps"],
    message: 'is for video encoders, whose layout is "NCTHW" or "NTCHW"',
  })
  .refine(({ input, logits }) => logits === undefined || kindOf(input) === "image", {
    path: ["logits"],
    message: "is for image encoders: the Inception Score is defined on them",
  });

export interface InstallOptions extends DownloadOptions {
  /** Folder that holds one folder an encoder. */
  encodersDir: string;
  /** A checkpoint that is already here (standard encoders) or a manifest.json (one's own). */
  from?: string;
  /** Accept a checkpoint of the same network with another hash. */
  unverified?: boolean;
}

/**
 * Installs an encoder: a standard one from its published checkpoint (downloaded, or given with `from`), or a
 * user's own ONNX model from its manifest. The folder appears at once, complete, or not at all.
 * @throws EncoderError UNKNOWN_ENCODER, BAD_MANIFEST; FileError naming the file or URL
 */
export async function installEncoder(name: string, options: InstallOptions): Promise<InstalledCard> {
  const { encodersDir, from } = options;
  if (Object.hasOwn(STANDARD_ENCODERS, name)) {
    return installStandard(STANDARD_ENCODERS[name], options);
  }
  if (from === undefined) {
    const known = Object.keys(STANDARD_ENCODERS).join(", ");
    throw new EncoderError(
      "UNKNOWN_ENCODER",
      `There is no standard encoder ${name} (there are ${known}). Your own is installed with --from manifest.json.`,
    );
  }
  return installOwn(name, from, encodersDir);
}

async function installStandard(encoder: StandardEncoder, options: InstallOptions): Promise<InstalledCard> {
  const { encodersDir, from, unverified } = options;
  const file = from ?? (await fetchPublished(encoder, options));
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new FileError(file, "cannot be read.", { cause: error });
  });
  const built = await buildEncoder(encoder, bytes, file, { unverified });
  const card: InstalledCard = {
    id: encoder.name,
    files: { encoder: { path: "encoder.onnx", sha256: sha256(built.onnx) } },
    checkpoint: { sha256: built.checkpoint, verified: built.verified },
  };
  await place(encodersDir, encoder.name, card, (folder) =>
    writeFile(path.join(folder, "encoder.onnx"), built.onnx),
  );
  if (from === undefined) await rm(file, { force: true });
  return card;
}

/** Tries the published sources in turn. */
async function fetchPublished(
  encoder: StandardEncoder,
  { encodersDir, onProgress, signal }: InstallOptions,
): Promise<string> {
  let failure: unknown;
  for (const { url } of encoder.published) {
    const to = path.join(encodersDir, ".downloads", path.basename(new URL(url).pathname));
    try {
      await download(url, to, { onProgress, signal });
      return to;
    } catch (error) {
      if (signal?.aborted) throw error;
      failure ??= error;
    }
  }
  throw failure;
}

async function installOwn(name: string, manifestFile: string, encodersDir: string): Promise<InstalledCard> {
  const text = await readFile(manifestFile, "utf8").catch((error: unknown) => {
    throw new FileError(manifestFile, "cannot be read.", { cause: error });
  });
  let manifest: z.infer<typeof userManifestSchema>;
  try {
    manifest = userManifestSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : "it is not JSON.";
    throw new EncoderError("BAD_MANIFEST", `${manifestFile} does not describe an encoder: ${reason}`, {
      cause: error,
    });
  }
  const { file, sha256: pinned, ...spec } = manifest;
  if (spec.name !== name) {
    throw new EncoderError("BAD_MANIFEST", `${manifestFile} describes ${spec.name}, not ${name}.`);
  }
  const other = await encoderCalling(spec.distanceLabel, name, encodersDir);
  if (other !== null) {
    throw new EncoderError(
      "BAD_MANIFEST",
      `${manifestFile}: ${spec.distanceLabel} is what ${other}'s distance is called. Choose another distanceLabel.`,
    );
  }
  const onnx = path.join(path.dirname(manifestFile), file);
  const { session, sha256: hash } = await openModel(onnx, { sha256: pinned });
  const missing = [spec.input.name, spec.features.name].filter(
    (wanted) => ![...session.inputNames, ...session.outputNames].includes(wanted),
  );
  await session.release();
  if (missing.length > 0) throw new EncoderError("BAD_MANIFEST", `${onnx} has no ${missing.join(", ")}.`);
  const card: InstalledCard = { id: name, files: { encoder: { path: "encoder.onnx", sha256: hash } }, spec };
  await place(encodersDir, name, card, (folder) => copyFile(onnx, path.join(folder, "encoder.onnx")));
  return card;
}

/** The encoder other than `name` whose distance has this label, upper and lower case alike; null when none has. */
async function encoderCalling(label: string, name: string, encodersDir: string): Promise<string | null> {
  const labels = Object.values(BUNDLED_ENCODERS).map((spec) => [spec.name, spec.distanceLabel]);
  for (const other of await installedNames(encodersDir)) {
    const card = await installedCard(encodersDir, other).catch(() => null);
    if (card?.spec) labels.push([other, card.spec.distanceLabel]);
  }
  const same = labels.find(([other, of]) => other !== name && of.toLowerCase() === label.toLowerCase());
  return same?.[0] ?? null;
}

async function place(
  encodersDir: string,
  name: string,
  card: InstalledCard,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  const target = path.join(encodersDir, name);
  const fresh = `${target}.new-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    await fill(fresh);
    await writeFile(path.join(fresh, "card.json"), `${JSON.stringify(card, null, 2)}\n`);
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Card of an installed encoder; null when it is not installed.
 * @throws EncoderError BAD_MANIFEST
 */
export async function installedCard(encodersDir: string, name: string): Promise<InstalledCard | null> {
  const file = path.join(encodersDir, name, "card.json");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return installedCardSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new EncoderError("BAD_MANIFEST", `${file} is not an encoder's card.`, { cause: error });
  }
}

/** Names of the installed encoders. */
export async function installedNames(encodersDir: string): Promise<string[]> {
  const entries = await readdir(encodersDir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !/^\.|\.new-/.test(entry.name))
    .map(({ name }) => name);
}
