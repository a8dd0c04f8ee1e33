import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type GuardedClient, type OutboundRequest } from "@/lib/providers/guarded-client";
import { startServer, type TestServer } from "../../support/http-server";
import { testClient } from "../../support/test-client";

/** The clock of the library's own time limits, moved by hand. */
const libraryClock = createRequire(import.meta.url)("undici/lib/util/timers.js") as {
  tick(milliseconds: number): void;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let handle: Handler;
let other: Handler;
let server: TestServer;
let elsewhere: TestServer;
const clients: GuardedClient[] = [];

beforeAll(async () => {
  server = await startServer((request, response) => handle(request, response));
  elsewhere = await startServer((request, response) => other(request, response));
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
afterAll(async () => {
  await server.close();
  await elsewhere.close();
});

function client(...allow: string[]): GuardedClient {
  const made = testClient(...allow);
  clients.push(made);
  return made;
}
const send = (via: GuardedClient, url: string, options: Partial<OutboundRequest> = {}) =>
  via.send({ url, owner: "visitor", deadlineMs: 5_000, maxBytes: 1_000_000, ...options });
const here = () => `127.0.0.1:${server.port}`;

describe("addresses", () => {
  it("calls what the operator allows and nothing beside it", async () => {
    handle = (_request, response) => response.end("hello");
    const allowed = client(here());
    await expect(send(allowed, `${server.origin}/x`)).resolves.toMatchObject({ status: 200 });
    await expect(send(allowed, `${elsewhere.origin}/x`)).rejects.toMatchObject({ reason: "BLOCKED" });
  });

  it.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "localhost",
    "LocalHost",
    "１２７.0.0.1",
  ])("reaches loopback under no spelling: %s", async (host) => {
    let reached = false;
    handle = (_request, response) => {
      reached = true;
      response.end("secret");
    };
    await expect(send(client(), `http://${host}:${server.port}/`)).rejects.toMatchObject({
      reason: "BLOCKED",
    });
    expect(reached).toBe(false);
  });

  it("allows a private host by its name", async () => {
    handle = (_request, response) => response.end("hello");
    await expect(
      send(client(`localhost:${server.port}`), `http://localhost:${server.port}/`),
    ).resolves.toMatchObject({
      status: 200,
    });
  });

  it.each([
    ["file:///etc/passwd", "BAD_URL"],
    ["ftp://example.org/", "BAD_URL"],
    ["http://user:pass@example.org/", "BAD_URL"],
    ["not an address", "BAD_URL"],
  ])("refuses %s", async (url, reason) => {
    await expect(send(client(), url)).rejects.toMatchObject({ reason });
    await expect(client().check(url, "visitor")).rejects.toMatchObject({ reason });
  });
});

describe("redirects", () => {
  it.each([
    "http://127.0.0.1:1/",
    "http://[::1]:1/",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
  ])("never lead to %s", async (location) => {
    handle = (_request, response) => response.writeHead(302, { location }).end();
    await expect(send(client(here()), server.origin)).rejects.toMatchObject({
      reason: location.startsWith("file") ? "BAD_URL" : "BLOCKED",
    });
  });

  it("carry credentials to the submitted origin only", async () => {
    const seen: Record<string, string | undefined> = {};
    handle = (request, response) => {
      seen[request.url!] = request.headers.authorization;
      if (request.url === "/a") response.writeHead(307, { location: "/b" }).end();
      else response.writeHead(307, { location: `${elsewhere.origin}/c` }).end();
    };
    other = (request, response) => {
      seen[request.url!] = request.headers.authorization;
      response.end("done");
    };
    const answer = await send(client(here(), `127.0.0.1:${elsewhere.port}`), `${server.origin}/a`, {
      credentials: { authorization: "Bearer key" },
    });
    expect(answer.body.toString()).toBe("done");
    expect(seen).toEqual({ "/a": "Bearer key", "/b": "Bearer key", "/c": undefined });
  });

  it.each([
    ["another port", (origin: string) => `http://127.0.0.1:${new URL(origin).port}`],
    ["another name of the same machine", () => `http://localhost:${server.port}`],
    ["where the address has a user's name", () => `http://key@127.0.0.1:${server.port}`],
    ["another scheme", () => `https://127.0.0.1:${server.port}`],
  ])("carry no credentials to %s", async (_where, to) => {
    const seen: (string | undefined)[] = [];
    handle = (request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === "/a") response.writeHead(307, { location: `${to(elsewhere.origin)}/b` }).end();
      else response.end("done");
    };
    other = handle;
    const allowed = client(here(), `127.0.0.1:${elsewhere.port}`, `localhost:${server.port}`);
    const credentials = { authorization: "Bearer key" };
    await send(allowed, `${server.origin}/a`, { credentials }).catch(() => {});
    expect(seen.filter(Boolean)).toEqual(["Bearer key"]);
  });

  it("end after a few hops", async () => {
    handle = (_request, response) => response.writeHead(302, { location: "/again" }).end();
    await expect(send(client(here()), server.origin)).rejects.toMatchObject({ reason: "REDIRECT" });
  });
});

describe("bodies", () => {
  it("are counted decoded: a gzip bomb is cut off", async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    expect(bomb.length).toBeLessThan(1_000_000);
    handle = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    const before = process.memoryUsage().rss;
    await expect(send(client(here()), server.origin)).rejects.toMatchObject({ reason: "TOO_LARGE" });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it("may be compressed unasked", async () => {
    let asked: string | undefined;
    handle = (request, response) => {
      asked = request.headers["accept-encoding"];
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("hello"));
    };
    expect((await send(client(here()), server.origin)).body.toString()).toBe("hello");
    expect(asked).toBe("identity");
  });

  it("that are no gzip, or compressed unknowably, are told apart from silence", async () => {
    handle = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("plain");
    await expect(send(client(here()), server.origin)).rejects.toMatchObject({ reason: "ENCODING" });
    handle = (_request, response) => response.writeHead(200, { "content-encoding": "zpaq" }).end("plain");
    await expect(send(client(here()), server.origin)).rejects.toMatchObject({ reason: "ENCODING" });
  });

  it("without end are cut off at the cap", async () => {
    handle = (_request, response) => {
      const pump = () => {
        while (response.write(Buffer.alloc(65_536)));
        response.once("drain", pump);
      };
      pump();
    };
    await expect(send(client(here()), server.origin)).rejects.toMatchObject({ reason: "TOO_LARGE" });
  });

  it("are waited for as long as the deadline says, also past the five minutes that the HTTP library has of its own", async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      handle = (_request, response) => {
        answer = () => void response.end("late");
        resolve();
      };
    });
    const sent = send(client(here()), `${server.origin}/x`, { deadlineMs: 900_000 });
    await asked;
    // A timer runs from the tick after the one that finds it.
    libraryClock.tick(1_000);
    libraryClock.tick(400_000);
    answer();
    await expect(sent).resolves.toMatchObject({ status: 200 });
  });

  it("that trickle end with the deadline", async () => {
    handle = (_request, response) => {
      const timer = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(timer));
    };
    await expect(send(client(here()), server.origin, { deadlineMs: 300 })).rejects.toMatchObject({
      reason: "TIMEOUT",
    });
  });
});

describe("failures", () => {
  it("name a port nobody listens on", async () => {
    const gone = await startServer(() => {});
    await gone.close();
    await expect(send(client("127.0.0.1"), gone.origin)).rejects.toMatchObject({
      reason: "UNREACHABLE",
      message: expect.stringContaining("nothing listens there"),
    });
  });

  it("pass the caller's own abort on", async () => {
    const stop = new AbortController();
    handle = () => stop.abort(new Error("stopping"));
    await expect(send(client(here()), server.origin, { signal: stop.signal })).rejects.toThrow("stopping");
  });
});
