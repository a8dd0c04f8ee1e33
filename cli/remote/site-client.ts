import type { z } from "zod";
import { env } from "@/lib/env";
import { SalonError, type ErrorCode, ERROR_STATUS } from "@/lib/errors";
import { errorResponse } from "@/lib/schemas/error-response";
import { keepOfSite, readOfSite } from "./per-site-file";

/** Longest wait for one answer. */
const PATIENCE_MS = 60_000;

export interface SiteFlags {
  server?: string;
  session: string;
  /** File of the tokens of `salon login`. */
  tokens: string;
  /** A token to be known by, whatever is kept. */
  token?: string;
}

/** A running Salon, spoken to over its HTTP API. */
export interface SiteClient {
  /** Without a slash at its end. */
  base: string;
  /**
   * @throws SalonError with the site's own code and sentence; "unavailable" when it does not answer, or not as a Salon does
   */
  call<S extends z.ZodType>(path: string, schema: S, body?: unknown): Promise<z.output<S>>;
}

/**
 * Where a site is.
 * @throws SalonError invalid_request for what is no http or https address
 */
export function siteAddress(address: string | undefined): { base: string; origin: string } {
  if (address === undefined)
    throw new SalonError("invalid_request", "Which Salon? Give --server URL, or set SALON_URL.");
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new SalonError("invalid_request", `${address} is no http or https address.`);
  const base = address.replace(/\/+$/, "");
  return { base, origin: new URL(base).origin };
}

/**
 * A client for the site that --server or SALON_URL names. It is known there by a token (SALON_TOKEN, or that of `salon login`), or else
 * by the cookie that the site gave, which is kept in the session file from the first change on.
 * @throws SalonError invalid_request when neither names an address
 */
export function siteClient({ server, session, tokens, token }: SiteFlags): SiteClient {
  const { base, origin } = siteAddress(server ?? env().SALON_URL);
  return {
    base,
    async call(path, schema, body) {
      const known = token ?? env().SALON_TOKEN ?? (await readOfSite(tokens, origin));
      const cookie = known === null ? await readOfSite(session, origin) : null;
      const me: Record<string, string> =
        known !== null ? { authorization: `Bearer ${known}` } : cookie !== null ? { cookie } : {};
      const response = await send(`${base}${path}`, me, body);
      const given = response.headers.getSetCookie()[0]?.split(";")[0];
      if (known === null && response.ok && given !== undefined && given !== cookie)
        await keepOfSite(session, origin, given);
      const answer: unknown = await response.json().catch(() => null);
      if (!response.ok) throw refusal(base, response, answer);
      const parsed = schema.safeParse(answer);
      if (!parsed.success)
        throw new SalonError("unavailable", `${base} answers, but not as a Salon of this version does.`, {
          retryable: false,
        });
      return parsed.data;
    },
  };
}

async function send(url: string, me: Record<string, string>, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      // A session or a token is for its own site alone.
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...me,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    throw new SalonError("unavailable", `No answer from ${new URL(url).origin}: ${whyNot(error)}`, {
      cause: error,
    });
  }
}

function whyNot(error: unknown): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `nothing within ${PATIENCE_MS / 1000} s.`;
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  if (cause?.code === "ECONNREFUSED") return "nothing listens there. Is Salon running?";
  if (cause?.code === "ENOTFOUND") return "the name is not known.";
  if (/redirect/i.test(cause?.message ?? ""))
    return "it redirects elsewhere: give the address it redirects to.";
  return `${cause?.code ?? cause?.message ?? "it cannot be reached"}.`;
}

function refusal(base: string, response: Response, answer: unknown): SalonError {
  const parsed = errorResponse.safeParse(answer);
  if (!parsed.success) {
    const passing = response.status >= 500 || response.status === 429;
    return new SalonError("unavailable", `${base} answered ${response.status}, not as a Salon does.`, {
      retryable: passing,
    });
  }
  const { code, message, field } = parsed.data.error;
  const known: ErrorCode = code in ERROR_STATUS ? (code as ErrorCode) : "internal";
  const retryable = response.status >= 500 || response.status === 429;
  return new SalonError(known, field === null ? message : `${field}: ${message}`, { retryable });
}
