import { recordChange } from "@/lib/audit/record-change";
import { isSetOf, promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import {
  chooseFurtherSets,
  chooseJudges,
  chooseMetrics,
  choosePromptSet,
} from "@/lib/board-settings/choose-parts";
import { settingsColumns } from "@/lib/board-settings/settings-row";
import { enqueueJudgesOf } from "@/lib/queue/requests/request-judging";
import { refuseReserved } from "@/lib/models/require-own-name";
import type { Asker } from "@/lib/models/visibility";
import { countLiveVotes } from "@/lib/votes/count-live-votes";
import { BULK_TIMEOUT_MS } from "@/lib/votes/exclude-votes";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { enqueueRescore } from "@/lib/scoring/request-rescore";
import type { BoardChanges } from "@/lib/schemas/boards";

/**
 * Change a board's settings, all that are given or none. Votes stay whatever is changed; what judges and encoders are to do for it
 * is queued.
 * @returns its version now
 * @throws SalonError not_found, forbidden; conflict when it was changed since the version that was edited, or has votes on the
 *   prompts that it would leave; invalid_request naming the field
 */
export async function editBoard(
  ask: { slug: string; changes: BoardChanges; by: Asker },
  tx?: Tx,
): Promise<number> {
  const { slug, by } = ask;
  const { version, archived, promptSet, furtherPromptSets, metrics, judges, countsLiveVotes, ...plain } =
    ask.changes;
  if (by !== "operator" && plain.name !== undefined) refuseReserved({ name: plain.name });
  return atomically(
    tx,
    async (tx) => {
      const board = await requireBoard({ slug, by, to: "edit" }, tx);
      const revision = await claimEdit({ thing: { kind: "board", id: board.id }, by, read: version }, tx);
      const promptSetId =
        promptSet === undefined ? board.promptSetId : await choosePromptSet(promptSet, by, tx);
      const before = await settingsForLog(board.id, tx);
      await chooseSets(board, { promptSetId, further: furtherPromptSets }, by, tx);
      await tx.board.update({
        where: { id: board.id },
        data: {
          ...settingsColumns(plain, board.modality),
          promptSetId,
          ...(archived !== undefined && { archivedAt: archived ? (board.archivedAt ?? new Date()) : null }),
        },
      });
      if (countsLiveVotes !== undefined) await countLiveVotes(board.id, countsLiveVotes, tx);
      if (metrics) {
        await tx.boardMetric.deleteMany({ where: { boardId: board.id } });
        const chosen = await chooseMetrics(metrics, tx);
        await tx.boardMetric.createMany({ data: chosen.map((each) => ({ ...each, boardId: board.id })) });
      }
      if (judges) {
        await tx.boardJudge.deleteMany({ where: { boardId: board.id } });
        const chosen = await chooseJudges(judges, by, tx);
        await tx.boardJudge.createMany({ data: chosen.map((judgeId) => ({ judgeId, boardId: board.id })) });
      }
      const sets = furtherPromptSets !== undefined;
      if (metrics || judges || sets)
        await workForBoard(board.id, { metrics: !!metrics || sets, judges: !!judges || sets }, tx);
      await requestRefit(board.id, tx);
      await recordChange(tx, {
        by,
        action: "boards.edit",
        subject: { kind: "board", id: board.id, label: board.name },
        before,
        after: await settingsForLog(board.id, tx),
      });
      return revision;
    },
    countsLiveVotes === undefined ? undefined : BULK_TIMEOUT_MS,
  );
}

/** What the audit log compares of a board. */
async function settingsForLog(id: string, tx: Tx) {
  const { metrics, judges, furtherPromptSets, ...board } = await tx.board.findUniqueOrThrow({
    where: { id },
    omit: { ownerId: true, addressHash: true },
    include: {
      metrics: { select: { encoder: true, referenceId: true }, orderBy: { encoder: "asc" } },
      judges: { select: { judgeId: true } },
      furtherPromptSets: { select: { promptSetId: true }, orderBy: { position: "asc" } },
    },
  });
  return {
    ...{ ...board, metrics, judges: judges.map(({ judgeId }) => judgeId).sort() },
    furtherPromptSets: furtherPromptSets.map(({ promptSetId }) => promptSetId),
  };
}

/**
 * Give a board its prompt sets. One with votes may get more of them, and loses none.
 * @throws SalonError conflict, invalid_request
 */
async function chooseSets(
  board: { id: string; promptSetId: string },
  wanted: { promptSetId: string; further: readonly string[] | undefined },
  by: Asker,
  tx: Tx,
): Promise<void> {
  const before = await promptSetsOf(board, tx);
  const further =
    wanted.further === undefined ? null : await chooseFurtherSets(wanted.further, wanted.promptSetId, by, tx);
  const after = [wanted.promptSetId, ...(further?.map(({ promptSetId }) => promptSetId) ?? before.slice(1))];
  const isLeft = before.some((id) => !after.includes(id));
  if (isLeft && (await tx.vote.count({ where: { boardId: board.id } })) > 0) {
    throw new SalonError(
      "conflict",
      "The board has votes on its prompts. Make a new board for other prompts: ratings over different prompts are not one ranking.",
      { field: after[0] === before[0] ? "furtherPromptSets" : "promptSet" },
    );
  }
  if (further === null && after.indexOf(wanted.promptSetId, 1) === -1) return;
  await tx.boardPromptSet.deleteMany({ where: { boardId: board.id } });
  const rows = after.slice(1).filter((id) => id !== wanted.promptSetId);
  await tx.boardPromptSet.createMany({
    data: rows.map((promptSetId, i) => ({ boardId: board.id, promptSetId, position: i + 1 })),
  });
}

/** Have the board's published runs scored and judged by what it has chosen now. */
async function workForBoard(
  boardId: string,
  what: { metrics: boolean; judges: boolean },
  tx: Tx,
): Promise<void> {
  const runs = await tx.$queryRaw<{ id: string }[]>`
    select r.id from runs r join boards b on b.id = ${boardId} and ${isSetOf(Prisma.sql`r.prompt_set_id`)}
    join board_models x on x.board_id = b.id and x.model_id = r.model_id and x.state = 'MEMBER'
    where r.state = 'PUBLISHED' and r.superseded_at is null`;
  for (const { id } of runs) {
    if (what.metrics) await enqueueRescore(id, tx);
    if (what.judges) await enqueueJudgesOf(id, tx);
  }
}
