import { getArtifact, checkArtifact } from "@/lib/artifacts/store";
import type { CopyClient } from "@/lib/db/copy-client";
import type { ArchiveWriter } from "@/lib/installation/backup/archive-writer";
import { artifactName, listName, type Manifest } from "@/lib/installation/backup/manifest";

const PARTS = 256;
const prefixOf = (part: number) => part.toString(16).padStart(2, "0");

/**
 * Every artifact that the transaction sees, folder by folder, each folder followed by its list. One whose file is missing or has
 * other bytes is named in the result and left out.
 * @param included false: only the lists
 */
export async function dumpArtifacts(
  client: CopyClient,
  writer: ArchiveWriter,
  included: boolean,
  onPart: (done: number, of: number) => void,
): Promise<Manifest["artifacts"]> {
  // A database of an earlier Salon is backed up before it is migrated: its tables have other names.
  const [{ isThere }] = await client.rows<{ isThere: boolean }>(
    `select to_regclass('artifacts') is not null as "isThere"`,
  );
  const table = isThere ? "artifacts" : '"Artifact"';
  const dumped: Manifest["artifacts"] = { count: 0, bytes: 0, included, missing: [], damaged: [] };
  for (let part = 0; part < PARTS; part++) {
    const prefix = prefixOf(part);
    const artifacts = await client.rows<{ sha256: string; bytes: number }>(
      `select sha256, bytes from ${table} where sha256 >= $1 and sha256 < $2 order by sha256`,
      [prefix, part + 1 < PARTS ? prefixOf(part + 1) : "g"],
    );
    const list: string[] = [];
    for (const { sha256, bytes } of artifacts) {
      dumped.count += 1;
      dumped.bytes += bytes;
      if (included) {
        const data = await getArtifact(sha256).catch(() => null);
        if (data === null) {
          dumped[(await checkArtifact(sha256)) === "missing" ? "missing" : "damaged"].push(sha256);
          continue;
        }
        await writer.add(artifactName(sha256), data, { listed: false });
      }
      list.push(`${sha256}  ${prefix}/${sha256}\n`);
    }
    if (list.length > 0) await writer.add(listName(prefix, included), Buffer.from(list.join("")));
    onPart(part + 1, PARTS);
  }
  return dumped;
}
