import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { validator } from "hono/validator";
import { ApiError } from "./api-error";

/** Largest body that is read where a route allows no more: a 4,000 character prompt takes 16 kB at most, escaped 24. */
const BODY_LIMIT = 64 * 1024;

/** Whether a content type is JSON. */
export const isJsonType = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);

/** Refuses what is not declared JSON with 415. */
export const requireJson: MiddlewareHandler = createMiddleware(async (c, next) => {
  if (!isJsonType(c.req.header("content-type") ?? ""))
    throw new ApiError(
      415,
      "unsupported_media_type",
      "Send JSON, with the header 'content-type: application/json'.",
    );
  await next();
});

/** Refuses a body larger than `limit` bytes with 413, whether it says so beforehand or not. */
export const limitBody = (limit = BODY_LIMIT): MiddlewareHandler =>
  bodyLimit({
    maxSize: limit,
    onError: () => {
      // The rest of the body is not wanted, so the connection cannot be used again.
      throw new ApiError(413, "request_too_large", `The body is larger than ${limit} bytes.`, {
        headers: { connection: "close" },
      });
    },
  });

/** The JSON of a request as `parse` reads it. @throws ApiError 400 when it is malformed, and what `parse` throws */
export const jsonBody = <Wanted>(parse: (body: unknown) => Wanted) => validator("json", parse);

/** What hono throws for a body that cannot be parsed. */
export const isInvalidJson = (error: unknown): boolean =>
  error instanceof HTTPException && error.status === 400;
