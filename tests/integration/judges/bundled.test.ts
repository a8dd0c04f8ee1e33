import { afterAll, beforeAll, expect, it } from "vitest";
import { Prisma } from "@/lib/db/generated/client";
import { seed } from "@/lib/installation/seed";
import { pauseJudge } from "@/lib/judges/pause-judge";
import { registerBundledJudges } from "@/lib/judges/register-bundled-judges";
import { guardedClient } from "@/lib/providers/guarded-client";
import { useDataFolder } from "../../support/evaluation-world";
import { startServer, type TestServer } from "../../support/http-server";
import { JUDGE_ANSWERS, type ChatRequestBody } from "../../support/judge-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
let backend: TestServer;
let asked = 0;
beforeAll(async () => {
  process.env.SEED_BUNDLED_MODELS = "false";
  process.env.BUNDLED_JUDGE_PROMPTS = "50";
  const facts = { name: "Toybox judge", creator: "Salon" };
  backend = await startServer((request, response) => {
    if (request.url === "/v1/models") {
      const data = [
        { id: "flow", salon: { endpoint: "/v1/images/generations" } },
        { id: "toybox-judge", salon: { endpoint: "/v1/chat/completions", ...facts } },
      ];
      response.end(JSON.stringify({ object: "list", data }));
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked++;
      JUDGE_ANSWERS.good(response, JSON.parse(Buffer.concat(chunks).toString()) as ChatRequestBody);
    });
  });
  process.env.GENERATION_PORT = String(backend.port);
  await seed(database.db);
});
afterAll(async () => {
  await guardedClient().close();
  await backend.close();
});

const register = () => registerBundledJudges({ db: database.db, client: guardedClient() });

it("the bundled judge comes once, probed, for free, with every rubric of images, pairs of videos and exact checklists of the bundled prompts", async () => {
  const { db } = database;
  await register();
  await register();
  const [judge, ...others] = await db.judge.findMany();
  expect(others).toEqual([]);
  expect(judge).toMatchObject({
    slug: "toybox-judge",
    bundled: true,
    logprobs: true,
    jsonSchema: true,
    promptsPerRun: 50,
    usdPerMillionInputTokens: new Prisma.Decimal(0),
    rubrics: ["viescore@1", "pairwise@1", "checklist@1", "vqascore@1", "videopair@1"],
  });
  expect(asked).toBe(2);
  const sets = await db.questionSet.findMany({ include: { checklists: true } });
  expect(sets).toHaveLength(1);
  expect(sets[0]).toMatchObject({ version: 1, proposedBy: "grammar", reviewedBy: "Salon" });
  expect(sets[0].checklists).toHaveLength(await db.prompt.count());
  expect(sets[0].checklists.every(({ problem }) => problem === null)).toBe(true);
});

it("one that stopped because the backend was away goes on at the next start; one that was paused by hand does not", async () => {
  const { db } = database;
  const { id } = await db.judge.findFirstOrThrow();
  await pauseJudge(id, { code: "no_answers", calls: 10, said: "It is away." }, db);
  await register();
  expect((await db.judge.findFirstOrThrow()).state).toBe("ACTIVE");
  await pauseJudge(id, null, db);
  await register();
  expect((await db.judge.findFirstOrThrow()).state).toBe("PAUSED");
});
