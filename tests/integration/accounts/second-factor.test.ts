import { createHmac } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as exportOwn } from "@/app/api/v1/privacy/export/route";
import { POST as eraseOwn } from "@/app/api/v1/privacy/erasure/route";
import { POST as change } from "@/app/api/v1/users/[userId]/route";
import { SESSION_COOKIE } from "@/lib/accounts/auth";
import type { SecondFactorStart } from "@/lib/schemas/accounts/accounts";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import "../../support/arena-fixture";
import { AuthBrowser } from "../../support/auth-browser";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  passwordHash = await hashPassword(PASSWORD);
  // Without one, whoever is on this machine is the operator.
  await addAccount(database.db, "OWNER");
});
beforeEach(() => database.db.$executeRaw`truncate rate_limits`);

const PASSWORD = "correct horse battery";
let passwordHash: string;
let people = 0;
const newBrowser = () => new AuthBrowser(`198.51.100.${(people += 1)}`);

const secretOf = (address: string) => new URL(address).searchParams.get("secret")!;

function bytesOfBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** RFC 6238 with its defaults: the code of the half minute that is now, or of one so many later. */
function codeAt(address: string, stepsLater: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsLater));
  const mac = createHmac("sha1", bytesOfBase32(secretOf(address)))
    .update(counter)
    .digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function wrongCode(address: string): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeAt(address, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !near.includes(code))!;
}

/** Somebody with a password, signed in. */
async function person() {
  const { userId } = await addAccount(database.db, "VOTER");
  const data = { id: userId, userId, accountId: userId, providerId: "credential", password: passwordHash };
  await database.db.account.create({ data });
  const browser = newBrowser();
  browser.cookies.set(SESSION_COOKIE, (await signIn(database.db, userId)).split("=")[1]);
  return { browser, email: `${userId}@example.org`.toLowerCase(), userId };
}

/** Somebody with a second factor, and the code that switched it on. */
async function withFactor() {
  const { browser, email, userId } = await person();
  const started = await browser.post("second-factor/start", { currentPassword: PASSWORD });
  const factor = (await started.json()) as SecondFactorStart;
  const usedCode = codeAt(factor.address, 0);
  const confirmed = await browser.post("second-factor/confirm", { code: usedCode });
  expect(await confirmed.json()).toEqual({ done: true });
  return { browser, email, userId, usedCode, ...factor };
}

/** A browser whose password was right. */
async function challenged(email: string, browser = newBrowser()) {
  const answer = await browser.post("sign-in", { email, password: PASSWORD });
  expect(await answer.json()).toEqual({ needsCode: true });
  return browser;
}

const changeUser = (cookie: string, userId: string, body: unknown) =>
  change(request("POST", `/api/v1/users/${userId}`, { cookie, body }), {
    params: Promise.resolve({ userId }),
  });

const lastEvent = () => database.db.auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });

test("a second factor is on once the password and a first code were right, and only then sign-ins ask for a code", async () => {
  const { browser, email, userId } = await person();
  const refused = await browser.post("second-factor/start", { currentPassword: "not the password" });
  await expectError(refused, 401, "unauthorised", "currentPassword");
  const started = await browser.post("second-factor/start", { currentPassword: PASSWORD });
  const { address, backupCodes } = (await started.json()) as SecondFactorStart;
  expect(new Set(backupCodes).size).toBe(10);
  expect(address).toContain(encodeURIComponent(email));
  const early = await newBrowser().post("sign-in", { email, password: PASSWORD });
  expect(await early.json()).toEqual({ done: true });
  const wrong = await browser.post("second-factor/confirm", { code: wrongCode(address) });
  await expectError(wrong, 401, "unauthorised", "code");
  expect((await browser.post("second-factor/confirm", { code: codeAt(address, 0) })).status).toBe(200);
  expect(await lastEvent()).toMatchObject({ action: "accounts.second-factor", subjectId: userId });
  expect((await browser.account()).userId).toBe(userId);
  const other = await challenged(email);
  expect((await other.account()).userId).toBeNull();
  const again = await browser.post("second-factor/start", { currentPassword: PASSWORD });
  await expectError(again, 409, "conflict");
});

test("the password alone opens nothing and takes no visitor's work along; with the code it does", async () => {
  const { email, userId, address } = await withFactor();
  const { voterId } = await ensureVoter(null, database.db);
  const browser = newBrowser();
  browser.cookies.set(VOTER_COOKIE, await signVoterCookie(voterId));
  await challenged(email, browser);
  expect(await browser.account()).toEqual({ voterId, userId: null, role: null });
  const wrong = await browser.post("second-factor/check", { code: wrongCode(address) });
  await expectError(wrong, 401, "unauthorised", "code");
  expect(await browser.account()).toEqual({ voterId, userId: null, role: null });
  const right = await browser.post("second-factor/check", { code: codeAt(address, 1) });
  expect(await right.json()).toEqual({ done: true });
  expect((await browser.account()).userId).toBe(userId);
  // Without a sign-in that waits there is nothing to check.
  const stranger = await newBrowser().post("second-factor/check", { code: codeAt(address, 1) });
  await expectError(stranger, 401, "unauthorised");
});

test("a code signs in once, also when two browsers send it at the same time", async () => {
  const { email, address, usedCode } = await withFactor();
  const used = await challenged(email);
  await expectError(await used.post("second-factor/check", { code: usedCode }), 401, "unauthorised");
  const code = codeAt(address, 1);
  const both = [await challenged(email), await challenged(email)];
  const answers = await Promise.all(both.map((browser) => browser.post("second-factor/check", { code })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  const signedIn = await Promise.all(both.map((browser) => browser.account()));
  expect(signedIn.filter(({ userId }) => userId !== null)).toHaveLength(1);
});

test("a backup code signs in once, in place of the app's", async () => {
  const { email, userId, backupCodes } = await withFactor();
  const browser = await challenged(email);
  expect((await browser.post("second-factor/check", { code: backupCodes[3] })).status).toBe(200);
  expect((await browser.account()).userId).toBe(userId);
  const again = await challenged(email);
  await expectError(
    await again.post("second-factor/check", { code: backupCodes[3] }),
    401,
    "unauthorised",
    "code",
  );
  expect((await again.post("second-factor/check", { code: backupCodes[4] })).status).toBe(200);
});

test("after ten wrong codes an account waits, from whatever browser and with the right code too", async () => {
  const { email, address } = await withFactor();
  for (let sign = 0; sign < 2; sign += 1) {
    const browser = await challenged(email);
    for (let guess = 0; guess < 5; guess += 1)
      await browser.post("second-factor/check", { code: wrongCode(address) });
  }
  const browser = await challenged(email);
  const refused = await browser.post("second-factor/check", { code: codeAt(address, 1) });
  await expectError(refused, 429, "rate_limited");
  expect((await browser.account()).userId).toBeNull();
});

test("a browser that is signed in as somebody else is asked for the code of whose password it typed", async () => {
  const [ada, bob] = [await withFactor(), await withFactor()];
  await challenged(bob.email, ada.browser);
  const own = await ada.browser.post("second-factor/check", { code: codeAt(ada.address, 1) });
  await expectError(own, 401, "unauthorised", "code");
  await ada.browser.post("second-factor/check", { code: codeAt(bob.address, 1) });
  expect((await ada.browser.account()).userId).toBe(bob.userId);
});

test("it is switched off by password and code, and a sign-in takes the password alone again", async () => {
  const { browser, email, userId, address, usedCode, backupCodes } = await withFactor();
  const off = (currentPassword: string, code: string) =>
    browser.post("second-factor/end", { currentPassword, code });
  await expectError(
    await off("not the password", codeAt(address, 1)),
    401,
    "unauthorised",
    "currentPassword",
  );
  await expectError(await off(PASSWORD, wrongCode(address)), 401, "unauthorised", "code");
  await expectError(await off(PASSWORD, usedCode), 401, "unauthorised", "code");
  await expectError(await off(PASSWORD, "aaaaa-aaaaa"), 401, "unauthorised", "code");
  expect((await off(PASSWORD, codeAt(address, 1))).status).toBe(200);
  expect(await lastEvent()).toMatchObject({ action: "accounts.second-factor", subjectId: userId });
  expect(await database.db.twoFactor.count({ where: { userId } })).toBe(0);
  const answer = await newBrowser().post("sign-in", { email, password: PASSWORD });
  expect(await answer.json()).toEqual({ done: true });
  await expectError(await off(PASSWORD, backupCodes[0]), 409, "conflict");
});

test("an admin switches it off for who lost both, not for somebody of a higher role; an account that was disabled still has it", async () => {
  const [ada, bob] = [await withFactor(), await withFactor()];
  const admin = await addAccount(database.db, "ADMIN");
  const cookie = await signIn(database.db, admin.userId);
  const { cookie: own } = ada.browser;
  await expectError(await changeUser(own, bob.userId, { secondFactor: false }), 403, "forbidden");
  const waiting = await challenged(ada.email);
  const changed = await changeUser(cookie, ada.userId, { secondFactor: false });
  expect(await changed.json()).toMatchObject({ id: ada.userId, secondFactor: false });
  expect(await lastEvent()).toMatchObject({ action: "accounts.second-factor", actorId: admin.userId });
  const late = await waiting.post("second-factor/check", { code: ada.backupCodes[0] });
  await expectError(late, 409, "conflict");
  const answer = await newBrowser().post("sign-in", { email: ada.email, password: PASSWORD });
  expect(await answer.json()).toEqual({ done: true });

  await database.db.user.update({ where: { id: bob.userId }, data: { role: "OWNER" } });
  await expectError(await changeUser(cookie, bob.userId, { secondFactor: false }), 403, "forbidden");
  await database.db.user.update({ where: { id: bob.userId }, data: { role: "VOTER" } });
  const pending = await challenged(bob.email);
  expect((await changeUser(cookie, bob.userId, { disabled: true })).status).toBe(200);
  expect((await pending.post("second-factor/check", { code: codeAt(bob.address, 1) })).status).not.toBe(200);
  await changeUser(cookie, bob.userId, { disabled: false });
  const again = await newBrowser().post("sign-in", { email: bob.email, password: PASSWORD });
  expect(await again.json()).toMatchObject({ needsCode: true });
});

test("the secret and the backup codes stand nowhere in clear, in no export, and an erasure leaves nothing", async () => {
  const { browser, userId, address, backupCodes } = await withFactor();
  const secret = secretOf(address);
  const hidden = [secret, bytesOfBase32(secret).toString(), ...backupCodes];
  const dump = JSON.stringify([
    await database.db.twoFactor.findMany(),
    await database.db.verification.findMany({ select: { identifier: true, value: true } }),
    await database.db.auditEvent.findMany({
      where: { subjectId: userId },
      select: { before: true, after: true },
    }),
  ]);
  const exported = await exportOwn(request("GET", "/api/v1/privacy/export", { cookie: browser.cookie }));
  const text = await exported.text();
  expect(text).toContain(userId);
  const { secret: kept } = await database.db.twoFactor.findUniqueOrThrow({ where: { userId } });
  expect(text).not.toContain(kept);
  for (const each of hidden) {
    expect(dump).not.toContain(each);
    expect(text).not.toContain(each);
  }
  const body = { confirm: "erase", password: PASSWORD };
  const erased = await eraseOwn(request("POST", "/x", { cookie: browser.cookie, body }));
  expect(erased.status).toBe(200);
  expect(await database.db.twoFactor.count({ where: { userId } })).toBe(0);
});
