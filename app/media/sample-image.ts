import { z } from "zod";

/** How a sample's image is asked for. */
export const sampleImageQuery = z
  .object({
    size: z.enum(["page", "whole"]).default("page"),
    /** no: a blurred one as it is. */
    blurred: z.enum(["yes", "no"]).default("yes"),
  })
  .transform(({ size, blurred }) => ({ size, sharp: blurred === "no" }));

/** For so long browsers and caches between may show an image that has been removed since. */
export const SAMPLE_SECONDS = 300;
