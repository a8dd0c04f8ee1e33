import { beforeAll, beforeEach, expect, test } from "vitest";
import { POST as postBattle } from "@/app/api/v1/battles/route";
import { GET as getBoards, POST as postBoard } from "@/app/api/v1/boards/route";
import { GET as getBoard } from "@/app/api/v1/leaderboards/[board]/route";
import type { ListedBoard } from "@/lib/schemas/views";
import { addAccount } from "../../support/add-account";
import { expectError, request } from "../../support/api-requests";
import { makeArena, type Arena } from "../../support/arena-fixture";
import { signIn } from "../../support/sign-in";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
process.env.HOST = "127.0.0.1";
const database = useTestDatabase();
let arena: Arena;
let owner: string;
let voter: string;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 2 });
  await database.db.promptSet.updateMany({ data: { listed: true } });
  const cookieOf = async (role: "CURATOR" | "VOTER") =>
    signIn(database.db, (await addAccount(database.db, role)).userId);
  [owner, voter] = [await cookieOf("CURATOR"), await cookieOf("VOTER")];
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

async function made(audiences: { seenBy: string; votedBy: string }): Promise<string> {
  const body = { name: "For accounts", promptSet: arena.board, size: "64x64", ...audiences };
  const response = await postBoard(request("POST", "/api/v1/boards", { body, cookie: owner }));
  expect(response.status).toBe(201);
  const { slug } = (await response.json()) as { slug: string };
  const { id } = await database.db.board.findUniqueOrThrow({ where: { slug } });
  await database.db.boardModel.createMany({
    data: arena.models.map(({ id: modelId }) => ({ boardId: id, modelId })),
  });
  return slug;
}
const read = (slug: string, cookie?: string) =>
  getBoard(request("GET", `/api/v1/leaderboards/${slug}`, { cookie }), {
    params: Promise.resolve({ board: slug }),
  });
const battle = (slug: string, cookie?: string) =>
  postBattle(request("POST", "/api/v1/battles", { body: { board: slug }, cookie }));
const listed = async (cookie?: string) => {
  const response = await getBoards(request("GET", "/api/v1/boards", { cookie }));
  return ((await response.json()) as { boards: ListedBoard[] }).boards.map(({ slug }) => slug);
};

test("a board for accounts is there for whoever is signed in, to see, vote on and find, and for nobody else", async () => {
  const slug = await made({ seenBy: "signed-in", votedBy: "signed-in" });
  expect((await read(slug, voter)).status).toBe(200);
  expect((await battle(slug, voter)).status).toBe(201);
  expect(await listed(voter)).toContain(slug);
  await expectError(await read(slug), 404, "not_found");
  await expectError(await battle(slug), 404, "not_found");
  expect(await listed()).not.toContain(slug);
});

test("where everyone sees and accounts vote, a visitor is asked to sign in", async () => {
  const slug = await made({ seenBy: "everyone", votedBy: "signed-in" });
  expect((await read(slug)).status).toBe(200);
  await expectError(await battle(slug), 401, "unauthorised");
  expect((await battle(slug, voter)).status).toBe(201);
});
