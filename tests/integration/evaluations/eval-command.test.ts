import { access, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerEval } from "@/cli/eval";
import { encodeNpy } from "@/lib/encoders/files/npy";
import { evaluationReport, type EvaluationReport } from "@/lib/schemas/evaluation-report";
import { boxImage, evalFolder } from "../../support/eval-folder";
import {
  chatError,
  JUDGE_ANSWERS,
  startJudgeEndpoint,
  textOf,
  type JudgeEndpoint,
} from "../../support/judge-endpoint";
import { runSalon } from "../../support/run-salon";
import { salonCommand } from "../../support/salon-command";

let folder: string;
let judge: JudgeEndpoint;
const at = (...names: string[]) => path.join(folder, ...names);
// No DATABASE_URL, and a data folder that is not there: nothing may need either.
const environment = () => ({
  SALON_DATA_DIR: at("none"),
  OUTBOUND_ALLOW: "127.0.0.1",
  JUDGE_KEY: "sk-test-0123456789",
});

async function evaluate(...more: string[]) {
  const out = await mkdtemp(path.join(tmpdir(), "salon-report-"));
  const args = ["--prompts", at("prompts.txt"), "--encoder", "toybox-encoder", "--out", out, ...more];
  const { code, output } = await runSalon(["eval", ...args], environment());
  const read = (name: string) => readFile(path.join(out, name), "utf8").catch(() => null);
  const [json, page] = [await read("report.json"), await read("index.html")];
  await rm(out, { recursive: true });
  return { code, output, page, report: json === null ? null : evaluationReport.parse(JSON.parse(json)) };
}

const metric = (report: EvaluationReport | null, name: string) => {
  const found = report?.metrics.find((each) => each.name === name);
  if (!found) throw new Error(`The report has no ${name}.`);
  return found;
};

beforeAll(async () => {
  folder = await evalFolder();
  judge = await startJudgeEndpoint();
});
afterAll(async () => {
  await judge.close();
  await rm(folder, { recursive: true });
});

describe("salon eval", () => {
  test("one command gives every metric with n, interval and protocol, beside reference and baseline, without a database", async () => {
    const { code, output, report, page } = await evaluate(
      ...["--images", at("images"), "--reference", at("reference"), "--baseline", at("baseline")],
    );
    expect(code, output).toBe(0);
    for (const name of ["fd", "kid", "pr.precision", "prdc.coverage", "c2st"]) {
      const { value, low, high, n, protocol, difference } = metric(report, name);
      expect(n).toBe(24);
      expect(low!).toBeLessThanOrEqual(value!);
      expect(high!).toBeGreaterThanOrEqual(value!);
      expect(protocol?.key).toMatch(/^[0-9a-f]{64}$/);
      expect(difference).toMatchObject({ n: 24, paired: true });
    }
    // With the bundled encoder it is never called FID.
    expect(metric(report, "fd").label).toBe("FD-toybox");
    expect(page).not.toContain("FID (");
    // Sharp images beside blurred ones.
    expect(metric(report, "style.sharpness").difference!.low!).toBeGreaterThan(0);
    expect(metric(report, "judge")).toMatchObject({ value: null, missing: "No judge was given (--judge)." });
    expect(metric(report, "win_rate").missing).toBe("No judge was given (--judge).");
    expect(report?.samples).toHaveLength(24);
  });

  test("the page is one file that fetches nothing and shows words from outside as words", async () => {
    const { page } = await evaluate("--images", at("images"), "--reference", at("reference"));
    const sources = [...page!.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.every((source) => source.startsWith("data:image/webp;base64,"))).toBe(true);
    expect(page).not.toMatch(/<script|@import|url\(/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("&lt;b&gt;number&lt;/b&gt;");
    expect(page).not.toContain("<b>number");
    expect(page!.length).toBeLessThan(1_000_000);
  });

  test("a judge is asked about each image, and about each pair in both orders; its key comes from the named variable", async () => {
    judge.questions.length = 0;
    judge.keys.length = 0;
    judge.answer = JUDGE_ANSWERS.good;
    const { code, output, report } = await evaluate(
      ...["--images", at("images"), "--baseline", at("baseline"), "--judge", `${judge.origin}/v1`],
      ...["--judge-model", "looker", "--judge-key-env", "JUDGE_KEY"],
    );
    expect(code, output).toBe(0);
    expect(judge.questions).toHaveLength(24 * 3);
    expect(new Set(judge.keys)).toEqual(new Set(["Bearer sk-test-0123456789"]));
    expect(metric(report, "judge")).toMatchObject({ value: 1, n: 24 });
    // It always says A: in both orders together that is a tie.
    expect(metric(report, "win_rate")).toMatchObject({ value: 0.5, n: 24 });
    expect(report?.judge).toMatchObject({ asked: 72, verdicts: 72, failures: {}, model: "looker" });
    expect(JSON.stringify(report)).not.toContain("sk-test");
  });

  test("calls that fail are missing with their count, never a score of zero", async () => {
    judge.answer = (response, body) =>
      textOf(body).includes('number</b> 3"')
        ? chatError(400, "content_policy_violation")(response, body)
        : textOf(body).includes('number</b> 4"')
          ? JUDGE_ANSWERS.prose(response, body)
          : JUDGE_ANSWERS.good(response, body);
    const { code, output, report, page } = await evaluate(
      ...["--images", at("images"), "--judge", `${judge.origin}/v1`, "--judge-model", "looker"],
    );
    expect(code, output).toBe(0);
    expect(metric(report, "judge")).toMatchObject({
      value: 1,
      n: 22,
      caveat: "2 images without a verdict, not counted.",
    });
    expect(report?.judge?.failures).toEqual({ refused: 1, invalid: 1 });
    expect(report?.samples.find(({ key }) => key === "3")?.judge).toMatchObject({
      score: null,
      noVerdict: "refused",
    });
    expect(page).toContain("refused: 1");
  });

  test("a judge that does not answer at all is given up, and the report says so", async () => {
    judge.questions.length = 0;
    judge.answer = JUDGE_ANSWERS.wrongKey;
    const { code, output, report } = await evaluate(
      ...["--images", at("images"), "--judge", `${judge.origin}/v1`, "--judge-model", "looker"],
      ...["--judge-concurrency", "1"],
    );
    expect(code, output).toBe(0);
    expect(metric(report, "judge")).toMatchObject({
      value: null,
      missing: "The judge gave no verdict on any of 24.",
    });
    expect(report?.judge?.stopped).toContain("The last 10 calls brought no answer.");
    expect(report?.judge?.stoppedFor).toMatchObject({ code: "no_answers", calls: 10 });
    expect(judge.questions.length).toBeLessThan(24);
  });

  test("an image that cannot be read is listed and left out, of the baseline too, and pairs go on", async () => {
    const damaged = at("damaged");
    await mkdir(damaged);
    for (let number = 0; number < 12; number++)
      await writeFile(
        path.join(damaged, `${number}_0.png`),
        number === 5 ? "no image" : await boxImage(number, 1),
      );
    await writeFile(path.join(damaged, "other.png"), await boxImage(1, 1));
    const { code, output, report } = await evaluate("--images", damaged, "--baseline", at("baseline"));
    expect(code, output).toBe(0);
    expect(report?.images.images).toBe(11);
    expect(report?.common).toBe(11);
    expect(report?.leftOut.map(({ file, reason }) => [path.basename(file), reason])).toEqual([
      [
        "other.png",
        "Its name is not built like the others' (files named by the prompt's number (from 0), an underscore and a number).",
      ],
      ["5_0.png", "is not a PNG, JPEG or WebP image."],
    ]);
  });

  test("too few images for a metric, or a reference of statistics alone, leave it missing with the reason", async () => {
    const few = at("few");
    await mkdir(few);
    for (const number of [0, 1, 2])
      await writeFile(path.join(few, `${number}.png`), await boxImage(number, 1));
    const { code, output, report } = await evaluate("--images", few, "--reference", at("reference"));
    expect(code, output).toBe(0);
    expect(metric(report, "c2st")).toMatchObject({ value: null });
    expect(metric(report, "c2st").missing).toContain("needs at least");
  });

  test("the truth of a Toybox prompt is held against each image", async () => {
    const truth = { objects: [{ kind: "cup", colour: "red", count: 1 }], relation: null, background: null };
    const lines = Array.from({ length: 24 }, (_, key) => JSON.stringify({ key, prompt: "a red cup", truth }));
    await writeFile(at("toybox.jsonl"), lines.join("\n"));
    const { code, output, report } = await evaluate(
      "--images",
      at("images"),
      "--prompts",
      at("toybox.jsonl"),
    );
    expect(code, output).toBe(0);
    expect(metric(report, "grader-alignment")).toMatchObject({ value: 1 / 24, n: 24, unit: "share" });
  });

  test.each<[string, () => Promise<string[]>, string]>([
    [
      "a folder without images",
      async () => {
        await mkdir(at("texts"), { recursive: true });
        await writeFile(at("texts", "a.md"), "x");
        return ["--images", at("texts")];
      },
      "holds no images: .png, .jpg, .jpeg and .webp files are read.",
    ],
    [
      "names that fit no prompt",
      async () => {
        await mkdir(at("named"), { recursive: true });
        for (const name of ["cat", "dog", "eel", "fox"]) await writeFile(at("named", `${name}.png`), "x");
        return ["--images", at("named")];
      },
      "Images are named cat.png, dog.png, eel.png, ...; prompts have the keys 0, 1, 2, ...",
    ],
    ["a folder that is not there", async () => ["--images", at("nowhere")], "nowhere: does not exist."],
    [
      "features of another encoder",
      async () => {
        await writeFile(
          at("wide.npy"),
          encodeNpy({ shape: [10, 7], data: new Float64Array(70).map((_, k) => Math.sin(k)) }),
        );
        return ["--images", at("images"), "--reference", at("wide.npy")];
      },
      "has 7 features a sample, but the encoder gives 64.",
    ],
    [
      "a judge without a model",
      async () => ["--images", at("images"), "--judge", "https://example.com/v1"],
      "--judge needs --judge-model",
    ],
    [
      "a key variable that is not set",
      async () => [
        "--images",
        at("images"),
        "--judge",
        "https://example.com/v1",
        "--judge-model",
        "x",
        "--judge-key-env",
        "NO_SUCH",
      ],
      "The environment variable NO_SUCH is not set",
    ],
    [
      "a judge at an address inside",
      async () => ["--images", at("images"), "--judge", "http://10.1.2.3/v1", "--judge-model", "x"],
      "The operator can allow it in OUTBOUND_ALLOW.",
    ],
    [
      "an encoder that is not installed",
      async () => ["--images", at("images"), "--encoder", "inception-v3-2015-12-05"],
      "salon encoders install inception-v3-2015-12-05",
    ],
  ])("%s: one sentence that says what to do, exit code 2, no report", async (_, args, message) => {
    const shared = ["--prompts", at("prompts.txt"), "--encoder", "toybox-encoder", "--out", at("refused")];
    const { code, out, error } = await salonCommand(registerEval)("eval", ...shared, ...(await args()));
    expect(error).toContain(message);
    expect(error.split("\n")).toHaveLength(1);
    expect([code, out]).toEqual([2, ""]);
    await expect(access(at("refused"))).rejects.toThrow("ENOENT");
  });
});
