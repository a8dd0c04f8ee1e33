import { afterAll, beforeAll, expect, test } from "vitest";
import { registerBoards } from "../../../cli/boards";
import { registerPrompts } from "../../../cli/prompts";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { salonCommand } from "../../support/salon-command";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const salon = salonCommand(registerPrompts, registerBoards);
let arena: Arena;

beforeAll(async () => {
  // Commands end their connection, as processes of their own do: the next one opens it anew.
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 4, gallery: 1 });
});
afterAll(() => database.db.$disconnect());

test("the operator sees which prompts are in the arena, and takes some out for good", async () => {
  const { board } = arena;
  const battle = await battleFor(database.db, arena);
  await vote(database.db, battle, "left");
  const listed = (await salon("prompts", "list", board)).out.split("\n");
  expect(listed).toHaveLength(1 + 4 + 1);
  expect(listed.find((line) => line.endsWith(battle.prompt))).toMatch(/^ +\d +1 {2}arena /);

  expect((await salon("prompts", "retire", board, "0", "2-3")).out).toBe(
    `3 prompts have left the arena of ${board}; 1 stay in it.\n`,
  );
  const states = (await salon("prompts", "list", board)).out.match(/arena|retired/g);
  expect(states).toEqual(["retired", "arena", "retired", "retired"]);
  expect((await battleFor(database.db, arena)).prompt).toBe("prompt 1");

  for (const [places, reason] of [
    [["1"], "At least one prompt must stay in the arena."],
    [["99"], "The board's set has no prompt 99."],
    [["3-1"], "3-1 is no index and no range such as 12-23."],
  ] as const) {
    expect(await salon("prompts", "retire", board, ...places)).toMatchObject({ error: reason, code: 2 });
  }
  expect((await salon("prompts", "list", board)).out.match(/arena/g)).toHaveLength(1);
});

test("the operator sets the size of battles; what is no size is refused and changes nothing", async () => {
  const { board, boardId } = arena;
  expect((await salon("boards", "size", board, "96x64", "--tolerance", "0.1")).out).toContain(
    "96x64, of samples of that shape within 10%",
  );
  await salon("boards", "size", board, "128x96");
  const shape = { imageWidth: 128, imageHeight: 96, aspectTolerance: 0.1 };
  const stored = () => database.db.board.findUniqueOrThrow({ where: { id: boardId } });
  expect(await stored()).toMatchObject(shape);
  for (const wrong of [
    ["64"],
    ["0x64"],
    ["4096x64"],
    ["64x64", "--tolerance", "0.9"],
    ["64x64", "--tolerance", "x"],
  ]) {
    await expect(salon("boards", "size", board, ...wrong)).rejects.toMatchObject({ code: "invalid_request" });
  }
  expect(await stored()).toMatchObject(shape);
});
