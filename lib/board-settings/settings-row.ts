import type { Prisma } from "@/lib/db/generated/client";
import type { BoardAudience, Modality } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { parseSize } from "@/lib/boards/board-shape";
import { CRITERION_LABELS, criteriaFor } from "@/lib/schemas/criteria";
import type { BoardChanges, BoardCreation } from "@/lib/schemas/boards";

/** A board's settings as its row has them, and as the API says them. */

export const TASKS = {
  "text-to-image": "TEXT_TO_IMAGE",
  "text-to-video": "TEXT_TO_VIDEO",
  "image-edit": "IMAGE_EDIT",
} as const satisfies Record<BoardCreation["task"], Modality>;

const AUDIENCES = {
  everyone: "EVERYONE",
  "signed-in": "SIGNED_IN",
  invited: "INVITED",
} as const satisfies Record<BoardCreation["seenBy"], BoardAudience>;

export const taskOf = (modality: Modality) =>
  (Object.keys(TASKS) as BoardCreation["task"][]).find((task) => TASKS[task] === modality)!;

type Plain = Omit<
  BoardChanges,
  "version" | "archived" | "promptSet" | "furtherPromptSets" | "metrics" | "judges"
>;

/**
 * The columns that settings set; what is not given is left out.
 * @throws SalonError invalid_request for a criterion that does not fit the task
 */
export function settingsColumns(changes: Plain, modality: Modality) {
  const { size, seenBy, votedBy, submittedBy, fit, listing, question, criteria, ...same } = changes;
  const fitting = criteriaFor({ isVideo: modality === "TEXT_TO_VIDEO" });
  const refused = criteria?.find((each) => !fitting.includes(each));
  if (refused !== undefined) {
    throw new SalonError("invalid_request", `${CRITERION_LABELS[refused]} is a criterion of videos.`, {
      field: "criteria",
    });
  }
  const shape = size === undefined ? null : parseSize(size)!;
  return {
    ...same,
    ...(criteria && { criteria: [...new Set(criteria)] }),
    ...(question !== undefined && { question: question || null }),
    ...(shape && { imageWidth: shape.width, imageHeight: shape.height }),
    ...(fit && { fit: fit === "own" ? ("OWN" as const) : ("SAME" as const) }),
    ...(seenBy && { seenBy: AUDIENCES[seenBy] }),
    ...(votedBy && { votedBy: AUDIENCES[votedBy] }),
    ...(submittedBy && { submittedBy: AUDIENCES[submittedBy] }),
    ...(listing && { listing: listing === "approved" ? ("APPROVED" as const) : ("AUTOMATIC" as const) }),
  } satisfies Prisma.BoardUncheckedUpdateInput;
}

export const audienceOf = (audience: BoardAudience) =>
  (Object.keys(AUDIENCES) as BoardCreation["seenBy"][]).find((each) => AUDIENCES[each] === audience)!;
