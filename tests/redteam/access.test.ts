import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACTIONS, type Action } from "@/lib/access/actions";
import { refusalOf } from "@/lib/access/decide";
import { FILES, PAGES } from "@/lib/access/pages";
import { ROLES, SCOPES, type Role, type Scope } from "@/lib/access/roles";
import type { Switches } from "@/lib/access/switches";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import { OPERATIONS } from "@/lib/schemas/openapi";
import { addAccount } from "../support/add-account";
import { signIn } from "../support/sign-in";
import { sendRaw, startSite, type RunningSite } from "../support/start-site";
import { useTestDatabase } from "../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let site: RunningSite;

/** How somebody comes to the site. */
type As = { role: Role; scopes: Scope[] | null; headers: Record<string, string> };
const everybody: As[] = [];

/** Of a site that others reach, as it is unless told otherwise. */
const OPEN: Switches = {
  anonymousVoting: true,
  anonymousPrompts: true,
  anonymousSubmitting: false,
  submissions: true,
  personal: false,
};

beforeAll(async () => {
  // Behind a proxy it counts as open, and each request may come from an address of its own, so that no limit answers for the table.
  site = await startSite({ DATABASE_URL: database.url, TRUSTED_PROXIES: "1" });
  for (const role of ROLES) {
    if (role === "VISITOR") {
      everybody.push({ role, scopes: null, headers: {} });
      continue;
    }
    const { userId, voterId } = await addAccount(database.db, role);
    everybody.push({ role, scopes: null, headers: { cookie: await signIn(database.db, userId) } });
    for (const scopes of [[...SCOPES], ["vote" as const]]) {
      const wanted = { name: role, scopes, days: 1 };
      const { token } = await createToken({ wanted, voterId, now: Date.now() }, database.db);
      everybody.push({ role, scopes, headers: { authorization: `Bearer ${token}` } });
    }
  }
}, 600_000);
afterAll(() => site?.stop());

const nameOf = ({ role, scopes }: As) => `${role}${scopes === null ? "" : ` by a token for ${scopes}`}`;
const fill = (address: string) => address.replace(/[[{]\w+[\]}]/g, "nothing");

let asked = 0;
async function statusOf(method: string, path: string, { headers }: As): Promise<number> {
  asked++;
  const from = `${11 + (asked % 100)}.${(asked >> 8) & 255}.${asked & 255}.9`;
  const body = method === "POST" || method === "PATCH" ? "{}" : undefined;
  const sent = { "content-type": "application/json", "x-forwarded-for": from, ...headers };
  return (await sendRaw(site.port, { method, path, body, headers: sent })).status;
}

/** What the table says differently from the site, for everybody: none of it. A refusal is 401 without an account, else 403. */
async function differences(
  asks: { method: string; path: string; action: Action }[],
  as: readonly As[],
  switches: Switches,
): Promise<string[]> {
  const open = asks.flatMap((ask) => as.map((who) => ({ ...ask, who })));
  const wrong: string[] = [];
  const askOn = async () => {
    for (let ask = open.pop(); ask !== undefined; ask = open.pop()) {
      const { method, path, action, who } = ask;
      const refusal = refusalOf(action, { standing: who.role, scopes: who.scopes }, switches);
      const expected = refusal === null ? "allowed" : refusal.why === "sign in" ? "401" : "403";
      const status = await statusOf(method, path, who);
      const got = status === 401 || status === 403 ? String(status) : "allowed";
      if (got !== expected || status >= 500)
        wrong.push(`${nameOf(who)}: ${method} ${path} is ${expected} by ${action}, was ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, askOn));
  return wrong.sort();
}

const operations = OPERATIONS.map(({ method, path, action }) => ({
  method: method.toUpperCase(),
  path: fill(path),
  action,
}));
const pages = Object.entries(PAGES).map(([address, action]) => ({
  method: "GET",
  path: fill(address),
  action,
}));
/** Battles and health have answers of their own to a nonsense address; none of these asks who it is. */
const files = Object.entries(FILES)
  .filter(([, action]) => action !== "public.read")
  .map(([address, action]) => ({ method: "GET", path: fill(address), action }));

describe("whoever comes, by session or token, may what the table says and nothing else", () => {
  test("at every operation of the API", async () => {
    expect(await differences([...operations, ...files], everybody, OPEN)).toEqual([]);
  }, 600_000);

  test("at every page, for which tokens open nothing", async () => {
    const browsers = everybody.filter(({ scopes }) => scopes === null);
    expect(await differences(pages, browsers, OPEN)).toEqual([]);
  }, 600_000);
});

test("a switch that is turned on the site holds from the next request on", async () => {
  const admin = everybody.find(({ role, scopes }) => role === "ADMIN" && scopes === null)!;
  const strangers = everybody.filter(({ role }) => role === "VISITOR" || role === "VOTER");
  const change = async (settings: Record<string, boolean | null>) => {
    const { status } = await sendRaw(site.port, {
      method: "POST",
      path: "/api/v1/settings",
      headers: { "content-type": "application/json", "x-forwarded-for": "11.0.0.1", ...admin.headers },
      body: JSON.stringify(settings),
    });
    expect(status).toBe(200);
  };
  const switched = operations.filter(({ action }) => "opened" in ACTIONS[action]);
  await change({ anonymousVoting: false, anonymousPrompts: false, anonymousSubmitting: true });
  const turned = {
    ...OPEN,
    anonymousVoting: false,
    anonymousPrompts: false,
    anonymousSubmitting: true,
  };
  expect(await differences(switched, strangers, turned)).toEqual([]);
  await change({ anonymousVoting: null, anonymousPrompts: null, anonymousSubmitting: null });
  expect(await differences(switched, strangers, OPEN)).toEqual([]);
}, 300_000);
