import { z } from "zod";
import { FORMATS } from "@/lib/schemas/formats/format-table";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";

export { FORMATS } from "@/lib/schemas/formats/format-table";
export type { FormatFacts } from "@/lib/schemas/formats/format-facts";

export type FormatId = keyof typeof FORMATS;

export const FORMAT_IDS = Object.keys(FORMATS) as [FormatId, ...FormatId[]];

/** What an endpoint speaks of whose host nothing is known. */
export const DEFAULT_FORMAT = "openai-images" satisfies FormatId;

export const formatId = z.enum(FORMAT_IDS);

/** Whether a host is a name, or below one that is written "*.name". */
export const isHostOf = (host: string, pattern: string): boolean =>
  pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;

/** The format that an address's host is known to speak; null: the host says nothing. */
export function formatOfHost(address: string): FormatId | null {
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  // Gemini and DashScope speak OpenAI's format too, under paths of their own.
  if (/\/openai(\/|$)/.test(pathname) && hostname === "generativelanguage.googleapis.com")
    return "openai-images";
  if (pathname.startsWith("/compatible-mode") && FORMATS.dashscope.hosts.includes(hostname))
    return "dashscope-openai";
  return (
    FORMAT_IDS.find((id) => FORMATS[id].hosts.some((pattern: string) => isHostOf(hostname, pattern))) ?? null
  );
}

/** The format of an endpoint: as it was chosen, or as its host says. */
export const chosenFormat = (chosen: FormatId | undefined, address: string): FormatId =>
  chosen ?? formatOfHost(address) ?? DEFAULT_FORMAT;

/** Milliseconds that an order may take: as was said, or as the format usually takes. */
export function timeoutMsOf(
  seconds: number | undefined,
  format: FormatId,
  task: OrderTask = "text-to-image",
): number {
  if (seconds !== undefined) return seconds * 1000;
  const { video, timeoutMs } = FORMATS[format];
  return makesVideo(task) ? (video ?? { timeoutMs }).timeoutMs : timeoutMs;
}
