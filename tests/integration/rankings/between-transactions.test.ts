import { expect, test, vi } from "vitest";
import { castVote } from "@/lib/battles/cast-vote";
import type { Db } from "@/lib/db/client";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { battleFor, makeArena, ticketOf } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const seen = vi.hoisted(() => ({ open: 0, fits: [] as { what: string; open: number }[] }));

/** Notes with how many open transactions a function was called. */
function noted<M extends object>(real: M, name: keyof M & string): M {
  const work = real[name] as (...given: unknown[]) => unknown;
  const watched = (...given: unknown[]) => {
    seen.fits.push({ what: name, open: seen.open });
    return work(...given);
  };
  return { ...real, [name]: watched };
}
vi.mock("@/lib/ratings/snapshot", async (real) => noted(await real<object>(), "buildSnapshot" as never));
vi.mock("@/lib/ratings/multi-criterion", async (real) => noted(await real<object>(), "fitCriteria" as never));
vi.mock("@/lib/ratings/analysis/held-out-log-loss", async (real) =>
  noted(await real<object>(), "chooseTieModel" as never),
);

const database = useTestDatabase();

/** The database, with its open transactions counted. */
const counted = (db: Db): Db =>
  new Proxy(db, {
    get: (target, key) =>
      key !== "$transaction"
        ? (Reflect.get(target, key) as unknown)
        : (work: (tx: unknown) => Promise<unknown>, options: object) =>
            target.$transaction(async (tx) => {
              seen.open += 1;
              return work(tx).finally(() => (seen.open -= 1));
            }, options),
  });

test("nothing is fitted while a transaction is open, which the fits of a large board would outlast", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 4 });
  await db.board.update({ where: { id: arena.boardId }, data: { criteria: ["aesthetics"] } });
  for (let i = 0; i < 12; i += 1) {
    const battle = await battleFor(db, arena);
    const outcome = i % 3 === 0 ? "right" : "left";
    await castVote({ ...ticketOf(battle), outcome, criteria: { aesthetics: outcome } }, db);
  }
  const { snapshotIds } = await refitRatings(arena.boardId, counted(db));
  expect(snapshotIds.length).toBeGreaterThan(0);
  expect(await db.criterionSnapshot.count()).toBeGreaterThan(0);
  expect(new Set(seen.fits.map(({ what }) => what))).toEqual(
    new Set(["chooseTieModel", "buildSnapshot", "fitCriteria"]),
  );
  expect(seen.fits.filter(({ open }) => open > 0)).toEqual([]);
});
