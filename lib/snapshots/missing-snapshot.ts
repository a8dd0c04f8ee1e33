import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { isId, timeOfId } from "@/lib/ids";
import { KEEP_ALL_MS } from "@/lib/snapshots/thin-snapshots";

/**
 * What to say of a snapshot that is not there. An id tells its time, so that someone with an old link learns that snapshots
 * are thinned, and which kept one is nearest.
 * @param boardId where it was looked for; unless told, anywhere
 */
export async function noSnapshot(
  id: string,
  tx: Tx,
  { boardId, now = Date.now() }: { boardId?: string; now?: number } = {},
): Promise<SalonError> {
  const time = timeOfId(id);
  const isSnapshot = isId("snapshot", id) || isId("criterionSnapshot", id);
  if (!isSnapshot || time === null || time > now - KEEP_ALL_MS) {
    return new SalonError(
      "not_found",
      `There is no snapshot ${JSON.stringify(id)}${boardId ? " of this board" : ""}.`,
      {
        field: "snapshot",
      },
    );
  }
  const made = new Date(time);
  const next = await tx.ratingSnapshot.findFirst({
    where: { boardId, control: "", category: "", createdAt: { gte: made } },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  const nearest = boardId !== undefined && next ? ` The next one kept is ${next.id}.` : "";
  return new SalonError(
    "not_found",
    `There is no snapshot ${id} (of ${made.toISOString().slice(0, 16).replace("T", " ")} UTC). Of snapshots older than a day the last of each hour is kept, of those older than a week the last of each day; the vote log keeps every vote.${nearest}`,
    { field: "snapshot" },
  );
}
