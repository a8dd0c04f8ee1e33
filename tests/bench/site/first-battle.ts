/**
 * From `npm start` in a new data folder to the first battle, and from a second start to the open site:
 *
 *   npx tsx tests/bench/site/first-battle.ts [--rebuild]
 *
 * With --rebuild the site's build is thrown away first, as it is missing after `npm ci`.
 */
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { makeSalonHome, startSalon } from "../../support/start-salon";

const { values: args } = parseArgs({ options: { rebuild: { type: "boolean", default: false } } });
if (args.rebuild) rmSync(".next", { recursive: true, force: true });
console.log(`${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`);

const home = await makeSalonHome();
const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

const first = performance.now();
const salon = await startSalon(home);
console.log(`open after ${seconds(first)} s`);
for (;;) {
  const { status } = await fetch(`${salon.url}/api/v1/battles`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ board: "text-to-image" }),
  });
  if (status === 201) break;
  await sleep(200);
}
console.log(`first battle after ${seconds(first)} s`);
await salon.stop();

const second = performance.now();
const again = await startSalon(home);
console.log(`open again after ${seconds(second)} s`);
await again.stop();
home.remove();
