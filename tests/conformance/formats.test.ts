import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { WIRE_FORMATS } from "@/lib/providers/formats/registry";
import { mayHaveKey } from "@/lib/providers/formats/send";
import { placeOrder } from "@/lib/providers/place-order";
import { memoryRecord, type OrderRecord } from "@/lib/providers/order-record";
import type { FormatCall } from "@/lib/providers/formats/format";
import type { GenerationOrder, ModelEndpoint } from "@/lib/providers/outcome";
import { readFormatOptions } from "@/lib/schemas/formats/format-options";
import { FORMAT_IDS, formatOfHost, FORMATS, type FormatId } from "@/lib/schemas/formats/formats";
import { KEY, startVendor, type Mode, type Vendor, type VendorServer } from "../support/format-mocks/vendor";
import { VENDORS } from "../support/format-mocks/vendors";
import { noisePng } from "../support/images";
import { testClient } from "../support/test-client";

let client: GuardedClient;
beforeAll(() => {
  client = testClient("127.0.0.1");
});
afterAll(() => client.close());

/** The address that people would give, by the format's own example. */
const pathOf = (format: FormatId) =>
  format === "http" ? "/draw" : new URL(FORMATS[format].address).pathname;

function endpointOf(vendor: Vendor, server: VendorServer, more: Partial<ModelEndpoint> = {}): ModelEndpoint {
  const read = readFormatOptions(vendor.format, vendor.options);
  if ("problem" in read) throw new Error(read.problem);
  return {
    owner: "visitor",
    format: vendor.format,
    options: read.options,
    baseUrl: server.origin + pathOf(vendor.format),
    providerModel: vendor.model,
    apiKey: KEY,
    timeoutMs: 30_000,
    leftOut: [],
    learn: async () => {},
    ...more,
  };
}

const ORDER = { prompt: "a red ball", size: "64x64", seed: 7 };

/** One order of a vendor in a mode, at a server of its own, so that all of them run at the same time. */
async function order(
  vendor: Vendor,
  mode: Mode,
  more: { record?: OrderRecord; turnEnds?: number; endpoint?: Partial<ModelEndpoint> } = {},
) {
  const server = await startVendor(vendor);
  server.mode = mode;
  const { record = memoryRecord(), turnEnds, endpoint } = more;
  const ask = () => placeOrder(endpointOf(vendor, server, endpoint), ORDER, client, { record, turnEnds });
  return { server, record, ask, outcome: await ask().finally(() => void 0) };
}

const called = VENDORS.map((vendor) => [`${vendor.format} ${vendor.model}`, vendor] as const);
const polled = called.filter(([, { poll }]) => poll !== undefined);

test("every format is spoken, and has a server that speaks it here", () => {
  expect(new Set(VENDORS.map(({ format }) => format))).toEqual(new Set(FORMAT_IDS));
  for (const id of FORMAT_IDS) {
    if (FORMATS[id].polls) expect(WIRE_FORMATS[id].poll, id).toBeDefined();
  }
});

describe("an order", () => {
  test.concurrent.each(called)(
    "%s: gives its image, asked with the key in nothing the vendor does not know",
    async (_name, vendor) => {
      const learnt: string[] = [];
      const { outcome, server } = await order(vendor, "good", {
        endpoint: { learn: async (field) => void learnt.push(field) },
      });
      if (outcome.kind !== "ok") throw new Error(JSON.stringify(outcome));
      const [charged] = server.charges;
      const { prompt, seed } = vendor.read(charged);
      expect(String(prompt)).toContain(ORDER.prompt);
      const sent = FORMATS[vendor.format].seed === "none" || learnt.includes("seed") ? undefined : 7;
      expect(seed === undefined ? undefined : Number(seed)).toBe(sent);
      expect(outcome.seedSent).toBe(sent ?? null);
      expect(outcome.image.bytes).toEqual(await noisePng(64, 64, `${String(prompt)} ${String(seed)}`));
      expect(server.charges).toHaveLength(1);
      for (const headers of server.cdnHeaders) expect(JSON.stringify(headers)).not.toContain(KEY);
      await server.close();
    },
  );

  test.concurrent.each(called)(
    "%s: a refusal is one, whatever its shape, and is never asked again",
    async (_name, vendor) => {
      const { outcome, server } = await order(vendor, "refused");
      expect(outcome).toMatchObject({ kind: "refused" });
      await server.close();
    },
  );

  test.concurrent.each(called)(
    "%s: limits, money, keys and breakdowns are told apart, and no key is repeated",
    async (_name, vendor) => {
      const server = await startVendor(vendor);
      const kinds: Record<string, string> = {};
      for (const mode of ["tooFast", "noCredit", "wrongKey", "brokenJson", "breaksDown"] as const) {
        server.mode = mode;
        const endpoint = endpointOf(vendor, server);
        const outcome = await placeOrder(endpoint, ORDER, client, { record: memoryRecord() });
        kinds[mode] = outcome.kind;
        if (outcome.kind === "rate_limited") expect(outcome.retryAfterMs).toBe(3_000);
        expect(JSON.stringify(outcome)).not.toContain(KEY);
      }
      expect(kinds).toEqual({
        tooFast: "rate_limited",
        noCredit: "out_of_credit",
        wrongKey: "invalid",
        brokenJson: "invalid",
        breaksDown: "transient",
      });
      expect(server.charges).toHaveLength(0);
      await server.close();
    },
  );

  test.concurrent.each(called)("%s: half an image is no sample", async (_name, vendor) => {
    const { outcome, server } = await order(vendor, "truncated");
    expect(outcome).toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("truncated or damaged"),
    });
    await server.close();
  });
});

test.concurrent.each(called)(
  "%s: a run's own headers go with every request that has the key, and no further",
  async (_name, vendor) => {
    const server = await startVendor(vendor);
    const extraHeaders = { "X-Route": "eu", [vendor.auth[0].toUpperCase()]: "mine" };
    const own = { ...ORDER, extraHeaders };
    const record = memoryRecord();
    const outcome = await placeOrder(endpointOf(vendor, server), own, client, { record });
    expect(outcome.kind).toBe("ok");
    for (const { headers } of server.asked) {
      expect(headers).toMatchObject({ "x-route": "eu", [vendor.auth[0]]: vendor.auth[1] });
    }
    for (const headers of server.cdnHeaders) expect(headers).not.toHaveProperty("x-route");
    await server.close();
  },
);

test.each(called)(
  "%s: no further field takes the place of what the format writes itself",
  async (_name, vendor) => {
    const body = async (extraFields: GenerationOrder["extraFields"]): Promise<unknown> => {
      let sent: unknown;
      const read = readFormatOptions(vendor.format, vendor.options);
      const endpoint: ModelEndpoint = {
        ...endpointOf(vendor, { origin: "https://host.example" } as VendorServer),
        options: "options" in read ? read.options : null,
      };
      const order = { ...ORDER, extraFields };
      const call: FormatCall = {
        ...{ endpoint, order, width: 64, height: 64 },
        send: ({ json, body }) => {
          sent = json ?? body?.bytes.toString();
          return Promise.reject(new Error("seen"));
        },
      };
      await expect(WIRE_FORMATS[vendor.format].submit(call)).rejects.toThrow("seen");
      return sent;
    };
    const plain = await body({});
    const fields = namesIn(plain).filter((name) => !SUGGESTED.has(name));
    const hostile = await body(Object.fromEntries(fields.map((name) => [name, "mine"])));
    if (typeof plain === "string") {
      for (const field of ["prompt", "aspect_ratio", "seed"])
        expect(partOf(hostile, field)).toBe(partOf(plain, field));
    } else expect(hostile).toMatchObject(plain as object);
  },
);

/** What vendors choose for themselves unless a run says it: a run may. */
const SUGGESTED = new Set([
  ...["output_format", "format", "watermark", "prompt_extend", "aspect_ratio", "response_format", "n"],
]);
const namesIn = (body: unknown): string[] =>
  typeof body === "object" && body !== null
    ? Object.entries(body).flatMap(([name, value]) => [
        ...(Array.isArray(body) ? [] : [name]),
        ...namesIn(value),
      ])
    : [];
const partOf = (body: unknown, name: string) =>
  String(body).split(`name="${name}"`)[1]?.split("--")[0] ?? null;

describe("an order that the provider has", () => {
  test.concurrent.each(polled)(
    "%s: is asked after, and not sent again, by whoever takes over",
    async (_name, vendor) => {
      const { outcome, record, server, ask } = await order(vendor, "slow", { turnEnds: 0 });
      expect(outcome).toMatchObject({ kind: "pending" });
      const known = record.job();
      expect(known).not.toBeNull();
      // Another process, that knows what was stored and nothing else.
      const other = memoryRecord();
      await other.submitted(known!.job);
      const endpoint = endpointOf(vendor, server);
      let end = await ask();
      for (let tries = 0; tries < 5 && end.kind === "pending"; tries++)
        end = await placeOrder(endpoint, ORDER, client, { record: other });
      expect(end).toMatchObject({ kind: "ok" });
      expect(server.charges).toHaveLength(1);
      await server.close();
    },
  );
});

test("an endpoint that is down was not called: however often it is tried, nothing may have been charged", async () => {
  const vendor = VENDORS[0];
  const server = await startVendor(vendor);
  await server.close();
  const record = memoryRecord();
  for (let tries = 0; tries < 4; tries++)
    expect(await placeOrder(endpointOf(vendor, server), ORDER, client, { record })).toMatchObject({
      kind: "transient",
      message: expect.stringContaining("nothing listens there") as unknown,
    });
});

test("an order that nobody asked after for longer than it may take is asked after once more", async () => {
  const vendor = VENDORS.find(({ format }) => format === "fal")!;
  const { server, record, outcome } = await order(vendor, "slow", { turnEnds: 0 });
  expect(outcome.kind).toBe("pending");
  server.mode = "good";
  const late = { ...record, job: () => ({ ...record.job()!, submittedAt: Date.now() - 3_600_000 }) };
  const end = await placeOrder(endpointOf(vendor, server), ORDER, client, { record: late });
  expect(end).toMatchObject({ kind: "ok" });
  await server.close();
});

test("a host is known by its format, and a chosen format that is another's is told so", async () => {
  for (const id of FORMAT_IDS) {
    const { hosts, address } = FORMATS[id];
    if (hosts.length > 0) expect(formatOfHost(address)).toBe(id);
  }
  expect(formatOfHost("https://api.us1.bfl.ai/v1/get_result")).toBe("bfl");
  expect(formatOfHost("https://generativelanguage.googleapis.com/v1beta/openai")).toBe("openai-images");
  expect(formatOfHost("https://bfl.ai.evil.example")).toBeNull();
  expect(formatOfHost("https://notbfl.ai")).toBeNull();
});

test.each([
  ["https://api.bfl.ai/v1/x", "https://api.bfl.ai/v1", true],
  ["https://api.us1.bfl.ai/v1/get_result", "https://api.bfl.ai/v1", true],
  ["https://delivery.bfl.ai.cdn.example/x", "https://api.bfl.ai/v1", false],
  ["http://api.us1.bfl.ai/v1", "https://api.bfl.ai/v1", false],
  ["https://api.us1.bfl.ai:8443/v1", "https://api.bfl.ai/v1", false],
  ["https://api.us1.bfl.ai/v1", "https://my-proxy.example/v1", false],
  ["https://evil-bfl.ai/v1", "https://api.bfl.ai/v1", false],
  ["https://bfl.ai.evil.com/v1", "https://api.bfl.ai/v1", false],
  ["https://api.bfl.ai@evil.com/v1", "https://api.bfl.ai/v1", false],
  ["https://evil.com/api.bfl.ai/v1", "https://api.bfl.ai/v1", false],
  ["https://evil.com#.bfl.ai", "https://api.bfl.ai/v1", false],
  ["https://evil.com\\.bfl.ai", "https://api.bfl.ai/v1", false],
  ["https://api.bfl.\u0430i/v1", "https://api.bfl.ai/v1", false],
  ["https://api\u3002bfl\u3002ai.evil.com/v1", "https://api.bfl.ai/v1", false],
  ["https://api.bfl.ai./v1", "https://api.bfl.ai/v1", false],
  ["https://bfl.ai/v1", "https://api.bfl.ai/v1", false],
  ["ftp://api.bfl.ai/v1", "https://api.bfl.ai/v1", false],
  ["data:text/plain,x", "https://api.bfl.ai/v1", false],
  ["http://api.bfl.ai/v1", "https://api.bfl.ai/v1", false],
  ["https://api.bfl.ai/v1", "http://api.bfl.ai/v1", false],
  ["https://API.BFL.AI:443/v1", "https://api.bfl.ai/v1", true],
  ["https://my-proxy.example/files/1", "https://my-proxy.example/v1", true],
  ["https://my-proxy.example:8443/files/1", "https://my-proxy.example/v1", false],
])("the key goes to %s of an endpoint at %s: %s", (url, base, may) => {
  expect(mayHaveKey(url, base, ["*.bfl.ai"])).toBe(may);
});
