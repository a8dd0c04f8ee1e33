import type { Board, Judge } from "@/lib/db/generated/client";
import { isAskedOf } from "@/lib/judges/is-asked-of";
import { findRubric } from "@/lib/rubrics/registry";
import { rubricId } from "@/lib/rubrics/rubric";

/** The newest rubric of pairs that a judge is asked on a board; null: none that sees what the board shows. */
export function pairRubric(judge: Pick<Judge, "rubrics">, board: Pick<Board, "modality">): string | null {
  const [newest] = judge.rubrics
    .flatMap((id) => findRubric(id) ?? [])
    .filter((rubric) => rubric.kind === "pairwise" && isAskedOf(rubric, board))
    .sort((a, b) => b.version - a.version);
  return newest ? rubricId(newest) : null;
}
