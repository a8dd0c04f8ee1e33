import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { startServer, type TestServer } from "./http-server";
import { hugePng, noisePng } from "./images";

export interface ImageRequestBody {
  model: string;
  prompt: string;
  size: string;
  seed?: number;
  response_format?: string;
  /** What runs ask for besides. */
  [field: string]: unknown;
}

type Answer = (
  response: ServerResponse,
  body: ImageRequestBody,
  request: IncomingMessage,
) => void | Promise<void>;

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

/** An OpenAI-shaped error. */
export const apiError = (status: number, code: string, message = "no", headers = {}): Answer => {
  return (response) =>
    void json(response, status, { error: { message, code, type: "error", param: null } }, headers);
};

/** The image of a prompt and seed: the same order gives the same bytes. */
export function imageOf(body: ImageRequestBody): Promise<Buffer> {
  const [width, height] = body.size.split("x").map(Number);
  return noisePng(width, height, `${body.prompt} ${body.seed}`);
}

const answerBytes = (bytes: (body: ImageRequestBody) => Buffer | Promise<Buffer>): Answer => {
  return async (response, body) =>
    void json(response, 200, { created: 1, data: [{ b64_json: (await bytes(body)).toString("base64") }] });
};

/** Every way to answer an order that tests need, good and bad, over real HTTP. */
export const ANSWERS = {
  good: answerBytes(imageOf),
  byUrl: (response, body, request) =>
    void json(response, 200, {
      data: [{ url: `/files/${encodeURIComponent(JSON.stringify(body))}?${request.headers.host}` }],
    }),
  html: (response) =>
    void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Hi</h1>"),
  notJson: (response) => void response.writeHead(200).end("OK"),
  empty: (response) => void json(response, 200, { data: [] }),
  error500: apiError(500, "server_error", "out of memory"),
  silent: () => {},
  hangsUp: (_response, _body, request) => void request.socket.destroy(),
  truncated: answerBytes(async (body) => {
    const image = await imageOf(body);
    return image.subarray(0, image.length >> 1);
  }),
  huge: answerBytes(() => hugePng()),
  wrongSize: answerBytes((body) => imageOf({ ...body, size: "32x32" })),
  bomb: (response) =>
    void response
      .writeHead(200, { "content-encoding": "gzip" })
      .end(gzipSync(Buffer.concat([Buffer.from('{"data":[{"b64_json":"'), Buffer.alloc(200_000_000, "a")]))),
  refused: apiError(400, "moderation_blocked", "Your request was rejected by the safety system."),
  policy: apiError(400, "content_policy_violation"),
  wrongKey: apiError(401, "invalid_api_key", "Incorrect API key provided: sk-test-12345678."),
  noModel: apiError(404, "model_not_found"),
  noCredit: apiError(429, "insufficient_quota"),
  tooFast: apiError(429, "rate_limit_exceeded", "slow down", { "retry-after": "7" }),
} satisfies Record<string, Answer>;

export interface ImageEndpoint extends TestServer {
  /** How the next orders are answered. */
  answer: Answer;
  /** Bodies of the orders so far. */
  orders: ImageRequestBody[];
  /** Authorization headers so far. */
  keys: (string | undefined)[];
  /** Most orders that were open at one time. */
  mostAtOnce: number;
}

/** A real endpoint in OpenAI's images format; well-behaved until told otherwise. */
export async function startImageEndpoint(port = 0): Promise<ImageEndpoint> {
  let open = 0;
  const server = await startServer((request, response) => {
    if (request.method === "GET" && request.url?.startsWith("/files/")) {
      const body = JSON.parse(decodeURIComponent(request.url.slice(7).split("?")[0])) as ImageRequestBody;
      void imageOf(body).then((bytes) => response.end(bytes));
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as ImageRequestBody;
      endpoint.orders.push(body);
      endpoint.keys.push(request.headers.authorization);
      endpoint.mostAtOnce = Math.max(endpoint.mostAtOnce, ++open);
      response.on("close", () => open--);
      void endpoint.answer(response, body, request);
    });
  }, port);
  const endpoint: ImageEndpoint = { ...server, answer: ANSWERS.good, orders: [], keys: [], mostAtOnce: 0 };
  return endpoint;
}
