import { z } from "zod";

/** What the disk is used for, as the admin page, the API and `salon storage` tell of it. */

const bytes = z.number().nonnegative();
const part = z.object({ count: z.number().int().nonnegative(), bytes });

/** What a worker measured; sums of the database's rows but where a folder is named. */
export const storageReport = z.object({
  samples: part.describe("Images and videos of runs and battles."),
  references: part.describe("Images and videos of reference sets that are no samples as well."),
  other: part.describe("What else is kept: images of prompts, demonstrations, drawings."),
  derivatives: part.describe("Smaller images made from those, which may be deleted at any time (folder)."),
  uploads: part.describe("Uploads that are not read yet (folder)."),
  logs: part.describe("Logs of `npm start` (folder)."),
  database: bytes.describe("As PostgreSQL says."),
  unneeded: part.describe("Of the above, what nothing refers to any more: collected within minutes."),
  orphans: part.describe(
    "Files of the artifact folder that no row names, an hour old at least: collected in turn.",
  ),
});

const disk = z.object({ folder: z.enum(["artifacts", "data"]), freeBytes: bytes, totalBytes: bytes });

export const storageView = z.object({
  report: storageReport.nullable().describe("null: nothing has been measured yet."),
  measuredAt: z.iso.datetime().nullable(),
  disks: z.array(disk).describe("Of the site's machine, now."),
  watermarkBytes: bytes.describe("With less free than this nothing is taken in and nothing generated."),
  isLow: z.boolean(),
  lastBackupAt: z.iso
    .datetime()
    .nullable()
    .describe("When `salon backup` last wrote an archive; null: not known."),
  pending: z.object({ measure: z.boolean(), collect: z.boolean() }).describe("Jobs that wait or run."),
});

export const storageRequest = z.object({ action: z.enum(["measure", "collect"]) }).strict();

export type StorageReport = z.output<typeof storageReport>;
export type StorageView = z.output<typeof storageView>;
export type StorageRequest = z.output<typeof storageRequest>;
