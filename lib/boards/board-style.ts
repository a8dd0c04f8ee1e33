import type { Modality } from "@/lib/db/generated/enums";
import { VIDEO_STYLE_ID, IMAGE_STYLE_ID } from "@/lib/metrics/image-style";
import { IMAGE_STYLE, VIDEO_STYLE, type StyleFeature } from "@/lib/ratings/style-features";

/** The covariates of each way of measuring. */
const FEATURES: Record<string, readonly StyleFeature[]> = {
  [IMAGE_STYLE_ID]: IMAGE_STYLE,
  [VIDEO_STYLE_ID]: VIDEO_STYLE,
};

/** How the samples of a board are measured, and what style control holds equal there. */
export function styleOfBoard({ modality }: { modality: Modality }) {
  const measureId = modality === "TEXT_TO_VIDEO" ? VIDEO_STYLE_ID : IMAGE_STYLE_ID;
  return { measureId, features: featuresOf(measureId) };
}

/** What a stored fit held equal. */
export function featuresOf(measureId: string): readonly StyleFeature[] {
  return FEATURES[measureId] ?? IMAGE_STYLE;
}
