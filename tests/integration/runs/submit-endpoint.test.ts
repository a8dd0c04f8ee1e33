import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { testConnection } from "@/lib/models/test-connection";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { connectionTest, type ConnectionTestInput } from "@/lib/schemas/submissions";
import { openFromRow } from "@/lib/secrets/open-key";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
let endpoint: ImageEndpoint;
beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 20);
});
beforeEach(() => {
  endpoint.answer = ANSWERS.good;
});
afterAll(() => endpoint.close());

const submit = (more = {}) =>
  database.db.$transaction((tx) =>
    submitEndpoint({ submission: submissionOf(endpoint, more), voterId: "vtr_submitter" }, tx),
  );
const jobs = () =>
  database.db.$queryRaw<{ key: string; queue_name: string; priority: number }[]>`
    select key, queue_name, priority from graphile_worker.jobs order by priority, id`;

describe("a submission", () => {
  it("is one transaction: when it is rolled back, neither rows nor jobs are left", async () => {
    await expect(
      database.db.$transaction(async (tx) => {
        await submitEndpoint({ submission: submissionOf(endpoint), voterId: "vtr_submitter" }, tx);
        expect(await tx.model.count()).toBe(1);
        throw new Error("after all not");
      }),
    ).rejects.toThrow("after all not");
    expect(await database.db.model.count()).toBe(0);
    expect(await database.db.endpoint.count()).toBe(0);
    expect(await database.db.run.count()).toBe(0);
    expect(await jobs()).toEqual([]);
  });

  it("makes model, endpoint, run and the run's jobs, which take turns in as many of the submitter's queues as the endpoint takes requests", async () => {
    const answer = await submit({ name: "Ünïque [dev]", concurrency: 2, apiKey: "sk-0123456789abcdef" });
    expect(answer.model).toBe("uenique-dev");
    const run = await database.db.run.findUniqueOrThrow({
      where: { id: answer.runId },
      include: { model: { include: { endpoint: true } } },
    });
    expect(run).toMatchObject({ state: "QUEUED", promptCount: 20, listsModel: true });
    expect(run.model).toMatchObject({ listed: false, bundled: false, submitterId: "vtr_submitter" });
    const promptOf = ({ key }: { key: string }) => Number(key.split(":").at(-1));
    const queued = (await jobs())
      .filter(({ key }) => key.startsWith(run.id))
      .sort((a, b) => promptOf(a) - promptOf(b));
    // As many jobs as an endpoint may be sent requests at a time, at most.
    const jobOf = (prompt: number) => [`${run.id}:generate:${prompt}`, 10 + Math.floor(prompt / 8)];
    expect(queued.map(({ key, priority }) => [key, priority])).toEqual(
      Array.from({ length: 20 }, (_, prompt) => jobOf(prompt)),
    );
    const queues = queued.map(({ queue_name }) => queue_name);
    expect(queues[0]).toMatch(/^generate:vtr_submitter:\d+$/);
    expect(queues[2]).toBe(queues[0]);
    expect(queues[1]).not.toBe(queues[0]);
  });

  it("keeps the key sealed for its own row", async () => {
    const { modelId } = await submit({ apiKey: "sk-0123456789abcdef" });
    const row = await database.db.endpoint.findUniqueOrThrow({ where: { modelId } });
    expect(row.apiKeyLast4).toBe("cdef");
    expect(Buffer.from(row.apiKeySealed!).toString("latin1")).not.toContain("0123456789");
    expect(await openFromRow(row.apiKeySealed!, row.id)).toBe("sk-0123456789abcdef");
    await expect(openFromRow(row.apiKeySealed!, "end_other")).rejects.toThrow("damaged");
  });

  it("of one name, many at once, get slugs of their own", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit({ name: "Twin" })));
    expect(answers.map(({ model }) => model).sort()).toEqual(
      ["twin", "twin-2", "twin-3", "twin-4", "twin-5", "twin-6"], // prettier-ignore
    );
  });

  it.each([
    [{ endpointUrl: "http://10.0.0.1/v1" }, "endpointUrl", "not on the public Internet"],
    [{ endpointUrl: "http://user:pass@example.org/v1" }, "endpointUrl", "its own field"],
    [{ board: "text-to-smell" }, "board", 'no board "text-to-smell"'],
    [{ promptCount: 21 }, "promptCount", "20 prompts"],
  ])("with %o is refused and leaves nothing", async (more, field, words) => {
    const before = await database.db.model.count();
    await expect((async () => submit(more))()).rejects.toMatchObject({
      message: expect.stringContaining(words),
      details: { field },
    });
    expect(await database.db.model.count()).toBe(before);
  });
});

describe("a connection test", () => {
  const test = (more: Partial<ConnectionTestInput> = {}, client?: GuardedClient) =>
    testConnection(
      {
        input: connectionTest.parse({ endpointUrl: endpoint.origin, providerModel: "test", ...more }),
        voterId: "vtr_tester",
      },
      { client },
    );

  it("shows the sample of an endpoint that works", async () => {
    await expect(test()).resolves.toMatchObject({
      ok: true,
      outcome: "ok",
      width: 64,
      height: 64,
      imageDataUrl: expect.stringMatching(/^data:image\/webp;base64,/),
    });
  });

  it("asks with the parameters that the run would have", async () => {
    endpoint.orders.length = 0;
    await test();
    await test({ seeds: [9, 8], steps: 30, guidance: 2, extraFields: { scheduler: "euler" } });
    await test({ seeds: "none", negativePrompt: "blur" });
    expect(endpoint.orders.map(({ seed }) => seed)).toEqual([1, 2, 1, 9, 8, 9, undefined, undefined]);
    const [plain, listed, unseeded] = [endpoint.orders[0], endpoint.orders[3], endpoint.orders[6]];
    expect(plain).toMatchObject({ size: "64x64", seed: 1 });
    expect(plain).not.toHaveProperty("num_inference_steps");
    expect(listed).toMatchObject({ seed: 9, num_inference_steps: 30, guidance_scale: 2, scheduler: "euler" });
    expect(unseeded).toMatchObject({ negative_prompt: "blur" });
    expect(unseeded).not.toHaveProperty("seed");
  });

  it("gives each of its calls as long as a run would", async () => {
    const waits: number[] = [];
    const client: GuardedClient = {
      ...guardedClient(),
      sendForMedia: (request, limits) => {
        waits.push(Math.round(request.deadlineMs / 1000));
        return guardedClient().sendForMedia(request, limits);
      },
    };
    await test({ seeds: "none" }, client);
    await test({ seeds: "none", timeoutSeconds: 900 }, client);
    expect(waits).toEqual([180, 180, 900, 900]);
  });

  it("says what to change when it does not", async () => {
    endpoint.answer = ANSWERS.html;
    await expect(test()).resolves.toMatchObject({
      ok: false,
      outcome: "invalid",
      message: expect.stringContaining("ends in /v1"),
      imageDataUrl: null,
    });
  });
});
