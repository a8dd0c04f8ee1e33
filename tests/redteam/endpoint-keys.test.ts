import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getEndpointModel } from "@/app/api/v1/models/[slug]/route";
import { POST as postTest } from "@/app/api/v1/models/test/route";
import { GET as getDeliveries } from "@/app/api/v1/webhooks/[webhook]/deliveries/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { addModel } from "@/lib/models/add-model";
import { newId } from "@/lib/db/new-id";
import { exportOwn } from "@/lib/privacy/export-own";
import { startRun } from "@/lib/runs/start-run";
import { readFormatOptions } from "@/lib/schemas/formats/format-options";
import type { FormatId } from "@/lib/schemas/formats/formats";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { request } from "../support/api-requests";
import { addBoard, startWorker, useDataFolder, type TestBoard } from "../support/evaluation-world";
import { VENDORS } from "../support/format-mocks/vendors";
import { startServer, type TestServer } from "../support/http-server";
import { noisePng } from "../support/images";
import { everyRow, formsOf } from "../support/leaks";
import { useTestDatabase } from "../support/test-database";
import { startReceiver, type WebhookReceiver } from "../support/webhook-receiver";

const folder = useDataFolder();
const database = useTestDatabase();
const voterId = newId("voter");
/** With signs that addresses, JSON and HTML write otherwise. */
const KEY = "k3y/of+somebody:with<signs>&more=9";
/** One of each way to send a key. */
const FORMATS: FormatId[] = ["openai-images", "fal", "bfl", "gemini", "a1111", "http"];
/** Four are answered wrongly, the rest with an image where the format is such: too few to end a run before it has one. */
const PROMPTS = 9;
let vendor: TestServer;
let receiver: WebhookReceiver;
let board: TestBoard;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  vendor = await startServer((asked, response) => {
    let body = "";
    asked.setEncoding("utf8").on("data", (text: string) => (body += text));
    asked.on("end", () => {
      const { status, text } = echo(Number(/prompt (\d)/.exec(body)?.[1] ?? 0), vendor.origin);
      response.writeHead(status, { "content-type": "application/json" }).end(text);
    });
  });
  receiver = await startReceiver();
  board = await addBoard(database.db, PROMPTS);
  const image = await noisePng(64, 64, "any");
  drawn = image.toString("base64");
});
afterAll(() => Promise.all([vendor.close(), receiver.close()]));
let drawn = "";

/** What a vendor answers who tells everybody the key, in one way for each prompt. */
function echo(prompt: number, origin: string): { status: number; text: string } {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const said = `Wrong: ${KEY}, ${encodeURIComponent(KEY)}, Basic ${base64(KEY)}, ${base64(`Bearer ${KEY}`)}`;
  switch (prompt) {
    case 4:
      return {
        status: 401,
        text: JSON.stringify({
          error: { message: said, code: KEY, headers: { authorization: ["Bearer", KEY] } },
        }),
      };
    case 1:
      return {
        status: 422,
        text: JSON.stringify({ detail: [{ msg: JSON.stringify({ said: JSON.stringify(KEY) }), type: KEY }] }),
      };
    case 2: // cut off within the key
      return { status: 400, text: `${"x ".repeat(9_990)}${KEY}` };
    case 3:
      return {
        status: 200,
        text: JSON.stringify({
          data: [{ url: `${origin}/file?key=${encodeURIComponent(KEY)}` }],
          request_id: KEY,
          status_url: `${origin}/s/${KEY}`,
          id: KEY,
        }),
      };
    default:
      return {
        status: 200,
        text: JSON.stringify({
          data: [{ b64_json: drawn, revised_prompt: said }],
          images: [drawn],
          info: said,
          parameters: { key: KEY },
        }),
      };
  }
}

test("an endpoint that tells its key in every answer gets it into no table, job, log, stored file, webhook, answer or export", async () => {
  const logged: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
  const site = { error: console.error, warn: console.warn, log: console.log };
  const listen = (...said: unknown[]) => void logged.push(said.map(String).join(" "));
  Object.assign(console, { error: listen, warn: listen, log: listen });
  const runs: { runId: string; slug: string; format: FormatId }[] = [];
  const hooks: string[] = [];
  for (const format of FORMATS) {
    const { options, model } = VENDORS.find((each) => each.format === format)!;
    const read = readFormatOptions(format, options);
    if ("problem" in read) throw new Error(read.problem);
    const called = {
      format,
      formatOptions: read.options ?? undefined,
      baseUrl: vendor.origin,
      providerModel: model,
    };
    const { id: modelId, slug } = await addModel(
      { name: `Of ${format}`, creator: "Tests", modality: "TEXT_TO_IMAGE", submitterId: voterId },
      { ...called, apiKey: KEY },
      database.db,
    );
    const url = `${receiver.origin}/${format}`;
    const events = ["run.finished" as const, "endpoint.failing" as const];
    hooks.push((await createWebhook({ webhook: { model: slug, url, events }, by: { voterId } })).id);
    const { promptSetId } = board;
    runs.push({
      runId: await startRun({ modelId, promptSetId, promptCount: PROMPTS, listsModel: false }, database.db),
      slug,
      format,
    });
  }
  const worker = await startWorker(database.db, database.url, log);
  const open = () =>
    database.db.run.count({ where: { state: { in: ["QUEUED", "GENERATING", "EXTRACTING", "SCORING"] } } });
  await expect.poll(open, { timeout: 120_000, interval: 100 }).toBe(0);
  await expect
    .poll(() => receiver.received.length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(FORMATS.length);
  await worker.stop();

  const cookie = `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const at = (params: object) => ({ params: Promise.resolve(params) as Promise<never> });
  const answers: string[] = [];
  const hear = async (answer: Promise<Response>) => void answers.push(await (await answer).text());
  for (const { runId, slug, format } of runs) {
    await hear(getRun(request("GET", "/x", { cookie }), at({ runId })));
    await hear(getEndpointModel(request("GET", "/x", { cookie }), at({ slug })));
    const { options, model } = VENDORS.find((each) => each.format === format)!;
    const body = {
      endpointUrl: vendor.origin,
      providerModel: model,
      apiKey: KEY,
      format,
      formatOptions: options,
      imageSize: "64x64",
    };
    await hear(postTest(request("POST", "/x", { cookie, body })));
  }
  for (const webhook of hooks) await hear(getDeliveries(request("GET", "/x", { cookie }), at({ webhook })));
  Object.assign(console, site);
  const exported: string[] = [];
  for await (const line of await exportOwn({ voterId, now: Date.now() })) exported.push(line);

  const places = {
    database: await everyRow(database.db),
    logs: logged.join("\n"),
    webhooks: JSON.stringify(receiver.received),
    answers: answers.join("\n"),
    export: exported.join("\n"),
    files: readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name), "latin1"))
      .join("\n"),
  };
  // What is looked through holds what was said of the key, so that a look that finds nothing has looked.
  for (const place of ["database", "answers"] as const) expect(places[place]).toContain("[key]");
  for (const { runId } of runs)
    for (const place of ["database", "webhooks", "answers", "export"] as const)
      expect(places[place]).toContain(runId);
  expect(await database.db.sample.count()).toBeGreaterThan(0);
  expect(await database.db.sampleFailure.count()).toBeGreaterThan(FORMATS.length);
  // The ends are looked for too: an answer that is cut leaves a part.
  const wanted = [...formsOf(KEY), ...KEY.split(":"), KEY.slice(0, 12), KEY.slice(-12)];
  for (const [place, text] of Object.entries(places))
    for (const form of wanted) expect(text.includes(form), `${place}: ${form}`).toBe(false);
}, 200_000);
