import { promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import type { MemberState } from "@/lib/db/generated/enums";
import type { Asker } from "@/lib/models/visibility";
import { parametersOf } from "@/lib/runs/run-parameters";
import type { BoardMemberView } from "@/lib/schemas/boards";

/**
 * The models of a board, those that wait first, with their runs over its prompts, for who may change it.
 * @throws SalonError not_found, forbidden
 */
export async function listMembers(
  ask: { slug: string; by: Asker },
  tx: Tx = db(),
): Promise<BoardMemberView[]> {
  const board = await requireBoard({ ...ask, to: "edit" }, tx);
  const sets = await promptSetsOf(board, tx);
  const members = await tx.boardModel.findMany({
    where: { boardId: board.id, model: { removedAt: null } },
    include: {
      model: {
        include: {
          runs: {
            where: { promptSetId: { in: sets }, supersededAt: null },
            orderBy: { createdAt: "desc" },
            take: RUNS,
            include: { promptSet: { select: { name: true } }, _count: { select: { samples: true } } },
          },
          ratings: { where: { boardId: board.id }, select: { games: true } },
        },
      },
    },
  });
  return members
    .map(({ state, runId, model }) => ({
      model: model.slug,
      name: model.name,
      creator: model.creator,
      state: STATES[state],
      listed: model.listed,
      votes: model.ratings[0]?.games ?? 0,
      run: runId,
      runs: model.runs.map((run) => ({
        runId: run.id,
        label: run.label,
        // Of a board over one set there is nothing to tell apart.
        promptSet: sets.length > 1 ? run.promptSet.name : null,
        parameters: run.source === "UPLOAD" ? null : parametersOf(run),
        state: run.state,
        samples: run._count.samples,
        createdAt: run.createdAt.toISOString(),
      })),
    }))
    .sort((x, y) => ORDER.indexOf(x.state) - ORDER.indexOf(y.state) || x.name.localeCompare(y.name, "en"));
}

/** Runs listed of each model. */
const RUNS = 20;

const STATES = { WAITING: "waiting", MEMBER: "member", REMOVED: "removed" } as const satisfies Record<
  MemberState,
  BoardMemberView["state"]
>;
const ORDER: BoardMemberView["state"][] = ["waiting", "member", "removed"];
