#!/usr/bin/env node
// The one entry to everything: TypeScript is run through tsx, so nothing needs building but the site.
import "./no-telemetry.mjs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Salon needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const SERVICES = ["start", "web", "worker", "generation", "postgres"];
if (SERVICES.includes(process.argv[2])) await import("./lossy-output.mjs");

const root = fileURLToPath(new URL("..", import.meta.url));
const { register } = await import("tsx/esm/api").catch(() => {
  console.error(`Salon's packages are not installed. Run \`npm ci\` in ${root} first.`);
  process.exit(1);
});
process.env.TSX_TSCONFIG_PATH = path.join(root, "tsconfig.json");
register({ tsconfig: path.join(root, "tsconfig.json") });
// The data folder is the installation's, from wherever a command is run.
process.env.SALON_DATA_DIR = path.resolve(root, process.env.SALON_DATA_DIR || ".salon");
await import(new URL("../cli/main.ts", import.meta.url).href);
