import { jsonrepair } from "jsonrepair";
import { plainJson } from "@/lib/schemas/plain-text";

/**
 * The JSON object in a judge's words: as it is, or taken out of a code fence or of the prose around it and mended (single
 * quotes, trailing commas, a missing bracket). Values are never made up: what was cut off is not there.
 * @returns undefined when there is no object in it
 */
export function parseReply(text: string): Record<string, unknown> | undefined {
  const start = text.indexOf("{");
  if (start === -1) return undefined;
  const end = text.lastIndexOf("}");
  const inner = end > start ? text.slice(start, end + 1) : null;
  return (
    parse(text) ??
    (inner === null ? undefined : parse(inner)) ??
    mend(text.slice(start)) ??
    (inner === null ? undefined : mend(inner))
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function mend(text: string): Record<string, unknown> | undefined {
  const fence = text.lastIndexOf("```");
  try {
    return asObject(JSON.parse(jsonrepair(fence === -1 ? text : text.slice(0, fence))));
  } catch {
    return undefined;
  }
}

const asObject = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (plainJson(value) as Record<string, unknown>)
    : undefined;
