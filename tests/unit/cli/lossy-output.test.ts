import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { expect, it } from "vitest";

/** A program that prints and ends a little later with 7, its output on a full disk. @returns its exit code */
function printOnFullDisk(...flags: string[]): Promise<number | null> {
  const full = openSync("/dev/full", "w");
  const program = "process.stdout.write('a line'); setTimeout(() => process.exit(7), 300);";
  const child = spawn(process.execPath, [...flags, "-e", program], { stdio: ["ignore", full, full] });
  return new Promise((resolve) => child.once("close", resolve));
}

// /dev/full is Linux's.
it.runIf(process.platform === "linux")("a service whose output cannot be written goes on", async () => {
  expect(await printOnFullDisk("--import", "./bin/lossy-output.mjs")).toBe(7);
  expect(await printOnFullDisk()).toBe(1);
});
