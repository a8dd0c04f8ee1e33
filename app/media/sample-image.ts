import { z } from "zod";

/** How a sample's image is asked for. */
const sampleImageFields = z.object({
  size: z.enum(["page", "whole", "still"]).default("page"),
  /** no: a blurred one as it is. */
  blurred: z.enum(["yes", "no"]).default("yes"),
});

const asked = ({ size, blurred }: z.output<typeof sampleImageFields>) => ({ size, sharp: blurred === "no" });

export const sampleImageQuery = sampleImageFields.transform(asked);

/** The same, or a video's frames as they play beside another sample's. */
export const sampleQuery = sampleImageFields
  .extend({ beside: z.string().max(60).optional() })
  .transform(({ beside, ...fields }) => ({ ...asked(fields), beside }));

/** For so long browsers and caches between may show an image that has been removed since. */
export const SAMPLE_SECONDS = 300;
