import type { JudgedImages } from "@/lib/evaluations/ask-about-images";
import { keyedProtocol, meanMetric } from "@/lib/evaluations/mean-metrics";
import { meanOverPrompts } from "@/lib/evaluations/mean-over-prompts";
import type { MeasuredImage } from "@/lib/evaluations/measure-images";
import { SHOWN_AS } from "@/lib/media/judge-image";
import type { Sees } from "@/lib/rubrics/rubric";
import { imageId } from "@/lib/evaluations/measure-images";
import type { MissingValue, ReportCaveat } from "@/lib/schemas/reasons/evaluation-notes";
import type { MetricFacts } from "@/lib/schemas/evaluation-report";
import { judgeScore } from "@/lib/schemas/metrics/judge-score";

const SHARE = [0, 1] as const;

/** What a judge says of the images or videos, and of them beside the baseline's. @param sees what it was shown of each */
export function judgeMetrics(
  images: readonly MeasuredImage[],
  judged: JudgedImages | null,
  { hasBaseline, promptsHash, sees }: { hasBaseline: boolean; promptsHash: string; sees: Sees },
): MetricFacts[] {
  const scores = images.flatMap((image) => {
    const score = judged?.samples.get(imageId(image))?.score ?? null;
    return score === null ? [] : [{ key: image.key, value: score }];
  });
  const outcomes = images.flatMap((image) => {
    const preference = judged?.pairs.get(imageId(image))?.preference ?? null;
    return preference === null ? [] : [{ key: image.key, value: outcomeOf(preference) }];
  });
  const protocolOf = (rubric: string, asked: number) =>
    judged && asked > 0
      ? keyedProtocol({
          metric: `${rubric}, mean over prompts`,
          encoder: judged.calls.model,
          preprocessing: SHOWN_AS[sees],
          samples: asked,
          reference: promptsHash,
        })
      : null;
  const [pointwise, pairwise] = judged?.calls.rubrics ?? [];
  return [
    meanMetric(
      {
        name: judgeScore.name,
        label: judgeScore.label,
        meaning: judgeScore.meaning,
        better: judgeScore.better,
        unit: null,
        group: "judge",
        protocol: protocolOf(pointwise, judged?.samples.size ?? 0),
      },
      meanOverPrompts(scores, SHARE),
      {
        missing: judged === null ? { code: "no_judge" } : { code: "no_verdict", asked: judged.samples.size },
        caveats: judged
          ? withoutVerdict(judged.samples.size - scores.length, sees === "image" ? "image" : "video")
          : [],
      },
    ),
    meanMetric(
      {
        name: "win_rate",
        label: "Win rate against the baseline",
        meaning:
          "Share of pairs of one prompt in which the judge, asked in both orders, prefers the sample to the baseline's; a tie counts half.",
        better: "higher",
        unit: "share",
        group: "judge",
        protocol: protocolOf(pairwise, judged?.pairs.size ?? 0),
      },
      meanOverPrompts(outcomes, SHARE),
      {
        missing: whyNoWinRate(judged, hasBaseline),
        caveats: judged ? withoutVerdict(judged.pairs.size - outcomes.length, "pair") : [],
      },
    ),
  ];
}

/** Beyond rounding, what is preferred in both orders together wins; verdicts that turn with the order are a tie. */
function outcomeOf(preference: number): number {
  return Math.abs(preference - 0.5) < 1e-9 ? 0.5 : Number(preference > 0.5);
}

function whyNoWinRate(judged: JudgedImages | null, hasBaseline: boolean): MissingValue {
  if (!hasBaseline) return { code: "no_baseline" };
  if (judged === null) return { code: "no_judge" };
  return judged.pairs.size === 0
    ? { code: "nothing_in_common" }
    : { code: "no_verdict", asked: judged.pairs.size };
}

const withoutVerdict = (count: number, of: "image" | "video" | "pair"): ReportCaveat[] =>
  count === 0 ? [] : [{ code: "without_verdict", of, count }];
