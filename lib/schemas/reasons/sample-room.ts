import { z } from "zod";

const gib = z.number().describe("The most that they may take up, in GiB.");

/** Why a submitter's models may keep no more samples (lib/runs/sample-room.ts). */
export const noSampleRoom = z.discriminatedUnion("code", [
  z
    .object({ code: z.literal("upload_over_room"), bytes: z.number(), added: z.number(), gib })
    .describe("The samples that are there leave no room for those of the upload, both in bytes."),
  z.object({ code: z.literal("own_room_full"), gib }).describe("The submitter's samples fill it."),
  z
    .object({ code: z.literal("network_room_full"), gib })
    .describe("Those of all submitters of one network address do."),
]);

export type NoSampleRoom = z.output<typeof noSampleRoom>;
