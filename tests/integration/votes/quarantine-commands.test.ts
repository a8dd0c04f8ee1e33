import { beforeAll, expect, test } from "vitest";
import { castVote } from "@/lib/battles/cast-vote";
import { checkVotes } from "@/lib/votes/checks/check-votes";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { registerBoards } from "../../../cli/boards";
import { registerVotes } from "../../../cli/votes";
import { makeArena, ticketOf, type Arena } from "../../support/arena-fixture";
import { salonCommand } from "../../support/salon-command";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
beforeAll(async () => {
  // Commands end their connection, as processes of their own do: the next one opens it anew.
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 3, prompts: 6 });
});

const command = salonCommand(registerVotes, registerBoards);
const salon = async (...args: string[]) => {
  const { out, code } = await command(...args);
  expect(code).toBe(0);
  return out;
};

async function bot(address: string): Promise<string> {
  const { voterId } = await ensureVoter(null, database.db);
  let voteId = "";
  for (let i = 0; i < 9; i++) {
    const battle = await createBattle({ board: arena.board, voterId, address });
    ({ voteId } = await castVote({ ...ticketOf(battle), outcome: "left", address }));
  }
  // Faster than anyone can look, however busy this machine is.
  await database.db.vote.updateMany({ where: { voterId }, data: { decisionMs: 120 } });
  await checkVotes({ boardId: arena.boardId, now: Date.now() }, database.db);
  return voteId;
}

test("an operator sees what rules hold back and why, releases it or excludes it, and excludes all from its address", async () => {
  const { db } = database;
  const count = (status: "COUNTED" | "QUARANTINED" | "EXCLUDED") => db.vote.count({ where: { status } });
  await bot("203.0.113.1");
  const listed = await salon("votes", "quarantined", arena.board);
  expect(listed).toMatch(/decision_time .*fast 9, votes 9, fasterThanMs 400/);
  const [released] = /qtn_\w+/.exec(listed)!;
  expect(await salon("votes", "release", released)).toContain("Released 9 votes");
  expect(await count("COUNTED")).toBe(9);
  expect(await salon("votes", "quarantined")).toContain("No votes are held back.");

  const voteId = await bot("203.0.113.2");
  const [held] = JSON.parse(await salon("votes", "quarantined", "--json")) as { id: string; votes: number }[];
  expect(held.votes).toBe(9);
  await salon("votes", "exclude", "--quarantine", held.id, "--reason", "a bot");
  expect([await count("EXCLUDED"), await count("QUARANTINED")]).toEqual([9, 0]);
  const tried = await salon(
    "votes",
    "exclude",
    "--network-of",
    voteId,
    "--since",
    "1h",
    "--reason",
    "x",
    "--dry-run",
  );
  expect(tried).toContain("9 votes would change. Nothing was changed.");
  expect(await salon("votes", "include", "--address-of", voteId)).toContain("Included 9 votes");
});

test("an operator makes a board strict, and no longer", async () => {
  expect(await salon("boards", "strict", arena.board, "on")).toContain("votes of new voters wait");
  const { newVoters } = await database.db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  expect(newVoters).toBe("WAIT");
  expect(await salon("boards", "strict", arena.board, "off")).toContain("counts every vote at once");
});
