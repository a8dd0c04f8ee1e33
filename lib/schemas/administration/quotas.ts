import { z } from "zod";
import { LARGEST_QUOTA, QUOTA_KEYS, QUOTA_NAMES } from "@/lib/access/quotas";

/** How much somebody may use in a day or an hour, as the API and pages have it. */

const bound = z.number().min(0).max(LARGEST_QUOTA);

/** Bounds to set; null: as the environment says. */
export const quotasChange = z
  .partialRecord(z.enum(QUOTA_KEYS), z.union([bound, z.literal("none")]).nullable())
  .describe("By role and what is bounded, such as visitor.runs; null: as the environment says.");

export const quotasView = z.record(
  z.enum(QUOTA_KEYS),
  z.object({
    value: bound.nullable().describe("null: as much as they like."),
    isSet: z.boolean().describe("Whether it was set on the site; otherwise the environment decides."),
  }),
);

/** What was used up, in an error's body. */
export const quotaRefusal = z
  .object({ name: z.enum(QUOTA_NAMES), limit: z.number(), used: z.number() })
  .describe("The quota that has no room for what was asked; Retry-After says when it begins anew.");

/** What one has used of a quota. */
export interface QuotaUsage {
  quota: (typeof QUOTA_NAMES)[number];
  limit: number;
  used: number;
  /** When it begins anew. */
  until: string;
}

export type QuotasChange = z.output<typeof quotasChange>;
export type QuotasView = z.output<typeof quotasView>;
