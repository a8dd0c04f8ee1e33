import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { GET } from "@/app/api/auth/callback/oidc/route";
import { newId } from "@/lib/db/new-id";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { request } from "../../support/api-requests";
import { AuthBrowser } from "../../support/auth-browser";
import { CLIENT, passProvider, startOidcProvider, type OidcServer } from "../../support/oidc-provider";
import "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const CALLBACK = "http://salon.test/api/auth/callback/oidc";
const database = useTestDatabase();
let provider: OidcServer;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  provider = await startOidcProvider(CALLBACK);
  process.env.SALON_OIDC_ISSUER = provider.issuer;
  process.env.SALON_OIDC_CLIENT_ID = CLIENT.id;
  process.env.SALON_OIDC_CLIENT_SECRET = CLIENT.secret;
  process.env.SALON_PUBLIC_URL = "http://salon.test";
});
afterEach(() => {
  vi.useRealTimers();
  provider.tamper = null;
});
afterAll(() => provider.close());

let browsers = 0;
const newBrowser = () => new AuthBrowser(`198.51.100.${(browsers += 1)}`);

/** Somebody of the provider's. */
function make(person: string, verified = true, email = `${person}@example.org`) {
  provider.people.set(person, { email, email_verified: verified, name: person });
  provider.person = person;
}

async function leave(browser: AuthBrowser): Promise<string> {
  const { url } = (await (await browser.post("single-sign-on", { next: "/boards" })).json()) as {
    url: string;
  };
  return url;
}

async function comeBack(browser: AuthBrowser, url: string) {
  const { pathname, search } = new URL(url);
  const response = await GET(request("GET", pathname + search, { cookie: browser.cookie }));
  browser.keep(response);
  return response.headers.get("location");
}

async function signIn(browser = newBrowser()) {
  const location = await comeBack(browser, await passProvider(await leave(browser), CALLBACK));
  return { browser, location };
}

test("somebody of the provider's is signed in with the visitor's work, by PKCE, state and nonce", async () => {
  make("ada");
  const browser = newBrowser();
  const { voterId } = await ensureVoter(null, database.db);
  browser.cookies.set(VOTER_COOKIE, await signVoterCookie(voterId));
  const url = await leave(browser);
  const asked = new URL(url).searchParams;
  expect(asked.get("code_challenge_method")).toBe("S256");
  for (const name of ["code_challenge", "state", "nonce"])
    expect(asked.get(name)?.length).toBeGreaterThan(15);
  expect(await comeBack(browser, await passProvider(url, CALLBACK))).toBe("/boards");
  expect(await browser.account()).toMatchObject({ voterId, role: "VOTER" });
  // A second time it is the same account.
  const { browser: other } = await signIn();
  expect((await other.account()).voterId).toBe(voterId);
  // None of the provider's tokens is kept.
  const kept = await database.db.account.findFirstOrThrow({ where: { user: { email: "ada@example.org" } } });
  expect([kept.accessToken, kept.refreshToken, kept.idToken]).toEqual([null, null, null]);
});

test("what the provider sends to one browser signs in no other, and nobody twice", async () => {
  make("bob");
  const browser = newBrowser();
  const back = await passProvider(await leave(browser), CALLBACK);
  const other = newBrowser();
  await leave(other);
  expect(await comeBack(other, back)).toContain("error=");
  expect((await other.account()).userId).toBeNull();
  const again = newBrowser();
  for (const [name, value] of browser.cookies) again.cookies.set(name, value);
  await comeBack(browser, back);
  expect(await comeBack(again, back)).toContain("error=");
  expect((await again.account()).userId).toBeNull();
});

test("an id token that is signed anew with nothing changed signs in, so that the following ones are refused for what they say", async () => {
  make("cleo");
  provider.tamper = (claims) => claims;
  const { browser } = await signIn();
  expect((await browser.account()).userId).not.toBeNull();
});

test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
  ["another audience", (claims) => ({ ...claims, aud: "another-client" })],
  ["another issuer", (claims) => ({ ...claims, iss: "https://elsewhere.example" })],
  ["another nonce", (claims) => ({ ...claims, nonce: "of another sign-in" })],
  ["no nonce", ({ nonce: _, ...claims }) => claims],
  ["an hour past its end", (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 3600 })],
  ["another subject than the access token", (claims) => ({ ...claims, sub: "ada" })],
])("an id token with %s signs nobody in", async (_, tamper) => {
  make("cy");
  provider.tamper = tamper;
  const { browser, location } = await signIn();
  expect(location).toMatch(/^(http:\/\/salon\.test)?\/sign-in\?.*error=/);
  expect((await browser.account()).userId).toBeNull();
  expect(await database.db.user.count({ where: { email: "cy@example.org" } })).toBe(0);
});

test("a provider that has changed its key signs people in with the new one", async () => {
  make("dan");
  await signIn();
  provider.rotateKey();
  // Keys are not fetched again within half a minute.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
  const { browser } = await signIn();
  expect((await browser.account()).userId).not.toBeNull();
});

test("an address that the provider has not confirmed opens nobody's account", async () => {
  const id = newId("user");
  await database.db.user.create({
    data: { id, name: "Eve", email: "eve@example.org", emailVerified: true, role: "ADMIN" },
  });
  make("mallory", false, "eve@example.org");
  const { browser, location } = await signIn();
  expect(location).toContain("error=");
  expect((await browser.account()).userId).toBeNull();
  expect(await database.db.account.count({ where: { userId: id } })).toBe(0);
  // One that it has confirmed does.
  make("eve", true);
  expect(await (await signIn()).browser.account()).toMatchObject({ userId: id, role: "ADMIN" });
});

test("after the sign-in it goes on to pages of this site alone", async () => {
  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example"])
    expect((await newBrowser().post("single-sign-on", { next })).status).toBe(400);
});
