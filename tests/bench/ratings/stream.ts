/**
 * `salon rate` on a log of 10 million rows: time and peak memory, with and without clustering by voter and prompt.
 *
 *   npx tsx tests/bench/ratings/stream.ts [rows = 10000000]
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { registerRate } from "@/cli/rate";
import { seededRandom } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";
import { drawPair, drawStrengths, nameOf, printTable } from "./simulate";

/** A log in the LMArena layout: quoted prompts, 50,000 voters, 2 million prompts. */
async function writeLog(file: string, rows: number): Promise<void> {
  const random = seededRandom(1);
  const theta = drawStrengths(60, 0.6, 1);
  const out = createWriteStream(file);
  out.write("model_a,model_b,winner,judge,tstamp,prompt\n");
  let text = "";
  for (let k = 0; k < rows; k++) {
    const [i, j] = drawPair(random, theta.length);
    const u = random.uniform();
    const won = random.uniform() < sigmoid(theta[i] - theta[j]);
    const winner = u < 0.2 ? "tie" : u < 0.3 ? "tie (bothbad)" : won ? "model_a" : "model_b";
    text += `${nameOf(i)},${nameOf(j)},${winner},voter-${random.below(50_000)},${1.7e9 + k},"a prompt, number ${random.below(2_000_000)}"\n`;
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await once(out, "drain");
    text = "";
  }
  out.end(text);
  await once(out, "finish");
}

if (process.argv[2] === "rate") {
  const program = new Command();
  registerRate(program);
  await program.parseAsync();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.error(`peak ${maxRSS / 1024} cpu ${(userCPUTime + systemCPUTime) / 1e6}`);
} else {
  const rows = Number(process.argv[2] ?? 1e7);
  const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
  const file = path.join(folder, "log.csv");
  await writeLog(file, rows);
  console.log(`${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}`);
  console.log(`${rows} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB\n`);
  const self = fileURLToPath(import.meta.url);
  const results = [[], ["--cluster", "voter"], ["--cluster", "voter,prompt"]].map((flags) => {
    const start = performance.now();
    const child = spawnSync(process.execPath, ["--import", "tsx", self, "rate", file, "--json", ...flags], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    const seconds = (performance.now() - start) / 1000;
    const { votes } = JSON.parse(child.stdout) as { votes: number };
    const cpu = Number(/cpu ([\d.]+)/.exec(child.stderr)?.[1]);
    const peak = Number(/peak ([\d.]+)/.exec(child.stderr)?.[1]);
    return [flags[1] ?? "none", votes, seconds.toFixed(1), cpu.toFixed(1), `${peak.toFixed(0)} MB`];
  });
  rmSync(folder, { recursive: true });
  printTable(["clusters", "votes", "seconds", "CPU seconds", "peak memory"], results);
}
