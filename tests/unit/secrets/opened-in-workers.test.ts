import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const OPENER = "lib/secrets/open-key.ts";
/** What a file loads as it runs: imports and re-exports but those of types alone, and import(). */
const LOADS =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^"';]*?from\s*"([^"]+)"|(?:\n|^)import\s*"([^"]+)"|import\("([^"]+)"\)/g;

const sources = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));

function resolved(specifier: string, from: string): string | null {
  if (!specifier.startsWith("@/") && !specifier.startsWith(".")) return null;
  const base = specifier.startsWith("@/") ? specifier.slice(2) : path.join(path.dirname(from), specifier);
  const files = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`];
  return files.find((file) => existsSync(file) && statSync(file).isFile()) ?? null;
}

function loadedBy(file: string): string[] {
  const found = [...readFileSync(file, "utf8").matchAll(LOADS)].map(
    (match) => match[1] ?? match[2] ?? match[3],
  );
  return found.flatMap((specifier) => resolved(specifier, file) ?? []);
}

/** The way by which one of some files loads another; null: none does. */
function wayTo(target: string, roots: string[]): string[] | null {
  const cameFrom = new Map<string, string | null>(roots.map((root) => [root, null]));
  for (const file of cameFrom.keys()) {
    if (file === target) {
      const way = [file];
      for (let at = cameFrom.get(file); at; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    if (/\.(ts|tsx|mjs)$/.test(file))
      for (const each of loadedBy(file)) if (!cameFrom.has(each)) cameFrom.set(each, file);
  }
  return null;
}

test("nothing that the site loads can open a sealed key; the workers can", () => {
  const site = [...sources("app"), "proxy.ts", "instrumentation.ts", "instrumentation-node.ts"];
  expect(site.length).toBeGreaterThan(100);
  expect(wayTo(OPENER, site)?.join(" > ") ?? null).toBeNull();
  expect(wayTo(OPENER, ["workers/main.ts"])?.at(-1)).toBe(OPENER);
});

test("of the commands, those alone that start a worker and that seal keys anew can", () => {
  const loaders = ["cli/commands.ts", "cli/main.ts"];
  const able = sources("cli").filter((file) => !loaders.includes(file) && wayTo(OPENER, [file]) !== null);
  expect(able.sort()).toEqual(["cli/keys.ts", "cli/worker.ts"]);
});
