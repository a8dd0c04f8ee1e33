import { promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { readRevision } from "@/lib/edits/claim-edit";
import { audienceOf, taskOf } from "@/lib/board-settings/settings-row";
import type { Asker } from "@/lib/models/visibility";
import { criterion } from "@/lib/schemas/criterion";
import type { BoardSettings } from "@/lib/schemas/boards";

/**
 * A board's settings, for who may change them.
 * @throws SalonError not_found, forbidden
 */
export async function readBoardSettings(
  ask: { slug: string; by: Asker },
  tx: Tx = db(),
): Promise<BoardSettings> {
  const board = await requireBoard({ ...ask, to: "edit" }, tx);
  const { id } = board;
  const sets = await promptSetsOf(board, tx);
  const [found, metrics, judges, [counts], version] = await Promise.all([
    tx.promptSet.findMany({ where: { id: { in: sets } }, select: { id: true, slug: true, name: true } }),
    tx.boardMetric.findMany({ where: { boardId: id }, orderBy: { encoder: "asc" } }),
    tx.boardJudge.findMany({
      where: { boardId: id },
      orderBy: { createdAt: "asc" },
      select: { judge: { select: { slug: true } } },
    }),
    tx.$queryRaw<{ prompts: number; votes: number }[]>`
      select (select count(*)::int from prompts where prompt_set_id = any (${sets})) as prompts,
        (select count(*)::int from votes where board_id = ${id} and status = 'COUNTED') as votes`,
    readRevision({ kind: "board", id }, tx),
  ]);
  const [first, ...further] = sets.map((set) => found.find(({ id }) => id === set)!);
  return {
    slug: board.slug,
    name: board.name,
    description: board.description,
    task: taskOf(board.modality),
    promptSet: first.slug,
    furtherPromptSets: further.map(({ slug }) => slug),
    promptSetNames: [first, ...further].map(({ name }) => name),
    question: board.question,
    criteria: criterion.options.filter((each) => board.criteria.includes(each)),
    size: `${board.imageWidth}x${board.imageHeight}`,
    fit: board.fit === "OWN" ? "own" : "same",
    aspectTolerance: board.aspectTolerance,
    seenBy: audienceOf(board.seenBy),
    votedBy: audienceOf(board.votedBy),
    submittedBy: audienceOf(board.submittedBy),
    listing: board.listing === "APPROVED" ? "approved" : "automatic",
    livePrompts: board.livePrompts,
    countsLiveVotes: board.countsLiveVotes,
    provisionalVotes: board.provisionalVotes,
    metrics: metrics.map(({ encoder, referenceId: reference }) => ({ encoder, reference })),
    judges: judges.map(({ judge }) => judge.slug),
    version,
    archived: board.archivedAt !== null,
    role: board.role === "EDITOR" ? "editor" : "owner",
    ...counts,
  };
}
