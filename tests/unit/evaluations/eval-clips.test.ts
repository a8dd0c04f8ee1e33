import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerEncoders } from "@/cli/encoders";
import { registerEval } from "@/cli/eval";
import { evaluationReport, type EvaluationReport } from "@/lib/schemas/evaluation-report";
import { squareClip } from "../../support/eval-folder";
import { salonCommand } from "../../support/salon-command";
import { toyVideoEncoder } from "../../support/toy-encoder";

const salon = salonCommand(registerEncoders, registerEval);
const CLIPS = 6;
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);

async function evaluate(...more: string[]) {
  const args = ["--prompts", at("prompts.txt"), "--encoder", "halves", "--out", at("report"), ...more];
  const result = await salon("eval", ...args);
  const read = (name: string) => readFile(at("report", name), "utf8").catch(() => null);
  const json = await read("report.json");
  const report = json === null ? null : evaluationReport.parse(JSON.parse(json));
  return { ...result, report, page: await read("index.html") };
}
const metric = (report: EvaluationReport | null, name: string) =>
  report!.metrics.find((each) => each.name === name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-eval-clips-"));
  process.env.SALON_DATA_DIR = at("data");
  for (const [set, frozen] of [
    ["clips", false],
    ["frozen", true],
  ] as const) {
    await mkdir(at(set));
    for (let number = 0; number < CLIPS; number++)
      await writeFile(at(set, `${number}.webp`), await squareClip(number, frozen));
  }
  await writeFile(at("clips", `${CLIPS}.webp`), (await squareClip(1, false)).subarray(0, 200));
  const lines = Array.from({ length: CLIPS + 1 }, (_, number) => `a square moves right, number ${number}`);
  await writeFile(at("prompts.txt"), lines.join("\n"));
  await salon("encoders", "install", "halves", "--from", await toyVideoEncoder(at("toy")));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a folder of clips is measured as one of images is, and by how the clips move and how alike their frames are", async () => {
  const sets = ["--images", at("clips"), "--reference", at("frozen"), "--baseline", at("frozen")];
  const { error, out, report, page } = await evaluate(...sets);
  expect(error).toBe("");
  expect(out).toContain(`${CLIPS} videos of ${CLIPS} out of ${CLIPS + 1} prompts`);
  expect(page).toContain(`${CLIPS} videos of ${CLIPS} out of`);
  expect(report!.encoder).toMatchObject({ reads: "video", distanceLabel: "FD-Halves" });
  expect(report!.leftOut).toMatchObject([{ file: expect.stringMatching(/6\.webp$/) as string }]);
  expect(metric(report, "fd")).toMatchObject({ label: "FD-Halves", n: CLIPS });
  for (const name of [
    "temporal-flicker",
    "motion-smoothness",
    "dynamic-degree",
    "subject-consistency",
    "scene-consistency",
  ]) {
    const { value, low, high, n, prompts, protocol } = metric(report, name)!;
    expect([n, prompts], name).toEqual([CLIPS, CLIPS]);
    expect(low!, name).toBeLessThanOrEqual(value!);
    expect(high!, name).toBeGreaterThanOrEqual(value!);
    expect(protocol!.preprocessing, name).toMatch(/first \d+ frames/);
  }
  // The square moves; frozen it does not, and its frames are alike.
  expect(metric(report, "dynamic-degree")!.difference!.low!).toBeGreaterThan(0);
  expect(metric(report, "subject-consistency")!.difference!.high!).toBeLessThan(0);
  // Without a truth there is nothing to be graded.
  expect(metric(report, "clip-alignment")).toBeUndefined();
  expect(report!.samples).toHaveLength(CLIPS);
  expect(page).toContain("data:image/webp;base64,");
}, 60_000);

test("how a judge is shown videos without a judge, and a folder without videos are refused", async () => {
  const { code, error } = await evaluate("--images", at("clips"), "--judge-videos", "video");
  expect([code, error]).toEqual([2, "--judge-videos needs --judge URL and the encoder of videos."]);
  await mkdir(at("empty"));
  await writeFile(at("empty", "notes.txt"), "none");
  expect((await evaluate("--images", at("empty"))).code).toBe(2);
});
