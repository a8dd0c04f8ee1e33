import type { ServerResponse } from "node:http";
import { startServer, type TestServer } from "./http-server";

export interface ChatRequestBody {
  model: string;
  messages: {
    role: string;
    content:
      string | { type: string; text?: string; image_url?: { url: string }; video_url?: { url: string } }[];
  }[];
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  logprobs?: boolean;
  top_logprobs?: number;
  response_format?: { type: string; json_schema?: { name: string; strict: boolean; schema: JsonSchema } };
}
interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  enum?: string[];
  type?: string;
}

type Answer = (response: ServerResponse, body: ChatRequestBody) => void;

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };

/** A completion with these words. */
export const says = (
  content: string | null,
  more: { finish_reason?: string; refusal?: string; logprobs?: unknown } = {},
): Answer => {
  const { refusal, finish_reason = "stop", logprobs } = more;
  return (response) =>
    void json(response, 200, {
      id: "x",
      object: "chat.completion",
      usage: USAGE,
      choices: [{ index: 0, message: { role: "assistant", content, refusal }, finish_reason, logprobs }],
    });
};

export const chatError = (status: number, code: string, message = "no", headers = {}): Answer => {
  return (response) => void json(response, status, { error: { message, code, type: "error" } }, headers);
};

/** The best answer of every form there is: the last level, image A, yes to all questions. */
function bestOf(body: ChatRequestBody): string {
  const text = textOf(body);
  const fill = (schema: JsonSchema): unknown => {
    if (schema.enum) return schema.enum.filter((value) => value !== "cannot_tell").at(-1);
    if (schema.type === "array") return numbers(text).map((id) => ({ id, answer: "yes" }));
    return "It looks right.";
  };
  const { properties = {} } = body.response_format?.json_schema?.schema ?? {};
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, name === "verdict" ? "A" : fill(schema)]),
    ),
  );
}

const numbers = (text: string) => [...text.matchAll(/^(\d+)\. /gm)].map(([, id]) => Number(id));

/** All words of a request. */
export function textOf(body: ChatRequestBody): string {
  return body.messages
    .flatMap(({ content }) =>
      typeof content === "string" ? [content] : content.map((part) => part.text ?? ""),
    )
    .join("\n");
}

/** The PNG files of a request. */
export function imagesOf(body: ChatRequestBody): Buffer[] {
  return body.messages.flatMap(({ content }) =>
    typeof content === "string"
      ? []
      : content.flatMap(({ image_url: image }) =>
          image ? [Buffer.from(image.url.replace("data:image/png;base64,", ""), "base64")] : [],
        ),
  );
}

/** The MP4 files of a request. */
export function videosOf(body: ChatRequestBody): Buffer[] {
  const PREFIX = "data:video/mp4;base64,";
  return body.messages.flatMap(({ content }) =>
    typeof content === "string"
      ? []
      : content.flatMap(({ type, video_url: video }) =>
          type === "video_url" && video?.url.startsWith(PREFIX)
            ? [Buffer.from(video.url.slice(PREFIX.length), "base64")]
            : [],
        ),
  );
}

const yesWith = (p: number): Answer =>
  says("Yes", {
    logprobs: {
      content: [
        {
          token: "Yes",
          logprob: Math.log(p),
          top_logprobs: [
            { token: "Yes", logprob: Math.log(p) },
            { token: "No", logprob: Math.log(1 - p) },
          ],
        },
      ],
    },
  });

/** Every way to answer that tests need, good and bad, over real HTTP. */
export const JUDGE_ANSWERS = {
  good: (response, body) =>
    body.response_format ? says(bestOf(body))(response, body) : yesWith(0.8)(response, body),
  /** As vLLM does for a model that sees images alone. */
  noVideos: (response, body) =>
    videosOf(body).length > 0
      ? chatError(400, "BadRequestError", "At most 0 video(s) may be provided in one prompt.")(response, body)
      : JUDGE_ANSWERS.good(response, body),
  prose: says("What a lovely image! I would give it eight out of ten."),
  halfJson: says('{"reasoning": "There is a red ball on a gre'),
  cutOff: says('{"reasoning": "There is a red ball", "prompt_following": "fully"', {
    finish_reason: "length",
  }),
  noChoices: (response) => void json(response, 200, { choices: [], usage: USAGE }),
  noWords: says(null),
  notJson: (response) => void response.writeHead(200).end("OK"),
  html: (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>"),
  refusal: says(null, { refusal: "I can't help with that." }),
  filtered: says("", { finish_reason: "content_filter" }),
  policy: chatError(400, "content_policy_violation"),
  tooFast: chatError(429, "rate_limit_exceeded", "slow down", { "retry-after": "30" }),
  error500: chatError(500, "server_error"),
  wrongKey: chatError(401, "invalid_api_key", "Incorrect API key provided: sk-test-12345678."),
  silent: () => {},
} satisfies Record<string, Answer>;

export interface JudgeEndpoint extends TestServer {
  /** How the next questions are answered. */
  answer: Answer;
  /** Bodies of the questions so far. */
  questions: ChatRequestBody[];
  keys: (string | undefined)[];
  /** Most questions that were open at one time. */
  mostAtOnce: number;
}

/** A real vision chat endpoint in OpenAI's format; well-behaved until told otherwise. */
export async function startJudgeEndpoint(): Promise<JudgeEndpoint> {
  let open = 0;
  const server = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequestBody;
      endpoint.questions.push(body);
      endpoint.keys.push(request.headers.authorization);
      endpoint.mostAtOnce = Math.max(endpoint.mostAtOnce, ++open);
      response.on("close", () => open--);
      endpoint.answer(response, body);
    });
  });
  const endpoint: JudgeEndpoint = {
    ...server,
    answer: JUDGE_ANSWERS.good,
    questions: [],
    keys: [],
    mostAtOnce: 0,
  };
  return endpoint;
}
