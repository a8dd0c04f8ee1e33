/**
 * How often the 95% intervals of a voter's own ranking hold, by how many votes they cast and how far tastes differ.
 *
 *   npx tsx tests/bench/ratings/personal.ts [voters = 2000]
 */
import { simulateVoters } from "@/tests/support/personal-voter";
import { percent, printTable } from "./simulate";

const VOTERS = Number(process.argv[2] ?? 2000);
const rows = [50, 100, 200].flatMap((taste) =>
  [0, 0.3].map((ties) => {
    const cells = [20, 50, 200, 1000].map((votes) => {
      const { coverage, halfWidth } = simulateVoters({ votes, taste, boardSe: 30, ties }, VOTERS);
      return `${percent(coverage, 1)} ±${Math.round(halfWidth)}`;
    });
    return [taste, percent(ties, 0), ...cells];
  }),
);
console.log(
  `8 models, the board's ratings known to a standard error of 30 points, ${VOTERS} voters a cell\n`,
);
printTable(["taste, points", "ties", "20 votes", "50", "200", "1,000"], rows);
