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
    select s.id, s.latency_ms as latency, a.width, a.height, a.bytes as "fileSize", t.artifact_hash is not null as measured,
      t.brightness, t.contrast, t.saturation, t.colourfulness, t.sharpness, t.duration, t.fps
    from samples s
    join artifacts a on a.sha256 = s.artifact_hash
    left join artifact_styles t on t.artifact_hash = a.sha256 and t.measure_id = ${measureId}
    where s.id = any (${sampleIds})`;
  const styles = new Map<string, StyleValues>();
  let unmeasured = 0;
  for (const { id, measured, width, height, ...values } of rows) {
    if (!measured) unmeasured++;
    styles.set(id, { ...values, resolution: width * height, aspect: width / height });
  }
  return { styles, unmeasured };
}
