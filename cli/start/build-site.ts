import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What the site is built from. */
const SOURCES = [
  "instrumentation.ts",
  "instrumentation-node.ts",
  "proxy.ts",
  "app",
  "components",
  "lib",
  "public",
  "next.config.js",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];
const STAMP = ".next/salon-sources.sha256";
/** What `next build` says when another one holds the folder; the lock dies with its process. */
const BUILT_ELSEWHERE = /Another .*next build.* process is already running/;

async function hashInto(hash: ReturnType<typeof createHash>, entry: string): Promise<void> {
  const names = await readdir(entry).catch(() => undefined);
  if (names === undefined) {
    hash.update(`${entry}\0`).update(await readFile(entry).catch(() => Buffer.alloc(0)));
  } else {
    for (const name of names.sort()) {
      if (name !== "weights") await hashInto(hash, path.join(entry, name));
    }
  }
}

/** Run `next build` unless the present build was made from the present sources; wait while another process builds. */
export async function buildSiteIfStale(log: (line: string) => void): Promise<void> {
  const hash = createHash("sha256");
  for (const source of SOURCES) await hashInto(hash, source);
  const sources = hash.digest("hex");
  const startedAt = Date.now();
  for (let attempt = 0; ; attempt++) {
    if ((await readFile(STAMP, "utf8").catch(() => "")) === sources) return;
    if (attempt === 0) log("Building the site (about a minute; only when its sources changed) ...");
    const { code, output } = await runBuild();
    if (code === 0) break;
    if (!BUILT_ELSEWHERE.test(output)) throw new Error(`next build failed (exit code ${code}):\n${output}`);
    if (attempt === 0) log("Another process builds the site; waiting for it ...");
    await sleep(2_000);
  }
  await writeFile(STAMP, sources);
  log(`The site is built (${Math.round((Date.now() - startedAt) / 1000)} s).`);
}

function runBuild(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const output: string[] = [];
    const build = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = () => build.kill("SIGKILL");
    process.once("exit", stop);
    for (const stream of [build.stdout, build.stderr])
      stream.on("data", (chunk) => output.push(String(chunk)));
    build.on("close", (code) => {
      process.off("exit", stop);
      resolve({ code, output: output.join("") });
    });
  });
}
