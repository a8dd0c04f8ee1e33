import { createHash } from "node:crypto";
import type { Call } from "@/lib/models/changed-call";

/** Hash of where and how a model is called: two calls of one hash are of one version. */
export function callHash({ baseUrl, format, formatOptions, providerModel, imageSize }: Call): string {
  const call = JSON.stringify([baseUrl, format, formatOptions, providerModel, imageSize]);
  return createHash("sha256").update(call).digest("hex");
}
