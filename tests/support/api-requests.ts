import { expect } from "vitest";
import { errorResponse } from "@/lib/schemas/error-response";

/** A request of the site's own page, as a route's handler gets it. */
export function request(
  method: "GET" | "POST" | "DELETE",
  path: string,
  options: { body?: unknown; cookie?: string; headers?: Record<string, string> } = {},
): Request {
  const { body, cookie = "", headers } = options;
  return new Request(`http://salon.test${path}`, {
    method,
    headers: { host: "salon.test", cookie, "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** The cookie that a route handed out to someone new. */
export const cookieOf = (response: Response): string => response.headers.get("set-cookie")!.split(";")[0];

/** @returns the error's message */
export async function expectError(
  response: Response,
  status: number,
  code: string,
  field?: string,
): Promise<string> {
  const { error } = errorResponse.parse(await response.json());
  expect({ status: response.status, code: error.code }).toEqual({ status, code });
  if (field !== undefined) expect(error.field).toBe(field);
  return error.message;
}
