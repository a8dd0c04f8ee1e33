import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import {
  chooseFurtherSets,
  chooseJudges,
  chooseMetrics,
  choosePromptSet,
} from "@/lib/board-settings/choose-parts";
import { settingsColumns, TASKS } from "@/lib/board-settings/settings-row";
import { slugOf } from "@/lib/models/add-model";
import { refuseReserved } from "@/lib/models/require-own-name";
import { requireRoom } from "@/lib/runs/require-room";
import type { Asker } from "@/lib/models/visibility";
import { visitorHolder } from "@/lib/queue/holder";
import type { BoardCreation } from "@/lib/schemas/boards";

/**
 * Make a board. A visitor's belongs to the visitor; the operator's to the site.
 * @param ask.address the visitor's network address; only its keyed hash is kept
 * @param ask.siteDefaults whether all that the site has works for it: the bundled models' board
 * @returns its slug
 * @throws SalonError invalid_request naming the field; forbidden where the site takes nothing from visitors, for a slug of a visitor's
 *   own choice, or a judge that somebody else pays; conflict for a slug that is taken, or when the visitor has enough boards
 */
export async function createBoard(
  ask: { settings: BoardCreation; by: Asker; address?: string | null; siteDefaults?: boolean },
  tx?: Tx,
): Promise<string> {
  const { by, address, siteDefaults = false } = ask;
  const { slug: wanted, task, promptSet, furtherPromptSets, metrics, judges, ...plain } = ask.settings;
  const voterId = by === "operator" ? null : by.voterId;
  if (by !== "operator") {
    refuseReserved({ name: plain.name });
    if (wanted !== undefined) {
      throw new SalonError("forbidden", "Only the operator chooses a board's address.", { field: "slug" });
    }
  }
  const holder = await visitorHolder({ voterId, address });
  return atomically(tx, async (tx) => {
    await requireRoom("boards", holder, tx);
    const id = newId("board");
    const slug = wanted ?? (await freeBoardSlug(slugOf(plain.name), by, id, tx));
    if ((await tx.board.count({ where: { slug } })) > 0) {
      throw new SalonError("conflict", `There is a board ${slug} already.`, { field: "slug" });
    }
    const promptSetId = await choosePromptSet(promptSet, by, tx);
    await tx.board.create({
      data: {
        ...settingsColumns(plain, TASKS[task]),
        name: plain.name,
        description: plain.description,
        id,
        slug,
        modality: TASKS[task],
        promptSetId,
        furtherPromptSets: { create: await chooseFurtherSets(furtherPromptSets, promptSetId, by, tx) },
        ownerId: voterId,
        addressHash: holder.addressHash,
        siteDefaults,
        metrics: { create: await chooseMetrics(metrics, tx) },
        judges: { create: (await chooseJudges(judges, by, tx)).map((judgeId) => ({ judgeId })) },
      },
    });
    const subject = { kind: "board", id, label: plain.name };
    await recordChange(tx, {
      by,
      action: "boards.create",
      subject,
      before: null,
      after: { ...ask.settings, slug },
    });
    return slug;
  });
}

/** Of a visitor's board the slug ends at random: the next free number would say what others have. */
async function freeBoardSlug(wanted: string, by: Asker, id: string, tx: Tx): Promise<string> {
  if (by !== "operator") return `${wanted.slice(0, 50)}-${id.slice(-8)}`;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`board-slug:${wanted}`}, 0))`;
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if ((await tx.board.count({ where: { slug } })) === 0) return slug;
  }
}
