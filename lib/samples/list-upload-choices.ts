import { db, type Tx } from "@/lib/db/client";
import type { Visitor } from "@/lib/models/visibility";
import { promptSetsSeenBy } from "@/lib/prompts/find-prompt-set";
import { isReservedSlug } from "@/lib/prompts/reserved-slugs";
import { listOpenUploads } from "@/lib/samples/read-upload";
import { mostUploadBytes } from "@/lib/samples/upload-limits";
import type { UploadChoices } from "@/lib/schemas/sample-uploads";

/** Runs and models of one's own that are offered. */
const RUNS = 50;

/** What a visitor who uploads samples chooses from. */
export async function listUploadChoices(by: Visitor, tx: Tx = db()): Promise<UploadChoices> {
  const { voterId } = by;
  const sets = await tx.promptSet.findMany({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    where: { AND: [promptSetsSeenBy(by), { prompts: { some: {} }, archivedAt: null }] },
    select: {
      slug: true,
      name: true,
      boards: { orderBy: { createdAt: "asc" }, take: 1, select: { modality: true } },
      _count: { select: { prompts: true } },
    },
  });
  const runs =
    voterId === null
      ? []
      : await tx.run.findMany({
          where: { source: "UPLOAD", model: { submitterId: voterId, removedAt: null } },
          orderBy: { createdAt: "desc" },
          take: RUNS,
          select: { id: true, label: true, model: { select: { name: true } } },
        });
  const models =
    voterId === null
      ? []
      : await tx.model.findMany({
          where: { submitterId: voterId, removedAt: null },
          orderBy: { createdAt: "desc" },
          take: RUNS,
          select: { slug: true, name: true },
        });
  return {
    models,
    mostBytes: mostUploadBytes(),
    promptSets: sets
      .filter(({ slug }) => !isReservedSlug(slug))
      .map(({ slug, name, boards, _count }) => ({
        slug,
        name,
        prompts: _count.prompts,
        kind: boards[0]?.modality === "TEXT_TO_VIDEO" ? "video" : "image",
      })),
    runs: runs.map(({ id, label, model }) => ({ runId: id, label, model: model.name })),
    open: voterId === null ? [] : await listOpenUploads(voterId, tx),
  };
}
