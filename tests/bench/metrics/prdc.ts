/**
 * Precision, recall, density and coverage at N x 2048 against scikit-learn's pairwise_distances way: time, peak
 * memory, values. `npx tsx tests/bench/metrics/prdc.ts [n] [d] [--alone]`; each side runs in a process of its own. --alone leaves
 * scikit-learn out, which at 50,000 rows would want some 40 GB.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openOnnxGram } from "@/lib/encoders/onnx-gram";
import { featureSet } from "@/lib/metrics/features";
import { PRDC, precisionRecall } from "@/lib/metrics/precision-recall";
import { seededRandom } from "@/lib/numerics/random";

const [mode, folderArgument] = process.argv.slice(2);
if (mode === "--measure") await measure(folderArgument, Number(process.argv[4]));
else
  compare(
    Number(process.argv[2] ?? 20_000),
    Number(process.argv[3] ?? 2048),
    process.argv.includes("--alone"),
  );

async function measure(folder: string, d: number): Promise<void> {
  const load = (name: string) =>
    featureSet(new Float32Array(readFileSync(path.join(folder, `${name}.bin`)).buffer), d);
  const [real, fake] = [load("real"), load("fake")];
  const start = performance.now();
  const kernel = await openOnnxGram();
  const [{ precision, recall, density, coverage }] = await precisionRecall(real, fake, [PRDC], { kernel });
  const values = [precision, recall, density, coverage].map(({ value }) => value);
  const seconds = (performance.now() - start) / 1000;
  console.log([seconds.toFixed(1), (process.resourceUsage().maxRSS / 1024).toFixed(0), ...values].join("\t"));
}

function compare(n: number, d: number, alone: boolean): void {
  const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
  try {
    for (const [name, seed, scale] of [
      ["real", 1, 1],
      ["fake", 2, 0.98],
    ] as const) {
      const random = seededRandom(seed);
      // A few latent directions under noise, as features of images have.
      const directions = Float32Array.from({ length: 24 * d }, () => random.normal());
      const data = new Float32Array(n * d);
      for (let i = 0; i < n; i++) {
        const latent = Float32Array.from({ length: 24 }, () => scale * random.normal());
        for (let k = 0; k < 24; k++)
          for (let j = 0; j < d; j++) data[i * d + j] += latent[k] * directions[k * d + j];
        for (let j = 0; j < d; j++) data[i * d + j] += 0.2 * random.uniform();
      }
      writeFileSync(path.join(folder, `${name}.bin`), new Uint8Array(data.buffer));
    }
    const run = (command: string, args: string[]) => {
      const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-2000)}`);
      return stdout.trim().split("\t");
    };
    const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    const sklearn = () => [
      "scikit-learn pairwise_distances",
      ...run("/usr/bin/python3", [here("./prdc.py"), folder, String(d)]),
    ];
    const rows = [
      ...(alone ? [] : [sklearn()]),
      ["Salon, tiled", ...run("npx", ["tsx", here("./prdc.ts"), "--measure", folder, String(d)])],
    ];
    console.log(`PRDC (k = 5), N = ${n}, d = ${d}`);
    for (const [name, seconds, mib, ...values] of rows) {
      console.log(
        `${name.padEnd(34)} ${seconds.padStart(7)} s ${mib.padStart(6)} MiB  ${values.map((v) => Number(v).toFixed(5)).join(" ")}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
