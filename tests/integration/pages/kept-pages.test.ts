import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keepPages } from "@/app/kept-pages";
import { contentSecurityPolicy, nonceOf } from "@/app/content-security-policy";
import { SESSION_COOKIE } from "@/lib/accounts/auth";
import { foldDataChanges, readDataVersion } from "@/lib/db/data-version";
import { newId } from "@/lib/db/new-id";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { startServer, type TestServer } from "../../support/http-server";
import { sendRaw } from "../../support/start-site";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let server: TestServer;
let rendered = 0;

beforeAll(async () => {
  const { db } = database;
  (globalThis as { salonDb?: unknown }).salonDb = db;
  arena = await makeArena(db, { models: 3, prompts: 4 });
  // As Next.js answers: a page of what is in the database, for who asks, with this answer's nonce.
  server = await startServer(
    (request, response) => {
      void (async () => {
        rendered += 1;
        const models = await db.model.findMany({ where: { listed: true, hiddenAt: null } });
        const snapshots = await db.ratingSnapshot.count();
        const nonce = `nonce${rendered}+/==`;
        response.setHeader("content-type", "text/html; charset=utf-8");
        response.setHeader("content-security-policy", contentSecurityPolicy(nonce));
        if (request.url?.endsWith("missing")) response.statusCode = 404;
        response.write(`<script nonce="${nonce}">`);
        response.end(
          `${models.map(({ slug }) => slug).join(" ")}, ${snapshots} snapshots, for ${request.headers.cookie}`,
        );
      })();
    },
    undefined,
    keepPages,
  );
}, 120_000);
afterAll(() => server.close());
beforeEach(() => (rendered = 0));

const get = (path = "/", headers: Record<string, string> = {}) => sendRaw(server.port, { path, headers });
const voterCookie = async (voterId: string) => `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;

test("a page is rendered once, and every answer has a nonce of its own, which its policy names", async () => {
  const [first, second] = [await get("/models"), await get("/models")];
  expect(rendered).toBe(1);
  const nonces = [first, second].map(({ headers }) => nonceOf(String(headers["content-security-policy"]))!);
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(first.text).toContain(`<script nonce="${nonces[0]}">`);
  expect(second.text).toContain(`<script nonce="${nonces[1]}">`);
  expect(second.text).toContain(arena.models[2].slug);
  const zipped = await fetch(`${server.origin}/models`, { headers: { "accept-encoding": "gzip" } });
  expect(zipped.headers.get("content-encoding")).toBe("gzip");
  expect((await zipped.text()).replace(/nonce="[^"]*"/, "")).toBe(second.text.replace(/nonce="[^"]*"/, ""));
  expect(rendered).toBe(1);
});

test("a model that is hidden is on no page from the next request on, and is back from the next on", async () => {
  const [{ id, slug }] = arena.models;
  expect((await get()).text).toContain(slug);
  await database.db.model.update({ where: { id }, data: { hiddenAt: new Date() } });
  expect((await get()).text).not.toContain(slug);
  await database.db.model.update({ where: { id }, data: { hiddenAt: null } });
  expect((await get()).text).toContain(slug);
});

test("a new snapshot is on the page from the next request on", async () => {
  const { db } = database;
  expect((await get()).text).toContain(" 0 snapshots");
  await vote(db, await battleFor(db, arena), "left");
  await refitRatings(arena.boardId, db);
  expect((await get()).text).not.toContain(" 0 snapshots");
});

test("a change that is rolled back changes nothing, one that is still on its way is not seen, and both cost no page", async () => {
  const { db } = database;
  await get();
  const before = rendered;
  const [{ id }] = arena.models;
  const work = db.$transaction(async (tx) => {
    await tx.model.update({ where: { id }, data: { description: "never" } });
    await get();
    throw new Error("rolled back");
  });
  await expect(work).rejects.toThrow("rolled back");
  await get();
  expect(rendered).toBe(before);
});

test("who is signed in, has brought something or was invited gets a page of their own, which nobody else does", async () => {
  const { db } = database;
  const stranger = (await ensureVoter(null, db)).voterId;
  const owner = (await ensureVoter(null, db)).voterId;
  const guest = (await ensureVoter(null, db)).voterId;
  await db.model.update({ where: { id: arena.models[1].id }, data: { submitterId: owner } });
  const invite = await db.boardInvite.create({
    data: { id: newId("boardInvite"), boardId: arena.boardId, role: "VOTER", tokenHash: "x" },
  });
  await db.boardGuest.create({
    data: { boardId: arena.boardId, voterId: guest, role: "VOTER", inviteId: invite.id },
  });
  const path = `/leaderboard/${arena.board}`;
  await get(path);
  expect(rendered).toBe(1);
  for (const cookie of [
    await voterCookie(owner),
    await voterCookie(guest),
    `${SESSION_COOKIE}=something`,
    `other=1; ${SESSION_COOKIE}=something`,
  ]) {
    const [before, own] = [rendered, await get(path, { cookie })];
    expect(own.text).toContain(`for ${cookie}`);
    expect(rendered).toBe(before + 1);
  }
  const now = rendered;
  expect((await get(path, { cookie: await voterCookie(stranger) })).text).toContain("for undefined");
  expect((await get(path)).text).toContain("for undefined");
  expect(rendered).toBe(now);
});

test("other addresses, hosts, parts of pages and failures are no copies of a page", async () => {
  await get("/");
  expect(rendered).toBe(1);
  await get("/?a=1");
  await get("/", { host: "elsewhere" });
  await get("/", { rsc: "1" });
  await get("/", { authorization: "Bearer x" });
  await get("/account");
  expect(rendered).toBe(6);
  expect((await get("/models/missing")).status).toBe(404);
  expect((await get("/models/missing")).status).toBe(404);
  expect(rendered).toBe(8);
});

test("those who ask at once wait for one rendering", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => get("/?at-once")));
  expect(rendered).toBe(1);
  expect(new Set(answers.map(({ text }) => text.replace(/nonce="[^"]*"/, ""))).size).toBe(1);
});

test("the version is another one after every change, and the same after one that found nothing and after a fold", async () => {
  const { db } = database;
  const versions = [await readDataVersion(db)];
  await db.model.updateMany({ data: { description: "new" } });
  versions.push(await readDataVersion(db));
  await db.$transaction([
    db.model.updateMany({ data: { description: "newer" } }),
    db.model.updateMany({ data: { description: "newest" } }),
  ]);
  versions.push(await readDataVersion(db));
  expect(new Set(versions).size).toBe(3);
  await db.model.updateMany({ where: { id: "nobody" }, data: { description: "x" } });
  await db.$executeRaw`insert into data_changes values (1, 5)`;
  versions.push(await readDataVersion(db));
  await foldDataChanges(db);
  expect(await db.$queryRaw`select 1 from data_changes where backend = 1`).toEqual([]);
  expect(await readDataVersion(db)).toBe(versions[3]);
  expect(BigInt(versions[3]) - BigInt(versions[2])).toBe(5n);
});

test("a page is rendered once a language, chosen or the browser's, and no other language is answered with it", async () => {
  const german = { "accept-language": "de-AT, en;q=0.5" };
  const pages: Record<string, string>[] = [
    {},
    german,
    { "accept-language": "de" },
    { cookie: "language=de" },
    { ...german, cookie: "language=fr" },
  ];
  for (const headers of [...pages, ...pages]) await get("/models?of=languages", headers);
  expect(rendered).toBe(3);
});
