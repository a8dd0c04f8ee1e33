import { beforeAll, expect, test } from "vitest";
import { arenaPool } from "@/lib/battles/arena-pool";
import { createBoard } from "@/lib/board-settings/create-board";
import { editBoard } from "@/lib/board-settings/edit-board";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { changeMember } from "@/lib/board-settings/change-member";
import { findBoard } from "@/lib/boards/find-board";
import { newId } from "@/lib/db/new-id";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { startLocalImport } from "@/lib/samples/start-upload";
import { boardCreation } from "@/lib/schemas/boards";
import { sampleUploadRequest } from "@/lib/schemas/sample-uploads";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { startImageEndpoint } from "../../support/image-endpoint";
import { addPublishedRun, addRunOver } from "../../support/judging-world";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const by = "operator";
const SETS = ["letters-prompts", "digits-prompts", "spare-prompts"] as const;
let slug: string;
let both: { modelId: string; runId: string };
let lettersOnly: { modelId: string; runId: string };
let overDigits: string;

beforeAll(async () => {
  const { db } = database;
  const letters = await addBoard(db, 4, "letters", () => true);
  const digits = await addBoard(db, 3, "digits", () => true);
  await addBoard(db, 2, "spare", () => true);
  both = await addPublishedRun(db, letters, "both");
  overDigits = await addRunOver(db, { modelId: both.modelId, name: "both, digits" }, digits.promptSetId);
  lettersOnly = await addPublishedRun(db, letters, "letters-only");
  const settings = { name: "Two sets", promptSet: SETS[0], furtherPromptSets: [SETS[1]], size: "16x16" };
  slug = await createBoard({ settings: boardCreation.parse(settings), by, siteDefaults: true }, db);
  for (const model of ["both", "letters-only"])
    await changeMember({ slug, model, change: { state: "member" }, by }, db);
});

const pool = async () => arenaPool(await findBoard(slug, database.db), database.db, true);

test("battles are drawn from the prompts of every set, of each model from one run over it", async () => {
  const { models, prompts, samples } = await pool();
  expect(prompts).toHaveLength(7);
  const has = (id: string) => samples[models.indexOf(id)].filter((ids) => ids.length > 0).length;
  expect([has(both.modelId), has(lettersOnly.modelId)]).toEqual([7, 4]);
  // Another run over the same set does not mix with the first.
  const again = await addRunOver(
    database.db,
    { modelId: both.modelId, name: "both again" },
    (await findBoard("digits", database.db)).promptSetId,
  );
  const after = await pool();
  const shown = after.samples[after.models.indexOf(both.modelId)].flat();
  const runs = await database.db.sample.findMany({ where: { id: { in: shown } }, distinct: ["runId"] });
  expect(runs.map(({ runId }) => runId).sort()).toEqual([both.runId, again].sort());
  await database.db.run.update({ where: { id: again }, data: { supersededAt: new Date() } });
});

test("metrics are of one set and change with it, and no value of one stands beside the other's", async () => {
  const { db } = database;
  const score = (runId: string, value: number) =>
    db.metricResult.create({
      data: {
        ...{ id: newId("metricResult"), runId, metric: "grader-alignment", value, n: 4, protocolHash: "p" },
        ...{ protocol: { metric: "grader-alignment" }, promptsHash: "" },
      },
    });
  await score(both.runId, 0.25);
  await score(overDigits, 0.75);
  const read = async (prompts?: string) => {
    const { rows, metricSet } = await readLeaderboard({ board: slug, prompts }, db);
    return [
      metricSet,
      Object.fromEntries(rows.map((row) => [row.name, row.metrics["grader-alignment"]?.value ?? null])),
    ];
  };
  expect(await read()).toEqual([SETS[0], { both: 0.25, "letters-only": null }]);
  expect(await read(SETS[1])).toEqual([SETS[1], { both: 0.75, "letters-only": null }]);
  await expect(read("spare-prompts")).rejects.toMatchObject({ details: { field: "prompts" } });
  expect((await readLeaderboard({ board: slug }, db)).categories).toEqual(["even", "odd"]);
});

test("an endpoint that is submitted gets a run over each set, and an upload over the one that it names", async () => {
  const { db } = database;
  const endpoint = await startImageEndpoint();
  try {
    process.env.OUTBOUND_ALLOW = new URL(endpoint.origin).host;
    const submission = submissionOf(endpoint, { name: "Served", board: slug, promptCount: 4 });
    const { runIds } = await submitEndpoint({ submission, voterId: null }, db);
    const runs = await db.run.findMany({ where: { id: { in: runIds } }, include: { promptSet: true } });
    expect(runIds.map((id) => runs.find((run) => run.id === id)?.promptSet.slug)).toEqual(SETS.slice(0, 2));
    // The smaller set is gone over whole.
    expect(runs.map(({ promptCount }) => promptCount).sort()).toEqual([3, 4]);
    const tooMany = submissionOf(endpoint, { name: "Too many", board: slug, promptCount: 5 });
    const whole = db.$transaction((tx) => submitEndpoint({ submission: tooMany, voterId: null }, tx));
    await expect(whole).rejects.toMatchObject({
      details: { field: "promptCount" },
    });
    expect(await db.model.count({ where: { name: "Too many" } })).toBe(0);
  } finally {
    await endpoint.close();
  }
  const upload = (more: object) =>
    startLocalImport(
      {
        wanted: sampleUploadRequest.parse({ file: "x.zip", bytes: 1, board: slug, ...more }),
        location: "/nowhere",
        enqueues: false,
      },
      db,
    );
  const first = await upload({ name: "Uploaded", creator: "Tests" });
  const second = await upload({ model: first.model, promptSet: SETS[1] });
  const setOf = async (runId: string) =>
    (await db.run.findUniqueOrThrow({ where: { id: runId }, include: { promptSet: true } })).promptSet.slug;
  expect([second.model, await setOf(first.runId), await setOf(second.runId)]).toEqual([
    first.model,
    SETS[0],
    SETS[1],
  ]);
  await expect(upload({ model: first.model, promptSet: SETS[2] })).rejects.toMatchObject({
    details: { field: "promptSet" },
  });
});

test("a board with votes may get more sets, and loses none", async () => {
  const { db } = database;
  const board = await findBoard(slug, db);
  const edit = (furtherPromptSets: string[], promptSet?: string) =>
    readBoardSettings({ slug, by }, db).then(({ version }) =>
      editBoard({ slug, changes: { version, furtherPromptSets, promptSet }, by }, db),
    );
  // Without votes sets come and go.
  await edit([]);
  expect((await pool()).prompts).toHaveLength(4);
  await edit([SETS[1]]);
  const { prompts } = await pool();
  const voterId = newId("voter");
  await db.voter.create({ data: { id: voterId } });
  const battleId = newId("battle");
  await db.battle.create({
    data: {
      ...{
        id: battleId,
        boardId: board.id,
        promptId: prompts[0].id,
        voterId,
        state: "READY",
        pairPolicy: "x",
      },
      ...{ leftModelId: both.modelId, rightModelId: lettersOnly.modelId, kind: "IMPORTED" },
    },
  });
  await db.vote.create({
    data: {
      ...{ id: newId("vote"), battleId, boardId: board.id, voterId, outcome: "LEFT" },
      ...{ leftModelId: both.modelId, rightModelId: lettersOnly.modelId },
    },
  });
  await expect(edit([])).rejects.toMatchObject({ details: { field: "furtherPromptSets" } });
  await expect(edit([SETS[1]], SETS[2])).rejects.toMatchObject({ details: { field: "promptSet" } });
  await expect(edit([SETS[1], SETS[1]])).rejects.toMatchObject({ details: { field: "furtherPromptSets" } });
  await edit([SETS[1], SETS[2]]);
  expect((await pool()).prompts).toHaveLength(9);
  // The order is free.
  await edit([SETS[0], SETS[2]], SETS[1]);
  expect((await readLeaderboard({ board: slug }, db)).promptSets.map((set) => set.slug)).toEqual([
    SETS[1],
    SETS[0],
    SETS[2],
  ]);
});
