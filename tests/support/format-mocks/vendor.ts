import type { IncomingHttpHeaders } from "node:http";
import type { FormatId } from "@/lib/schemas/formats/formats";
import { makesVideo, type OrderTask } from "@/lib/schemas/formats/order-task";
import { startServer, type TestServer } from "../http-server";
import { noisePng } from "../images";
import { noiseAnimation } from "../videos";

/** How a vendor answers the next orders. */
export type Mode =
  | "good"
  | "refused"
  | "tooFast"
  | "noCredit"
  | "wrongKey"
  | "brokenJson"
  | "truncated"
  | "slow"
  | "never"
  | "breaksDown";

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** JSON, or the fields of a form. */
  body: Record<string, unknown>;
  /** Files of a form, by the field that they are in. */
  files: { name: string; bytes: Buffer }[];
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  bytes?: Buffer;
}

/** What a mock answers with: an image, or a video, of the order, inline or at the CDN. */
export interface Drawing {
  image: Buffer;
  base64: string;
  /** Where it lies, on another origin. */
  url: string;
  /** This vendor's own origin. */
  origin: string;
  /** The order's number, and whether its image is there yet. */
  id: string;
  isReady: boolean;
  mode: Mode;
}

export interface Vendor {
  format: FormatId;
  /** text-to-image unless told. */
  task?: OrderTask;
  model: string;
  options?: unknown;
  /** What it is asked for, where 64x64 is nothing that it has. */
  size?: string;
  /** What the header that carries the key must be. */
  auth: [header: string, value: string];
  /** Fields that it takes, by the place where they stand; any other is refused with its name. Absent: it does not mind. */
  fields?: (body: Record<string, unknown>, files: Asked["files"]) => [given: object, known: string];
  unknownField?: (name: string) => Answer;
  /** Of an order: what it is for, read from the request. */
  read: (asked: Asked) => { prompt: unknown; seed?: unknown; size?: unknown };
  /** Of an order that begins with images: those that it was sent, as base64, data: addresses or bytes, a mask after them. */
  sources?: (asked: Asked) => unknown[];
  /** Whether such an order has a mask. */
  masked?: boolean;
  /** Of an order whose images were uploaded before it: the names that it calls them by. */
  uploaded?: (asked: Asked) => unknown[];
  /** How it is told that an order is not wanted any more: the method, and a part of the path. */
  cancel?: [method: string, path: string];
  /** A path that takes images before an order that names them, and what it answers. */
  upload?: { path: string; answer: (name: string) => Answer };
  isOrder: (asked: Asked) => boolean;
  order: (drawing: Drawing) => Answer;
  poll?: (drawing: Drawing, asked: Asked) => Answer | null;
  /** It is asked for its file alone, and never after an order. */
  answersAtOnce?: true;
  /** A refusal: as the answer to an order, or to asking after it. */
  refused: { order: Answer } | { poll: (drawing: Drawing, asked: Asked) => Answer };
  tooFast?: Answer;
  noCredit?: Answer;
  wrongKey?: Answer;
}

export interface VendorServer extends TestServer {
  mode: Mode;
  /** Orders that were taken, each of which would be charged. */
  charges: Asked[];
  /** Headers that the CDN was sent. */
  cdnHeaders: IncomingHttpHeaders[];
  asked: Asked[];
  /** Images that were uploaded before the order, in their order. */
  uploads: Buffer[];
}

export const KEY = "secret-key-123456";
const SLOW_POLLS = 1;

/** A real server that speaks one vendor's format, with a CDN of another origin. */
export async function startVendor(vendor: Vendor): Promise<VendorServer> {
  const isVideo = makesVideo(vendor.task ?? "text-to-image");
  const type = isVideo ? "image/webp" : "image/png";
  const polls = new Map<string, number>();
  const images = new Map<string, Buffer>();
  const cdn = await startServer((request, response) => {
    server.cdnHeaders.push(request.headers);
    const image = images.get((request.url ?? "").slice(1));
    if (image === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type }).end(image);
  });
  const own = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://host");
      const bytes = Buffer.concat(chunks);
      const asked: Asked = {
        method: request.method ?? "",
        path: decodeURIComponent(pathname),
        query: searchParams,
        headers: request.headers,
        ...readBody(bytes, request.headers["content-type"]),
      };
      server.asked.push(asked);
      void answerOf(asked).then(({ status = 200, headers = {}, json, text, bytes }) => {
        response
          .writeHead(status, { "content-type": bytes ? type : "application/json", ...headers })
          .end(bytes ?? text ?? JSON.stringify(json));
      });
    });
  });
  async function answerOf(asked: Asked): Promise<Answer> {
    const { mode } = server;
    const [header, value] = vendor.auth;
    if (asked.headers[header] !== value)
      return (
        vendor.wrongKey ?? {
          status: 401,
          json: { error: { message: "Invalid API key", code: "invalid_api_key" } },
        }
      );
    if (asked.path === vendor.upload?.path) {
      server.uploads.push(asked.files[0].bytes);
      return vendor.upload.answer(`upload-${server.uploads.length}.png`);
    }
    if (vendor.isOrder(asked)) return takeOrder(asked, mode);
    const id = [...images.keys()].find(
      (each) =>
        asked.path.includes(each) ||
        asked.query.toString().includes(each) ||
        JSON.stringify(asked.body).includes(each),
    );
    if (id === undefined) return { status: 404, json: { error: { message: "no such thing" } } };
    const seen = (polls.get(id) ?? 0) + 1;
    polls.set(id, seen);
    const drawing = drawingOf(id, mode !== "never" && seen > (mode === "slow" ? SLOW_POLLS : 0));
    if (mode === "refused" && "poll" in vendor.refused) return vendor.refused.poll(drawing, asked);
    return vendor.poll?.(drawing, asked) ?? { status: 404, json: { error: "no such path" } };
  }
  async function takeOrder(asked: Asked, mode: Mode): Promise<Answer> {
    if (mode === "wrongKey")
      return vendor.wrongKey ?? { status: 401, json: { error: { message: "Invalid API key" } } };
    if (mode === "tooFast")
      return {
        ...(vendor.tooFast ?? { status: 429, json: { error: { message: "slow down" } } }),
        headers: { "retry-after": "3" },
      };
    if (mode === "noCredit")
      return vendor.noCredit ?? { status: 402, json: { error: { message: "no credit" } } };
    if (mode === "brokenJson") return { text: '{"data": [{"b64_json": "aGk' };
    if (mode === "breaksDown") return { status: 500, json: { error: { message: "out of memory" } } };
    const unknown = unknownIn(vendor, asked);
    if (unknown !== null) return vendor.unknownField?.(unknown) ?? refusedField(unknown);
    if (mode === "refused" && "order" in vendor.refused) return vendor.refused.order;
    const { prompt, seed, size } = vendor.read(asked);
    const [width, height] = sizeOf(size ?? vendor.size ?? "64x64");
    const image = isVideo
      ? await clipOf(String(prompt), seed)
      : await noisePng(width, height, `${String(prompt)} ${String(seed)}`);
    const id = `order-${server.charges.length + 1}-x`;
    images.set(id, mode === "truncated" ? image.subarray(0, image.length >> 1) : image);
    server.charges.push(asked);
    return vendor.order(drawingOf(id, mode !== "slow"));
  }
  const drawingOf = (id: string, isReady: boolean): Drawing => {
    const image = images.get(id)!;
    return {
      ...{ image, id, isReady, origin: own.origin, mode: server.mode },
      base64: image.toString("base64"),
      url: `${cdn.origin}/${id}`,
    };
  };
  const close = async () => void (await Promise.all([own.close(), cdn.close()]));
  const server: VendorServer = {
    ...own,
    close,
    mode: "good",
    charges: [],
    cdnHeaders: [],
    asked: [],
    uploads: [],
  };
  return server;
}

const refusedField = (name: string): Answer => ({
  status: 400,
  json: { error: { message: `Unknown parameter: '${name}'.`, code: "unknown_parameter", param: name } },
});

/** A clip of two frames, the same for the same order. */
export const clipOf = (prompt: string, seed: unknown): Promise<Buffer> =>
  noiseAnimation(`${prompt} ${String(seed)}`, 2, { format: "webp" });

function unknownIn(vendor: Vendor, { body, files }: Asked): string | null {
  if (vendor.fields === undefined) return null;
  const [given, known] = vendor.fields(body, files);
  const inForm = files.map(({ name }) => name).find((name) => !known.split(" ").includes(name));
  if (inForm !== undefined) return inForm;
  return Object.keys(given).find((name) => !known.split(" ").includes(name)) ?? null;
}

/** "64x64", "64*64", "64:64", or both sides. */
function sizeOf(size: unknown): [number, number] {
  if (typeof size === "string") {
    const [width, height] = size.split(/[x*:]/).map(Number);
    return [width, height];
  }
  const { width, height } = size as { width: number; height: number };
  return [width, height];
}

function readBody(bytes: Buffer, type = ""): Pick<Asked, "body" | "files"> {
  if (!type.startsWith("multipart/form-data"))
    return {
      body: bytes.length === 0 ? {} : (JSON.parse(bytes.toString()) as Record<string, unknown>),
      files: [],
    };
  const text = bytes.toString("latin1");
  const boundary = /boundary=(.*)$/.exec(type)![1];
  const body: Record<string, unknown> = {};
  const files: Asked["files"] = [];
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const [head, ...rest] = part.split("\r\n\r\n");
    const content = Buffer.from(rest.join("\r\n\r\n").slice(0, -2), "latin1");
    const name = / name="([^"]+)"/.exec(head)![1];
    if (head.includes("filename=")) files.push({ name, bytes: content });
    else body[name] = content.toString();
  }
  return { body, files };
}
