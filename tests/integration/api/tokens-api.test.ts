import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET as readBoards } from "@/app/api/v1/boards/route";
import { GET as readSite, POST as changeSite } from "@/app/api/v1/settings/route";
import { DELETE as revoke } from "@/app/api/v1/tokens/[tokenId]/route";
import { GET as list, POST as make } from "@/app/api/v1/tokens/route";
import { POST as vote } from "@/app/api/v1/votes/route";
import type { Scope } from "@/lib/access/roles";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import type { UserRole } from "@/lib/db/generated/enums";
import type { NewToken, TokenView } from "@/lib/schemas/accounts/api-tokens";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  // Without an owner whoever opens the site on this machine would be its operator.
  await addAccount(database.db, "OWNER");
});
beforeEach(async () => {
  await database.db.$executeRaw`truncate rate_limits`;
});

async function account(role: UserRole) {
  const made = await addAccount(database.db, role);
  return { ...made, cookie: await signIn(database.db, made.userId) };
}

async function tokenOf(voterId: string, scopes: Scope[], days: number | null = 90, now = Date.now()) {
  const { token, view } = await createToken({ wanted: { name: "job", scopes, days }, voterId, now });
  return { token, id: view.id };
}

const withToken = (token: string, headers: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...headers },
});
const boards = async (token: string, headers?: Record<string, string>) =>
  readBoards(request("GET", "/api/v1/boards", withToken(token, headers)));
const at = (tokenId: string) => ({ params: Promise.resolve({ tokenId }) });

test("a token is shown once, and stands nowhere: neither in the database nor in what is listed", async () => {
  const { cookie } = await account("VOTER");
  const body = { name: "nightly", scopes: ["vote"] };
  const made = await make(request("POST", "/api/v1/tokens", { cookie, body }));
  expect(made.status).toBe(201);
  const { token, view } = (await made.json()) as NewToken;
  expect(token).toMatch(/^salon_[\w-]{32}$/);
  expect(token.startsWith(view.prefix)).toBe(true);
  const listed = await (await list(request("GET", "/api/v1/tokens", { cookie }))).text();
  expect(JSON.parse(listed)).toMatchObject({
    tokens: [{ name: "nightly", scopes: ["vote"], isOver: false }],
  });
  const rows = await database.db.apiToken.findMany();
  for (const text of [listed, JSON.stringify(rows)]) expect(text).not.toContain(token.slice(10));
});

test("a token is its account, whatever cookies come with it, and needs no page of the site", async () => {
  const [ada, bob] = [await account("OWNER"), await account("VOTER")];
  const { token } = await tokenOf(ada.voterId, ["admin"]);
  const foreign = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site", cookie: bob.cookie };
  const body = { anonymousPrompts: false };
  const changed = await changeSite(
    request("POST", "/api/v1/settings", { ...withToken(token, foreign), body }),
  );
  expect(changed.status).toBe(200);
  expect(await changed.json()).toMatchObject({ anonymousPrompts: { value: false, isSet: true } });
  expect(await database.db.setting.findMany()).toMatchObject([{ voterId: ada.voterId }]);
  await database.db.setting.deleteMany();
});

test("a scope that is missing is named", async () => {
  const { voterId } = await account("OWNER");
  const { token } = await tokenOf(voterId, ["vote"]);
  const refused = await expectError(await boards(token), 403, "forbidden");
  expect(refused).toContain("it lacks the scope read-private");
  const reader = await tokenOf(voterId, ["read-private"]);
  expect((await boards(reader.token)).status).toBe(200);
  const voting = request("POST", "/api/v1/votes", { ...withToken(reader.token), body: {} });
  expect(await expectError(await vote(voting), 403, "forbidden")).toContain("it lacks the scope vote");
});

test("a token opens no more than its account may: demoted or deleted, at once", async () => {
  const { userId, voterId } = await account("ADMIN");
  const { token } = await tokenOf(voterId, ["admin", "read-private"]);
  const read = async () => (await readSite(request("GET", "/api/v1/settings", withToken(token)))).status;
  expect(await read()).toBe(200);
  await database.db.user.update({ where: { id: userId }, data: { role: "CURATOR" } });
  expect(await read()).toBe(403);
  expect((await boards(token)).status).toBe(200);
  await database.db.user.delete({ where: { id: userId } });
  expect((await boards(token)).status).toBe(401);
});

test("revoked or expired it opens nothing; somebody else's cannot be revoked", async () => {
  const [ada, bob] = [await account("VOTER"), await account("VOTER")];
  const { token, id } = await tokenOf(ada.voterId, ["read-private"]);
  const path = `/api/v1/tokens/${id}`;
  await expectError(await revoke(request("DELETE", path, { cookie: bob.cookie }), at(id)), 404, "not_found");
  expect((await boards(token)).status).toBe(200);
  expect((await revoke(request("DELETE", path, { cookie: ada.cookie }), at(id))).status).toBe(204);
  await expectError(await boards(token), 401, "unauthorised");
  const old = await tokenOf(ada.voterId, ["read-private"], 1, Date.now() - 2 * 24 * 3_600_000);
  await expectError(await boards(old.token), 401, "unauthorised");
  const listed = await list(request("GET", "/api/v1/tokens", { cookie: ada.cookie }));
  const { tokens } = (await listed.json()) as { tokens: TokenView[] };
  expect(tokens.map(({ isOver }) => isOver)).toEqual([true, true]);
});

test("tokens make and revoke no tokens", async () => {
  const { voterId } = await account("OWNER");
  const { token, id } = await tokenOf(voterId, ["vote", "submit", "read-private", "curate", "admin"]);
  const body = { name: "another", scopes: ["admin"] };
  const answers = [
    await make(request("POST", "/api/v1/tokens", { ...withToken(token), body })),
    await list(request("GET", "/api/v1/tokens", withToken(token))),
    await revoke(request("DELETE", `/api/v1/tokens/${id}`, withToken(token)), at(id)),
  ];
  for (const answer of answers)
    expect(await expectError(answer, 403, "forbidden")).toContain("sign in on the site");
  expect(await database.db.apiToken.count({ where: { voterId, revokedAt: null } })).toBe(1);
});

describe("a wrong token", () => {
  const from = (token: string, address: string) => boards(token, { "x-forwarded-for": address });

  test("is refused with 401, and after twenty in ten minutes of one address with 429", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 22; i++)
      statuses.push((await from(`salon_${String(i).padStart(32, "x")}`, "192.0.2.1")).status);
    expect(statuses).toEqual([...Array<number>(20).fill(401), 429, 429]);
    expect((await from("salon_x", "198.51.100.7")).status).toBe(401);
  });

  test("costs a right one of the same address nothing", async () => {
    const { voterId } = await account("VOTER");
    const { token } = await tokenOf(voterId, ["read-private"]);
    for (let i = 0; i < 25; i++) await from("not even one", "192.0.2.9");
    expect((await from(token, "192.0.2.9")).status).toBe(200);
  });

  test("is not a proxy's password: other schemes are left to who put them there", async () => {
    const headers = { authorization: "Basic YWRhOnNlY3JldA==" };
    expect((await readBoards(request("GET", "/api/v1/boards", { headers }))).status).toBe(200);
  });
});

test("when it was last used is written at most once a minute", async () => {
  const { voterId } = await account("VOTER");
  const { token, id } = await tokenOf(voterId, ["read-private"]);
  const lastUsed = async () =>
    (await database.db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime();
  await boards(token);
  const first = await lastUsed();
  expect(first).toBeDefined();
  await boards(token);
  expect(await lastUsed()).toBe(first);
  await database.db
    .$executeRaw`update api_tokens set last_used_at = now() - interval '61 seconds' where id = ${id}`;
  await boards(token);
  expect(await lastUsed()).toBeGreaterThanOrEqual(first!);
});
