import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { routeOf, type FormatCall } from "@/lib/providers/formats/format";
import { WIRE_FORMATS } from "@/lib/providers/formats/registry";
import { mayHaveKey } from "@/lib/providers/formats/send";
import { cancelOrder } from "@/lib/providers/cancel-order";
import { placeOrder } from "@/lib/providers/place-order";
import { memoryRecord, type OrderRecord } from "@/lib/providers/order-record";
import type { GenerationOrder, ModelEndpoint } from "@/lib/providers/outcome";
import { readFormatOptions } from "@/lib/schemas/formats/format-options";
import { FORMAT_IDS, formatOfHost, FORMATS, type FormatId } from "@/lib/schemas/formats/formats";
import { ORDER_TASKS, type OrderTask } from "@/lib/schemas/formats/order-task";
import { requestFacts, taskProblem } from "@/lib/schemas/formats/task-facts";
import {
  clipOf,
  KEY,
  startVendor,
  type Mode,
  type Vendor,
  type VendorServer,
} from "../support/format-mocks/vendor";
import { ALL_VENDORS, VENDORS } from "../support/format-mocks/vendors";
import { noisePng } from "../support/images";
import { testClient } from "../support/test-client";

let client: GuardedClient;
let sources: { bytes: Buffer; mediaType: string }[];
let mask: { bytes: Buffer; mediaType: string };
beforeAll(async () => {
  client = testClient("127.0.0.1");
  const png = async (name: string) => ({ bytes: await noisePng(64, 64, name), mediaType: "image/png" });
  sources = [await png("first"), await png("second")];
  const left = sharp({ create: { width: 32, height: 64, channels: 3, background: "white" } }).png();
  const whole = sharp({ create: { width: 64, height: 64, channels: 3, background: "black" } });
  const bytes = await whole
    .composite([{ input: await left.toBuffer(), left: 0, top: 0 }])
    .png()
    .toBuffer();
  mask = { bytes, mediaType: "image/png" };
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
    timeoutMs: requestFacts(vendor.format, taskOf(vendor)).timeoutMs,
    leftOut: [],
    learn: async () => {},
    ...more,
  };
}

const taskOf = ({ task = "text-to-image" }: Vendor): OrderTask => task;
const PROMPT = "a red ball";

/** What a vendor is asked for: as many images as it takes, and a mask where it takes one. */
function orderOf(vendor: Vendor): GenerationOrder<OrderTask> {
  const task = taskOf(vendor);
  const most = { "text-to-image": 0, "text-to-video": 0, "image-to-video": 1 };
  const given = task === "image-edit" ? FORMATS[vendor.format].edits : most[task];
  return {
    ...{ task, prompt: PROMPT, size: vendor.size ?? "64x64", seed: 7 },
    sources: sources.slice(0, given),
    mask: vendor.masked ? mask : null,
  };
}

/** Vendors ask to be asked only every few seconds: the waits are what is asked for, but nobody waits that long. */
const wait = (ms: number) => sleep(Math.min(ms, 2));

/** One order of a vendor in a mode, at a server of its own, so that all of them run at the same time. */
async function order(
  vendor: Vendor,
  mode: Mode,
  more: { record?: OrderRecord; turnEnds?: number; endpoint?: Partial<ModelEndpoint> } = {},
) {
  const server = await startVendor(vendor);
  server.mode = mode;
  const { record = memoryRecord(), turnEnds, endpoint } = more;
  const ask = () =>
    placeOrder(endpointOf(vendor, server, endpoint), orderOf(vendor), client, { record, turnEnds, wait });
  return { server, record, ask, outcome: await ask() };
}

const named = (vendor: Vendor) => [`${taskOf(vendor)}: ${vendor.format} ${vendor.model}`, vendor] as const;
const called = ALL_VENDORS.map(named);
const polled = ALL_VENDORS.filter(({ poll, answersAtOnce }) => poll && !answersAtOnce).map(named);
const cancelled = ALL_VENDORS.filter(({ cancel }) => cancel).map(named);

/** Bytes of an image as requests carry one. */
function bytesOf(sent: unknown): Buffer {
  if (sent instanceof Buffer) return sent;
  return Buffer.from(String(sent).replace(/^data:image\/png;base64,/, ""), "base64");
}

test("every format is spoken for every task that it serves, and has a server that speaks it here", () => {
  const served = FORMAT_IDS.flatMap((id) =>
    ORDER_TASKS.filter((task) => taskProblem(id, task) === null).map((task) => `${task} ${id}`),
  );
  const spoken = new Set(ALL_VENDORS.map((vendor) => `${taskOf(vendor)} ${vendor.format}`));
  expect([...spoken].sort()).toEqual(served.sort());
  for (const { format, ...vendor } of ALL_VENDORS)
    if (requestFacts(format, taskOf({ format, ...vendor })).polls)
      expect(routeOf(WIRE_FORMATS[format], taskOf({ format, ...vendor })).poll, format).toBeDefined();
});

/** That a vendor was sent the order's images, byte for byte, and its mask: as it is, or transparent where it is white. */
function expectSources(vendor: Vendor, server: VendorServer) {
  const wanted = orderOf(vendor);
  const given = [...wanted.sources!, ...(wanted.mask ? [wanted.mask] : [])].map(({ bytes }) => bytes);
  if (vendor.uploaded) {
    expect(server.uploads.map((bytes) => bytes.equals(given[server.uploads.indexOf(bytes)]))).toEqual(
      given.map(() => true),
    );
    const names = vendor.uploaded(server.charges[0]).filter((name) => name !== undefined);
    expect(names.map((name) => String(name).replace(/^.*\//, ""))).toEqual(
      given.map((_, at) => `upload-${at + 1}.png`),
    );
    return;
  }
  const sent = vendor.sources?.(server.charges[0]).map(bytesOf) ?? [];
  expect(sent).toHaveLength(given.length);
  const isTransparent = ["openai-images", "azure-openai", "sglang"].includes(vendor.format);
  for (const [at, bytes] of sent.entries())
    if (at < wanted.sources!.length || !isTransparent) expect(bytes.equals(given[at])).toBe(true);
}

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
      expect(String(prompt)).toContain(PROMPT);
      const isSeedless = requestFacts(vendor.format, taskOf(vendor)).seed === "none";
      const sent = isSeedless || learnt.includes("seed") ? undefined : 7;
      expect(seed === undefined ? undefined : Number(seed)).toBe(sent);
      expect(outcome.seedSent).toBe(sent ?? null);
      if (outcome.media === "video") {
        expect(outcome.video).toMatchObject({ format: "webp", mediaType: "image/webp" });
        expect(outcome.video.bytes).toEqual(await clipOf(String(prompt), seed));
      } else expect(outcome.image.bytes).toEqual(await noisePng(64, 64, `${String(prompt)} ${String(seed)}`));
      expectSources(vendor, server);
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
        const record = memoryRecord();
        const outcome = await placeOrder(endpoint, orderOf(vendor), client, { record, wait });
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
    const own = { ...orderOf(vendor), extraHeaders };
    const record = memoryRecord();
    const outcome = await placeOrder(endpointOf(vendor, server), own, client, { record, wait });
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
      const order = { ...orderOf(vendor), extraFields };
      const task = taskOf(vendor);
      const [width, height] = order.size.split("x").map(Number);
      const call: FormatCall = {
        ...{ endpoint, order, task, width, height },
        send: ({ json, form }) => {
          sent = json ?? form?.fields;
          return Promise.reject(new Error("seen"));
        },
      };
      await expect(routeOf(WIRE_FORMATS[vendor.format], task).submit(call)).rejects.toThrow("seen");
      return sent;
    };
    const plain = await body({});
    const fields = namesIn(plain).filter((name) => !SUGGESTED.has(name));
    const hostile = await body(Object.fromEntries(fields.map((name) => [name, "mine"])));
    expect(hostile).toMatchObject(plain as object);
  },
);

/** What vendors choose for themselves unless a run says it: a run may. */
const SUGGESTED = new Set([
  ...[
    "output_format",
    "format",
    "watermark",
    "prompt_extend",
    "aspect_ratio",
    "response_format",
    "n",
    "strength",
  ],
]);
const namesIn = (body: unknown): string[] =>
  typeof body === "object" && body !== null
    ? Object.entries(body).flatMap(([name, value]) => [
        ...(Array.isArray(body) ? [] : [name]),
        ...namesIn(value),
      ])
    : [];
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
        end = await placeOrder(endpoint, orderOf(vendor), client, { record: other, wait });
      expect(end).toMatchObject({ kind: "ok" });
      expect(server.charges).toHaveLength(1);
      await server.close();
    },
  );
});

describe("an order that is not wanted any more", () => {
  test.concurrent.each(cancelled)("%s: is taken back", async (_name, vendor) => {
    const { record, server } = await order(vendor, "slow", { turnEnds: 0 });
    const { job } = record.job()!;
    await cancelOrder(endpointOf(vendor, server), { job, task: taskOf(vendor) }, client);
    const [method, path] = vendor.cancel!;
    expect(server.asked.at(-1)).toMatchObject({ method, path: expect.stringContaining(path) as unknown });
    expect(server.charges).toHaveLength(1);
    await server.close();
  });
});

describe("an order that a format does not serve", () => {
  const vendor = VENDORS.find(({ format }) => format === "together")!;
  test.each([
    [
      "an edit",
      { task: "image-edit", sources: "first" },
      { code: "not_served", task: "image-edit" },
      "serves no edits",
    ],
    [
      "an edit of nothing",
      { format: "gemini", task: "image-edit" },
      { code: "no_source" },
      "no image that is to be edited",
    ],
    [
      "a first frame",
      { format: "luma", task: "image-to-video", sources: "first" },
      { code: "not_served" },
      "videos that begin with an image",
    ],
    [
      "a video",
      { format: "azure-openai", task: "text-to-video" },
      { code: "not_served" },
      "serves no videos",
    ],
    [
      "too many images",
      { format: "xai", task: "image-edit", sources: "both" },
      { code: "too_many_sources", most: 1 },
      "takes 1 at most",
    ],
    [
      "a mask",
      { format: "gemini", task: "image-edit", sources: "first", mask: true },
      { code: "no_mask" },
      "which part",
    ],
  ] as const)("%s: is never sent, and says why", async (_what, asked, problem, words) => {
    const server = await startVendor(vendor);
    const { format, task, ...given } = { format: vendor.format, sources: "none", mask: false, ...asked };
    const wanted = {
      ...{ task, prompt: PROMPT, size: "64x64", seed: 7 },
      sources: sources.slice(0, { none: 0, first: 1, both: 2 }[given.sources]),
      mask: given.mask ? mask : null,
    };
    const endpoint = endpointOf(vendor, server, { format });
    expect(await placeOrder(endpoint, wanted, client, { record: memoryRecord() })).toMatchObject({
      kind: "invalid",
      problem,
      message: expect.stringContaining(words) as unknown,
    });
    expect(server.asked).toHaveLength(0);
    await server.close();
  });
});

test("an image that is black all over is a refusal where the vendor refuses so, and an image elsewhere", async () => {
  const black = await sharp({ create: { width: 64, height: 64, channels: 3, background: "black" } })
    .jpeg()
    .toBuffer();
  const kinds = ["huggingface", "fireworks"].map(async (format) => {
    const vendor = { ...VENDORS.find((each) => each.format === format)!, order: () => ({ bytes: black }) };
    const { outcome, server } = await order(vendor, "good");
    await server.close();
    return outcome.kind;
  });
  expect(await Promise.all(kinds)).toEqual(["refused", "ok"]);
});

test("a server that draws every image from one seed is given one of ours, and its sample has it", async () => {
  for (const task of ["text-to-image", "text-to-video"] as const) {
    const vendor = ALL_VENDORS.find((each) => each.format === "sglang" && taskOf(each) === task)!;
    const server = await startVendor(vendor);
    const seedless = { ...orderOf(vendor), seed: null };
    const seeds = [];
    for (const record of [memoryRecord(), memoryRecord()]) {
      const outcome = await placeOrder(endpointOf(vendor, server), seedless, client, { record, wait });
      if (outcome.kind !== "ok") throw new Error(JSON.stringify(outcome));
      expect(outcome).toMatchObject({ seedSent: null, seedUsed: expect.any(Number) as unknown });
      seeds.push(outcome.seedUsed);
    }
    expect(server.charges.map(({ body }) => body.seed)).toEqual(seeds);
    expect(new Set(seeds).size).toBe(2);
    await server.close();
  }
});

test("what is no video is no sample of one", async () => {
  const vendor = ALL_VENDORS.find(
    (each) => taskOf(each) === "text-to-video" && each.format === "openai-images",
  )!;
  const png = sources[0].bytes;
  const poll: Vendor["poll"] = (drawing, asked) =>
    asked.path.endsWith("/content") ? { bytes: png } : vendor.poll!(drawing, asked);
  const { outcome, server } = await order({ ...vendor, poll }, "good");
  expect(outcome).toMatchObject({
    kind: "invalid",
    message: expect.stringContaining("is no video") as unknown,
  });
  await server.close();
});

test("an endpoint that is down was not called: however often it is tried, nothing may have been charged", async () => {
  const vendor = VENDORS[0];
  const server = await startVendor(vendor);
  await server.close();
  const record = memoryRecord();
  for (let tries = 0; tries < 4; tries++)
    expect(await placeOrder(endpointOf(vendor, server), orderOf(vendor), client, { record })).toMatchObject({
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
  const end = await placeOrder(endpointOf(vendor, server), orderOf(vendor), client, { record: late, wait });
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
  expect(formatOfHost("https://dashscope.aliyuncs.com/compatible-mode/v1")).toBe("dashscope-openai");
  expect(formatOfHost("https://dashscope.aliyuncs.com")).toBe("dashscope");
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
