/**
 * Breaks six decisions of which a mistake would not be seen for long, one at a time, and runs the test that guards each: it must
 * fail. `node scripts/mutations.mjs [NAME...]`; it changes files where it runs and puts them back.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** @type {{ name: string, file: string, from: string, to: string, project: string, test: string }[]} */
const MUTATIONS = [
  {
    // A judge would prefer the worse image.
    name: "verdict-sign",
    file: "lib/rubrics/read-verdict.ts",
    from: "probabilities.A + probabilities.neither / 2",
    to: "probabilities.B + probabilities.neither / 2",
    project: "unit",
    test: "tests/unit/rubrics/soft-verdict.test.ts",
  },
  {
    // Which model answers first would be seen.
    name: "both-images",
    file: "lib/battles/read-battle-image.ts",
    from: 'battle?.state !== "READY" || !isShown',
    to: "!battle || !isShown",
    project: "integration",
    test: "tests/integration/battles/both-images.test.ts",
  },
  {
    name: "price-per-megapixel",
    file: "lib/pages/board-rows.ts",
    from: "pricePerImageUsd / ((width * height) / 1e6)",
    to: "pricePerImageUsd / ((width * height) / 1e3)",
    project: "integration",
    test: "tests/integration/pages/price-per-megapixel.test.ts",
  },
  {
    // Values of other protocols would be ranked among the board's.
    name: "rank-incomparable",
    file: "components/leaderboard/columns.tsx",
    from: "if (!metric?.comparable) return undefined;",
    to: "if (!metric) return undefined;",
    project: "components",
    test: "components/leaderboard/columns.test.tsx",
  },
  {
    name: "better",
    file: "lib/schemas/metrics/frechet-distance.ts",
    from: 'better: "lower"',
    to: 'better: "higher"',
    project: "unit",
    test: "tests/unit/schemas/describe-metric.test.ts",
  },
  {
    // The answer to a vote would be shown on the pair after it.
    name: "stale-vote",
    file: "components/arena/battle-state.ts",
    from: 'if ("turn" in event && event.turn !== state.turn) return state;',
    to: "",
    project: "unit",
    test: "tests/unit/components/battle-state.test.ts",
  },
];

/**
 * Whether a test passes.
 * @throws Error where it was stopped before it could tell
 */
function passes({ project, test }) {
  const args = ["vitest", "run", "--maxWorkers=1", "--project", project, test];
  const { status } = spawnSync("npx", args, { encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error("Stopped.");
  return status === 0;
}

/** "caught", or what is wrong. */
function tryOut(mutation) {
  const { file, from, to } = mutation;
  const text = readFileSync(file, "utf8");
  if (text.split(from).length !== 2) return `${file} does not hold exactly one ${from}`;
  if (!passes(mutation)) return `${mutation.test} fails without it`;
  try {
    writeFileSync(file, text.replace(from, to));
    return passes(mutation) ? `SURVIVED: ${mutation.test} still passes` : "caught";
  } finally {
    writeFileSync(file, text);
  }
}

// Ctrl-C stops the test; what was changed is put back first.
process.on("SIGINT", () => undefined);
const names = process.argv.slice(2);
for (const mutation of MUTATIONS.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const result = tryOut(mutation);
  console.log(`${mutation.name}: ${result}`);
  if (result !== "caught") process.exitCode = 1;
}
