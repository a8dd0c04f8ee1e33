import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getSettings, POST as postSettings } from "@/app/api/v1/settings/route";
import { POST as postRun } from "@/app/api/v1/models/[slug]/runs/route";
import { QUOTA_NAMES, windowOf, type Quota } from "@/lib/access/quotas";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import { env } from "@/lib/env";
import type { SalonError } from "@/lib/errors";
import { isSpentToday, noteSpending } from "@/lib/judges/note-spending";
import { newId } from "@/lib/db/new-id";
import { forgetUses } from "@/lib/quotas/forget-uses";
import { readUsage } from "@/lib/quotas/read-usage";
import { useQuota } from "@/lib/quotas/use-quota";
import { errorResponse } from "@/lib/schemas/error-response";
import { changeSettings } from "@/lib/settings/change-settings";
import type { UserRole } from "@/lib/db/generated/enums";
import { addAccount } from "../../support/add-account";
import { request } from "../../support/api-requests";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.HOST = "0.0.0.0";
process.env.QUOTAS = "voter.runs=2";
const database = useTestDatabase();
let arena: Arena;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 4, endpoints: true });
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
  await database.db.setting.deleteMany();
});

const holderOf = async (role: UserRole) => {
  const { voterId, userId } = await addAccount(database.db, role);
  return { ownerId: voterId, addressHash: null, userId };
};
const use = (quota: Quota, by: { ownerId: string | null; addressHash: string | null }, amount = 1) =>
  database.db.$transaction((tx) => useQuota({ quota, amount, by }, tx), { maxWait: 60_000, timeout: 60_000 });
const set = (quotas: Record<string, number | "none" | null>) =>
  changeSettings({ change: { quotas }, by: "operator" });
const usedOf = async (voterId: string, quota: Quota) =>
  (await readUsage(voterId, Date.now())).find((use) => use.quota === quota)?.used;

test.each(QUOTA_NAMES)("fifty at once never use more of %s than there is, nor less", async (quota) => {
  const by = await holderOf("SUBMITTER");
  await set({ [`submitter.${quota}`]: 7 });
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => use(quota, by)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
  const refused = all.flatMap((one) => (one.status === "rejected" ? [one.reason as SalonError] : []));
  for (const { code, details } of refused) {
    expect(code).toBe("rate_limited");
    expect(details.quota).toEqual({ name: quota, limit: 7, used: 7 });
    expect(details.retryAfterSeconds).toBeLessThanOrEqual(86_400);
  }
  expect(await usedOf(by.ownerId, quota)).toBe(7);
});

test("what is not done in the end is not counted", async () => {
  const by = await holderOf("SUBMITTER");
  await set({ "submitter.runs": 1 });
  const undone = database.db.$transaction(async (tx) => {
    await useQuota({ quota: "runs", amount: 1, by }, tx);
    throw new Error("the rest of it failed");
  });
  await expect(undone).rejects.toThrow("the rest");
  expect(await usedOf(by.ownerId, "runs")).toBe(0);
  await use("runs", by);
  await expect(use("runs", by)).rejects.toThrow("1 runs a day, of which 1 is used");
});

test("the site's settings come before the environment, and none is none", async () => {
  const by = await holderOf("VOTER");
  await use("runs", by, 2);
  await expect(use("runs", by)).rejects.toThrow("2 runs a day");
  await set({ "voter.runs": 3 });
  await use("runs", by);
  await set({ "voter.runs": "none" });
  await use("runs", by, 1_000);
  expect(await usedOf(by.ownerId, "runs")).toBeUndefined();
  await set({ "voter.runs": null });
  await expect(use("runs", by)).rejects.toThrow("2 runs a day");
});

test("visitors are counted by their address too, whatever cookies they come with; accounts behind it are not", async () => {
  await set({ "visitor.prompts": 2, "voter.prompts": 2 });
  const cookie = () => ({ ownerId: newId("voter"), addressHash: "an-address" });
  for (let i = 0; i < 3; i++) await use("prompts", cookie(), 2);
  await expect(use("prompts", cookie())).rejects.toThrow("6 prompts of your own");
  await use("prompts", { ...(await holderOf("VOTER")), addressHash: "an-address" });
  await use("prompts", { ownerId: null, addressHash: null }, 1_000); // the operator
});

test("a new day begins with nothing used, and days that are over are forgotten", async () => {
  const by = await holderOf("VOTER");
  await use("runs", by, 2);
  const { since } = windowOf("runs", Date.now());
  await database.db.quotaUse.updateMany({
    where: { holder: by.ownerId },
    data: { since: new Date(since - 86_400_000) },
  });
  await use("runs", by, 2);
  expect(await forgetUses(Date.now() + 86_400_000)).toBeGreaterThan(0);
  expect(await database.db.quotaUse.count({ where: { holder: by.ownerId } })).toBe(1);
});

test("a site that only this machine reaches and nobody owns bounds nobody", async () => {
  const by = await holderOf("VOTER");
  env().openBeyondLoopback = false;
  try {
    await use("runs", by, 1_000);
    expect(await readUsage(by.ownerId, Date.now())).toEqual([]);
  } finally {
    env().openBeyondLoopback = true;
  }
});

test("runs are refused with 429, the limit, what is used, and when to come back; calls by a token are counted", async () => {
  const { ownerId: voterId } = await holderOf("SUBMITTER");
  const [model] = arena.models;
  await database.db.model.update({ where: { id: model.id }, data: { submitterId: voterId } });
  const wanted = { name: "n", scopes: ["submit" as const], days: null };
  const { token } = await createToken({ wanted, voterId, now: Date.now() });
  await set({ "submitter.runs": 1, "submitter.samples": 4, "submitter.calls": 4 });
  const start = () =>
    postRun(
      request("POST", "/x", {
        body: { board: arena.board, samplesPerPrompt: 1 },
        headers: { authorization: `Bearer ${token}` },
      }),
      { params: Promise.resolve({ slug: model.slug }) },
    );
  const before = await database.db.run.count();
  expect((await start()).status).toBe(201);
  const second = await start();
  expect(second.status).toBe(429);
  expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(0);
  const { error } = errorResponse.parse(await second.json());
  expect(error).toMatchObject({ code: "rate_limited", quota: { name: "runs", limit: 1, used: 1 } });
  await set({ "submitter.runs": 2 });
  expect(errorResponse.parse(await (await start()).json()).error.quota).toEqual({
    name: "samples",
    limit: 4,
    used: 4,
  });
  expect(await database.db.run.count()).toBe(before + 1);
  expect([await usedOf(voterId, "runs"), await usedOf(voterId, "samples")]).toEqual([1, 4]);
  expect((await start()).status).toBe(429);
  expect(errorResponse.parse(await (await start()).json()).error.quota?.name).toBe("calls");
});

test("what a judge spends counts for its owner's day, and ends it; the site's own judges have their budgets alone", async () => {
  const { ownerId } = await holderOf("CURATOR");
  await set({ "curator.judging": 0.5 });
  const judge = async (ownerId: string | null) => {
    const id = newId("judge");
    await database.db.judge.create({
      data: {
        ...{ id, slug: id, name: id, creator: "tests", baseUrl: "http://127.0.0.1:1" },
        providerModel: "m",
        rubrics: [],
        ownerId,
      },
    });
    return { id, ownerId };
  };
  const [own, sites] = [await judge(ownerId), await judge(null)];
  const spend = (judge: { id: string; ownerId: string | null }, usd: number) =>
    database.db.$transaction((tx) => noteSpending(judge, usd, tx));
  await spend(own, 0.3);
  expect(await isSpentToday(own, database.db)).toBe(false);
  await spend(own, 0.3);
  expect(await isSpentToday(own, database.db)).toBe(true);
  expect(await usedOf(ownerId, "judging")).toBe(0.6);
  await spend(sites, 1_000);
  expect(await isSpentToday(sites, database.db)).toBe(false);
  const spent = await database.db.judge.findUniqueOrThrow({ where: { id: own.id } });
  expect(spent.spentUsd.toNumber()).toBe(0.6);
});

test("admins read and set quotas over the API, and a wrong one changes nothing", async () => {
  const { ownerId: voterId } = await holderOf("ADMIN");
  const wanted = { name: "n", scopes: ["admin" as const], days: null };
  const { token } = await createToken({ wanted, voterId, now: Date.now() });
  const headers = { authorization: `Bearer ${token}` };
  const change = (quotas: unknown) => postSettings(request("POST", "/x", { body: { quotas }, headers }));
  const read = async () => {
    const { quotas } = (await (await getSettings(request("GET", "/x", { headers }))).json()) as {
      quotas: Record<string, { value: number | null; isSet: boolean }>;
    };
    return [quotas["voter.runs"], quotas["voter.judging"]];
  };
  expect((await change({ "voter.runs": 9, "voter.judging": "none" })).status).toBe(200);
  const now = [
    { value: 9, isSet: true },
    { value: null, isSet: true },
  ];
  expect(await read()).toEqual(now);
  for (const wrong of [{ "voter.runs": -1 }, { "voter.nothing": 1 }, { "voter.runs": "lots" }])
    expect((await change(wrong)).status).toBe(400);
  expect(await read()).toEqual(now);
  expect((await change({ "voter.runs": null, "voter.judging": null })).status).toBe(200);
  expect(await read()).toEqual([
    { value: 2, isSet: false },
    { value: 10, isSet: false },
  ]);
});
