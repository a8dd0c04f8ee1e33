// `npm test`: find a Chromium (or get one), then run every test project in turn.
import "../bin/no-telemetry.mjs";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
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

const results = mkdtempSync(join(tmpdir(), "salon-tests-"));
let reports = 0;

/** A run of vitest that also leaves its results for {@link failuresOf}. */
const vitest = (...args) => [
  "npx",
  ["vitest", "run", ...args, "--reporter=default", "--reporter=json"],
  join(results, `${reports++}.json`),
];

/** Every failed test of one run with the first lines of what was wrong: a file that could not be read fails as a whole. */
function failuresOf(file) {
  if (!existsSync(file)) return ["it ended without a report"];
  return JSON.parse(readFileSync(file, "utf8")).testResults.flatMap(
    ({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((result) => result.status === "failed");
      const path = name.replace(`${process.cwd()}/`, "");
      const first = (text) => text.split("\n").slice(0, 6).join("\n    ");
      if (failed.length === 0 && status === "failed") return [`${path}: ${first(message ?? "")}`];
      return failed.map(
        ({ fullName, failureMessages }) => `${path} > ${fullName}\n    ${first(failureMessages.join("\n"))}`,
      );
    },
  );
}

const projects = (...names) => names.flatMap((name) => ["--project", name]);
const workers = `--maxWorkers=${availableParallelism()}`;
const steps = [
  // Once, before tests start sites side by side.
  ["build", process.execPath, ["bin/salon.mjs", "web", "--build"]],
  // As many at a time as there are cores: half of their time is waiting.
  [
    "tests",
    ...vitest(
      workers,
      ...projects("unit", "world", "components", "fidelity", "integration", "conformance", "redteam"),
    ),
  ],
  ["chaos", ...vitest(workers, ...projects("chaos"))],
  // One at a time: they measure how long others are kept waiting.
  ["timed red team", ...vitest("--maxWorkers=1", ...projects("timed"))],
  ["end-to-end tests", ...vitest(...projects("e2e"))],
];
let passed = 0;
/** What the last lines repeat: a log is often seen from its end alone. */
const failures = [];
const report = (name, ok, startedAt, why) => {
  console.log(`== ${name}: ${ok ? "passed" : "FAILED"} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  if (ok) passed++;
  else failures.push([name, why()]);
};

// Side by side, as each leaves a core idle for most of its time.
await Promise.all(
  ["lint", "types"].map(async (name) => {
    const startedAt = Date.now();
    const { ok, output } = await runQuietly("npm", ["run", "--silent", name]);
    console.log(`\n== ${name}\n${output}`);
    report(name, ok, startedAt, () => output.trimEnd().split("\n").slice(-20));
  }),
);
for (const [name, command, args, outputFile] of steps) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const ok = run(command, outputFile ? [...args, `--outputFile.json=${outputFile}`] : args, {
    CHROMIUM_PATH: chromiumPath,
  });
  report(name, ok, startedAt, () => (outputFile ? failuresOf(outputFile) : []));
}
rmSync(results, { recursive: true, force: true });
for (const [name, lines] of failures) {
  const why = lines.length > 0 ? lines : ["no test failed: look above for an error outside of every test"];
  console.log(`\n== ${name} FAILED\n  ${why.join("\n  ")}`);
}
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
