import type { GuardedClient } from "@/lib/providers/guarded-client";
import type { FormatCall, FormatRequest, WireFormat } from "@/lib/providers/formats/format";
import type { ModelEndpoint, GenerationOrder } from "@/lib/providers/outcome";
import { isHostOf } from "@/lib/schemas/formats/formats";

/** Fields that an endpoint's requests go without, at whatever level they stand. */
export class LeftOut {
  private readonly fields: Set<string>;
  constructor(known: readonly string[]) {
    this.fields = new Set(known);
  }
  has = (field: string) => this.fields.has(field);
  add = (field: string) => void this.fields.add(field);

  /** A body without them. */
  of(body: unknown): unknown {
    if (Array.isArray(body)) return body.map((each) => this.of(each));
    if (typeof body !== "object" || body === null) return body;
    const kept = Object.entries(body).filter(([name]) => !this.fields.has(name));
    return Object.fromEntries(kept.map(([name, value]) => [name, this.of(value)]));
  }
}

/**
 * Whether an address may be told an endpoint's key: its own origin, or one of its vendor's hosts if the endpoint is one of them too.
 * Where images lie is usually neither.
 */
export function mayHaveKey(url: string, baseUrl: string, vendorHosts: readonly string[]): boolean {
  const [to, own] = [new URL(url), new URL(baseUrl)];
  if (to.origin === own.origin) return true;
  const isVendors = ({ hostname }: URL) => vendorHosts.some((pattern) => isHostOf(hostname, pattern));
  return (
    to.protocol === "https:" && to.port === "" && own.protocol === "https:" && isVendors(to) && isVendors(own)
  );
}

/** The headers that carry an endpoint's key to an address; none where it may not go. */
export function keyHeaders(format: WireFormat, endpoint: ModelEndpoint, url: string): Record<string, string> {
  const { apiKey, baseUrl } = endpoint;
  if (apiKey === null || !URL.canParse(url) || !mayHaveKey(url, baseUrl, format.keyHosts ?? [])) return {};
  return format.auth(apiKey, endpoint);
}

/** One order as a format sees it: its requests go through the guarded client, with key and deadline. */
export function formatCall({
  format,
  endpoint,
  order,
  client,
  leftOut,
  deadlineMs,
  maxBytes,
  heard,
  signal,
}: {
  format: WireFormat;
  endpoint: ModelEndpoint;
  order: GenerationOrder;
  client: GuardedClient;
  leftOut: LeftOut;
  deadlineMs: () => number;
  maxBytes: number;
  /** Told the beginning of each answer. */
  heard: (text: string) => void;
  signal?: AbortSignal;
}): FormatCall {
  const [width, height] = order.size.split("x").map(Number);
  return {
    ...{ endpoint, order, width, height },
    async send({ url, method = "POST", headers = {}, json, body }: FormatRequest) {
      const type = json === undefined ? body?.type : "application/json";
      const response = await client.sendForMedia(
        {
          ...{ url, method, signal, owner: endpoint.owner, deadlineMs: deadlineMs() },
          headers: {
            accept: "application/json",
            ...headers,
            ...(type !== undefined && { "content-type": type }),
          },
          credentials: keyHeaders(format, endpoint, url),
          body: json === undefined ? body?.bytes : JSON.stringify(leftOut.of(json)),
        },
        { maxBytes, images: true },
      );
      heard(response.text);
      return response;
    },
  };
}
