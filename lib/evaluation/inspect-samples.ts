import { getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { StoredForensics } from "@/lib/evaluation/examination";
import { ImageError, decodeImage } from "@/lib/feature-extractors/decode-image";
import { pictureFacts } from "@/lib/feature-extractors/picture-facts";
import { compareInputs, examine, type PictureFacts } from "@/lib/metrics/forensics";

/** Pictures in memory at a time. */
const BATCH = 16;

export type Histograms = Parameters<typeof compareInputs>[1];
type Row = {
  sampleId: string;
  sha256: string;
  mediaType: string;
  width: number;
  height: number;
  bytes: number;
  low: number | null;
  high: number | null;
  thumbnail: Uint8Array | null;
};

/**
 * Input forensics of a run's samples: formats, resolutions, duplicates, value ranges, and what could not be read. Each
 * picture's facts are noted once, with its artifact. What an endpoint sent that was no picture never became a sample: it
 * is listed by its prompt.
 * @param references what the samples are held against
 */
export async function inspectSamples(
  runId: string,
  references: Histograms[],
  db: Db,
  signal: AbortSignal,
): Promise<StoredForensics> {
  const rows = await readRows(runId, db);
  const corrupt: StoredForensics["corrupt"] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    signal.throwIfAborted();
    const unknown = rows.slice(start, start + BATCH).filter(({ thumbnail }) => thumbnail === null);
    corrupt.push(
      ...(await Promise.all(unknown.map((row) => noteFacts(row, db)))).flatMap((bad) => bad ?? []),
    );
  }
  const failures = await db.sampleFailure.findMany({
    where: { runId, code: "invalid" },
    orderBy: [{ prompt: { index: "asc" } }, { index: "asc" }],
    select: { message: true, prompt: { select: { text: true } } },
  });
  corrupt.push(...failures.map(({ message, prompt }) => ({ name: prompt.text, reason: message })));
  const found = examine(rows.flatMap(factsOf), corrupt);
  const apart = found.n === 0 ? [] : references.flatMap((reference) => compareInputs(found, reference));
  return {
    ...found,
    badge: found.badge === "clean" && apart.length > 0 ? "look" : found.badge,
    remarks: [...found.remarks, ...new Set(apart)],
  };
}

function readRows(runId: string, db: Db): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    select s.id as "sampleId", a.sha256, a."mediaType", a.width, a.height, a.bytes, a.low, a.high, a.thumbnail
    from "Sample" s join "Artifact" a on a.sha256 = s."artifactHash" join "Prompt" p on p.id = s."promptId"
    where s."runId" = ${runId}
    order by p.index, s.index`;
}

/** Looks at a picture and keeps what it finds, here and with the artifact; tells what is wrong with one that cannot be read. */
async function noteFacts(row: Row, db: Db): Promise<{ name: string; reason: string } | null> {
  try {
    const bytes = await getArtifact(row.sha256);
    const { low, high, thumbnail } = pictureFacts(row.sampleId, bytes, await decodeImage(bytes));
    Object.assign(row, { low, high, thumbnail });
    await db.artifact.update({
      where: { sha256: row.sha256 },
      data: { low, high, thumbnail: Uint8Array.from(thumbnail) },
    });
    return null;
  } catch (error) {
    if (!(error instanceof ImageError) && !(error instanceof SalonError && error.code === "internal"))
      throw error;
    return { name: row.sampleId, reason: error.message };
  }
}

function factsOf({ sampleId, mediaType, low, high, thumbnail, ...row }: Row): PictureFacts[] {
  if (low === null || high === null || thumbnail === null) return [];
  return [{ ...row, name: sampleId, format: mediaType.replace("image/", ""), low, high, thumbnail }];
}
