import { getArtifact } from "@/lib/artifacts/store";
import { db, type Tx } from "@/lib/db/client";
import { DEMO_CLIP } from "@/lib/demos/demo-clips";
import { SalonError } from "@/lib/errors";
import { readBattleSheet } from "@/lib/media/battle-sheet";
import { shownFrames, type StoredTimes } from "@/lib/media/common-clip";
import { DERIVATIVE_TYPE } from "@/lib/media/image-derivative";

/** What is kept of a demonstration image. */
export type DemoPart = "image" | "filmstrip" | "sheet";

/**
 * An image of /stack byte for byte; of a clip, "sheet" is the image that holds its frames (battle-sheet.ts). It came from Salon's own backend, as lossless WebP without metadata. One of a prompt that is
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
  const artifact = ask.part === "filmstrip" ? row?.filmstrip : row?.artifact;
  if (!artifact || inArena) throw new SalonError("not_found", "There is no such image.");
  if (ask.part !== "sheet")
    return { bytes: await getArtifact(artifact.sha256), mediaType: artifact.mediaType };
  if (artifact.video === null) throw new SalonError("not_found", "This image does not move.");
  const { sha256, width, height } = artifact;
  const shown = shownFrames(artifact.video as unknown as StoredTimes, DEMO_CLIP);
  const sheet = { width, height, fit: "OWN" as const, columns: DEMO_CLIP.columns, shown };
  return { bytes: await readBattleSheet(sha256, sheet), mediaType: DERIVATIVE_TYPE };
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
