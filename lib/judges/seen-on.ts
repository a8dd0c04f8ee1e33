import type { Modality } from "@/lib/db/generated/enums";
import type { Sees } from "@/lib/rubrics/rubric";

/** What a judge is shown of a sample of a board or model: frames of its video, or the image. */
export const seenOn = ({ modality }: { modality: Modality }): Sees =>
  modality === "TEXT_TO_VIDEO" ? "video" : "image";
