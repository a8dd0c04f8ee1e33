import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { expectError } from "../../support/api-requests";
import { AuthBrowser } from "../../support/auth-browser";
import { linkOf, startMailServer, type MailServer } from "../../support/mail-server";
import "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let mail: MailServer;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  mail = await startMailServer();
  process.env.SALON_SMTP_URL = mail.url;
  process.env.SALON_PUBLIC_URL = "http://salon.test";
});
afterAll(() => mail.close());

const PASSWORD = "correct horse battery";
let people = 0;

function person() {
  people += 1;
  return { browser: new AuthBrowser(`198.51.100.${people}`), email: `ada-${people}@example.org` };
}

async function visitorIn(browser: AuthBrowser) {
  const { voterId } = await ensureVoter(null, database.db);
  browser.cookies.set(VOTER_COOKIE, await signVoterCookie(voterId));
  const slug = newId("model");
  await database.db.model.create({
    data: { id: slug, slug, name: slug, creator: "", modality: "TEXT_TO_IMAGE", submitterId: voterId },
  });
  return {
    voterId,
    owner: async () => (await database.db.model.findUniqueOrThrow({ where: { id: slug } })).submitterId,
  };
}

/** Somebody whose address is confirmed, signed in. */
async function confirmed() {
  const { browser, email } = person();
  await browser.post("sign-up", { name: "Ada", email, password: PASSWORD });
  const token = linkOf(await mail.next()).searchParams.get("token");
  expect((await browser.post("confirmation/use", { token, password: PASSWORD })).status).toBe(200);
  return { browser, email, voterId: (await browser.account()).voterId! };
}

test("an address is confirmed by a letter's link and the account's password, and only then signs in", async () => {
  const { browser, email } = person();
  const { voterId, owner } = await visitorIn(browser);
  const made = await browser.post("sign-up", { name: "Ada", email, password: PASSWORD });
  expect(await made.json()).toEqual({ state: "mail_sent" });
  await expectError(await browser.post("sign-in", { email, password: PASSWORD }), 403, "forbidden", "email");
  // Each of the two sent a letter. Until one is followed the visitor is who they were.
  await mail.next();
  expect((await browser.account()).voterId).toBe(voterId);
  const letter = await mail.next();
  expect(letter.to).toEqual([email]);
  const link = linkOf(letter);
  expect(link.pathname).toBe("/sign-in/confirm");
  const token = link.searchParams.get("token");
  const wrong = await browser.post("confirmation/use", { token, password: "a guess of a password" });
  await expectError(wrong, 401, "unauthorised", "password");
  expect((await browser.post("confirmation/use", { token, password: PASSWORD })).status).toBe(200);
  expect((await browser.account()).userId).not.toBeNull();
  expect(await owner()).toBe((await browser.account()).voterId);
});

test("whether an address has an account is told to its mailbox alone", async () => {
  const { email } = await confirmed();
  const before = mail.letters.length;
  const told = async (
    action: "sign-up" | "link/send" | "reset/send" | "confirmation/send",
    address: string,
  ) => {
    const body =
      action === "sign-up"
        ? { name: "Eve", email: address, password: "eve's own password" }
        : { email: address };
    const response = await person().browser.post(action, body);
    return { status: response.status, body: await response.text(), cookies: response.headers.getSetCookie() };
  };
  const unknown = () => `nobody-${(people += 1)}@example.org`;
  expect(await told("sign-up", email)).toEqual(await told("sign-up", unknown()));
  expect((await mail.next()).to).not.toEqual([]);
  await mail.next();
  for (const action of ["link/send", "reset/send"] as const) {
    expect(await told(action, email)).toEqual(await told(action, unknown()));
    expect((await mail.next()).to).toEqual([email]);
  }
  expect(await told("confirmation/send", email)).toEqual(await told("confirmation/send", unknown()));
  expect(mail.letters).toHaveLength(before + 4);
  // Nobody's password became Eve's.
  expect((await person().browser.post("sign-in", { email, password: "eve's own password" })).status).toBe(
    401,
  );
});

test("a link signs in once, and brings along the visitor of the browser that asked for it", async () => {
  const { email, voterId } = await confirmed();
  const { browser } = person();
  const { owner } = await visitorIn(browser);
  await browser.post("link/send", { email });
  const { searchParams, pathname } = linkOf(await mail.next());
  expect(pathname).toBe("/sign-in/link");
  const link = Object.fromEntries(searchParams);
  expect(JSON.stringify(await database.db.verification.findMany())).not.toContain(link.token);
  expect((await browser.post("link/use", link)).status).toBe(200);
  expect((await browser.account()).voterId).toBe(voterId);
  expect(await owner()).toBe(voterId);
  await expectError(await person().browser.post("link/use", link), 404, "not_found");
});

test("somebody else's link signs in as somebody else, but takes nothing of the visitor's along", async () => {
  const attacker = await confirmed();
  const { browser: theirs } = person();
  await visitorIn(theirs);
  await theirs.post("link/send", { email: attacker.email });
  const link = Object.fromEntries(linkOf(await mail.next()).searchParams);
  const { browser: victim } = person();
  const { voterId, owner } = await visitorIn(victim);
  expect((await victim.post("link/use", link)).status).toBe(200);
  expect(await owner()).toBe(voterId);
  // Their cookie is still there for when they are signed out.
  expect(victim.cookies.has(VOTER_COOKIE)).toBe(true);
});

test("a forgotten password is chosen anew by a link that works once, and ends all sessions", async () => {
  const { browser, email } = await confirmed();
  await person().browser.post("reset/send", { email });
  const link = linkOf(await mail.next());
  expect(link.pathname).toBe("/sign-in/reset");
  const token = link.searchParams.get("token");
  expect(JSON.stringify(await database.db.verification.findMany())).not.toContain(token);
  const newPassword = "a password chosen anew";
  await expectError(
    await person().browser.post("reset/use", { token, newPassword: "short" }),
    400,
    "invalid_request",
    "newPassword",
  );
  expect((await person().browser.post("reset/use", { token, newPassword })).status).toBe(200);
  expect((await browser.account()).userId).toBeNull();
  await expectError(await person().browser.post("reset/use", { token, newPassword }), 404, "not_found");
  expect((await person().browser.post("sign-in", { email, password: PASSWORD })).status).toBe(401);
  expect((await person().browser.post("sign-in", { email, password: newPassword })).status).toBe(200);
});

test("a letter's link leads to the site's own address, whatever name a request came by, and loads nothing from elsewhere", async () => {
  const { email } = await confirmed();
  const { browser } = person();
  const poisoned = {
    host: "203.0.113.66",
    "x-forwarded-host": "203.0.113.66",
    origin: "http://203.0.113.66",
  };
  await browser.post("reset/send", { email }, poisoned);
  const { text } = await mail.next();
  expect(text).not.toContain("203.0.113.66");
  expect(text).toContain("http://salon.test/sign-in/reset");
  expect(text).not.toMatch(/<img|src=|url\(/i);
});

test("an address is sent few letters an hour, whoever asks", async () => {
  const { email } = await confirmed();
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) statuses.push((await person().browser.post("reset/send", { email })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  for (let i = 0; i < 5; i++) await mail.next();
});

test("another e-mail address takes the password and a link that is followed there, and the old one is told", async () => {
  const { browser, email } = await confirmed();
  const newEmail = `ada-${(people += 1)}@elsewhere.example`;
  const wrong = await browser.post("email", { newEmail, currentPassword: "a guess of a password" });
  await expectError(wrong, 401, "unauthorised", "currentPassword");
  expect((await browser.post("email", { newEmail, currentPassword: PASSWORD })).status).toBe(200);
  const letter = await mail.next();
  expect(letter.to).toEqual([newEmail]);
  const link = linkOf(letter);
  expect(link.pathname).toBe("/sign-in/confirm");
  // Until then nothing has changed.
  expect(await database.db.user.count({ where: { email } })).toBe(1);
  const token = link.searchParams.get("token");
  const guessed = await browser.post("confirmation/use", { token, password: "a guess of a password" });
  await expectError(guessed, 401, "unauthorised", "password");
  expect((await browser.post("confirmation/use", { token, password: PASSWORD })).status).toBe(200);
  expect(await database.db.user.findFirst({ where: { email: newEmail } })).toMatchObject({
    emailVerified: true,
  });
  expect((await mail.next()).to).toEqual([email]);
  expect((await person().browser.post("sign-in", { email: newEmail, password: PASSWORD })).status).toBe(200);
  await expectError(
    await person().browser.post("sign-in", { email, password: PASSWORD }),
    401,
    "unauthorised",
  );
  // An address that has an account is answered alike, and nobody loses theirs.
  const { email: taken } = await confirmed();
  expect((await browser.post("email", { newEmail: taken, currentPassword: PASSWORD })).status).toBe(200);
  expect(await database.db.user.count({ where: { email: taken } })).toBe(1);
});

test("a link by email is no way around an account's second factor", async () => {
  const { email } = await confirmed();
  await database.db.user.update({ where: { email }, data: { twoFactorEnabled: true } });
  const browser = new AuthBrowser("198.51.100.250");
  await browser.post("link/send", { email });
  const token = linkOf(await mail.next()).searchParams.get("token");
  await expectError(await browser.post("link/use", { token }), 403, "forbidden");
  expect((await browser.account()).userId).toBeNull();
});
