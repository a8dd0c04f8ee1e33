import { beforeAll, expect, test } from "vitest";
import { GET as getSettings, POST as postSettings } from "@/app/api/v1/settings/route";
import { editBoard } from "@/lib/board-settings/edit-board";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { changeComparison } from "@/lib/comparisons/change-comparison";
import { createComparison } from "@/lib/comparisons/create-comparison";
import { readComparisonResults } from "@/lib/comparisons/read-results";
import { newId } from "@/lib/db/new-id";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { changeJudge } from "@/lib/judges/change-judge";
import { listJudges } from "@/lib/judges/list-judges";
import { allowOwnPrompts } from "@/lib/models/own-prompts";
import { readBlockedWords, setBlockedList } from "@/lib/moderation/checks/blocked-list";
import { readModel } from "@/lib/pages/read-model";
import { archivePromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { readReference } from "@/lib/references/list-references";
import { removeReference } from "@/lib/references/remove-reference";
import { comparisonCreation } from "@/lib/schemas/comparisons";
import { errorResponse } from "@/lib/schemas/error-response";
import { changeSettings, readSettings } from "@/lib/settings/change-settings";
import { createToken } from "@/lib/api-tokens/manage-tokens";
import type { Visitor } from "@/lib/models/visibility";
import { addAccount } from "../../support/add-account";
import { request } from "../../support/api-requests";
import { addBoard, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { addPublishedRun } from "../../support/judging-world";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
let board: TestBoard;
let admin: { userId: string; voterId: string };
let ids: { judge: string; comparison: string; set: string; reference: string };

type Editor = Visitor & { voterId: string };

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  const { db } = database;
  board = await addBoard(db, 3);
  admin = await addAccount(db, "ADMIN");
  const { voterId } = admin;
  const { promptSetId } = await db.board.update({ where: { slug: board.slug }, data: { ownerId: voterId } });
  const set = await db.promptSet.update({ where: { id: promptSetId }, data: { ownerId: voterId } });
  const runs = [];
  for (const name of ["one", "two"]) {
    const { runId } = await addPublishedRun(db, board, name, { submitterId: voterId, listed: false });
    runs.push(runId);
  }
  const made = await createComparison({
    comparison: comparisonCreation.parse({ name: "Which?", runs }),
    voterId,
    now: Date.now(),
  });
  const judge = newId("judge");
  await db.judge.create({
    data: {
      ...{ id: judge, slug: "a-judge", name: "A judge", creator: "tests", baseUrl: "http://127.0.0.1:1/v1" },
      ...{ providerModel: "m", rubrics: [], ownerId: voterId },
      ...{ usdPerMillionInputTokens: 1, usdPerMillionOutputTokens: 1 },
    },
  });
  const reference = newId("reference");
  await db.referenceSet.create({
    data: {
      ...{ id: reference, slug: "set", name: "A set", encoderId: "toybox-encoder@1", dimension: 4 },
      ownerId: voterId,
    },
  });
  ids = { judge, comparison: made.comparisonId, set: set.slug, reference };
});

/** How each kind of thing is read and edited; what is written differs by writer. */
const KINDS: Record<
  string,
  { read: () => Promise<number>; write: (by: Editor, writer: 0 | 1) => Promise<unknown>; once?: true }
> = {
  "a board's settings": {
    read: async () => (await readBoardSettings({ slug: board.slug, by: admin })).version,
    write: (by, writer) =>
      editBoard({ slug: board.slug, by, changes: { version: by.read!, name: NAMES[writer] } }),
  },
  "a board's metrics and judges": {
    read: async () => (await readBoardSettings({ slug: board.slug, by: admin })).version,
    write: (by, writer) =>
      editBoard({
        slug: board.slug,
        by,
        changes: { version: by.read!, metrics: [], judges: [], name: NAMES[writer] },
      }),
  },
  "a judge": {
    read: async () => (await listJudges(admin)).judges.find(({ judgeId }) => judgeId === ids.judge)!.revision,
    write: (by, writer) => changeJudge({ judgeId: ids.judge, by, change: { budgetUsd: writer + 1 } }),
  },
  "a model's facts": {
    read: async () => (await readModel({ slug: "one", voterId: admin.voterId })).revision,
    write: (by, writer) => allowOwnPrompts({ slug: "one", perDay: writer + 1, ...by }),
  },
  "a prompt set": {
    read: async () => (await readPromptSet({ slug: ids.set, by: admin })).revision,
    write: (by, writer) => archivePromptSet({ slug: ids.set, by, archived: writer === 0 }),
  },
  "a reference set": {
    read: async () => (await readReference({ referenceId: ids.reference, ...admin })).revision,
    write: (by) => removeReference({ referenceId: ids.reference, by }),
    once: true,
  },
  "the words that prompts may not have": {
    read: async () => (await readBlockedWords()).revision,
    write: (by, writer) => setBlockedList({ list: [NAMES[writer]], by }),
  },
  "a comparison": {
    read: async () =>
      (await readComparisonResults({ comparisonId: ids.comparison, voterId: admin.voterId })).revision,
    write: (by, writer) =>
      changeComparison({
        ...{ comparisonId: ids.comparison, voterId: by.voterId, read: by.read },
        changes: { name: NAMES[writer] },
      }),
  },
  "the site's settings": {
    read: async () => (await readSettings()).revision,
    write: (by, writer) => changeSettings({ by, change: { anonymousVoting: writer === 0 } }),
  },
};
const NAMES = ["The first's", "The second's"];

test.each(Object.entries(KINDS))(
  "of two who save %s at once on what both had read one is saved, and the other told who was faster",
  async (_, { read, write, once }) => {
    const revision = await read();
    const by = { voterId: admin.voterId, read: revision };
    const both = await Promise.allSettled([write(by, 0), write(by, 1)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [{ reason }] = both.filter((one) => one.status === "rejected");
    if (once) return;
    expect(reason).toBeInstanceOf(SalonError);
    const { code, details } = reason as SalonError;
    expect({ code, field: details.field }).toEqual({ code: "conflict", field: "version" });
    expect(details.changed).toMatchObject({ revision: revision + 1, who: "you", name: null });
    expect(Date.now() - Date.parse(details.changed!.at!)).toBeLessThan(60_000);
    expect(await read()).toBe(revision + 1);
    // On the newest it is saved, and who says no revision overwrites whichever is newest.
    await write({ ...by, read: revision + 1 }, 1);
    expect(await read()).toBe(revision + 2);
  },
);

test("If-Match says the revision: a stale one is answered with 409, who and when; without it a change is made as ever", async () => {
  const wanted = { name: "n", scopes: ["admin" as const], days: null };
  const { token } = await createToken({ wanted, voterId: admin.voterId, now: Date.now() });
  const ask = (match?: string) =>
    postSettings(
      request("POST", "/x", {
        body: { anonymousPrompts: false },
        headers: { authorization: `Bearer ${token}`, ...(match !== undefined && { "if-match": match }) },
      }),
    );
  const read = await getSettings(request("GET", "/x", { headers: { authorization: `Bearer ${token}` } }));
  const { revision } = (await read.json()) as { revision: number };
  expect((await ask(`"${revision}"`)).status).toBe(200);
  const stale = await ask(String(revision));
  expect(stale.status).toBe(409);
  const { error } = errorResponse.parse(await stale.json());
  expect(error).toMatchObject({
    code: "conflict",
    field: "version",
    changed: { revision: revision + 1, who: "you" },
  });
  expect(error.message).toContain("Nothing was saved");
  expect([(await ask()).status, (await ask("*")).status]).toEqual([200, 200]);
  expect((await ask("what?")).status).toBe(400);
});

test("the name of who was faster is told to who runs the site, and to nobody else; the operator is no secret", async () => {
  const other = await addAccount(database.db, "CURATOR");
  const thing = { kind: "board", id: "brd_of_nobody" } as const;
  const stale = (by: Visitor) =>
    database.db
      .$transaction((tx) => claimEdit({ thing, by, read: 1 }, tx))
      .then(
        () => null,
        (error: SalonError) => error.details.changed,
      );
  const via = { userId: admin.userId, tokenId: null, addressHash: null };
  await database.db.$transaction((tx) => claimEdit({ thing, by: { voterId: admin.voterId, via } }, tx));
  expect(await stale({ voterId: other.voterId })).toMatchObject({ who: "other", name: null });
  expect(await stale({ voterId: other.voterId, runsSite: true })).toMatchObject({
    who: "other",
    name: "ADMIN",
  });
  expect(await stale({ voterId: admin.voterId })).toMatchObject({ who: "you", name: null });
  await database.db.$transaction((tx) => claimEdit({ thing, by: "operator" }, tx));
  expect(await stale({ voterId: other.voterId })).toMatchObject({ who: "operator", name: null });
});
