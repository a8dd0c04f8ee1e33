import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { startServer, type TestServer } from "./http-server";

// A busy machine takes its time; what never comes is still found out.
configure({ asyncUtilTimeout: 15_000 });

declare global {
  interface Window {
    happyDOM: { setURL: (url: string) => void };
  }
}

export type PageRequest = { method: string; path: string; query: URLSearchParams; body: unknown };
/** Answers a request: the body of a 200, or a Refusal. */
type Reply = (request: PageRequest) => unknown;

/** An answer that is an error. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
    readonly field: string | null = null,
    readonly headers: Record<string, string> = {},
    /** Who changed what was edited. */
    readonly changed?: unknown,
  ) {}
}

export type PageApi = {
  /** Every request so far, in its order. */
  requests: PageRequest[];
  /** What is answered to a method and path from now on, such as "POST /api/v1/models". */
  on: (route: string, reply: Reply) => void;
  /** The requests of a method and path. */
  of: (route: string) => PageRequest[];
};

/**
 * Salon's API as a page's components see it: real HTTP to a server of the tests of this file, which answers what each of them says,
 * and 404 to all else.
 * @param path where the page is
 */
export function servePage(path = "/"): PageApi {
  const replies = new Map<string, Reply>();
  const requests: PageRequest[] = [];
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(async (request, response) => {
      const url = new URL(request.url ?? "/", "http://salon");
      const raw = Buffer.concat(await request.toArray());
      const isJson = request.headers["content-type"] === "application/json";
      const asked: PageRequest = {
        method: request.method ?? "GET",
        path: url.pathname,
        query: url.searchParams,
        body: raw.length === 0 ? null : isJson ? JSON.parse(raw.toString()) : raw.toString(),
      };
      requests.push(asked);
      const reply = await (replies.get(`${asked.method} ${asked.path}`)?.(asked) ??
        new Refusal(404, "not_found", "There is nothing here."));
      response.setHeader("content-type", "application/json");
      if (reply instanceof Refusal) {
        const { status, code, message, field, headers, changed } = reply;
        response.writeHead(status, headers).end(JSON.stringify({ error: { code, message, field, changed } }));
      } else response.end(JSON.stringify(reply));
    });
  });
  beforeEach(() => {
    requests.length = 0;
    replies.clear();
    localStorage.clear();
    sessionStorage.clear();
    window.happyDOM.setURL(`${server.origin}${path}`);
  });
  afterEach(cleanup);
  afterAll(() => server.close());
  return {
    requests,
    on: (route, reply) => void replies.set(route, reply),
    of: (route) => requests.filter((asked) => `${asked.method} ${asked.path}` === route),
  };
}
