import { beforeAll, expect, test } from "vitest";
import { createInvite, acceptInvite } from "@/lib/board-settings/invites";
import { createBoard } from "@/lib/board-settings/create-board";
import { changeMember } from "@/lib/board-settings/change-member";
import { editBoard } from "@/lib/board-settings/edit-board";
import { listBoards } from "@/lib/boards/list-boards";
import { newId } from "@/lib/db/new-id";
import { readBoardCards } from "@/lib/pages/read-board-cards";
import { readBoardRoom } from "@/lib/pages/read-board-room";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { boardCreation, type InviteCreation } from "@/lib/schemas/boards";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

process.env.SUBMISSIONS = "open";
const database = useTestDatabase();
let arena: Arena;
let owner: string;
let slug: string;

const newVoter = async () => (await ensureVoter(null, database.db)).voterId;
const cardsOf = (voterId: string | null) => readBoardCards({ by: { voterId }, archived: true }, database.db);
const cardOf = async (of: string, voterId: string | null) =>
  (await cardsOf(voterId)).find((card) => card.slug === of);

async function guest(role: InviteCreation["role"]) {
  const invite = { role, label: "", days: null };
  const made = await createInvite({ slug, invite, by: { voterId: owner }, now: Date.now() }, database.db);
  const voterId = await newVoter();
  const token = made.path.split("/").at(-1)!;
  await acceptInvite({ token, voterId, now: Date.now() }, database.db);
  return voterId;
}

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 3, prompts: 4, gallery: 6 });
  owner = await newVoter();
  const settings = boardCreation.parse({ name: "Ours", promptSet: arena.board, size: "64x64" });
  slug = await createBoard({ settings, by: { voterId: owner, runsSite: true } }, database.db);
  for (const { slug: model } of arena.models.slice(0, 2)) {
    await changeMember({ slug, model, change: { state: "member" }, by: { voterId: owner } }, database.db);
  }
});

test("a board that everyone sees shows four images at most, all of its own listed models and of prompts outside the arena", async () => {
  const { images, models, prompts } = (await cardOf(arena.board, null))!;
  expect(images.map(({ prompt }) => prompt)).toEqual(["prompt 4", "prompt 5", "prompt 6", "prompt 7"]);
  expect({ models, prompts }).toEqual({ models: 3, prompts: 10 });

  // Those of a model that is taken off, hidden or private go with it.
  const [kept, ...others] = arena.models;
  await database.db.boardModel.updateMany({ where: { modelId: others[0].id }, data: { state: "REMOVED" } });
  await database.db.model.update({ where: { id: others[1].id }, data: { listed: false } });
  const left = (await cardOf(arena.board, null))!;
  const samples = await database.db.sample.findMany({
    where: { id: { in: left.images.map(({ sampleId }) => sampleId) } },
  });
  expect(new Set(samples.map(({ modelId }) => modelId))).toEqual(new Set([kept.id]));
  expect(left.models).toBe(1);
  await database.db.boardModel.updateMany({ where: { modelId: others[0].id }, data: { state: "MEMBER" } });
  await database.db.model.update({ where: { id: others[1].id }, data: { listed: true } });
});

test("a private board stands in its owner's list alone, without images; an archived one stands there last", async () => {
  expect(await cardOf(slug, null)).toBeUndefined();
  expect(await cardOf(slug, owner)).toMatchObject({
    isPublic: false,
    own: true,
    images: [],
    prompts: 10,
    models: 2,
  });
  const change = (archived: boolean, version: number) =>
    editBoard({ slug: first, changes: { archived, version }, by: { voterId: owner } }, database.db);
  const settings = boardCreation.parse({ name: "Old", promptSet: arena.board, size: "64x64" });
  const first = await createBoard({ settings, by: { voterId: owner, runsSite: true } }, database.db);
  await database.db.board.update({ where: { slug: first }, data: { createdAt: new Date(0) } });
  expect((await cardsOf(owner))[0].slug).toBe(first);
  await change(true, 1);
  expect((await cardsOf(owner)).at(-1)).toMatchObject({ slug: first, isArchived: true, maySubmit: false });
  expect((await listBoards({ by: { voterId: owner } }, database.db)).map((each) => each.slug)).not.toContain(
    first,
  );
});

test("the list says of each board what its visitor may do there", async () => {
  const may = async (voterId: string | null, of = slug, runsSite = false) => {
    const board = (await listBoards({ by: { voterId, runsSite } }, database.db)).find(
      (each) => each.slug === of,
    );
    return board && [board.mayVote, board.maySubmit, board.mayEdit, board.own];
  };
  expect(await may(owner)).toEqual([true, true, true, true]);
  expect(await may(await guest("editor"))).toEqual([true, true, true, false]);
  expect(await may(await guest("submitter"))).toEqual([true, true, false, false]);
  expect(await may(await guest("voter"))).toEqual([true, false, false, false]);
  expect(await may(await newVoter())).toBeUndefined();
  expect(await may(null)).toBeUndefined();
  // The site's own board is run by who runs the site; it is nobody's who has no cookie.
  expect(await may(null, arena.board, true)).toEqual([true, true, true, false]);
  expect(await may(null, arena.board)).toEqual([true, true, false, false]);
});

test("the settings page is for who runs the board: a guest who only votes and a stranger get nothing of it", async () => {
  const read = (voterId: string | null) => readBoardRoom({ slug, by: { voterId } }, database.db);
  await expect(read(null)).rejects.toMatchObject({ code: "not_found" });
  await expect(read(await newVoter())).rejects.toMatchObject({ code: "not_found" });
  await expect(read(await guest("voter"))).rejects.toMatchObject({ code: "forbidden" });
  const room = await read(await guest("editor"));
  expect(room.members.map(({ model }) => model)).toEqual(arena.models.slice(0, 2).map((each) => each.slug));
  expect(room.invites.length).toBeGreaterThan(0);
  expect(JSON.stringify(room)).not.toContain("/invite/");
});

test("models to add are those of the board's task that everyone sees, and one's own before them", async () => {
  const model = (name: string, more: object) => ({
    id: newId("model"),
    slug: name,
    name,
    creator: "Tests",
    modality: "TEXT_TO_IMAGE" as const,
    ...more,
  });
  await database.db.model.createMany({
    data: [
      model("zz-own", { submitterId: owner }),
      model("another-s", { submitterId: await newVoter() }),
      model("hidden", { listed: true, hiddenAt: new Date() }),
      model("videos", { listed: true, modality: "TEXT_TO_VIDEO" }),
    ],
  });
  const { candidates } = await readBoardRoom({ slug, by: { voterId: owner } }, database.db);
  expect(candidates.map((each) => [each.model, each.own])).toEqual([
    ["zz-own", true],
    [arena.models[2].slug, false],
  ]);
});

test("a board's metric is offered the built reference sets of its encoder, whatever weights they are of, and takes them", async () => {
  const set = (name: string, state: "READY" | "BUILDING") => ({
    id: newId("reference"),
    slug: name,
    name,
    encoderId: "toybox-encoder@0123456789ab",
    dimension: 64,
    state,
  });
  const [built, building] = [set("built", "READY"), set("building", "BUILDING")];
  await database.db.referenceSet.createMany({ data: [built, building] });
  const { choices } = await readBoardRoom({ slug, by: { voterId: owner } }, database.db);
  expect(choices.encoders).toContain("toybox-encoder");
  expect(choices.references).toEqual([{ id: built.id, name: "built", encoder: "toybox-encoder" }]);
  const metrics = [{ encoder: "toybox-encoder", reference: built.id }];
  await editBoard({ slug, changes: { metrics, version: 1 }, by: { voterId: owner } }, database.db);
});

test("a rating that rests on fewer votes than the board asks for is marked as provisional, an unrated model is not", async () => {
  await vote(database.db, await battleFor(database.db, arena), "left");
  await refitRatings(arena.boardId, database.db);
  const marks = async () =>
    (await readLeaderboard({ board: arena.board }, database.db)).rows.map((row) => [
      row.votes,
      row.provisional,
    ]);
  expect(await marks()).toEqual([
    [1, true],
    [1, true],
    [0, false],
  ]);
  await database.db.board.update({ where: { id: arena.boardId }, data: { provisionalVotes: 1 } });
  expect((await marks()).every(([, provisional]) => !provisional)).toBe(true);
});
