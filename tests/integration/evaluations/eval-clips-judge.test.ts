import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { evaluationReport, type EvaluationReport } from "@/lib/schemas/evaluation-report";
import { squareClip } from "../../support/eval-folder";
import {
  imagesOf,
  JUDGE_ANSWERS,
  startJudgeEndpoint,
  videosOf,
  type JudgeEndpoint,
} from "../../support/judge-endpoint";
import { runSalon } from "../../support/run-salon";
import { toyVideoEncoder } from "../../support/toy-encoder";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
const CLIPS = 6;
let folder: string;
let judge: JudgeEndpoint;
const at = (...names: string[]) => path.join(folder, ...names);
const environment = () => ({ SALON_DATA_DIR: at("data"), OUTBOUND_ALLOW: "127.0.0.1" });

/** `salon eval` on the clips with the judge, and its report. */
async function asked(more: string[], variables: Record<string, string> = {}) {
  const args = ["--images", at("clips"), "--prompts", at("prompts.txt"), "--encoder", "halves"];
  const asking = ["--judge", `${judge.origin}/v1`, "--judge-model", "looker", "--out", at("report")];
  await rm(at("report"), { recursive: true, force: true });
  const { code, output } = await runSalon(["eval", ...args, ...asking, ...more], {
    ...environment(),
    ...variables,
  });
  const json = await readFile(at("report", "report.json"), "utf8").catch(() => null);
  return { code, output, report: json === null ? null : evaluationReport.parse(JSON.parse(json)) };
}
const metric = (report: EvaluationReport | null, name: string) =>
  report!.metrics.find((each) => each.name === name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-eval-judge-"));
  judge = await startJudgeEndpoint();
  for (const set of ["clips", "frozen"]) {
    await mkdir(at(set));
    for (let number = 0; number < CLIPS; number++)
      await writeFile(at(set, `${number}.webp`), await squareClip(number, set === "frozen"));
  }
  const lines = Array.from({ length: CLIPS }, (_, number) => `a square moves right, number ${number}`);
  await writeFile(at("prompts.txt"), lines.join("\n"));
  const manifest = await toyVideoEncoder(at("toy"));
  const { code, output } = await runSalon(
    ["encoders", "install", "halves", "--from", manifest],
    environment(),
  );
  expect(code, output).toBe(0);
}, 60_000);
beforeEach(() => void (judge.questions.length = 0));
afterAll(async () => {
  await judge.close();
  await rm(folder, { recursive: true, force: true });
});

describe("salon eval: a judge of clips", () => {
  test("is asked by the rubrics of videos, about each as eight frames, and about each pair in both orders", async () => {
    const { code, output, report } = await asked(["--baseline", at("frozen")]);
    expect(code, output).toBe(0);
    expect(report!.judge).toMatchObject({ asked: 3 * CLIPS, verdicts: 3 * CLIPS, failures: {} });
    expect(report!.judge!.rubrics).toEqual(["videoscore@1", "videopair@1"]);
    expect(judge.questions.map((body) => imagesOf(body).length).sort()).toEqual(
      [...Array<number>(2 * CLIPS).fill(16), ...Array<number>(CLIPS).fill(8)].sort(),
    );
    const { value, low, high, n, prompts, protocol } = metric(report, "judge")!;
    expect([value, n, prompts]).toEqual([1, CLIPS, CLIPS]);
    expect(low!).toBeLessThan(high!);
    expect(protocol).toMatchObject({
      metric: "videoscore@1, mean over prompts",
      preprocessing: expect.stringMatching(/^8 evenly spaced frames/) as string,
    });
    // Always A, whoever that is: verdicts that turn with the order are a tie.
    expect(metric(report, "win_rate")).toMatchObject({ value: 0.5, n: CLIPS });
  }, 120_000);

  test.skipIf(!hasFfmpeg)(
    "is shown whole videos where it is to be, under a protocol of its own; one that takes none gives no verdicts",
    async () => {
      const { code, output, report } = await asked(["--judge-videos", "video"]);
      expect(code, output).toBe(0);
      expect(judge.questions.map((body) => [imagesOf(body).length, videosOf(body).length])).toEqual(
        Array(CLIPS).fill([0, 1]),
      );
      expect(report!.judge!.rubrics).toEqual(["wholescore@1"]);
      expect(metric(report, "judge")).toMatchObject({
        value: 1,
        n: CLIPS,
        protocol: { preprocessing: expect.stringMatching(/^whole video, all frames.*MP4/) as string },
      });
      judge.answer = JUDGE_ANSWERS.noVideos;
      const refused = await asked(["--judge-videos", "video"]);
      judge.answer = JUDGE_ANSWERS.good;
      expect(refused.report!.judge!.failures).toEqual({ invalid: CLIPS });
      expect(metric(refused.report, "judge")).toMatchObject({ value: null, n: 0 });
    },
    120_000,
  );

  test("of whole videos is not asked without ffmpeg, and nothing is measured in vain", async () => {
    const { code, output, report } = await asked(["--judge-videos", "video"], { PATH: at("nowhere") });
    expect([code, report]).toEqual([2, null]);
    expect(output).toMatch(/needs ffmpeg, which is not on the PATH of this machine/);
    expect(judge.questions).toEqual([]);
  }, 60_000);
});
