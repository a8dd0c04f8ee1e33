import type { Tx } from "@/lib/db/client";
import type { StyleValues } from "@/lib/ratings/style-features";

/** Samples' features by sample id, under the names of style-features.ts. */
export async function readStyles(
  sampleIds: string[],
  measureId: string,
  tx: Tx,
): Promise<{ styles: Map<string, StyleValues>; unmeasured: number }> {
  const rows = await tx.$queryRaw<
    ({ id: string; measured: boolean; width: number; height: number } & Record<string, number | null>)[]
  >`
    select s.id, s."latencyMs" as latency, a.width, a.height, a.bytes as "fileSize", t."artifactHash" is not null as measured,
      t.brightness, t.contrast, t.saturation, t.colourfulness, t.sharpness, t.duration, t.fps
    from "Sample" s
    join "Artifact" a on a.sha256 = s."artifactHash"
    left join "ArtifactStyle" t on t."artifactHash" = a.sha256 and t."measureId" = ${measureId}
    where s.id = any (${sampleIds})`;
  const styles = new Map<string, StyleValues>();
  let unmeasured = 0;
  for (const { id, measured, width, height, ...values } of rows) {
    if (!measured) unmeasured++;
    styles.set(id, { ...values, resolution: width * height, aspect: width / height });
  }
  return { styles, unmeasured };
}
