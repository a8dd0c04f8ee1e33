import type { Tx } from "@/lib/db/client";
import { MOST_PROBLEMS } from "@/lib/samples/upload-limits";
import type { FileProblem } from "@/lib/schemas/sample-uploads";

/** Keep what did not fit of an upload, by name: the first are listed, all are counted. */
export async function keepProblems(
  uploadId: string,
  problems: readonly FileProblem[],
  tx: Tx,
): Promise<void> {
  const inOrder = [...problems].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  await tx.uploadProblem.deleteMany({ where: { uploadId } });
  await tx.uploadProblem.createMany({
    data: inOrder.slice(0, MOST_PROBLEMS).map(({ name, code, details }, position) => ({
      uploadId,
      position,
      // PostgreSQL's text cannot hold U+0000, and an archive's names are anybody's.
      name: storable(name).slice(0, 300),
      code,
      details: Object.fromEntries(
        Object.entries(details).map(([key, value]) => [
          key,
          typeof value === "string" ? storable(value).slice(0, 300) : value,
        ]),
      ),
    })),
  });
  await tx.sampleUpload.update({ where: { id: uploadId }, data: { problemCount: problems.length } });
}

export const storable = (text: string) => text.replaceAll("\0", "");
