import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { GET as readImage } from "@/app/media/battles/[battleId]/[side]/route";
import { GET as pollBattle } from "@/app/api/v1/battles/[battleId]/route";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { POST as postVote } from "@/app/api/v1/votes/route";
import { battleResponse, voteResponse, type BattleResponse } from "@/lib/schemas/battles";
import { concurrently, makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 3, prompts: 4, images: true, endpoints: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`http://salon.test${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", host: "salon.test", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

const getImage = (url: string) => {
  const [, battleId, side] = /^\/media\/battles\/([^/]+)\/([^?]+)\?/.exec(url)!;
  return readImage(new Request(`http://salon.test${url}`), { params: Promise.resolve({ battleId, side }) });
};

async function handOut(headers: Record<string, string> = {}) {
  const response = await postBattle(post("/api/v1/battles", { board: arena.board }, headers));
  expect(response.status).toBe(201);
  // What a browser would send back: the new cookie, or the one it sent.
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? headers.cookie;
  return { response, cookie, battle: battleResponse.parse(await response.json()) };
}

const castVote = async (battle: BattleResponse, outcome: string, headers?: Record<string, string>) =>
  postVote(post("/api/v1/votes", { battleId: battle.battleId, token: battle.token, outcome }, headers));

test("a client gets a battle, sees two images, votes, and the same vote again returns the stored result", async () => {
  const { battle, cookie } = await handOut();
  const first = await castVote(battle, "left", { cookie });
  expect(first.status).toBe(200);
  const result = voteResponse.parse(await first.json());
  const again = await castVote(battle, "right", { cookie });
  expect(await again.json()).toEqual(result);
  expect(await database.db.vote.count({ where: { battleId: battle.battleId } })).toBe(1);
});

test("a browser keeps its voter by a signed cookie that scripts and other sites cannot use", async () => {
  const { response } = await handOut();
  const cookie = response.headers.get("set-cookie")!;
  expect(cookie).toMatch(/^salon_voter=vtr_.*; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
  const [pair] = cookie.split(";");
  const second = await handOut({ cookie: pair });
  expect(second.response.headers.get("set-cookie")).toBeNull();
  const forged = pair.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  expect((await handOut({ cookie: forged })).response.headers.get("set-cookie")).not.toBeNull();

  const stranger = await castVote(second.battle, "tie", { cookie: (await handOut()).cookie });
  expect(stranger.status).toBe(403);
  expect((await castVote(second.battle, "tie")).status).toBe(401);
  expect((await castVote(second.battle, "tie", { cookie: pair })).status).toBe(200);
});

test("nothing a client receives before its vote names a model, a sample, a run or a file", async () => {
  const { db } = database;
  const secrets = [
    ...(await db.model.findMany()).flatMap((model) => [model.id, model.slug, model.name, model.creator]),
    ...(await db.sample.findMany()).flatMap((sample) => [sample.id, sample.artifactHash, sample.runId!]),
    ...(await db.endpoint.findMany()).flatMap((endpoint) => [endpoint.id, endpoint.providerModel]),
  ];
  expect(secrets.length).toBeGreaterThan(50);
  for (let i = 0; i < 6; i++) {
    const { response, battle } = await handOut();
    const polled = await pollBattle(
      new Request(`http://salon.test/api/v1/battles/${battle.battleId}?token=${battle.token}`),
      { params: Promise.resolve({ battleId: battle.battleId }) },
    );
    const received = [JSON.stringify(battle), await polled.text()];
    const measures = [];
    for (const { url } of [battle.left!, battle.right!]) {
      const image = await getImage(url);
      expect(image.status).toBe(200);
      const bytes = Buffer.from(await image.arrayBuffer());
      received.push(JSON.stringify([...image.headers]), bytes.toString("latin1"));
      const { exif, xmp, icc, format, width, height } = await sharp(bytes).metadata();
      expect({ exif, xmp, icc, format }).toEqual({
        exif: undefined,
        xmp: undefined,
        icc: undefined,
        format: "webp",
      });
      measures.push({ width, height, headers: [...image.headers] });
    }
    received.push(JSON.stringify([...response.headers]), JSON.stringify([...polled.headers]));
    // The originals differ in size and carry their model's name; what is served differs in pixels alone.
    expect(measures[0]).toEqual(measures[1]);
    const text = received.join("\n");
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
});

test("an image's address works as it was given out, and in no other form", async () => {
  const { battle } = await handOut();
  const { url } = battle.left!;
  expect((await getImage(url)).status).toBe(200);
  for (const changed of [
    url.replace("/left", "/right"),
    url.replace("/left", "/middle"),
    url.replace(/.$/, "~"),
    url.replace(/\?s=.*/, "?s="),
  ]) {
    const response = await getImage(changed);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("application/json");
  }
});

test("another site's page cannot vote with a visitor's cookie", async () => {
  const { battle, cookie } = await handOut();
  for (const foreign of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "http://evil.test" },
    { origin: "null" },
  ] as Record<string, string>[]) {
    const refused = await castVote(battle, "left", { cookie, ...foreign });
    expect(refused.status).toBe(403);
  }
  const own = { cookie, origin: "http://salon.test", "sec-fetch-site": "same-origin" };
  expect((await castVote(battle, "left", own)).status).toBe(200);
});

test("who votes too fast is told how long to wait, by voter, by address and by network", async () => {
  const { cookie, battle } = await handOut();
  const statuses: number[] = [];
  for (let i = 0; i < 61; i++) statuses.push((await castVote(battle, "left", { cookie })).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  const last = await castVote(battle, "left", { cookie });
  expect(last.status).toBe(429);
  expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await last.json()).toMatchObject({ error: { code: "rate_limited" } });

  const { battle: other } = await handOut();
  const refused = async (addresses: string[]) => {
    const responses = await concurrently(addresses, (address) =>
      castVote(other, "left", { "x-forwarded-for": address }),
    );
    return responses.filter((response) => response.status === 429).length;
  };
  expect(await refused(Array.from({ length: 301 }, () => "203.0.113.7"))).toBe(1);
  // The network around it has had 301 of its 1,200 turns.
  const others = Array.from({ length: 900 }, (_, i) => `203.0.113.${8 + (i % 200)}`);
  expect(await refused(others)).toBe(1);
  expect(await refused(["203.0.114.7"])).toBe(0);
});

test("an address that sends back no cookie is given so many voters an hour, its network four times as many, and then told to wait", async () => {
  const bring = async (addresses: string[]) => {
    const responses = await concurrently(addresses, (address) =>
      postBattle(post("/api/v1/battles", { board: arena.board }, { "x-forwarded-for": address })),
    );
    return responses.filter((response) => response.status === 429);
  };
  const voters = await database.db.voter.count();
  const [refused, ...rest] = await bring(Array.from({ length: 121 }, () => "198.51.100.7"));
  expect(rest).toEqual([]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
  expect(await bring(Array.from({ length: 360 }, (_, i) => `198.51.100.${8 + (i % 100)}`))).toHaveLength(1);
  expect(await database.db.voter.count()).toBe(voters + 120 + 359);
  const { cookie } = await handOut();
  const known = { "x-forwarded-for": "198.51.100.7", cookie };
  expect((await postBattle(post("/api/v1/battles", { board: arena.board }, known))).status).toBe(201);
});

test("where a battle went and a vote came from is kept as keyed hashes, and no address is", async () => {
  const { db } = database;
  const from = { "x-forwarded-for": "192.0.2.44" };
  const first = await handOut(from);
  expect((await castVote(first.battle, "left", { ...from, cookie: first.cookie })).status).toBe(200);
  const second = await handOut({ "x-forwarded-for": "192.0.2.45", cookie: first.cookie });
  const live = post("/api/v1/battles", { board: arena.board, prompt: "a cat" }, from);
  expect((await postBattle(live)).status).toBe(201);
  const battles = await db.battle.findMany({ orderBy: { createdAt: "desc" }, take: 3 });
  const vote = await db.vote.findUniqueOrThrow({ where: { battleId: first.battle.battleId } });
  const of = (id: string) => battles.find((battle) => battle.id === id)!;
  expect(of(first.battle.battleId).addressHash).toMatch(/^[\w-]{22}$/);
  expect(vote.addressHash).toBe(of(first.battle.battleId).addressHash);
  expect(battles.find((battle) => battle.kind === "LIVE")!.addressHash).toBe(vote.addressHash);
  expect(of(second.battle.battleId).addressHash).not.toBe(vote.addressHash);
  expect(new Set([...battles.map((battle) => battle.networkHash), vote.networkHash]).size).toBe(1);
  const limits = await db.$queryRaw<{ key: string }[]>`select key from rate_limits`;
  expect(JSON.stringify([battles, vote, limits])).not.toContain("192.0.2");
});
