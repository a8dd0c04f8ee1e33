import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { ProcessLog } from "@/cli/start/process-log";

const folder = mkdtempSync(path.join(tmpdir(), "salon-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a log that cannot be written costs lines, not the process, and says how many once it can", () => {
  const place = path.join(folder, "taken");
  writeFileSync(place, "a file where the log's folder should be");
  const shown: string[] = [];
  let now = 0;
  const log = new ProcessLog("worker", place, (line) => shown.push(line), { now: () => now });
  for (const line of ["one", "two", "three"]) log.add(line);
  expect(shown).toEqual([
    expect.stringMatching(/worker\.log cannot be written \(.+\); going on without it\./),
  ]);
  expect(log.tail()).toBe("one\ntwo\nthree");

  rmSync(place);
  log.add("four: too soon to try again");
  now += 60_000;
  log.add("five");
  log.add("six");
  expect(readFileSync(log.file, "utf8")).toBe("(4 lines before this one could not be written)\nfive\nsix\n");
  expect(shown[1]).toContain("4 lines are missing");
});

test("logs stay within their size: a full file is put aside, the oldest goes, also after a restart", () => {
  const place = path.join(folder, "rotated");
  mkdirSync(place);
  const open = () => new ProcessLog("web", place, () => {}, { maxBytes: 100 });
  let log = open();
  for (let line = 0; line < 60; line++) {
    log.add(`line ${String(line).padStart(4, "0")}`); // ten bytes each
    if (line % 7 === 0) log = open();
  }
  expect(readdirSync(place).sort()).toEqual(["web.log", "web.log.1", "web.log.2", "web.log.3"]);
  const read = (name: string) => readFileSync(path.join(place, name), "utf8");
  expect(read("web.log")).toMatch(/line 0059\n$/);
  expect(`${read("web.log.3")}${read("web.log.2")}${read("web.log.1")}${read("web.log")}`).toMatch(
    /^line 0020\n(line \d{4}\n){38}line 0059\n$/,
  );
});
