import { getArtifact } from "@/lib/artifacts/store";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

/** What is kept of a demonstration image. */
export type DemoPart = "image" | "filmstrip";

/**
 * An image of /stack byte for byte: it came from Salon's own backend, as lossless WebP without metadata. One of a prompt that is
 * in the arena, which an earlier version of the page may have drawn with a run's own seed, is shown no more.
 * @throws SalonError not_found
 */
export async function readDemoImage(
  ask: { id: string; part: DemoPart },
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: string }> {
  const row = await tx.demoImage.findUnique({
    where: { id: ask.id },
    select: { prompt: true, artifact: true, filmstrip: true },
  });
  const inArena = row !== null && (await tx.prompt.count({ where: { text: row.prompt, arena: true } })) > 0;
  const artifact = ask.part === "image" ? row?.artifact : row?.filmstrip;
  if (!artifact || inArena) throw new SalonError("not_found", "There is no such image.");
  return { bytes: await getArtifact(artifact.sha256), mediaType: artifact.mediaType };
}

/**
 * What an autoencoder gave back of a reference image, byte for byte.
 * @throws SalonError not_found
 */
export async function readReconstructionImage(
  artifactHash: string,
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: string }> {
  const row = await tx.reconstruction.findFirst({ where: { artifactHash }, select: { artifact: true } });
  if (!row) throw new SalonError("not_found", "There is no such image.");
  return { bytes: await getArtifact(row.artifact.sha256), mediaType: row.artifact.mediaType };
}
