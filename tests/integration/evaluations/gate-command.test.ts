import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerGate } from "@/cli/gate";
import { evaluationReport, type EvaluationReport } from "@/lib/schemas/evaluation-report";
import { evalFolder } from "../../support/eval-folder";
import { runSalon } from "../../support/run-salon";
import { salonCommand } from "../../support/salon-command";

let folder: string;
let report: EvaluationReport;
const at = (...names: string[]) => path.join(folder, ...names);
const fd = () => report.metrics.find(({ name }) => name === "fd")!;
const gate = (...requirements: string[]) =>
  salonCommand(registerGate)("gate", at("report"), "--require", ...requirements);

beforeAll(async () => {
  folder = await evalFolder();
  const sets = ["--images", at("images"), "--reference", at("reference"), "--baseline", at("baseline")];
  const options = ["--prompts", at("prompts.txt"), "--encoder", "toybox-encoder", "--out", at("report")];
  const { code, output } = await runSalon(["eval", ...sets, ...options], {});
  expect(code, output).toBe(0);
  report = evaluationReport.parse(JSON.parse(await readFile(at("report", "report.json"), "utf8")));
});
afterAll(() => rm(folder, { recursive: true }));

test("a pipeline stops on exit code 1 and goes on on 0, with what was asked, value, interval and n in view", async () => {
  const holds = [
    "gate",
    at("report"),
    "--require",
    `fd<=${fd().value! + 1}`,
    "style.sharpness.difference>0@95",
  ];
  const passed = await runSalon(holds, {});
  expect(passed).toMatchObject({ code: 0 });
  expect(passed.output).toMatch(/^fd<=\S+\s+pass\s+\S+\s+\[\S+, \S+\]\s+24$/m);
  const failed = await runSalon([...holds, `fd<=${fd().value! - 1}`], {});
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.output).toMatch(/^fd<=\S+\s+fail\s/m);
});

test("a value may hold where its interval does not", async () => {
  const bound = (fd().value! + fd().high!) / 2;
  expect((await gate(`fd<=${bound}`)).code).toBe(0);
  const strict = await gate(`fd<=${bound}@95`);
  expect(strict.code).toBe(1);
  expect(strict.out).toContain("The value holds, but not its whole interval.");
});

test("what is not known does not pass", async () => {
  const { code, out } = await gate("win_rate>=0@95");
  expect(code).toBe(1);
  expect(out).toMatch(/win_rate>=0@95\s+not known\s+-\s+-\s+0\s+No judge was given/);
  const few = await salonCommand(registerGate)("gate", at("report"), "--min-n", "25", "--require", "fd<=1e9");
  expect([few.code, few.out.includes("Only 24 samples; at least 25 are asked for.")]).toEqual([1, true]);
});

test.each([
  ["an unknown metric", ["fid<=20"], "There is no metric fid; there are: fd, fd.difference,"],
  ["no requirement", ["fd=20"], "'fd=20' is no requirement"],
  ["another coverage", ["fd<=20@90"], "the intervals are of 95%, so only @95 can be asked for."],
])("%s is a bad call, not a failure: exit code 2", async (_, requirements, message) => {
  const { code, out, error } = await gate("fd<=1e9", ...requirements);
  expect(error).toContain(message);
  expect([code, out]).toEqual([2, ""]);
});

test("what is no report is refused by its name", async () => {
  await writeFile(at("odd.json"), JSON.stringify({ ...report, version: 7 }));
  await writeFile(at("other.json"), "{}");
  for (const [file, message] of [
    ["odd.json", "is a report of version 7; this Salon reads version 1."],
    ["other.json", "is no report of salon eval (kind:"],
    ["prompts.txt", "is no JSON."],
    ["none.json", "does not exist."],
  ]) {
    const { code, error } = await salonCommand(registerGate)("gate", at(file), "--require", "fd<=20");
    expect(error).toContain(message);
    expect(code).toBe(2);
  }
});
