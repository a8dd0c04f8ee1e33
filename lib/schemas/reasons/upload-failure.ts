import { z } from "zod";
import { noSampleRoom } from "@/lib/schemas/reasons/sample-room";

/** Why an upload of samples came to nothing. */
export const uploadFailure = z.discriminatedUnion("code", [
  z.object({ code: z.literal("run_cancelled") }).describe("Its run was cancelled meanwhile."),
  z.object({ code: z.literal("upload_abandoned") }).describe("Its bytes stopped coming, or came too slowly."),
  z.object({ code: z.literal("upload_removed") }).describe("Who began it gave it up."),
  z
    .object({ code: z.literal("nothing_fits"), files: z.number().int() })
    .describe("None of its files became a sample."),
  z
    .object({ code: z.literal("upload_unreadable"), said: z.string() })
    .describe("It cannot be read, for the reason that its reader gave."),
  z
    .object({ code: z.literal("upload_broke_down"), errorId: z.string() })
    .describe("It could not be read here; the log has the error under this number."),
  ...noSampleRoom.options,
]);

/** As uploads keep it: those of earlier releases are sentences. */
export const storedUploadFailure = z.union([z.string(), uploadFailure]);

export type UploadFailure = z.output<typeof uploadFailure>;
export type StoredUploadFailure = z.output<typeof storedUploadFailure>;
