import { z } from "zod";
import { withNoteTexts } from "@/components/leaderboard/note-text";
import { readWeightedBoard } from "@/lib/pages/read-weighted-board";
import type { Criterion, OVERALL } from "@/lib/schemas/criteria";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";
import { seenBoard } from "../../../../seen-board";

const weight = z.coerce.number().min(0).max(1_000_000).optional();

const query = z
  .object({
    category: z.string().max(100).optional(),
    overall: weight,
    aesthetics: weight,
    prompt_following: weight,
    motion: weight,
    consistency: weight,
  } satisfies Record<Criterion | typeof OVERALL | "category", z.ZodType>)
  .strict();

/** GET /api/v1/leaderboards/{board}/weights?overall=1&aesthetics=2&category= */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { category, ...given } = readQuery(request, query);
    const weights = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const board = await seenBoard(by, (await params).board);
    return json(withNoteTexts(await readWeightedBoard({ board, category, weights })));
  });
}
