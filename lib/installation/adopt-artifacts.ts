import { newFolderId, writeFolderId } from "@/lib/artifacts/folder-id";
import type { Tx } from "@/lib/db/client";

/**
 * Take this machine's artifact folder for the database's own. It gets a new id, so that the folder it was moved or copied from
 * is refused from now on. Images in it that the database does not know are deleted in time.
 */
export async function adoptArtifacts(tx: Tx): Promise<void> {
  const artifactFolderId = newFolderId();
  // The folder first: an id that the database insists on and the folder lacks would lock everyone out.
  await writeFolderId(artifactFolderId);
  const data = { artifactFolderId, artifactFolderMarked: true };
  await tx.installation.upsert({ where: { id: 1 }, create: data, update: data });
}
