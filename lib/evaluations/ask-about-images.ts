import { askJudge, unreadableSample, type JudgeAnswer } from "@/lib/judges/ask-judge";
import type { OpenJudge } from "@/lib/judges/open-judge";
import { NoFfmpegError } from "@/lib/media/run-ffmpeg";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { newestRubric } from "@/lib/rubrics/registry";
import { rubricId, type Rubric, type Sees, type Shown } from "@/lib/rubrics/rubric";
import type { JudgingFacts, ReportSample } from "@/lib/schemas/evaluation-report";

/** An image or video to ask a judge about, and the baseline's of the same prompt, where there is one; each as a judge is shown it. */
export interface JudgedImage {
  id: string;
  prompt: string;
  show: (sees: Sees) => Promise<Shown>;
  showBaseline: ((sees: Sees) => Promise<Shown>) | null;
}

export interface AskOptions {
  judge: OpenJudge;
  client: GuardedClient;
  /** What it is shown of a sample. */
  sees: Sees;
  /** Questions at a time. */
  concurrency: number;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

export interface JudgedImages {
  samples: Map<string, NonNullable<ReportSample["judge"]>>;
  pairs: Map<string, NonNullable<ReportSample["pair"]>>;
  calls: JudgingFacts;
}

/** So many calls in a row without an answer end the asking: something is wrong that asking on will not mend. */
const HOPELESS_AFTER = 10;

/**
 * Asks a judge about every sample by itself, and about each pair with the baseline in both orders, by the newest rubrics that see
 * what it is shown. A call without a verdict is counted with its reason and is nobody's score; a pair needs a verdict in both orders,
 * since judges favour a side.
 * @throws NoFfmpegError where whole videos cannot be made
 */
export async function askAboutImages(
  images: readonly JudgedImage[],
  { judge, client, sees, concurrency, onProgress, signal }: AskOptions,
): Promise<JudgedImages> {
  const [pointwise, pairwise] = [newestRubric("pointwise", sees), newestRubric("pairwise", sees)];
  const hasPairs = images.some(({ showBaseline }) => showBaseline !== null);
  const calls = newCalls(judge, hasPairs ? [pointwise, pairwise] : [pointwise]);
  const result: JudgedImages = { samples: new Map(), pairs: new Map(), calls };
  const total = images.reduce((sum, { showBaseline }) => sum + (showBaseline === null ? 1 : 3), 0);
  let [done, inRow, next] = [0, 0, 0];
  const ask = async (rubric: Rubric, prompt: string, samples: JudgedImage["show"][]) => {
    if (calls.stoppedFor !== null) return "not asked: the judge had stopped answering";
    const shown = await Promise.all(samples.map((show) => show(sees))).catch((error: unknown) => {
      if (sees === "video" && error instanceof NoFfmpegError) throw error;
      return unreadableSample(error);
    });
    const answer = Array.isArray(shown)
      ? await askJudge(judge, rubric, { subject: { prompt }, shown }, client, signal)
      : shown;
    count(answer, calls);
    onProgress?.(++done, total);
    const { verdict } = answer;
    if (verdict.kind !== "none") inRow = 0;
    else if (["refused", "cannot_tell", "unreadable"].includes(verdict.reason)) return verdict.reason;
    else if (++inRow >= HOPELESS_AFTER)
      calls.stoppedFor ??= { code: "no_answers", calls: HOPELESS_AFTER, said: verdict.message };
    return verdict.kind === "none" ? `${verdict.reason}: ${verdict.message}` : verdict;
  };
  const lane = async () => {
    while (next < images.length) {
      const { id, prompt, show, showBaseline } = images[next++];
      result.samples.set(id, sampleOf(await ask(pointwise, prompt, [show])));
      if (showBaseline === null) continue;
      const first = await ask(pairwise, prompt, [show, showBaseline]);
      const second = await ask(pairwise, prompt, [showBaseline, show]);
      result.pairs.set(id, pairOf(first, second));
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, images.length) }, lane));
  return result;
}

type Said = string | Exclude<JudgeAnswer["verdict"], { kind: "none" }>;

function sampleOf(said: Said): NonNullable<ReportSample["judge"]> {
  if (typeof said === "string") return { score: null, noVerdict: said, reasoning: null };
  if (said.kind !== "sample") return { score: null, noVerdict: "invalid", reasoning: null };
  const reasoning = "reasoning" in said.details ? said.details.reasoning : null;
  return { score: said.score, noVerdict: null, reasoning };
}

/** @param first the image shown first, @param second the baseline's shown first */
function pairOf(first: Said, second: Said): NonNullable<ReportSample["pair"]> {
  for (const said of [first, second])
    if (typeof said === "string") return { preference: null, noVerdict: said };
  if (
    typeof first === "string" ||
    first.kind !== "pair" ||
    typeof second === "string" ||
    second.kind !== "pair"
  )
    return { preference: null, noVerdict: "invalid" };
  return { preference: (first.preference + 1 - second.preference) / 2, noVerdict: null };
}

function newCalls({ address }: OpenJudge, rubrics: readonly Rubric[]): JudgingFacts {
  const { origin, pathname } = new URL(address.baseUrl);
  return {
    url: `${origin}${pathname}`,
    model: address.providerModel,
    rubrics: rubrics.map((rubric) => rubricId(rubric)),
    asked: 0,
    verdicts: 0,
    failures: {},
    inputTokens: null,
    outputTokens: null,
    costUsd: null,
    stoppedFor: null,
  };
}

function count({ verdict, inputTokens, outputTokens, costUsd }: JudgeAnswer, calls: JudgingFacts): void {
  calls.asked++;
  if (verdict.kind === "none") calls.failures[verdict.reason] = (calls.failures[verdict.reason] ?? 0) + 1;
  else calls.verdicts++;
  const add = (sum: number | null, more: number | null) => (more === null ? sum : (sum ?? 0) + more);
  calls.inputTokens = add(calls.inputTokens, inputTokens);
  calls.outputTokens = add(calls.outputTokens, outputTokens);
  calls.costUsd = add(calls.costUsd, costUsd);
}
