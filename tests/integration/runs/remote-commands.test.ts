import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getBoards } from "@/app/api/v1/boards/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import { addBoard, startWorker, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { addAccount } from "../../support/add-account";
import { runSalon } from "../../support/run-salon";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
let endpoint: ImageEndpoint;
let site: Server;
let origin: string;
let folder: string;
/** While it is set, the site is there and answers this. */
let outage: number | null = null;

/** The site's own routes behind a real socket. */
function startSite(port = 0): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => void answer());
    const answer = async () => {
      const { method = "GET", url = "/" } = incoming;
      if (outage !== null) return outgoing.writeHead(outage).end("a proxy's page");
      const headers = new Headers();
      for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
      const body = method === "GET" ? undefined : Buffer.concat(chunks);
      const request = new Request(`http://${incoming.headers.host}${url}`, { method, headers, body });
      const runId = /^\/api\/v1\/runs\/([^/]+)$/.exec(url)?.[1];
      const response = await (url === "/api/v1/boards"
        ? getBoards(request)
        : runId === undefined
          ? postModel(request)
          : getRun(request, { params: Promise.resolve({ runId }) }));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    };
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 12);
  site = await startSite();
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  folder = await mkdtemp(path.join(tmpdir(), "salon-remote-"));
});
beforeEach(async () => {
  outage = null;
  endpoint.answer = ANSWERS.good;
  await database.db.rateLimit.deleteMany();
});
afterAll(async () => {
  await endpoint.close();
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
  await rm(folder, { recursive: true });
});

const salon = (...args: string[]) =>
  runSalon([...args, "--session", path.join(folder, "sessions.json")], {
    SALON_URL: origin,
    // Neither exists: these commands need no database and no data folder.
    DATABASE_URL: "postgresql://nobody@127.0.0.1:9/none",
    SALON_DATA_DIR: path.join(folder, "none"),
    ENDPOINT_KEY: "sk-test-0123456789",
  });
const submit = async (...more: string[]) => {
  const ended = await salon("submit", "--url", endpoint.origin, "--model", "test", ...more);
  return { ...ended, runId: /^run_\w+$/m.exec(ended.output)?.[0] ?? "" };
};
const withWorker = async <T>(work: () => Promise<T>): Promise<T> => {
  const worker: TestWorker = await startWorker(database.db, database.url);
  return work().finally(() => worker.stop());
};

/** When the site's next answer has been sent. */
const answered = () =>
  new Promise<void>((resolve) => site.once("request", (_, response) => response.once("finish", resolve)));

test("a script submits an endpoint, waits for its run, and stops or goes on by its scores", async () => {
  const { code, output, runId } = await submit("--name", "Scripted", "--key-env", "ENDPOINT_KEY");
  expect(code, output).toBe(0);
  expect(runId).not.toBe("");
  const waited = await withWorker(() => salon("runs", "wait", runId));
  expect(waited.code, waited.output).toBe(0);
  expect(waited.output).toMatch(/^published/m);
  const shown = await salon("runs", "show", runId);
  expect([shown.code, shown.output]).toEqual([0, expect.stringContaining(`${origin}/runs/${runId}`)]);
  expect((await salon("runs", "wait", runId, "--fail-under", "style<=1")).code).toBe(2);
});

test("flags say how many samples of each prompt are wanted, and with what seeds and parameters", async () => {
  const { code, output, runId } = await submit(
    ...["--name", "With parameters", "--samples", "2", "--seeds", "5,6", "--steps", "30"],
    ...["--guidance", "7.5", "--negative-prompt", "blur", "--param", "scheduler=euler", "--param", "eta=1"],
  );
  expect(code, output).toBe(0);
  expect(await database.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    samplesPerPrompt: 2,
    seedPolicy: "FIXED",
    seeds: [5, 6],
    steps: 30,
    guidance: 7.5,
    negativePrompt: "blur",
    extraFields: { scheduler: "euler", eta: 1 },
  });
  const refused = await submit("--name", "Refused", "--param", "api_key=sk-1");
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("may not hold a key or a header (api_key)");
});

test("the session that the site gave is kept for this user alone, so that the next command is the same visitor", async () => {
  const file = path.join(folder, "sessions.json");
  await submit("--name", "First of two");
  const first = await readFile(file, "utf8");
  await submit("--name", "Second of two");
  expect(await readFile(file, "utf8")).toBe(first);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const owners = await database.db.model.findMany({
    where: { name: { endsWith: "of two" } },
    select: { submitterId: true },
  });
  expect(owners).toHaveLength(2);
  expect(owners[0].submitterId).toBe(owners[1].submitterId);
});

test("a wait that ends before its run does says so with exit code 3, and the same command goes on", async () => {
  const { runId } = await submit("--name", "Patient");
  const early = await salon("runs", "wait", runId, "--timeout", "1");
  expect(early.code, early.output).toBe(3);
  expect(early.output).toContain("The same command goes on waiting.");
  const later = await withWorker(() => salon("runs", "wait", runId));
  expect(later.code, later.output).toBe(0);
});

test("a run that failed is exit code 1 with its reason", async () => {
  endpoint.answer = ANSWERS.notJson;
  const { runId } = await submit("--name", "Broken");
  const waited = await withWorker(() => salon("runs", "wait", runId));
  expect(waited.code, waited.output).toBe(1);
  expect(waited.output).toMatch(/^failed/m);
});

test("a site that is away for a while is asked again", async () => {
  const { runId } = await submit("--name", "Interrupted");
  const waiting = salon("runs", "wait", runId, "--timeout", "120");
  // Its first answer is whole, the second is a proxy's, then it is back.
  await answered();
  outage = 502;
  await answered();
  outage = null;
  const waited = await withWorker(() => waiting);
  expect(waited.code, waited.output).toBe(0);
  expect(waited.output).toContain("Asking again.");
});

test.each<[string, string[], Record<string, string>, string]>([
  ["no server named", ["runs", "show", "run_x"], { SALON_URL: "" }, "Give --server URL, or set SALON_URL."],
  [
    "nobody there",
    ["runs", "show", "run_x", "--server", "http://127.0.0.1:54999"],
    {},
    "nothing listens there. Is Salon running?",
  ],
  ["no address", ["runs", "show", "run_x", "--server", "here"], {}, "here is no http or https address."],
])("%s: one sentence, exit code 2", async (_, args, environment, message) => {
  const { code, output } = await runSalon(args, environment);
  expect(output).toContain(message);
  expect(output.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(2);
});

test("what the site refuses is told in its own words", async () => {
  const unknown = await salon("runs", "wait", "run_nosuch");
  expect([unknown.code, unknown.output.trim().split("\n").length]).toEqual([2, 1]);
  const refused = await submit("--board", "no-such-board");
  expect(refused.code).toBe(2);
  expect(refused.output).toContain("no-such-board");
});

test("salon login keeps a token for its user alone, and every command is the account from then on, until salon logout", async () => {
  const { db } = database;
  const owner = await addAccount(db, "OWNER");
  const { voterId } = await addAccount(db, "SUBMITTER");
  const wanted = { name: "job", scopes: ["submit" as const, "read-private" as const], days: 1 };
  const { token } = await createToken({ wanted, voterId, now: Date.now() });
  const [tokens, tokenFile] = [path.join(folder, "config", "tokens.json"), path.join(folder, "token")];
  const logIn = async (text: string) => {
    await writeFile(tokenFile, `${text}\n`);
    return runSalon(["login", origin, "--token-file", tokenFile, "--tokens", tokens], {});
  };
  // With an owner the site takes models from accounts only.
  const stranger = await submit("--tokens", tokens);
  expect(stranger).toMatchObject({ code: 2, output: expect.stringContaining("Sign in to submit a model.") });
  const wrong = await logIn(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`);
  expect(wrong).toMatchObject({ code: 2, output: expect.stringContaining("This token is wrong") });

  const login = await logIn(token);
  expect(login).toMatchObject({ code: 0 });
  expect((await stat(tokens)).mode & 0o777).toBe(0o600);
  const submitted = await submit("--name", "By token", "--tokens", tokens);
  expect(submitted).toMatchObject({ code: 0 });
  const { model } = await db.run.findUniqueOrThrow({
    where: { id: submitted.runId },
    include: { model: true },
  });
  expect(model.submitterId).toBe(voterId);
  expect(await salon("runs", "show", submitted.runId, "--tokens", tokens)).toMatchObject({ code: 0 });
  for (const { output } of [login, submitted]) expect(output).not.toContain(token.slice(10));

  expect(await runSalon(["logout", origin, "--tokens", tokens], {})).toMatchObject({ code: 0 });
  expect(await readFile(tokens, "utf8")).not.toContain(token);
  expect(await submit("--name", "Again", "--tokens", tokens)).toMatchObject({ code: 2 });
  await db.user.delete({ where: { id: owner.userId } });
});
