// `npm test`: find a Chromium (or get one), then run every test project in turn.
import "../bin/no-telemetry.mjs";
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const run = (command, args, env = {}) => {
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  return status === 0;
};

/** What a command prints is kept until it ends, so that two at a time can be read. */
const runQuietly = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("close", (status) => resolve({ ok: status === 0, output }));
  });

async function findChromium() {
  const found = CANDIDATES.find((path) => path && existsSync(path));
  if (found) return found;
  const { chromium } = await import("playwright-core");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("No Chromium here: installing Debian's (apt-get install chromium) ...");
    run("apt-get", ["update", "-qq"]);
    if (
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
        DEBIAN_FRONTEND: "noninteractive",
      })
    ) {
      return "/usr/bin/chromium";
    }
  }
  console.log("No Chromium here: getting Playwright's (npx playwright-core install chromium) ...");
  if (run("npx", ["playwright-core", "install", "--with-deps", "chromium"])) return chromium.executablePath();
  console.error("The end-to-end tests need a Chromium: install one, or set CHROMIUM_PATH to it.");
  process.exit(1);
}

const chromiumPath = await findChromium();
console.log(`Chromium: ${chromiumPath}`);

const projects = (...names) => names.flatMap((name) => ["--project", name]);
const steps = [
  // Once, before tests start sites side by side.
  ["build", process.execPath, ["bin/salon.mjs", "web", "--build"]],
  // As many at a time as there are cores: half of their time is waiting.
  [
    "tests",
    "npx",
    [
      "vitest",
      "run",
      `--maxWorkers=${availableParallelism()}`,
      ...projects("unit", "world", "components", "fidelity", "integration", "conformance", "redteam"),
    ],
  ],
  ["chaos", "npx", ["vitest", "run", `--maxWorkers=${availableParallelism()}`, ...projects("chaos")]],
  // One at a time: they measure how long others are kept waiting.
  ["timed red team", "npx", ["vitest", "run", "--maxWorkers=1", ...projects("timed")]],
  ["end-to-end tests", "npx", ["vitest", "run", "--project", "e2e"]],
];
let passed = 0;
let failed = 0;
const report = (name, ok, startedAt) => {
  console.log(`== ${name}: ${ok ? "passed" : "FAILED"} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  if (ok) passed++;
  else failed++;
};

// Side by side, as each leaves a core idle for most of its time.
await Promise.all(
  ["lint", "types"].map(async (name) => {
    const startedAt = Date.now();
    const { ok, output } = await runQuietly("npm", ["run", "--silent", name]);
    console.log(`\n== ${name}\n${output}`);
    report(name, ok, startedAt);
  }),
);
for (const [name, command, args] of steps) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  report(name, run(command, args, { CHROMIUM_PATH: chromiumPath }), startedAt);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
