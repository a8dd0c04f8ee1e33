import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { SalonError } from "@/lib/errors";
import { FORMAT_IDS, formatId, type FormatId } from "@/lib/schemas/formats/formats";

/** What an endpoint speaks, as flags. */
export interface FormatFlags {
  format?: string;
  formatFile?: string;
}

/** Adds the flags that say what an endpoint speaks. */
export const withFormatFlags = (command: Command): Command =>
  command
    .option("--format <name>", `what the endpoint speaks (as its host says): ${FORMAT_IDS.join(", ")}`)
    .option(
      "--format-file <file>",
      "JSON: of format http the request's template, of format comfyui a workflow in its API format",
    );

/** The fields of a submission that the flags stand for. @throws SalonError naming what cannot be read */
export async function formatTyped({ format, formatFile }: FormatFlags): Promise<{
  format?: FormatId;
  formatOptions?: ReturnType<typeof jsonOf>;
}> {
  const known = formatId.optional().safeParse(format);
  if (!known.success)
    throw new SalonError("invalid_request", `${format} is no format: ${FORMAT_IDS.join(", ")}.`);
  if (formatFile === undefined) return { format: known.data };
  const read = jsonOf(await readFile(formatFile, "utf8"), formatFile);
  // A workflow as ComfyUI saves it, without our field around it.
  const isBare =
    known.data === "comfyui" && typeof read === "object" && read !== null && !("workflow" in read);
  return { format: known.data, formatOptions: isBare ? { workflow: read } : read };
}

type Json = string | number | boolean | null | { [name: string]: Json } | Json[];

function jsonOf(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new SalonError("invalid_request", `${file} is no JSON.`);
  }
}
