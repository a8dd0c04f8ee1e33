import type { GuardedClient } from "@/lib/providers/guarded-client";
import type { FormatCall, FormatRequest, WireFormat } from "@/lib/providers/formats/format";
import { multipart } from "@/lib/providers/formats/multipart";
import type { ModelEndpoint, GenerationOrder } from "@/lib/providers/outcome";
import { jsonWithoutKey } from "@/lib/providers/redact";
import { isHostOf } from "@/lib/schemas/formats/formats";
import type { OrderTask } from "@/lib/schemas/formats/order-task";

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
 * Where outputs lie is usually neither.
 */
export function mayHaveKey(url: string, baseUrl: string, vendorHosts: readonly string[]): boolean {
  const [to, own] = [new URL(url), new URL(baseUrl)];
  if (to.origin === own.origin) return true;
  const isVendors = ({ hostname }: URL) => vendorHosts.some((pattern) => isHostOf(hostname, pattern));
  return (
    to.protocol === "https:" && to.port === "" && own.protocol === "https:" && isVendors(to) && isVendors(own)
  );
}

/**
 * The headers that an address gets beside the request's own: the endpoint's key, and those that the order's run adds. Neither goes where
 * the key may not, and a run's own never take the place of another, whatever the case of their letters.
 */
export function ownHeaders(
  {
    format,
    endpoint,
    order,
  }: {
    format: WireFormat;
    endpoint: ModelEndpoint;
    order: GenerationOrder<OrderTask>;
  },
  url: string,
  had: object = {},
): Record<string, string> {
  const { apiKey, baseUrl } = endpoint;
  if (!URL.canParse(url) || !mayHaveKey(url, baseUrl, format.keyHosts ?? [])) return {};
  const key = apiKey === null ? {} : format.auth(apiKey, endpoint);
  const names = new Set(Object.keys({ ...had, ...key }).map((name) => name.toLowerCase()));
  const extra = Object.entries(order.extraHeaders ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...(Object.fromEntries(extra) as Record<string, string>), ...key };
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
  order: GenerationOrder<OrderTask>;
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
    ...{ endpoint, order, task: order.task ?? "text-to-image", width, height },
    async send({ url, method = "POST", headers = {}, json, form }: FormatRequest) {
      const filled =
        form && multipart({ ...form, fields: leftOut.of(form.fields) as Record<string, unknown> });
      const type = json === undefined ? filled?.type : "application/json";
      const own = {
        accept: "application/json",
        ...headers,
        ...(type !== undefined && { "content-type": type }),
      };
      const response = await client.sendForMedia(
        {
          ...{ url, method, signal, owner: endpoint.owner, deadlineMs: deadlineMs() },
          headers: own,
          credentials: ownHeaders({ format, endpoint, order }, url, own),
          body: json === undefined ? filled?.bytes : JSON.stringify(leftOut.of(json)),
        },
        { maxBytes, media: true },
      );
      heard(response.text);
      return { ...response, json: jsonWithoutKey(response.json, endpoint.apiKey) };
    },
  };
}
