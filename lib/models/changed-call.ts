import type { Endpoint } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { readFormatOptions, type FormatOptions } from "@/lib/schemas/formats/format-options";
import { formatId, FORMATS, type FormatId } from "@/lib/schemas/formats/formats";
import type { ModelChanges } from "@/lib/schemas/submissions";

/** Where and how a model is called: what its samples depend on. */
export interface Call {
  baseUrl: string;
  format: FormatId;
  formatOptions: FormatOptions | null;
  providerModel: string;
  imageSize: string;
}

/**
 * How an endpoint would be called after changes.
 * @returns isNew: whether anything is another than before, so that samples of before and after must not be mixed
 * @throws SalonError invalid_request for options that the format does not know, and for a key that would go to another place
 *   without having been given for it
 */
export function changedCall(endpoint: Endpoint, changes: ModelChanges): { call: Call; isNew: boolean } {
  const format = changes.format ?? formatId.parse(endpoint.format);
  const isSameFormat = format === endpoint.format;
  const given = changes.formatOptions ?? (isSameFormat ? (endpoint.formatOptions ?? undefined) : undefined);
  const read = readFormatOptions(format, given);
  if ("problem" in read) throw new SalonError("invalid_request", read.problem, { field: "formatOptions" });
  const call: Call = {
    baseUrl: changes.endpointUrl ?? endpoint.baseUrl,
    format,
    formatOptions: read.options,
    providerModel: changes.providerModel ?? endpoint.providerModel,
    imageSize: changes.imageSize ?? endpoint.imageSize,
  };
  const goesElsewhere = new URL(call.baseUrl).origin !== new URL(endpoint.baseUrl).origin || !isSameFormat;
  if (endpoint.apiKeySealed !== null && changes.apiKey === undefined && goesElsewhere) {
    throw new SalonError(
      "invalid_request",
      `The stored key was given for ${new URL(endpoint.baseUrl).host} in the format ${FORMATS[formatId.parse(endpoint.format)].label}: give the key that goes to the new place, or none.`,
      { field: "apiKey" },
    );
  }
  const names = ["baseUrl", "format", "providerModel", "imageSize"] as const;
  const isNew = names.some((name) => call[name] !== endpoint[name]) || changes.formatOptions !== undefined;
  return { call, isNew };
}
