/**
 * Images a second and latency of every bundled model over real HTTP, with 1 and with 8 clients that each wait for
 * their image before they ask for the next, at the model's own sampler, steps and guidance. CPU ms is processor time
 * an image (all threads; the clients' little share included): unlike the rates, it says something on a busy machine too.
 * Where there is a Python with PyTorch, pytorch.py then draws with flow-dit-latent's weights on the same cores.
 * Run: npx tsx tests/bench/generation/throughput.ts [seconds a measurement, 15] [models folder]; PYTHON names the interpreter.
 */
import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { startGenerationServer } from "@/generation/server";

const seconds = Number(process.argv[2] ?? 15);
const modelsDir = path.resolve(process.argv[3] ?? "generation/models");
const CLIENTS = [1, 8];

/** The model that PyTorch draws with, too. */
const COMPARED = "flow-dit-latent";

interface ModelFacts {
  id: string;
  salon: {
    endpoint: string;
    default_sampler: string;
    default_steps: number;
    default_guidance_scale: number;
  };
}

const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const quantile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

const before = megabytes();
const server = await startGenerationServer({ port: 0, host: "127.0.0.1", modelsDir, queueLimit: 64 });
const { data: models } = (await (await fetch(`${server.url}/v1/models`)).json()) as { data: ModelFacts[] };

async function draw(model: string): Promise<{ latency: number; denoise: number; load: number }> {
  const started = performance.now();
  const response = await fetch(`${server.url}/v1/images/generations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, prompt: "a teddy bear reading a book" }),
  });
  const answer = (await response.json()) as { salon: { timingMs: { denoise: number; load: number } } };
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return { latency: performance.now() - started, ...answer.salon.timingMs };
}

/** Ask with so many clients at once until the time is over; whole rounds, so that every batch counted was full. */
async function measure(model: string, clients: number) {
  const latencies: number[] = [];
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  do {
    const round = await Promise.all(Array.from({ length: clients }, () => draw(model)));
    latencies.push(...round.map(({ latency }) => latency));
  } while (performance.now() - started < seconds * 1000);
  const elapsed = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  latencies.sort((a, b) => a - b);
  return {
    rate: latencies.length / elapsed,
    cpu: (user + system) / 1000 / latencies.length,
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
  };
}

/** A number by clients of the compared model, for the ratio. */
const measured = new Map<number, { rate: number; cpu: number }>();

console.log(
  `${os.cpus()[0].model}, ${os.availableParallelism()} cores, Node ${process.versions.node}, ${seconds} s each\n`,
);
console.log("| model | sampler | clients | images/s | p50 ms | p95 ms | CPU ms | load ms |");
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const { id, salon } of models.filter(({ salon }) => salon.endpoint === "/v1/images/generations")) {
  const { load } = await draw(id);
  for (const clients of CLIENTS) {
    const { rate, cpu, p50, p95 } = await measure(id, clients);
    if (id === COMPARED) measured.set(clients, { rate, cpu });
    const how = `${salon.default_sampler} ${salon.default_steps}, guidance ${salon.default_guidance_scale}`;
    console.log(
      `| ${id} | ${how} | ${clients} | ${rate.toFixed(2)} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${cpu.toFixed(0)} | ${load.toFixed(0)} |`,
    );
  }
}
for (const { id, salon } of models.filter(({ salon }) => salon.endpoint === "/v1/completions")) {
  const started = performance.now();
  let captions = 0;
  let write = 0;
  do {
    const response = await fetch(`${server.url}/v1/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: id, prompt: "bear book" }),
    });
    const answer = (await response.json()) as { salon: { timingMs: { write: number } } };
    captions += 1;
    write += answer.salon.timingMs.write;
  } while (performance.now() - started < seconds * 1000);
  const each = (performance.now() - started) / captions;
  console.log(
    `\n${id}: ${each.toFixed(1)} ms a caption over HTTP, ${(write / captions).toFixed(1)} of them in ${salon.default_steps} network calls.`,
  );
}
console.log(`\nMemory (RSS): ${before} MB at the start, ${megabytes()} MB with every model loaded and used.`);
await server.close();
await comparePyTorch();

/** PyTorch's rows, and what the backend's are to them; says so where there is no PyTorch. */
async function comparePyTorch(): Promise<void> {
  const script = path.join(import.meta.dirname, "pytorch.py");
  const child = spawn(process.env.PYTHON ?? "python3", [script, String(seconds)], {
    env: { ...process.env, OMP_WAIT_POLICY: "passive" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  if (code !== 0) return console.log("\nNo Python with PyTorch here: no comparison.");
  console.log(`\n| ${COMPARED} | images | images/s | p50 ms | CPU ms | backend: images/s, CPU |`);
  console.log("| --- | ---: | ---: | ---: | ---: | --- |");
  for (const line of text.trim().split("\n")) {
    const row = JSON.parse(line) as { batch: number; torch: string; rate: number; p50: number; cpu: number };
    const own = measured.get(row.batch);
    const ratio = own ? `x${(own.rate / row.rate).toFixed(2)}, x${(own.cpu / row.cpu).toFixed(2)}` : "";
    console.log(
      `| PyTorch ${row.torch} | ${row.batch} | ${row.rate.toFixed(2)} | ${row.p50.toFixed(0)} | ${row.cpu.toFixed(0)} | ${ratio} |`,
    );
  }
}
