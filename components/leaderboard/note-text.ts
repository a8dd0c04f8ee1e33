import { CRITERION_LABELS } from "@/lib/schemas/criteria";
import type { CriterionNote, StoredNote } from "@/lib/schemas/fit-note";
import type { WeightedBoard, WeightedBoardResponse } from "@/lib/schemas/leaderboard";

/** A fit's remark in words; one that an earlier release stored as a sentence is shown as it is. */
export function noteText(note: StoredNote): string {
  if (typeof note === "string") return note;
  switch (note.code) {
    case "disconnected":
      return "Some models never met the others, even indirectly: those differences are not known.";
    case "separated":
      return "A model or group won or lost every vote against the rest: a weak prior bounds the gap.";
    case "too_few_clusters":
      return `Too few clusters by ${note.label} (${note.clusters}): the intervals treat its votes as independent.`;
    case "few_clusters":
      return `Few clusters by ${note.label} (worth ${note.effective.toFixed(1)} equal ones): the intervals may be too narrow.`;
  }
}

/** The same of a fit by criteria. */
export function criterionNoteText({ code, criterion }: CriterionNote): string {
  const label = CRITERION_LABELS[criterion];
  switch (code) {
    case "unanswered":
      return `Nobody has answered ${label.toLowerCase()} here yet.`;
    case "disconnected":
      return `${label}: some models never met the others, even indirectly.`;
    case "separated":
      return `${label}: a model or group won or lost every vote; a weak prior bounds the gap.`;
  }
}

/** A weighted board with its remarks in words, as the API promises it. */
export function withNoteTexts(board: WeightedBoard): WeightedBoardResponse {
  return { ...board, notes: board.notes.map(criterionNoteText), remarks: board.notes };
}
