import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import {
  BOMB_NAMES,
  PROBABILITY_BOMB_NAMES,
  startBombEndpoint,
  WORD_BOMB_NAMES,
} from "../../support/bomb-endpoint";
import type { BombCall, BombDamage } from "../../support/bomb-victim";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import type { TestServer } from "../../support/http-server";
import { startImageEndpoint } from "../../support/image-endpoint";
import { startJudgeEndpoint } from "../../support/judge-endpoint";
import { useTestDatabase } from "../../support/test-database";

/** What a health check that hangs behind a stalled event loop may wait, and what one call may cost a site's memory. */
const LONGEST_STALL_MS = 200;
const MOST_GROWTH_MB = 200;
/** And all of them, one after the other: memory that is free again goes back late. */
const MOST_GROWTH_IN_ALL_MB = 400;
const SLOWEST_SECONDS = 60;

const folder = useDataFolder();
const database = useTestDatabase();
let bombs: TestServer;
let victim: ChildProcess;

async function send(ask: BombCall): Promise<BombDamage> {
  victim.send(ask);
  const [damage] = (await once(victim, "message")) as [BombDamage];
  return damage;
}

beforeAll(async () => {
  bombs = await startBombEndpoint();
  await addBoard(database.db, 4);
  victim = fork("tests/support/bomb-victim.ts", {
    execArgv: ["--import", "tsx"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: database.url,
      SALON_DATA_DIR: folder.path,
      SALON_SECRET: "a secret of the tests, which nobody must guess",
      HOST: "127.0.0.1",
      OUTBOUND_ALLOW: "127.0.0.1",
    },
  });
  await once(victim, "message");
  // What is loaded at the first call of its kind is no bomb's doing.
  const [good, judge] = [await startImageEndpoint(), await startJudgeEndpoint()];
  const warm = { call: "test a model", url: good.origin, imageSize: "64x64" } as const;
  expect((await send(warm)).outcome).toContain("It works");
  expect((await send({ ...warm, call: "test a judge", url: judge.origin })).outcome).toContain("It works");
  expect((await generateFrom(good, "A good model")).outcome).toBe("");
  await Promise.all([good.close(), judge.close()]);
});
afterAll(async () => {
  victim.disconnect();
  await once(victim, "exit");
  await bombs.close();
});

/** Have the worker's code generate a sample of a new model at an endpoint. */
async function generateFrom(endpoint: TestServer, name: string, imageSize = "64x64"): Promise<BombDamage> {
  const submission = submissionOf(endpoint, { name, imageSize });
  const { runId } = await submitEndpoint({ submission, voterId: "vtr_bomber" }, database.db);
  return send({ call: "generate", url: runId, imageSize });
}

function expectNoHarm({ outcome, longestStallMs, grownMb, grownSinceStartMb, seconds }: BombDamage) {
  expect(outcome).toMatch(/^(The (endpoint|judge|answer)|It answers)/);
  expect(longestStallMs).toBeLessThan(LONGEST_STALL_MS);
  expect(grownMb).toBeLessThan(MOST_GROWTH_MB);
  expect(grownSinceStartMb).toBeLessThan(MOST_GROWTH_IN_ALL_MB);
  expect(seconds).toBeLessThan(SLOWEST_SECONDS);
}
const address = (bomb: string, way: string) => `${bombs.origin}/${encodeURIComponent(bomb)}/${way}v1`;

/** The largest size there is leaves the most room. */
const attack = (call: BombCall["call"], bomb: string, way = "") =>
  send({ call, url: address(bomb, way), imageSize: "4096x4096" });

describe("whoever tests an endpoint stalls nobody, whatever it answers", () => {
  test.each(BOMB_NAMES)("a model: %s", async (bomb) => {
    expectNoHarm(await attack("test a model", bomb));
  });

  test.each(BOMB_NAMES)("a model, compressed: %s", async (bomb) => {
    expectNoHarm(await attack("test a model", bomb, "gzip/"));
  });

  test.each([...BOMB_NAMES, ...WORD_BOMB_NAMES])("a judge: %s", async (bomb) => {
    expectNoHarm(await attack("test a judge", bomb));
  });

  test.each(PROBABILITY_BOMB_NAMES)(
    "a judge of pairs, by the probabilities of its tokens: %s",
    async (bomb) => {
      expectNoHarm(await attack("judge a pair", bomb));
    },
  );

  test.each(["test a model", "test a judge"] as const)("as an error, to those who %s", async (call) => {
    expectNoHarm(await attack(call, BOMB_NAMES[0], "500/"));
    expectNoHarm(await attack(call, BOMB_NAMES[1], "500/gzip/"));
  });
});

describe("a worker that generates from an endpoint is not stalled, whatever it answers", () => {
  test.each(BOMB_NAMES.slice(0, 6))("%s", async (bomb) => {
    const endpoint = { origin: address(bomb, ""), port: 0, close: async () => {} };
    expectNoHarm(await generateFrom(endpoint, bomb, "4096x4096"));
  });
});
