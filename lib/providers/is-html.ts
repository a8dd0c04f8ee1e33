import type { JsonResponse } from "@/lib/providers/guarded-client";

/** Whether an answer is a web page, which a wrong base address usually is. */
export function isHtml({ headers, text }: Pick<JsonResponse, "headers" | "text">): boolean {
  return /text\/html/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(text);
}
