import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, request } from "undici";
import { addressPolicies } from "@/lib/providers/address-policies";
import { isPublicAddress, type AddressPolicy, type EndpointOwner } from "@/lib/providers/address-rules";
import {
  HEAD_BYTES,
  headOfJson,
  JsonReader,
  type JsonLimits,
  type JsonReply,
} from "@/lib/providers/json-reader";
import { mediaReply, mediaReplyHead, type MediaReply } from "@/lib/providers/reply-reader";
import { describeOutbound, OutboundError } from "@/lib/providers/outbound-error";
import { headOfBody, readBody, wholeBody, type BodyReader } from "@/lib/providers/read-body";

export interface OutboundRequest {
  url: string;
  /** Whose endpoint it is for: where it may be follows from it, on each hop. */
  owner: EndpointOwner;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  /** Headers that only the origin of `url` may see: a redirect elsewhere goes on without them. */
  credentials?: Record<string, string>;
  body?: string | Buffer;
  /** Wall-clock milliseconds for all of it: name, connection, redirects, the last byte. */
  deadlineMs: number;
  signal?: AbortSignal;
  /** false: a redirect is an answer like any other. */
  followRedirects?: boolean;
}

interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  /** Address of the last hop. */
  url: string;
}
/** Of an answer other than 2xx the body is its first 20,000 bytes. */
export type OutboundResponse = Answer & { body: Buffer };
/** Of any answer how its body begins. */
export type HeadResponse = Answer & { head: Buffer };
/** Of an answer other than 2xx the JSON is what its first 20,000 bytes are. */
export type JsonResponse = Answer & JsonReply;
/** The same, or what came instead of JSON. */
export type MediaResponse = Answer & MediaReply;

export interface GuardedClient {
  /**
   * Read an answer's bytes.
   * @param request.maxBytes most bytes of the body, after any decompression
   * @throws OutboundError; the signal's reason when the caller aborted
   */
  send(request: OutboundRequest & { maxBytes: number }): Promise<OutboundResponse>;
  /**
   * Read an answer that should be JSON. One that is none is an answer too.
   * @throws OutboundError; the signal's reason when the caller aborted
   */
  sendForJson(request: OutboundRequest, limits: JsonLimits): Promise<JsonResponse>;
  /**
   * Read an answer that is JSON with an image or a video in it, or either itself.
   * @throws OutboundError; the signal's reason when the caller aborted
   */
  sendForMedia(request: OutboundRequest, limits: JsonLimits): Promise<MediaResponse>;
  /**
   * Send something whose answer matters by its status: of its body only the first bytes are read.
   * @throws OutboundError; the signal's reason when the caller aborted
   */
  sendForHead(request: OutboundRequest, bytes: number): Promise<HeadResponse>;
  /**
   * Check an address before it is called. A name that cannot be looked up passes: it may be known by the time of the call.
   * @throws OutboundError BAD_URL, BLOCKED
   */
  check(url: string, owner: EndpointOwner): Promise<void>;
  close(): Promise<void>;
}

/** How to read an answer: of 2xx, and any other. */
interface Readers<T> {
  success: () => BodyReader<T>;
  error: () => BodyReader<T>;
}

interface Route {
  policy: AddressPolicy;
  agent: Agent;
}

const MAX_REDIRECTS = 5;
const CONNECT_TIMEOUT_MS = 10_000;
/** A submission does not wait longer for a slow name server: names are checked again at each call. */
const LOOKUP_PATIENCE_MS = 3_000;

/** A client that reaches the public Internet and what an endpoint's owner may besides, and nothing else. */
export function createGuardedClient(policies: Record<EndpointOwner, AddressPolicy>): GuardedClient {
  // A connection that one owner may use is kept open for that owner alone.
  const routeOf = (policy: AddressPolicy) => ({
    policy,
    // Each request has a deadline of its own: undici's five minutes would end some of them early.
    agent: new Agent({ connect: guardedConnector(policy), headersTimeout: 0, bodyTimeout: 0 }),
  });
  const routes: Record<EndpointOwner, Route> = {
    bundled: routeOf(policies.bundled),
    operator: routeOf(policies.operator),
    visitor: routeOf(policies.visitor),
  };
  const exchange = async <T>(
    { deadlineMs, signal, owner, ...wanted }: OutboundRequest,
    readers: Readers<T>,
  ): Promise<Answer & { content: T }> => {
    const deadline = AbortSignal.timeout(deadlineMs);
    const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    try {
      return await follow(wanted, readers, either, routes[owner]);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (deadline.aborted) {
        throw new OutboundError("TIMEOUT", `No complete answer within ${deadlineMs / 1000} s.`, {
          cause: error,
        });
      }
      throw describeOutbound(error, wanted.url);
    }
  };
  return {
    check: (url, owner) => checkBeforehand(url, policies[owner]),
    close: async () => void (await Promise.all(Object.values(routes).map(({ agent }) => agent.destroy()))),
    async send({ maxBytes, ...request }) {
      const { content, ...answer } = await exchange(request, {
        success: () => wholeBody(maxBytes),
        error: () => headOfBody(HEAD_BYTES),
      });
      return { ...answer, body: content };
    },
    async sendForHead(request, bytes) {
      const head = () => headOfBody(bytes);
      const { content, ...answer } = await exchange(request, { success: head, error: head });
      return { ...answer, head: content };
    },
    async sendForMedia(request, limits) {
      const { content, ...answer } = await exchange(request, {
        success: () => mediaReply(limits),
        error: () => mediaReplyHead(),
      });
      return { ...answer, ...content };
    },
    async sendForJson(request, limits) {
      const { content, ...answer } = await exchange(request, {
        success: () => new JsonReader(limits),
        error: () => headOfJson(),
      });
      return { ...answer, ...content };
    },
  };
}

let shared: GuardedClient | undefined;

/** The process's client. */
export function guardedClient(): GuardedClient {
  return (shared ??= createGuardedClient(addressPolicies()));
}

async function follow<T>(
  wanted: Omit<OutboundRequest, "deadlineMs" | "signal" | "owner">,
  readers: Readers<T>,
  signal: AbortSignal,
  { agent: dispatcher, policy }: Route,
): Promise<Answer & { content: T }> {
  const submitted = checkUrl(wanted.url, policy);
  let url = submitted;
  let { method = "GET", body } = wanted;
  const { followRedirects = true } = wanted;
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
    const isRedirect =
      followRedirects && [301, 302, 303, 307, 308].includes(response.statusCode) && headers.location;
    if (!isRedirect) {
      const { statusCode: status, body: incoming } = response;
      const reader = status >= 200 && status <= 299 ? readers.success() : readers.error();
      const content = await readBody(incoming, headers["content-encoding"], reader);
      return { status, headers, url: url.href, content };
    }
    response.body.destroy();
    response.body.on("error", () => {}); // destroying an unread body is no failure
    if (!URL.canParse(headers.location!, url.href)) {
      throw new OutboundError("REDIRECT", `${url.origin} redirects to what is no address.`);
    }
    url = checkUrl(new URL(headers.location!, url.href).href, policy);
    if (response.statusCode !== 307 && response.statusCode !== 308) {
      method = "GET";
      body = undefined;
    }
  }
  throw new OutboundError("REDIRECT", `${submitted.origin} redirects more than ${MAX_REDIRECTS} times.`);
}

function checkUrl(address: string, policy: AddressPolicy): URL {
  if (!URL.canParse(address)) throw new OutboundError("BAD_URL", `'${address.slice(0, 200)}' is no address.`);
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new OutboundError("BAD_URL", `${url.protocol}// is not called, only http:// and https://.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutboundError("BAD_URL", "Put the key into its own field, not into the address.");
  }
  const hostname = bare(url.hostname);
  if (isIP(hostname)) requireAllowed(hostname, hostname, portOf(url.protocol, url.port), policy);
  return url;
}

async function checkBeforehand(address: string, policy: AddressPolicy): Promise<void> {
  const url = checkUrl(address, policy);
  const [hostname, port] = [bare(url.hostname), portOf(url.protocol, url.port)];
  if (isIP(hostname)) return;
  await new Promise<void>((resolve, reject) => {
    setTimeout(resolve, LOOKUP_PATIENCE_MS).unref();
    checkedLookup(policy, port)(hostname, { all: true }, (error) => {
      if (error instanceof OutboundError) reject(error);
      else resolve();
    });
  });
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");
const portOf = (protocol: string, port: string) => Number(port) || (protocol === "https:" ? 443 : 80);

/** @param place the address, or the name that leads to it */
function requireAllowed(place: string, address: string, port: number, policy: AddressPolicy): void {
  const { allow, refuse, advice } = policy;
  const shown = `${place.includes(":") ? `[${place}]` : place}:${port}`;
  const refused = refuse(address, port);
  if (refused !== null) throw new OutboundError("BLOCKED", `${shown} is ${refused}.`);
  if (isPublicAddress(address) || allow.hasAddress(address, port) || allow.hasHost(place, port)) return;
  throw new OutboundError("BLOCKED", `${shown} is not on the public Internet. ${advice}`.trim());
}

/**
 * Connects to checked addresses only. Literals never reach a lookup, so they are checked here; a name's addresses
 * are checked by the very lookup whose answer is connected to, so a second answer (DNS rebinding) has no effect.
 */
function guardedConnector(policy: AddressPolicy): buildConnector.connector {
  return (options, callback) => {
    const hostname = bare(options.hostname);
    const port = portOf(options.protocol, options.port);
    try {
      if (isIP(hostname)) requireAllowed(hostname, hostname, port, policy);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      lookup: checkedLookup(policy, port),
    } as buildConnector.BuildOptions);
    connect(options, callback);
  };
}

function checkedLookup(policy: AddressPolicy, port: number): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, "", 0);
      let blocked: Error | undefined;
      const usable = addresses.filter(({ address }) => {
        try {
          requireAllowed(hostname, address, port, policy);
          return true;
        } catch (reason) {
          blocked ??= reason as Error;
          return false;
        }
      });
      if (usable.length === 0) return callback(blocked ?? new Error("The name has no address."), "", 0);
      if (options.all) return callback(null, usable);
      callback(null, usable[0].address, usable[0].family);
    });
  };
}

function flatten(headers: Record<string, string | string[] | undefined>): OutboundResponse["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}
