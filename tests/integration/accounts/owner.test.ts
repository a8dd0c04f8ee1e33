import { beforeAll, beforeEach, expect, test } from "vitest";
import { changeRole } from "@/lib/accounts/change-role";
import { OPERATOR } from "@/lib/accounts/manager";
import { createEnvironmentOwner } from "@/lib/accounts/create-account";
import { createInvite, hasOwner, inviteToken, ownerLink } from "@/lib/accounts/invites";
import { expectError } from "../../support/api-requests";
import { AuthBrowser } from "../../support/auth-browser";
import "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

// A site that others reach, with an owner that its environment names.
process.env.HOST = "0.0.0.0";
process.env.SALON_OWNER_EMAIL = "Owner@example.org";
process.env.SALON_OWNER_PASSWORD = "the owner's password";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});
beforeEach(async () => {
  await database.db.accountInvite.deleteMany();
  await database.db.user.deleteMany();
  tests += 1;
});

const NOW = Date.now();
const PASSWORD = "correct horse battery";
const tokenOf = (path: string) => new URL(path, "http://salon").searchParams.get("token")!;
let addresses = 0;
/** An e-mail address has few turns, so each test has people of its own. */
let tests = 0;
const emailOf = (name: string) => `${name}-${tests}@example.org`;
const signUp = (name: string, invite?: string) =>
  new AuthBrowser(`198.51.100.${(addresses += 1)}`).post("sign-up", {
    name,
    email: emailOf(name),
    password: PASSWORD,
    invite,
  });

test("the owner's link makes one owner: it is the same until it is used, and then none", async () => {
  const path = await ownerLink({ fresh: false, now: NOW });
  expect(await ownerLink({ fresh: false, now: NOW })).toBe(path);
  expect(await hasOwner()).toBe(false);
  expect((await signUp("ada", tokenOf(path))).status).toBe(200);
  expect(await hasOwner()).toBe(true);
  expect(await database.db.user.findFirst()).toMatchObject({ role: "OWNER", emailVerified: true });
  const { id } = await database.db.user.findFirstOrThrow();
  expect(await database.db.auditEvent.findMany({ where: { subjectId: id } })).toMatchObject([
    { action: "accounts.create", actorId: id, after: { role: "OWNER" } },
  ]);
  await expectError(await signUp("eve", tokenOf(path)), 404, "not_found", "invite");
  expect(await database.db.user.count()).toBe(1);
});

test("of many who open the owner's link at once, one is the owner and the others have no account", async () => {
  const invite = tokenOf(await ownerLink({ fresh: false, now: NOW }));
  const names = ["ada", "bob", "cy", "dan", "eve"];
  const answers = await Promise.all(names.map((name) => signUp(name, invite)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
  expect(await database.db.user.findMany({ select: { role: true } })).toEqual([{ role: "OWNER" }]);
});

test("a fresh link ends the one before it", async () => {
  const first = await ownerLink({ fresh: false, now: NOW });
  const second = await ownerLink({ fresh: true, now: NOW });
  await expectError(await signUp("ada", tokenOf(first)), 404, "not_found");
  expect((await signUp("ada", tokenOf(second))).status).toBe(200);
});

test("what the database holds makes no link: its id needs the secret's signature", async () => {
  const token = tokenOf(await ownerLink({ fresh: false, now: NOW }));
  const [id, signature] = token.split(".");
  const rows = JSON.stringify(await database.db.accountInvite.findMany());
  expect(rows).toContain(id);
  expect(rows).not.toContain(signature);
  for (const forged of [id, `${id}.`, `${id}.${"A".repeat(22)}`, `${id}.${signature}.x`])
    await expectError(await signUp("eve", forged), 404, "not_found");
});

test("a site that others reach takes accounts by invitation alone, for the address and the time it names", async () => {
  await expectError(await signUp("eve"), 403, "forbidden");
  const make = async (ask: { email?: string; days?: number }) => {
    const invite = await createInvite({
      role: "CURATOR",
      email: ask.email ?? null,
      days: ask.days ?? null,
      by: "operator",
      now: NOW,
    });
    return inviteToken(invite.id);
  };
  await expectError(await signUp("eve", await make({ days: -1 })), 404, "not_found");
  const forBob = await make({ email: emailOf("Bob") });
  await expectError(await signUp("eve", forBob), 400, "invalid_request", "email");
  expect((await signUp("bob", forBob)).status).toBe(200);
  expect(await database.db.user.findFirst()).toMatchObject({ email: emailOf("bob"), role: "CURATOR" });
});

test("an address that has an account keeps its password and its role, and the invitation is not used up", async () => {
  const invite = tokenOf(await ownerLink({ fresh: false, now: NOW }));
  const curator = await createInvite({ role: "CURATOR", email: null, days: null, now: NOW, by: "operator" });
  await signUp("bob", await inviteToken(curator.id));
  await expectError(await signUp("bob", invite), 409, "conflict", "email");
  expect(await database.db.user.findFirst()).toMatchObject({ role: "CURATOR" });
  expect((await signUp("ada", invite)).status).toBe(200);
});

test("a role is changed at the command line, written down, and never the last owner's", async () => {
  await signUp("ada", tokenOf(await ownerLink({ fresh: false, now: NOW })));
  const email = emailOf("ada");
  await expect(changeRole({ account: { email }, role: "VOTER", manager: OPERATOR })).rejects.toMatchObject({
    code: "conflict",
  });
  await signUp("bob", tokenOf(await ownerLink({ fresh: true, now: NOW })));
  await changeRole({ account: { email: email.toUpperCase() }, role: "CURATOR", manager: OPERATOR });
  const { id, role } = await database.db.user.findUniqueOrThrow({ where: { email } });
  expect(role).toBe("CURATOR");
  expect(
    await database.db.auditEvent.findMany({ where: { subjectId: id, action: "accounts.role" } }),
  ).toMatchObject([{ actor: "OPERATOR", before: { role: "OWNER" }, after: { role: "CURATOR" } }]);
});

test("the environment makes the owner once, and none where there is one", async () => {
  expect(await createEnvironmentOwner(NOW)).toBe(true);
  expect(await createEnvironmentOwner(NOW)).toBe(false);
  const browser = new AuthBrowser();
  await browser.post("sign-in", { email: "owner@example.org", password: "the owner's password" });
  expect(await browser.account()).toMatchObject({ role: "OWNER" });
});
