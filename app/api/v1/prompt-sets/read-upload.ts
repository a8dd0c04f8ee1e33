import { z } from "zod";
import { VISITOR_LIMITS } from "@/lib/prompts/import-limits";
import { ARENA_SHARES } from "@/lib/prompts/store-prompts";
import { unpackPromptFiles, type Unpacked } from "@/lib/prompts/unpack-prompt-files";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { shownText } from "@/lib/schemas/shown-name";
import type { Caller } from "../../admit";
import { clientAddress } from "../../client-address";
import { readBytes } from "../../read-bytes";
import { admitVisitor } from "../../visitor";

const flag = z.enum(["0", "1"]).default("0").transform((value) => value === "1"); // prettier-ignore

/** What the query of every upload of prompts may say. */
export const uploadQuery = z.object({
  file: z.string().max(200).default("prompts.txt"),
  category: shownText.optional(),
  preview: flag,
  skip: flag,
  arena: z.enum(ARENA_SHARES).default("all"),
});

export interface PromptUpload {
  unpacked: Unpacked;
  by: Caller["by"] & { voterId: string };
  address: string | null;
  headers: Headers;
}

/**
 * Who uploads prompts, and the files.
 * @throws SalonError rate_limited, too_large, invalid_request
 */
export async function readUpload(
  request: Request,
  caller: Caller,
  { file, preview }: { file: string; preview: boolean },
): Promise<PromptUpload> {
  const { voterId, headers } = await admitVisitor(request, caller);
  const address = clientAddress(request.headers);
  await takeTurn(preview ? "prompt-preview" : "upload", { voterId, address });
  const bytes = await readBytes(request, VISITOR_LIMITS.bytes);
  const unpacked = await unpackPromptFiles({ name: file, bytes }, VISITOR_LIMITS);
  return { unpacked, by: { ...caller.by, voterId }, address, headers };
}
