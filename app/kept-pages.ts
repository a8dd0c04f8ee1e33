import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { getBotType } from "next/dist/shared/lib/router/utils/is-bot";
import { captureAnswer, sendAnswer } from "@/app/captured-answer";
import { nonceOf } from "@/app/content-security-policy";
import {
  putTogether,
  putTogetherGzipped,
  sizeOfCopy,
  takeApart,
  type Headers,
  type PageCopy,
} from "@/app/page-copy";
import { cookieOf, mayHaveAccount, voterOfCookies } from "@/lib/accounts/cookies";
import { ownsNothing } from "@/lib/accounts/owns-nothing";
import { env } from "@/lib/env";
import { KeptAnswers } from "@/lib/pages/kept-answers";
import { readPageVersion } from "@/lib/pages/page-version";
import { LANGUAGE_COOKIE, languageFor } from "@/lib/schemas/languages";

/** Pages that are rendered once for each version of the data. What else they depend on stands in keyOf, or keeps them from it. */
const KEPT = /^\/(?:$|models(?:\/[^/?]+)?$|leaderboard\/[^/?]+$)/;
const LONGEST_ADDRESS = 1_000;
const MAX_BYTES = 128 * 2 ** 20;
/** Of the answer, not of the page. */
const NOT_KEPT = new Set(["connection", "date", "keep-alive", "transfer-encoding"]);

const kept = new KeptAnswers<PageCopy | null>(MAX_BYTES, (copy) => (copy === null ? 100 : sizeOfCopy(copy)));

/**
 * Have a server answer with pages that were rendered before, where nobody could tell the difference: to who has no account, owns
 * nothing and was invited nowhere, and while the data are as they were. Every answer has a nonce of its own all the same. Whatever is
 * not sure of that goes on to Next.js.
 */
export function keepPages(server: Server): void {
  const listeners = server.listeners("request") as RequestListener[];
  const render: RequestListener = (request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  };
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response, render);
  });
}

/** Answer one request; by `render` where no kept page will do. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  render: RequestListener,
): Promise<void> {
  const key = keyOf(request);
  const version = key === null ? null : await versionFor(request);
  if (key === null || version === null) return render(request, response);
  let isOurs = false;
  const make = () => {
    isOurs = true;
    return renderOnce(request, response, render);
  };
  const copy = await kept.get(key, version, make).catch(() => null);
  if (copy !== null) return send(copy, request, response);
  // What another request's rendering came to is no answer to this one.
  if (!isOurs) render(request, response);
  else if (!response.writableEnded) response.destroy();
}

/** What a page depends on besides the data, or null for what is no page to keep. */
function keyOf({ method, url = "", headers }: IncomingMessage): string | null {
  if (method !== "GET" || url.length > LONGEST_ADDRESS || !KEPT.test(url.split("?", 1)[0])) return null;
  // Next.js asks for parts of pages, and for what it draws them from, by headers of its own.
  if (Object.keys(headers).some((name) => name === "rsc" || name.startsWith("next-"))) return null;
  if (headers.authorization !== undefined || mayHaveAccount(headers.cookie)) return null;
  const origin = ["host", "x-forwarded-host", "x-forwarded-proto"].map((name) => headers[name]);
  // Next.js has the metadata of programs that read no further than the head stand there.
  return JSON.stringify([url, ...origin, getBotType(headers["user-agent"] ?? "") ?? "", languageOf(headers)]);
}

const languageOf = (headers: IncomingMessage["headers"]) =>
  languageFor(cookieOf(headers.cookie, LANGUAGE_COOKIE), headers["accept-language"], env().PSEUDO_LANGUAGE);

/** The version of the data, for who sees what everybody sees; null for others, and while the database says nothing. */
async function versionFor({ headers }: IncomingMessage): Promise<string | null> {
  try {
    const voterId = await voterOfCookies(headers.cookie);
    // First: what changes after it is of a newer version.
    const version = await readPageVersion(Date.now());
    if (voterId !== null && !(await ownsNothing(voterId))) return null;
    return version;
  } catch {
    return null;
  }
}

/** Render a page for all who ask for it now. What is no page for everybody is sent as it is, and null. */
async function renderOnce(
  request: IncomingMessage,
  response: ServerResponse,
  render: RequestListener,
): Promise<PageCopy | null> {
  const accepted = request.headers["accept-encoding"];
  // The copy is compressed once it is taken apart.
  delete request.headers["accept-encoding"];
  const captured = await captureAnswer(response, () => render(request, response));
  request.headers["accept-encoding"] = accepted;
  const { status, headers, body } = captured;
  const find = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
  const nonce = nonceOf(String(find("content-security-policy") ?? ""));
  const isPage = status === 200 && String(find("content-type")).startsWith("text/html");
  if (!isPage || nonce === undefined || find("set-cookie") !== undefined || !body.includes(nonce)) {
    sendAnswer(response, captured);
    return null;
  }
  return takeApart(
    body,
    nonce,
    headers.filter(([name]) => !NOT_KEPT.has(name)),
  );
}

function send(copy: PageCopy, request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString("base64");
  const isZipped = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const body = isZipped ? putTogetherGzipped(copy, nonce) : putTogether(copy, nonce);
  const headers: Headers = [
    ...copy.headers.map(([name, value]): Headers[number] => [name, withNonce(value, copy, nonce)]),
    ["content-length", String(body.length)],
    ...(isZipped ? ([["content-encoding", "gzip"]] as Headers) : []),
  ];
  sendAnswer(response, { status: 200, headers, body });
}

/** The policy names the nonce, and a preloaded file's header may too. */
function withNonce(value: string | string[], { nonce: was }: PageCopy, nonce: string): string | string[] {
  return typeof value === "string"
    ? value.replaceAll(was, nonce)
    : value.map((each) => each.replaceAll(was, nonce));
}
