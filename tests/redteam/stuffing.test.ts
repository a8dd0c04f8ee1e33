import { beforeAll, expect, test } from "vitest";
import { STRATEGIES } from "../support/stuffing/people";
import { simulateStuffing, stuffingTable, type StuffingResult } from "../support/stuffing/simulate";
import { useTestDatabase } from "../support/test-database";

const database = useTestDatabase();
const HONEST = 200;
let results: StuffingResult[];

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  const simulated = await simulateStuffing({ seed: 1, honest: HONEST }, database.db);
  results = simulated.results;
  console.log(
    `${HONEST} honest voters, ${simulated.honestVotes} votes; the target is rank 6 of 8.\n${stuffingTable(results)}`,
  );
}, 300_000);

const named = (name: string) => results.find(({ strategy }) => strategy === name)!;
/** What the rules do not see. */
const STRANGERS = "120 voters, each from a network of its own";

test.each(STRATEGIES.map(({ name }) => name).filter((name) => name !== STRANGERS))(
  "%s: lifts the target, and hardly any of it is left once the rules have looked",
  (name) => {
    const { without, with: left } = named(name);
    expect(without.points).toBeGreaterThan(10);
    // Which pairs come is chance, and two models may stand a few points apart: so little passes a neighbour now and then.
    expect(left.points > 10 ? left.ranks : 0).toBeLessThanOrEqual(0);
    expect(left.points).toBeLessThan(0.25 * without.points);
  },
);

test("strangers who vote once or twice each, from a network each, pass the rules but not a strict board", () => {
  expect(named(STRANGERS).strict.points).toBeLessThan(0.25 * named(STRANGERS).without.points);
});

test("of 200 honest voters at most two have a vote held back, whatever goes on beside them", () => {
  for (const { strategy, honestHeld } of results) {
    expect([strategy, honestHeld <= 0.01 * HONEST]).toEqual([strategy, true]);
  }
});

test("whatever was taken back, Elo and pair counts are those of the votes that count", () => {
  expect(results.filter(({ isExact }) => !isExact)).toEqual([]);
});
