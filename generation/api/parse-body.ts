import type { z } from "zod";
import { ApiError } from "@/generation/http/api-error";

/** OpenAI's own parameters may be null, which means absent. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/**
 * A request's JSON as its schema reads it.
 * @throws ApiError 400 that names the parameter at fault.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, "invalid_type", "The body must be a JSON object.");
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw parameterError(parsed.error.issues[0], body as Record<string, unknown>);
}

function parameterError(issue: z.core.$ZodIssue, body: Record<string, unknown>): ApiError {
  if (issue.code === "unrecognized_keys") {
    const param = issue.keys[0].slice(0, 100);
    return new ApiError(400, "unknown_parameter", `Unknown parameter: '${param}'.`, { param });
  }
  const param = String(issue.path[0]);
  if (body[param] === undefined) {
    return new ApiError(400, "missing_required_parameter", `Missing required parameter: '${param}'.`, {
      param,
    });
  }
  const code = issue.code === "invalid_type" ? "invalid_type" : "invalid_value";
  return new ApiError(400, code, `Invalid '${param}': ${issue.message}.`, { param });
}

/** A 400 for a value that is no good although its form is right. */
export function invalidValue(param: string, what: string): ApiError {
  return new ApiError(400, "invalid_value", `Invalid '${param}': ${what}.`, { param });
}

/** A 400 for a value that a model does not offer, which says what it does. */
export function notOffered(
  param: string,
  value: string,
  { id, offered }: { id: string; offered: readonly string[] },
): ApiError {
  const list = offered.map((each) => `'${each}'`).join(", ");
  return invalidValue(param, `${id} does not offer '${value.slice(0, 40)}', but ${list}`);
}

/** A seed and the seeds of n choices after it, which must all be exact integers. */
export const seedsFit = ({ seed = 0, n = 1 }: { seed?: number; n?: number }) =>
  Number.isSafeInteger(seed + (n - 1));
export const SEEDS_MUST_FIT = { path: ["seed"], message: "must leave seed + n - 1 below 2^53" };
