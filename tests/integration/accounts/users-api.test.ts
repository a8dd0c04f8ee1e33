import { beforeAll, beforeEach, expect, test } from "vitest";
import { DELETE as revokeInvite } from "@/app/api/v1/account-invites/[inviteId]/route";
import { GET as listInvites, POST as invite } from "@/app/api/v1/account-invites/route";
import { POST as erase } from "@/app/api/v1/people/[personId]/erasure/route";
import { POST as exportData } from "@/app/api/v1/people/[personId]/export/route";
import { POST as eraseOwn } from "@/app/api/v1/privacy/erasure/route";
import { GET as exportOwn } from "@/app/api/v1/privacy/export/route";
import { POST as change } from "@/app/api/v1/users/[userId]/route";
import { GET as list } from "@/app/api/v1/users/route";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import { useToken } from "@/lib/api-tokens/use-token";
import type { UserRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import type { AccountInviteList, AccountList, NewAccountInvite } from "@/lib/schemas/administration/users";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import "../../support/arena-fixture";
import { AuthBrowser } from "../../support/auth-browser";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const PASSWORD = "correct horse battery";
let owner: { userId: string; cookie: string };
let admin: { userId: string; cookie: string };

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  owner = await account("OWNER");
  admin = await account("ADMIN");
});
beforeEach(() => database.db.$executeRaw`truncate rate_limits`);

async function account(role: UserRole) {
  const made = await addAccount(database.db, role);
  return { ...made, cookie: await signIn(database.db, made.userId) };
}

const changeUser = (cookie: string, userId: string, body: unknown) =>
  change(request("POST", `/api/v1/users/${userId}`, { cookie, body }), {
    params: Promise.resolve({ userId }),
  });
const inviteAs = (cookie: string, body: unknown) =>
  invite(request("POST", "/api/v1/account-invites", { cookie, body }));
const eraseAs = (cookie: string, personId: string) =>
  erase(request("POST", "/x", { cookie, body: { confirm: "erase" } }), {
    params: Promise.resolve({ personId }),
  });
const lastAction = async () =>
  (await database.db.auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } })).action;

/** Somebody who signs in with a password. */
async function person() {
  const browser = new AuthBrowser(`198.51.100.${await database.db.user.count()}`);
  const email = `${newId("user")}@example.org`;
  const { path } = (await (await inviteAs(admin.cookie, { email })).json()) as NewAccountInvite;
  const token = new URL(path, "http://salon.test").searchParams.get("invite");
  expect(
    (await browser.post("sign-up", { name: "Ada", email, password: PASSWORD, invite: token })).status,
  ).toBe(200);
  const { userId, voterId } = await browser.account();
  return { browser, email, userId: userId!, voterId: voterId! };
}

test("admins find accounts by a part of name or address, a page at a time, and nobody else does", async () => {
  const { userId } = await account("VOTER");
  const find = async (query: string, cookie = admin.cookie) =>
    list(request("GET", `/api/v1/users?${query}`, { cookie }));
  const { accounts } = (await (await find(`search=${userId.slice(-8).toUpperCase()}`)).json()) as AccountList;
  expect(accounts).toMatchObject([{ id: userId, role: "VOTER", disabledAt: null }]);
  const all = (await (await find("")).json()) as AccountList;
  const older = (await (await find(`before=${all.accounts[0].id}`)).json()) as AccountList;
  expect(older.accounts.map(({ id }) => id)).toEqual(all.accounts.slice(1).map(({ id }) => id));
  const curator = await account("CURATOR");
  await expectError(await find("", curator.cookie), 403, "forbidden");
});

test("nobody gives a role above their own or changes who has one, and the last owner stays", async () => {
  const { userId } = await account("VOTER");
  expect((await changeUser(admin.cookie, userId, { role: "ADMIN" })).status).toBe(200);
  expect(await lastAction()).toBe("accounts.role");
  await expectError(await changeUser(admin.cookie, userId, { role: "OWNER" }), 403, "forbidden", "role");
  for (const body of [{ role: "VOTER" }, { disabled: true }])
    await expectError(await changeUser(admin.cookie, owner.userId, body), 403, "forbidden");
  await expectError(await eraseAs(admin.cookie, owner.userId), 403, "forbidden");
  for (const body of [{ role: "ADMIN" }, { disabled: true }])
    await expectError(await changeUser(owner.cookie, owner.userId, body), 409, "conflict");
  await expectError(await eraseAs(owner.cookie, owner.userId), 409, "conflict");
  expect((await changeUser(owner.cookie, userId, { role: "OWNER" })).status).toBe(200);
  // A disabled owner runs nothing: the other one is the last.
  expect((await changeUser(owner.cookie, userId, { disabled: true })).status).toBe(200);
  await expectError(await changeUser(owner.cookie, owner.userId, { role: "ADMIN" }), 409, "conflict");
  // All of a change, or none.
  await expectError(
    await changeUser(owner.cookie, owner.userId, { disabled: false, role: "VOTER" }),
    409,
    "conflict",
  );
  await expectError(await changeUser(owner.cookie, newId("user"), { role: "VOTER" }), 404, "not_found");
  await expectError(await changeUser(owner.cookie, userId, {}), 400, "invalid_request");
});

test("a disabled account is signed out everywhere, its tokens open nothing and nobody signs in, until it is enabled", async () => {
  const { browser, email, userId, voterId } = await person();
  const wanted = { name: "job", scopes: ["vote" as const], days: null };
  const { token } = await createToken({ wanted, voterId, now: Date.now() });
  expect((await changeUser(admin.cookie, userId, { disabled: true })).status).toBe(200);
  expect(await lastAction()).toBe("accounts.disable");
  expect(await database.db.session.count({ where: { userId } })).toBe(0);
  expect((await browser.account()).userId).toBeNull();
  expect(await useToken(token)).toBeNull();
  const refused = await browser.post("sign-in", { email, password: PASSWORD });
  expect(await expectError(refused, 403, "forbidden")).toContain("disabled");
  expect(await database.db.session.count({ where: { userId } })).toBe(0);
  // A session that was being made just then opens nothing either.
  const slipped = await signIn(database.db, userId);
  await expectError(await changeUser(slipped, userId, { disabled: false }), 401, "unauthorised");
  await changeUser(admin.cookie, userId, { disabled: false });
  expect((await browser.post("sign-in", { email, password: PASSWORD })).status).toBe(200);
  expect(await useToken(token)).not.toBeNull();
});

test("an invitation makes one account of its role, waits until then, and makes none once it is revoked", async () => {
  const open = async () =>
    ((await (await listInvites(request("GET", "/x", { cookie: admin.cookie }))).json()) as AccountInviteList)
      .invites;
  const made = await inviteAs(admin.cookie, { role: "CURATOR", days: 3 });
  expect(made.status).toBe(201);
  expect(await lastAction()).toBe("accounts.invite");
  const { id, path } = (await made.json()) as NewAccountInvite;
  const waiting = await open();
  expect(waiting).toMatchObject([{ id, role: "CURATOR", email: null }]);
  const token = new URL(path, "http://salon.test").searchParams.get("invite")!;
  expect(JSON.stringify(waiting)).not.toContain(token);
  const revoke = () =>
    revokeInvite(request("DELETE", "/x", { cookie: admin.cookie }), {
      params: Promise.resolve({ inviteId: id }),
    });
  expect((await revoke()).status).toBe(204);
  expect(await open()).toEqual([]);
  const eve = { name: "Eve", email: "eve@example.org", password: PASSWORD, invite: token };
  await expectError(await new AuthBrowser().post("sign-up", eve), 404, "not_found");
  // There is no way up for who invites, and nothing is sent where no e-mails are.
  await expectError(await inviteAs(admin.cookie, { role: "OWNER" }), 400, "invalid_request", "role");
  await expectError(await inviteAs(admin.cookie, { email: "a@example.org", send: true }), 503, "unavailable");
});

test("an account is erased by who has it with their password, and by an admin; each leaves its event", async () => {
  const { browser, email, userId, voterId } = await person();
  const own = (body: unknown) =>
    eraseOwn(request("POST", "/api/v1/privacy/erasure", { cookie: browser.cookie, body }));
  await expectError(await own({}), 400, "invalid_request", "confirm");
  await expectError(await own({ confirm: "erase" }), 401, "unauthorised", "password");
  await expectError(
    await own({ confirm: "erase", password: "a guess of one" }),
    401,
    "unauthorised",
    "password",
  );
  expect(await database.db.user.count({ where: { id: userId } })).toBe(1);
  const erased = await own({ confirm: "erase", password: PASSWORD });
  expect(erased.status).toBe(200);
  browser.keep(erased);
  expect([...browser.cookies.keys()]).toEqual([]);
  expect(await database.db.user.count({ where: { email } })).toBe(0);
  expect(await database.db.voter.count({ where: { id: voterId } })).toBe(0);
  const [event] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(event).toMatchObject({ action: "privacy.erase", actor: "USER", actorId: userId, subjectId: userId });
  const other = await person();
  expect((await eraseAs(admin.cookie, other.userId)).status).toBe(200);
  expect(await other.browser.account()).toMatchObject({ userId: null });
  const [byAdmin] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(byAdmin).toMatchObject({ action: "privacy.erase", actorId: admin.userId, subjectId: other.userId });
});

test("a visitor without account exports and erases what their cookie names, and somebody new has nothing", async () => {
  const { voterId } = await ensureVoter(null, database.db);
  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  await database.db.promptSet.create({
    data: { id: newId("promptSet"), slug: voterId, name: "A set of mine", ownerId: voterId },
  });
  const exported = await exportOwn(request("GET", "/api/v1/privacy/export", { cookie }));
  expect(exported.headers.get("content-type")).toContain("application/x-ndjson");
  expect(await exported.text()).toContain("A set of mine");
  const by = await exportData(request("POST", "/x", { cookie: admin.cookie }), {
    params: Promise.resolve({ personId: voterId }),
  });
  expect(await by.text()).toContain("A set of mine");
  expect(await lastAction()).toBe("privacy.export");
  const erased = await eraseOwn(request("POST", "/x", { cookie, body: { confirm: "erase" } }));
  expect(await erased.json()).toMatchObject({ votes: 0, things: { promptSets: { removed: 1, kept: 0 } } });
  expect(await database.db.promptSet.count({ where: { name: "A set of mine" } })).toBe(0);
  await expectError(await exportOwn(request("GET", "/x")), 404, "not_found");
  await expectError(await eraseOwn(request("POST", "/x", { body: { confirm: "erase" } })), 404, "not_found");
  // A foreign page cannot have a visitor erased.
  const foreign = request("POST", "/x", {
    cookie,
    body: { confirm: "erase" },
    headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
  });
  await expectError(await eraseOwn(foreign), 403, "forbidden");
});
