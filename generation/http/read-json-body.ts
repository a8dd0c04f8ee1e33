import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error";

/** Largest body that is read where a route allows no more: a 4,000 character prompt takes 16 kB at most, escaped 24. */
export const BODY_LIMIT = 64 * 1024;

/**
 * The JSON of a request.
 * @throws ApiError 415 when it is not declared JSON, 413 when it is larger than `limit` bytes, 400 when it is malformed.
 */
export async function readJsonBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<unknown> {
  const declared = request.headers["content-type"] ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(declared)) {
    throw new ApiError(
      415,
      "unsupported_media_type",
      "Send JSON, with the header 'content-type: application/json'.",
    );
  }
  const text = (await readBody(request, limit)).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "invalid_json", "The body could not be parsed as JSON.");
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let length = 0;
  // Not destroyed on leaving the loop: the refusal still has to go out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > limit) throw tooLarge(limit);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): ApiError {
  // The rest of the body is not wanted, so the connection cannot be used again.
  return new ApiError(413, "request_too_large", `The body is larger than ${limit} bytes.`, {
    headers: { connection: "close" },
  });
}
