import { beforeAll, expect, test } from "vitest";
import { readAccountPage } from "@/lib/accounts/read-account-page";
import { SESSION_COOKIE } from "@/lib/accounts/auth";
import { newId } from "@/lib/db/new-id";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { expectError } from "../../support/api-requests";
import { AuthBrowser } from "../../support/auth-browser";
import "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const PASSWORD = "correct horse battery";
let people = 0;

/** A browser, at an address of its own, and somebody who has just made an account in it. */
async function signedUp(visitor: string | null = null) {
  people += 1;
  const [browser, email] = [new AuthBrowser(`198.51.100.${people}`), `ada-${people}@example.org`];
  if (visitor !== null) browser.cookies.set(VOTER_COOKIE, await signVoterCookie(visitor));
  const response = await browser.post("sign-up", { name: "Ada", email, password: PASSWORD });
  expect(await response.json()).toEqual({ state: "signed_in" });
  return { browser, email, response };
}

test("who makes an account is signed in, as the visitor whom the browser knew", async () => {
  const { voterId } = await ensureVoter(null, database.db);
  const { browser } = await signedUp(voterId);
  expect(await browser.account()).toMatchObject({ voterId, role: "VOTER" });
  expect(browser.cookies.has(VOTER_COOKIE)).toBe(false);
});

test("the session's cookie is HttpOnly and Lax, and Secure where the site is reached by https", async () => {
  const { response, email } = await signedUp();
  const sessionOf = (answer: Response) =>
    answer.headers.getSetCookie().find((cookie) => cookie.startsWith(SESSION_COOKIE));
  expect(sessionOf(response)).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  const https = await new AuthBrowser().post(
    "sign-in",
    { email, password: PASSWORD },
    { "x-forwarded-proto": "https", origin: "https://salon.test" },
  );
  expect(sessionOf(https)).toMatch(/; Secure/);
});

test("an answer and an account's page hold no session's token, the database no password", async () => {
  const { browser, email } = await signedUp();
  const again = await new AuthBrowser().post("sign-in", { email, password: PASSWORD });
  expect(await again.json()).toEqual({ done: true });
  const token = decodeURIComponent(browser.cookies.get(SESSION_COOKIE)!).split(".")[0];
  const page = JSON.stringify(await readAccountPage(browser.cookie, Date.now()));
  expect(page).toContain(email);
  expect(page).not.toContain(token);
  const dump = JSON.stringify([
    await database.db.account.findMany(),
    await database.db.user.findMany(),
    await database.db.rateLimit.findMany({ select: { key: true } }),
  ]);
  expect(dump).not.toContain(PASSWORD);
  expect(JSON.stringify(await database.db.rateLimit.findMany({ select: { key: true } }))).not.toContain(
    "ada",
  );
});

test("what the database holds of a session makes no cookie: its token without the secret's signature is nobody", async () => {
  const { browser } = await signedUp();
  const { token } = await database.db.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  const thief = new AuthBrowser();
  for (const value of [token, `${token}.`, `${token}.${"A".repeat(43)}%3D`]) {
    thief.cookies.set(SESSION_COOKIE, value);
    expect(await thief.account()).toEqual({ voterId: null, userId: null, role: null });
  }
  expect((await browser.account()).userId).not.toBeNull();
});

test("a wrong password and an address without an account are answered alike", async () => {
  const { email } = await signedUp();
  const wrong = await new AuthBrowser().post("sign-in", { email, password: "not the password" });
  const unknown = await new AuthBrowser().post("sign-in", {
    email: "nobody@example.org",
    password: "not the password",
  });
  const told = await wrong.clone().json();
  await expectError(wrong, 401, "unauthorised", "password");
  expect(await unknown.json()).toEqual(told);
  expect(unknown.status).toBe(401);
});

test("what is missing or malformed is told at its field, and an address that has an account too", async () => {
  const browser = new AuthBrowser();
  const { email } = await signedUp();
  const body = { name: "Ada", email, password: PASSWORD };
  await expectError(
    await browser.post("sign-up", { ...body, password: "short" }),
    400,
    "invalid_request",
    "password",
  );
  await expectError(
    await browser.post("sign-up", { ...body, email: "ada" }),
    400,
    "invalid_request",
    "email",
  );
  await expectError(
    await browser.post("sign-up", { ...body, role: "OWNER" }),
    400,
    "invalid_request",
    "role",
  );
  await expectError(await browser.post("sign-up", body), 409, "conflict", "email");
  await expectError(
    await browser.post("sign-up", { ...body, email: email.toUpperCase() }),
    409,
    "conflict",
    "email",
  );
});

test("whoever signs out is a new visitor, and the session is over wherever its cookie was copied to", async () => {
  const { voterId } = await ensureVoter(null, database.db);
  const { browser } = await signedUp(voterId);
  const copy = new AuthBrowser();
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  copy.cookies.set(VOTER_COOKIE, await signVoterCookie(voterId));
  expect((await copy.account()).voterId).toBe(voterId);
  expect((await browser.post("sign-out")).status).toBe(200);
  expect(browser.cookies.size).toBe(0);
  // The visitor's cookie of before the account does not do either.
  expect(await copy.account()).toEqual({ voterId: null, userId: null, role: null });
});

test("what somebody submits without an account is theirs once they sign in, in another browser too", async () => {
  const { browser, email } = await signedUp();
  const { voterId } = await browser.account();
  const elsewhere = new AuthBrowser("198.51.100.200");
  const visitor = await ensureVoter(null, database.db);
  elsewhere.cookies.set(VOTER_COOKIE, await signVoterCookie(visitor.voterId));
  const before = await database.db.model.create({
    data: {
      id: newId("model"),
      slug: "moved-along",
      name: "Moved along",
      creator: "Ada",
      modality: "TEXT_TO_IMAGE",
      submitterId: visitor.voterId,
    },
  });
  await elsewhere.post("sign-in", { email, password: PASSWORD });
  const after = await database.db.model.findUniqueOrThrow({ where: { id: before.id } });
  expect(after.submitterId).toBe(voterId);
});

test("another site's page can make a browser neither sign in nor sign out", async () => {
  const { browser, email } = await signedUp();
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  await expectError(
    await new AuthBrowser().post("sign-in", { email, password: PASSWORD }, foreign),
    403,
    "forbidden",
  );
  await expectError(await browser.post("sign-out", {}, foreign), 403, "forbidden");
  expect((await browser.account()).userId).not.toBeNull();
});

test("one account's password can be guessed twenty times in a quarter of an hour, from however many addresses", async () => {
  const { email } = await signedUp();
  const answers: number[] = [];
  for (let i = 0; i < 21; i++) {
    const browser = new AuthBrowser(`192.0.2.${i + 1}`);
    answers.push((await browser.post("sign-in", { email, password: `guess number ${i}` })).status);
  }
  expect(answers.slice(0, 20).every((status) => status === 401)).toBe(true);
  expect(answers[20]).toBe(429);
});

test("a changed password ends all other sessions and needs the present one", async () => {
  const { browser, email } = await signedUp();
  const other = new AuthBrowser();
  await other.post("sign-in", { email, password: PASSWORD });
  const newPassword = "another horse battery";
  await expectError(
    await browser.post("password", { currentPassword: "not the password", newPassword }),
    401,
    "unauthorised",
    "currentPassword",
  );
  expect((await browser.post("password", { currentPassword: PASSWORD, newPassword })).status).toBe(200);
  expect((await browser.account()).userId).not.toBeNull();
  expect((await other.account()).userId).toBeNull();
  expect((await new AuthBrowser().post("sign-in", { email, password: PASSWORD })).status).toBe(401);
  expect((await new AuthBrowser().post("sign-in", { email, password: newPassword })).status).toBe(200);
});

test("somebody ends all their other sessions, and nobody does without being signed in", async () => {
  const { browser, email } = await signedUp();
  const other = new AuthBrowser();
  await other.post("sign-in", { email, password: PASSWORD });
  expect((await readAccountPage(browser.cookie, Date.now()))?.sessions).toHaveLength(2);
  await browser.post("other-sessions/end");
  expect((await other.account()).userId).toBeNull();
  expect((await readAccountPage(browser.cookie, Date.now()))?.sessions).toHaveLength(1);
  for (const action of ["other-sessions/end", "name"] as const) {
    const body = action === "name" ? { name: "Eve" } : {};
    await expectError(await new AuthBrowser().post(action, body), 401, "unauthorised");
  }
});

test("nothing else of better-auth is reachable, and what needs a mail server says so", async () => {
  const browser = new AuthBrowser();
  for (const path of ["sign-in/email", "sign-up/email", "delete-user", "get-session", "constructor"])
    await expectError(await browser.post(path as "name"), 404, "not_found");
  await expectError(await browser.post("reset/send", { email: "ada@example.org" }), 503, "unavailable");
  await expectError(await browser.post("single-sign-on"), 404, "not_found");
});
