import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Lockfile {
  packages: Record<string, { engines?: { node?: string } | string[] }>;
}

test("no package that is installed asks for a newer Node than Salon does", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lockfile;
  const least = (wanted: string) => Number(/^\s*>=?\s*(\d+)/.exec(wanted)?.[1] ?? 0);
  const nodeOf = (name: string) => {
    const { engines } = packages[name];
    return engines && !Array.isArray(engines) ? (engines.node ?? "") : "";
  };
  const ours = least(nodeOf(""));
  expect(ours).toBeGreaterThan(0);
  expect(Object.keys(packages).filter((name) => least(nodeOf(name)) > ours)).toEqual([]);
});
