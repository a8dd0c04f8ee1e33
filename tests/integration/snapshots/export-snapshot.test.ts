import { expect, test } from "vitest";
import { exportVotes } from "@/lib/votes/export-votes";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { buildSnapshotFromVotes } from "@/lib/ratings/snapshot";
import type { LogVote } from "@/lib/ratings/log/log-vote";
import { readVoteLog } from "@/lib/ratings/log/vote-log";
import { outcome } from "@/lib/schemas/battles";
import { battleFor, makeArena, vote } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

async function exported(input: { board: string; snapshot?: string }): Promise<LogVote[]> {
  const votes: LogVote[] = [];
  // Names may be shared; slugs are not.
  const reader = readVoteLog((vote) => votes.push({ ...vote, a: vote.slugA!, b: vote.slugB! }));
  for await (const piece of await exportVotes({ ...input, format: "csv" }, database.db))
    reader.push(String(piece));
  reader.end();
  return votes;
}

test("anyone can recompute each snapshot from the votes exported with it, whatever came later", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  const cast = async (votes: number) => {
    for (let i = 0; i < votes; i++) await vote(db, await battleFor(db, arena), outcome.options[(i * i) % 4]);
  };
  await cast(14);
  const { snapshotIds } = await refitRatings(arena.boardId, db);
  expect(snapshotIds.length).toBeGreaterThan(1);
  await cast(5);
  await db.vote.updateMany({ where: { boardId: arena.boardId }, data: { status: "EXCLUDED" } });

  const slugs = new Map(arena.models.map(({ id, slug }) => [id, slug]));
  for (const id of snapshotIds) {
    const stored = await db.ratingSnapshot.findUniqueOrThrow({ where: { id }, include: { rows: true } });
    const votes = (await exported({ board: arena.board, snapshot: id })).filter((vote) => !vote.excluded);
    expect(votes).toHaveLength(stored.votes);
    const { ties, dependence } = snapshotDetails.parse(stored.details).options;
    const cluster = dependence!.clusters.flatMap(({ label, used }) => (used ? [label] : []));
    const { rows } = buildSnapshotFromVotes(votes, [...slugs.values()], { ties, cluster });
    for (const { modelId, rating, se } of stored.rows) {
      const row = rows.find(({ model }) => model === slugs.get(modelId))!;
      expect(Math.abs(row.rating - rating)).toBeLessThan(1e-9);
      expect(Math.abs(row.se - se)).toBeLessThan(1e-9);
    }
  }
  expect((await exported({ board: arena.board })).filter((vote) => !vote.excluded)).toEqual([]);
  await expect(exported({ board: arena.board, snapshot: "snp_nowhere" })).rejects.toMatchObject({
    code: "not_found",
  });
}, 120_000);
