import type { Modality } from "@/lib/db/generated/enums";
import type { Rubric } from "@/lib/rubrics/rubric";

/** Whether a rubric is asked of a board's or model's samples: of videos those that see frames or whole videos, of all others images. */
export const isAskedOf = ({ sees }: Pick<Rubric, "sees">, { modality }: { modality: Modality }): boolean =>
  (modality === "TEXT_TO_VIDEO") === (sees !== "image");
