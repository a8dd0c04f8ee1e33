import { z } from "zod";
import { noSampleRoom } from "@/lib/schemas/reasons/sample-room";

const side = z.enum(["left", "right"]);

/** Why a model gave no image for a battle. */
export const sideFailure = z.discriminatedUnion("code", [
  z.object({ side, code: z.literal("no_endpoint") }),
  z.object({ side, code: z.literal("removed") }).describe("The model was removed meanwhile."),
  z.object({ side, code: z.literal("no_room"), room: noSampleRoom }),
  z
    .object({ side, code: z.literal("own_prompts_spent") })
    .describe("Its owner allows no more of voters' own prompts today."),
  z
    .object({ side, code: z.literal("endpoint"), kind: z.string(), said: z.string() })
    .describe("Its endpoint gave none: the kind of failure, and what was said of it."),
  z
    .object({ side, code: z.literal("other_shape"), width: z.number().int(), height: z.number().int() })
    .describe("An image, but not of the board's shape."),
  z
    .object({ side, code: z.literal("held"), reason: z.string().nullable() })
    .describe("An image that moderation holds back, for the reason that it gave."),
]);

/** As battles keep it, for the operator: each side that failed; those of earlier releases are sentences. */
export const storedBattleFailure = z.union([z.string(), z.array(sideFailure)]);

export type SideFailure = z.output<typeof sideFailure>;
