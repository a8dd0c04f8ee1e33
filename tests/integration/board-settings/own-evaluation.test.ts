import { Readable } from "node:stream";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { GET as getMembers } from "@/app/api/v1/boards/[slug]/members/route";
import { POST as postInvite } from "@/app/api/v1/boards/[slug]/invites/route";
import { POST as postBoard } from "@/app/api/v1/boards/route";
import { POST as accept } from "@/app/api/v1/invites/route";
import { POST as postJudge } from "@/app/api/v1/judges/route";
import { GET as getBoard } from "@/app/api/v1/leaderboards/[board]/route";
import { POST as postModel } from "@/app/api/v1/models/route";
import { POST as postPrompts } from "@/app/api/v1/prompt-sets/route";
import { GET as getPromptSet } from "@/app/api/v1/prompt-sets/[slug]/route";
import { POST as postReference } from "@/app/api/v1/references/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { PATCH } from "@/app/api/v1/samples/uploads/[uploadId]/bytes/route";
import { POST as postUpload } from "@/app/api/v1/samples/uploads/route";
import { GET as exportLog } from "@/app/api/v1/votes/export/route";
import { POST as postVote } from "@/app/api/v1/votes/route";
import { GET as getBattleImage } from "@/app/media/battles/[battleId]/[side]/route";
import { registerEncoders } from "@/cli/encoders";
import { writeZip } from "@/lib/media/files/zip";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import type { BattleResponse } from "@/lib/schemas/battles";
import type { Leaderboard } from "@/lib/schemas/leaderboard";
import { cookieOf, request } from "../../support/api-requests";
import { addBoard, startWorker, useDataFolder, type TestWorker } from "../../support/evaluation-world";
import { startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { startJudgeEndpoint, type JudgeEndpoint } from "../../support/judge-endpoint";
import { addPublishedRun } from "../../support/judging-world";
import { salonCommand } from "../../support/salon-command";
import { useTestDatabase } from "../../support/test-database";
import { toyEncoder } from "../../support/toy-encoder";

const folder = useDataFolder();
const database = useTestDatabase();
const PROMPTS = 50;
const REAL = 200;
const SIDE = 512;
let endpoint: ImageEndpoint;
let judge: JudgeEndpoint;
let worker: TestWorker | undefined;

beforeAll(async () => {
  process.env.DATABASE_URL = database.url;
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  judge = await startJudgeEndpoint();
  // The site's own board, with a model that everyone sees.
  const toybox = await addBoard(database.db, 4);
  await addPublishedRun(database.db, toybox, "toy");
  const manifest = await toyEncoder(path.join(folder.path, "quarters"));
  const salon = salonCommand(registerEncoders);
  expect((await salon("encoders", "install", "quarters", "--from", manifest)).code).toBe(0);
  worker = await startWorker(database.db, database.url);
}, 60_000);
afterAll(async () => {
  await worker?.stop();
  await endpoint?.close();
  await judge?.close();
  await closeScoringTools();
});

const at = (params: Record<string, string>) => ({ params: Promise.resolve(params) as Promise<never> });
const json = async <T>(response: Response, status: number): Promise<T> => {
  const body = (await response.json()) as T;
  expect([response.status, response.status === status ? null : body]).toEqual([status, null]);
  return body;
};
const post = (url: string, body: unknown, cookie?: string) => request("POST", url, { body, cookie });

/** An image of one colour and some noise, different for each model and prompt. */
const image = (hue: number, i: number) =>
  sharp({
    create: {
      width: SIDE,
      height: SIDE,
      channels: 3,
      background: { r: hue, g: (37 * i) % 256, b: (91 * i) % 256 },
    },
  })
    .png()
    .toBuffer();

const files = (hue: number, count: number, name: (i: number) => string) =>
  Promise.all(Array.from({ length: count }, async (_, i) => ({ name: name(i), bytes: await image(hue, i) })));

function bytes(
  url: string,
  body: Uint8Array,
  cookie: string | undefined,
  headers: Record<string, string> = {},
) {
  return new Request(`http://salon.test${url}`, {
    method: headers["tus-resumable"] ? "PATCH" : "POST",
    headers: {
      host: "salon.test",
      ...(cookie && { cookie }),
      "content-type": "application/octet-stream",
      "content-length": String(body.length),
      ...headers,
    },
    body: Readable.toWeb(Readable.from([body])) as ReadableStream,
    duplex: "half",
  } as RequestInit);
}

test("a newcomer makes a board of their own prompts, references, judge and models; an invited voter votes; a stranger sees none of it", async () => {
  // Fifty prompts.
  const csv = ["key,prompt,category"];
  for (let i = 0; i < PROMPTS; i++) csv.push(`cup-${i},a cup number ${i},${i % 2 ? "glass" : "clay"}`);
  const imported = await postPrompts(
    bytes("/api/v1/prompt-sets?name=Cups&file=cups.csv", Buffer.from(csv.join("\n")), undefined),
  );
  const cookie = cookieOf(imported);
  const { slug: promptSet } = await json<{ slug: string }>(imported, 201);

  // Two hundred real images, and a judge.
  const real = writeZip(await files(90, REAL, (i) => `${i}.png`));
  const { id: reference } = await json<{ id: string }>(
    await postReference(bytes("/api/v1/references?name=Real+cups&encoder=quarters", real, cookie)),
    201,
  );
  const { slug: judgeSlug } = await json<{ slug: string }>(
    await postJudge(
      post(
        "/api/v1/judges",
        {
          name: "Own judge",
          creator: "Me",
          endpointUrl: judge.origin,
          providerModel: "test",
          rubrics: ["viescore@1"],
        },
        cookie,
      ),
    ),
    201,
  );
  await expect
    .poll(
      async () => (await database.db.referenceSet.findUniqueOrThrow({ where: { id: reference } })).state,
      {
        timeout: 60_000,
        interval: 100,
      },
    )
    .toBe("READY");

  // The board.
  const { slug: board } = await json<{ slug: string }>(
    await postBoard(
      post(
        "/api/v1/boards",
        {
          name: "Cups",
          promptSet,
          size: `${SIDE}x${SIDE}`,
          metrics: [{ encoder: "quarters", reference }],
          judges: [judgeSlug],
        },
        cookie,
      ),
    ),
    201,
  );

  // Two folders of images, and an endpoint.
  const runs: string[] = [];
  for (const [name, hue] of [
    ["Warm", 200],
    ["Cold", 20],
  ] as const) {
    const zip = writeZip(await files(hue, PROMPTS, (i) => `cup-${i}/0.png`));
    const upload = await json<{ uploadId: string; runId: string }>(
      await postUpload(
        post(
          "/api/v1/samples/uploads",
          { file: `${name}.zip`, bytes: zip.length, name, creator: "Lab", board },
          cookie,
        ),
      ),
      201,
    );
    const sent = await PATCH(
      bytes(`/api/v1/samples/uploads/${upload.uploadId}/bytes`, zip, cookie, {
        "tus-resumable": "1.0.0",
        "upload-offset": "0",
        "content-type": "application/offset+octet-stream",
      }),
      at({ uploadId: upload.uploadId }),
    );
    expect(sent.status).toBe(204);
    runs.push(upload.runId);
  }
  endpoint.answer = async (response, body) => {
    const made = await image(120, Number(body.prompt.split(" ").at(-1)));
    response.end(JSON.stringify({ data: [{ b64_json: made.toString("base64") }] }));
  };
  const { runId } = await json<{ runId: string }>(
    await postModel(
      post(
        "/api/v1/models",
        {
          name: "Served",
          creator: "Lab",
          endpointUrl: endpoint.origin,
          providerModel: "cups",
          imageSize: `${SIDE}x${SIDE}`,
          concurrency: 4,
          board,
        },
        cookie,
      ),
    ),
    201,
  );
  runs.push(runId);
  const states = async () =>
    (await database.db.run.findMany({ where: { id: { in: runs } } })).map(({ state }) => state);
  await expect.poll(states, { timeout: 110_000, interval: 200 }).toEqual(runs.map(() => "PUBLISHED"));

  // A voter by link, who votes twenty times.
  const { path: link } = await json<{ path: string }>(
    await postInvite(post("/x", { role: "voter" }, cookie), at({ slug: board })),
    201,
  );
  const come = await accept(post("/api/v1/invites", { token: link.split("/").at(-1) }));
  const guest = cookieOf(come);
  for (let i = 0; i < 20; i++) {
    const battle = await json<BattleResponse>(
      await postBattle(post("/api/v1/battles", { board }, guest)),
      201,
    );
    if (i === 0) {
      const [pathname, query] = battle.left!.url.split("?");
      const [, , , battleId, side] = pathname.split("/");
      const shown = await getBattleImage(
        request("GET", `${pathname}?${query}`, { cookie: guest }),
        at({ battleId, side }),
      );
      const { width, height } = await sharp(Buffer.from(await shown.arrayBuffer())).metadata();
      expect([width, height]).toEqual([SIDE, SIDE]);
    }
    const vote = { battleId: battle.battleId, token: battle.token, outcome: i % 3 ? "left" : "right" };
    await json(await postVote(post("/api/v1/votes", vote, guest)), 200);
  }

  // The board: three models, people's ratings, the distance of their choice, the judge's scores, and no toy.
  const read = async () =>
    json<Leaderboard>(await getBoard(request("GET", "/x", { cookie }), at({ board })), 200);
  const judged = `judge:${judgeSlug}:viescore@1`;
  await expect
    .poll(
      async () => {
        const { snapshot, rows } = await read();
        return [snapshot?.votes, rows.map(({ metrics }) => metrics[judged]?.n)];
      },
      { timeout: 60_000, interval: 200 },
    )
    .toEqual([20, [PROMPTS, PROMPTS, PROMPTS]]);
  const { rows } = await read();
  expect(rows.map(({ name }) => name).sort()).toEqual(["Cold", "Served", "Warm"]);
  for (const row of rows) {
    expect(Object.keys(row.metrics).sort()).toEqual(["fd-Quarters", judged].sort());
    expect(row.metrics["fd-Quarters"]).toMatchObject({ n: PROMPTS, comparable: true });
    expect(row.rating).not.toBeNull();
  }

  // Its log has the votes, though none of its models is listed.
  const log = await (await exportLog(request("GET", `/x?board=${board}`, { cookie }))).text();
  expect(log.trim().split("\n")).toHaveLength(1 + 20);

  // A stranger.
  const nobody = async (response: Response | Promise<Response>) => expect((await response).status).toBe(404);
  await nobody(getBoard(request("GET", "/x"), at({ board })));
  await nobody(getMembers(request("GET", "/x"), at({ slug: board })));
  await nobody(getPromptSet(request("GET", "/x"), at({ slug: promptSet })));
  for (const id of runs) await nobody(getRun(request("GET", "/x"), at({ runId: id })));
  await nobody(postBattle(post("/api/v1/battles", { board })));
}, 240_000);
