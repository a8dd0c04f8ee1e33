import { beforeAll, describe, expect, test } from "vitest";
import { GET as pollBattle } from "@/app/api/v1/battles/[battleId]/route";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { GET as getAnalysis } from "@/app/api/v1/leaderboards/[board]/analysis/route";
import { GET as getHistory } from "@/app/api/v1/leaderboards/[board]/history/route";
import { GET as getBoard } from "@/app/api/v1/leaderboards/[board]/route";
import { GET as getModel } from "@/app/api/v1/models/[slug]/route";
import { GET as exportVotes } from "@/app/api/v1/votes/export/route";
import { POST as postVote } from "@/app/api/v1/votes/route";
import { clientAddress } from "@/app/api/client-address";
import { errorResponse } from "@/lib/schemas/error-response";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 2, endpoints: true });
});

async function expectError(response: Response, status: number, code: string, field?: string | null) {
  const body = errorResponse.parse(await response.json());
  expect({ status: response.status, code: body.error.code }).toEqual({ status, code });
  if (field !== undefined) expect(body.error.field).toBe(field);
}

const send = (body: BodyInit) => new Request("http://salon.test/api", { method: "POST", body });

describe("POST /api/v1/battles answers wrong input with a 4xx that says what is wrong", () => {
  const cases: [string, BodyInit, number, string, string | null][] = [
    ["malformed JSON", "{", 400, "invalid_request", null],
    ["no body", "", 400, "invalid_request", null],
    ["not an object", "[]", 400, "invalid_request", null],
    ["no board", "{}", 400, "invalid_request", "board"],
    ["a board of another type", '{"board":7}', 400, "invalid_request", "board"],
    ["an unknown board", '{"board":"nowhere"}', 404, "not_found", "board"],
    ["an unknown field", '{"board":"b","models":["x"]}', 400, "invalid_request", "models"],
    ["an empty prompt", '{"board":"b","prompt":"  "}', 400, "invalid_request", "prompt"],
    [
      "a huge prompt",
      JSON.stringify({ board: "b", prompt: "x".repeat(1001) }),
      400,
      "invalid_request",
      "prompt",
    ],
    ["a huge body", JSON.stringify({ board: "b", prompt: "x".repeat(70_000) }), 413, "too_large", null],
    ["a NUL", '{"board":"b\\u0000"}', 400, "invalid_request", null],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400, "invalid_request", null],
    ["deep nesting", "[".repeat(30_000) + "]".repeat(30_000), 400, "invalid_request", null],
  ];
  test.each(cases)("%s", async (_, body, status, code, field) => {
    await expectError(await postBattle(send(body)), status, code, field);
  });

  test("a prompt with a NUL, and text that only looks like one", async () => {
    const ask = (prompt: string) => postBattle(send(JSON.stringify({ board: arena.board, prompt })));
    await expectError(await ask("a\0b"), 400, "invalid_request");
    expect((await ask("a \\u0000 b \ud800")).status).toBe(201);
  });

  test("a body that is streamed without a length is cut off at the limit", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(32));
      },
    });
    const request = new Request("http://salon.test", { method: "POST", body, duplex: "half" } as RequestInit);
    await expectError(await postBattle(request), 413, "too_large");
    expect(sent).toBeLessThan(200_000);
  });
});

describe("POST /api/v1/votes answers wrong input with a 4xx that says what is wrong", () => {
  const valid = { battleId: "bat_1", token: "a.b.c.d", outcome: "left" };
  const cases: [string, unknown, number, string, string | null][] = [
    ["a wrong outcome", { ...valid, outcome: "model_a" }, 400, "invalid_request", "outcome"],
    ["no token", { ...valid, token: undefined }, 400, "invalid_request", "token"],
    ["a token of another make", valid, 401, "unauthorised", "token"],
    ["a huge token", { ...valid, token: "x".repeat(501) }, 400, "invalid_request", "token"],
  ];
  test.each(cases)("%s", async (_, body, status, code, field) => {
    await expectError(await postVote(send(JSON.stringify(body))), status, code, field);
  });
});

describe("GET routes", () => {
  const get = (query: string) => new Request(`http://salon.test/api${query}`);
  const at = <P>(params: P) => ({ params: Promise.resolve(params) });

  test("unknown boards and models are 404, unknown categories and formats 400", async () => {
    const nowhere = at({ board: "nowhere" });
    await expectError(await getBoard(get(""), nowhere), 404, "not_found", "board");
    await expectError(await getHistory(get(""), nowhere), 404, "not_found", "board");
    await expectError(await getAnalysis(get(""), nowhere), 404, "not_found", "board");
    await expectError(await exportVotes(get("?board=nowhere")), 404, "not_found", "board");
    await expectError(await getModel(get(""), at({ slug: "nobody" })), 404, "not_found");
    const here = at({ board: arena.board });
    await expectError(await getBoard(get("?category=feet"), here), 400, "invalid_request", "category");
    await expectError(await getBoard(get("?format=xml"), here), 400, "invalid_request", "format");
    await expectError(
      await exportVotes(get(`?board=${arena.board}&format=xml`)),
      400,
      "invalid_request",
      "format",
    );
    await expectError(await getBoard(get("?category=%00"), here), 400, "invalid_request");
  });

  test("polling needs the battle's own token", async () => {
    await expectError(await pollBattle(get(""), at({ battleId: "bat_1" })), 400, "invalid_request", "token");
    await expectError(
      await pollBattle(get("?token=x"), at({ battleId: "bat_1" })),
      401,
      "unauthorised",
      "token",
    );
  });

  test("a board comes as JSON and as CSV with one line a model", async () => {
    const here = at({ board: arena.board });
    const body = await (await getBoard(get(""), here)).json();
    expect(body.rows).toHaveLength(2);
    const csv = await (await getBoard(get("?format=csv"), here)).text();
    expect(csv.trim().split("\r\n")).toHaveLength(3);
    expect(csv).toMatch(/^rank,rankLow,rankHigh,model,/);
  });
});

test("a client's address is what our outermost proxy saw, never what the client claims", () => {
  const of = (forwarded: string, proxies: number) =>
    clientAddress(new Headers(forwarded ? { "x-forwarded-for": forwarded } : {}), proxies);
  expect(of("203.0.113.7", 0)).toBe("203.0.113.7");
  expect(of("1.1.1.1, 203.0.113.7", 1)).toBe("203.0.113.7");
  expect(of("1.1.1.1, 203.0.113.7, 10.0.0.2", 2)).toBe("203.0.113.7");
  expect(of("203.0.113.7", 2)).toBe("203.0.113.7");
  expect(of("203.0.113.7:51234", 1)).toBe("203.0.113.7");
  expect(of("[2001:db8:1:2::1]:443", 1)).toBe("2001:db8:1:2::/64");
  expect(of("", 1)).toBeNull();
  // Whoever has no address shares one, so limits hold.
  expect(of("unknown", 1)).toBe(of("not an address", 1));
  expect(of("::ffff:203.0.113.7", 0)).toBe("203.0.113.7");
  expect(of("2001:db8:1:2:aaaa::1", 0)).toBe(of("2001:db8:1:2:bbbb::2", 0));
});
