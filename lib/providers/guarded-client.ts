import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Readable, Transform } from "node:stream";
import { Agent, buildConnector, request } from "undici";
import { env } from "@/lib/env";
import { isPublicAddress, parseAllowList, type AllowList } from "@/lib/providers/address-rules";

export type OutboundReason =
  /** Not an http(s) address, or one with a user name in it. */
  | "BAD_URL"
  /** The host is not on the public Internet and not on the operator's allow-list. */
  | "BLOCKED"
  | "UNREACHABLE"
  | "TIMEOUT"
  | "TOO_LARGE"
  /** More redirects than are followed, or one that leads nowhere. */
  | "REDIRECT"
  /** Compressed in a way we did not ask for and cannot read. */
  | "ENCODING";

/** A request that could not be made or read to its end; the message is a sentence for whoever gave the address. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  constructor(
    readonly reason: OutboundReason,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

export interface OutboundRequest {
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** Headers that only the origin of `url` may see: a redirect elsewhere goes on without them. */
  credentials?: Record<string, string>;
  body?: string;
  /** Wall-clock milliseconds for all of it: name, connection, redirects, the last byte. */
  deadlineMs: number;
  /** Most bytes of the body, after any decompression. */
  maxBytes: number;
  signal?: AbortSignal;
}

export interface OutboundResponse {
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** Address of the last hop. */
  url: string;
}

export interface GuardedClient {
  /** @throws OutboundError; the signal's reason when the caller aborted */
  send(request: OutboundRequest): Promise<OutboundResponse>;
  /** Check what can be told from the address alone. @throws OutboundError BAD_URL, BLOCKED */
  check(url: string): URL;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 5;
const CONNECT_TIMEOUT_MS = 10_000;

/** A client that reaches the public Internet and what `allow` names, and nothing else. */
export function createGuardedClient(allow: AllowList): GuardedClient {
  const agent = new Agent({ connect: guardedConnector(allow) });
  const check = (address: string) => checkUrl(address, allow);
  return {
    check,
    close: () => agent.destroy(),
    async send({ deadlineMs, signal, ...wanted }) {
      const deadline = AbortSignal.timeout(deadlineMs);
      const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
      try {
        return await follow(wanted, either, agent, check);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (deadline.aborted) {
          throw new OutboundError("TIMEOUT", `No complete answer within ${deadlineMs / 1000} s.`, {
            cause: error,
          });
        }
        throw describe(error, wanted.url);
      }
    },
  };
}

let shared: GuardedClient | undefined;

/** The process's client: public addresses, the bundled generation backend and OUTBOUND_ALLOW. */
export function guardedClient(): GuardedClient {
  const { OUTBOUND_ALLOW, generationUrl } = env();
  return (shared ??= createGuardedClient(parseAllowList([new URL(generationUrl).host, ...OUTBOUND_ALLOW])));
}

async function follow(
  wanted: Omit<OutboundRequest, "deadlineMs" | "signal">,
  signal: AbortSignal,
  dispatcher: Agent,
  check: (url: string) => URL,
): Promise<OutboundResponse> {
  const submitted = check(wanted.url);
  let url = submitted;
  let { method = "GET", body } = wanted;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await request(url, {
      dispatcher,
      method,
      body,
      signal,
      headers: {
        "user-agent": "Salon",
        ...wanted.headers,
        "accept-encoding": "identity",
        ...(url.origin === submitted.origin ? wanted.credentials : {}),
      },
    });
    const headers = flatten(response.headers);
    const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode) && headers.location;
    if (!isRedirect) {
      const bytes = await readCapped(response.body, headers["content-encoding"], wanted.maxBytes);
      return { status: response.statusCode, headers, body: bytes, url: url.href };
    }
    response.body.destroy();
    response.body.on("error", () => {}); // destroying an unread body is no failure
    if (!URL.canParse(headers.location!, url.href)) {
      throw new OutboundError("REDIRECT", `${url.origin} redirects to what is no address.`);
    }
    url = check(new URL(headers.location!, url.href).href);
    if (response.statusCode !== 307 && response.statusCode !== 308) {
      method = "GET";
      body = undefined;
    }
  }
  throw new OutboundError("REDIRECT", `${submitted.origin} redirects more than ${MAX_REDIRECTS} times.`);
}

function checkUrl(address: string, allow: AllowList): URL {
  if (!URL.canParse(address)) throw new OutboundError("BAD_URL", `'${address.slice(0, 200)}' is no address.`);
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new OutboundError("BAD_URL", `${url.protocol}// is not called, only http:// and https://.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutboundError("BAD_URL", "Put the key into its own field, not into the address.");
  }
  const hostname = bare(url.hostname);
  if (isIP(hostname)) requireAllowed(hostname, portOf(url.protocol, url.port), allow);
  return url;
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");
const portOf = (protocol: string, port: string) => Number(port) || (protocol === "https:" ? 443 : 80);

function requireAllowed(address: string, port: number, allow: AllowList): void {
  if (isPublicAddress(address) || allow.hasAddress(address, port)) return;
  throw blocked(address, port);
}

const blocked = (place: string, port: number) =>
  new OutboundError(
    "BLOCKED",
    `${place.includes(":") ? `[${place}]` : place}:${port} is not on the public Internet; the operator can allow it in OUTBOUND_ALLOW.`,
  );

/**
 * Connects to checked addresses only. Literals never reach a lookup, so they are checked here; a name's addresses
 * are checked by the very lookup whose answer is connected to, so a second answer (DNS rebinding) has no effect.
 */
function guardedConnector(allow: AllowList): buildConnector.connector {
  return (options, callback) => {
    const hostname = bare(options.hostname);
    const port = portOf(options.protocol, options.port);
    try {
      if (isIP(hostname)) requireAllowed(hostname, port, allow);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    const trusted = allow.hasHost(hostname, port);
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      lookup: checkedLookup(
        (address) => trusted || isPublicAddress(address) || allow.hasAddress(address, port),
        port,
      ),
    } as buildConnector.BuildOptions);
    connect(options, callback);
  };
}

function checkedLookup(allowed: (address: string) => boolean, port: number): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, "", 0);
      const usable = addresses.filter(({ address }) => allowed(address));
      if (usable.length === 0) return callback(blocked(hostname, port), "", 0);
      if (options.all) return callback(null, usable);
      callback(null, usable[0].address, usable[0].family);
    });
  };
}

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Counts what comes out of the decoder: 194 kB of gzip can be 200 MB. */
async function readCapped(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  let decoded: Readable = body;
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    const decoder = DECODERS[encoding.toLowerCase()]?.();
    if (decoder === undefined) {
      body.on("error", () => {}).destroy();
      throw new OutboundError("ENCODING", `The answer is compressed as '${encoding.slice(0, 40)}'.`);
    }
    body.on("error", (error) => decoder.destroy(error));
    decoded = body.pipe(decoder);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of decoded) {
      length += (chunk as Buffer).length;
      if (length > maxBytes) {
        throw new OutboundError("TOO_LARGE", `The answer is larger than ${Math.round(maxBytes / 1e6)} MB.`);
      }
      chunks.push(chunk as Buffer);
    }
  } finally {
    body.on("error", () => {}).destroy();
  }
  return Buffer.concat(chunks);
}

function flatten(headers: Record<string, string | string[] | undefined>): OutboundResponse["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

const CAUSES: Record<string, string> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name cannot be looked up at the moment",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it closed the connection",
  UND_ERR_SOCKET: "it closed the connection",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
};

function describe(error: unknown, address: string): Error {
  // Several addresses of one name fail together, each for its own reason.
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  if (first instanceof OutboundError) return first;
  const { origin } = new URL(address);
  const code = String((first as NodeJS.ErrnoException).code ?? "");
  if (code.startsWith("Z_") || code.startsWith("ERR__ERROR_FORMAT")) {
    return new OutboundError("ENCODING", `The answer of ${origin} is compressed wrongly.`, { cause: error });
  }
  const why =
    CAUSES[code] ??
    (code.startsWith("CERT") || code.includes("SELF_SIGNED") || code.startsWith("ERR_TLS")
      ? "its certificate is not trusted"
      : (first as Error).message);
  return new OutboundError("UNREACHABLE", `${origin} cannot be reached: ${why}.`, { cause: error });
}
