import { expect, test } from "vitest";
import { retirePrompts } from "@/lib/prompts/retire-prompts";
import { readAgreement } from "@/lib/pages/read-agreement";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { newId } from "@/lib/db/new-id";
import { battleFor, makeArena, vote } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

test("a metric that orders models against the votes has tau -1 and shows both models' images, of a battle only once its prompt has left the arena", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 8, gallery: 1 });
  const strength = new Map(arena.models.map(({ id }, i) => [id, i]));
  const votesOf = new Map<string, number>();
  for (let i = 0; i < 40; i++) {
    const battle = await battleFor(db, arena);
    const { leftModelId, rightModelId } = await modelsOf(battle.battleId);
    // Every sixth vote of a pair goes the other way: nothing is separated, and no pair that chance met often turns the order round.
    const pair = [leftModelId, rightModelId].sort().join();
    votesOf.set(pair, (votesOf.get(pair) ?? 0) + 1);
    const left = strength.get(leftModelId)! > strength.get(rightModelId)! !== (votesOf.get(pair)! % 6 === 0);
    await vote(db, battle, left ? "left" : "right");
  }
  await refitRatings(arena.boardId, db);
  for (const [i, { id }] of arena.models.entries()) {
    const run = await db.run.findFirstOrThrow({ where: { modelId: id } });
    await score(run.id, "fd-test", 10 + i, "one");
    await score(run.id, "share-test", 0.1 * i, i === 0 ? "another" : "one");
  }

  const { snapshot, models, proxies } = await readAgreement({ board: arena.board }, db);
  expect(snapshot!.votes).toBe(40);
  expect(models.map(({ name }) => name)).toEqual(["Codename 2", "Codename 1", "Codename 0"]);
  const fd = proxies.find(({ id }) => id === "fd-test")!;
  expect(fd.better).toBe("lower");
  expect(fd.tau!.tau).toBe(-1);
  expect(fd.misled).toHaveLength(3);
  for (const { images, prompt, voted, z } of fd.misled) {
    expect(images!.better).toMatch(/^\/media\/samples\/smp_/);
    expect([prompt, voted]).toEqual(["prompt 8", false]);
    expect(z).toBeGreaterThan(0);
  }
  const shown = fd.misled[0].images!;
  const bySample = async (url: string) =>
    (await db.sample.findUniqueOrThrow({ where: { id: url.split("/").at(-1) }, include: { model: true } }))
      .model.slug;
  expect([await bySample(shown.better), await bySample(shown.worse)]).toEqual([
    fd.misled[0].better,
    fd.misled[0].worse,
  ]);

  await retirePrompts({ board: arena.board, indices: [0, 1, 2, 3, 4, 5, 6] }, db);
  const later = (await readAgreement({ board: arena.board }, db)).proxies.find(({ id }) => id === "fd-test")!;
  const [seen] = later.misled;
  expect(seen.voted).toBe(true);
  expect(seen.prompt).toMatch(/^prompt [0-6]$/);
  expect([await bySample(seen.images!.better), await bySample(seen.images!.worse)]).toEqual([
    seen.better,
    seen.worse,
  ]);

  // Two protocols: only the common one is compared, and the page can say who is left out.
  const share = proxies.find(({ id }) => id === "share-test")!;
  expect(share.points).toHaveLength(2);
  expect(share.missing).toEqual([{ model: arena.models[0].slug, reason: "another protocol" }]);
  expect(share.tau).toBeNull();
  // Every model costs the same: no order to agree with.
  expect(proxies.find(({ id }) => id === "price")!.tau).toBeNull();
  expect(proxies.find(({ id }) => id === "latency")!.tau!.tau).toBe(-1);
});

function modelsOf(battleId: string) {
  return database.db.battle
    .findUniqueOrThrow({ where: { id: battleId }, include: { leftSample: true, rightSample: true } })
    .then((battle) => ({
      leftModelId: battle.leftSample!.modelId,
      rightModelId: battle.rightSample!.modelId,
    }));
}

async function score(runId: string, metric: string, value: number, protocolHash: string) {
  await database.db.metricResult.create({
    data: {
      id: newId("metricResult"),
      runId,
      metric,
      protocolHash: `${metric} ${protocolHash}`,
      protocol: {},
      value,
      low: value - 1,
      high: value + 1,
      n: 8,
    },
  });
}
