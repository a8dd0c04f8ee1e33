import type { Edited } from "@/lib/edits/claim-edit";

/** All settings of a site are one thing to edit, with one revision. */
export const SITE: Edited = { kind: "site", id: "settings" };
