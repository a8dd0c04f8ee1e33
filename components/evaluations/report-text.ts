import { caveatText } from "@/components/caveat-text";
import { pauseText } from "@/components/judges/pause-text";
import { fileRemarkText } from "@/components/runs/file-remark-text";
import type { MissingValue, ReportCaveat } from "@/lib/schemas/reasons/evaluation-notes";
import type { EvaluationFacts, EvaluationReport, SetFacts } from "@/lib/schemas/evaluation-report";

/** Why a value of a report is missing. */
export function missingText(missing: MissingValue): string {
  switch (missing.code) {
    case "no_reference":
      return "No reference was given (--reference).";
    case "no_baseline":
      return "No baseline was given (--baseline).";
    case "no_judge":
      return "No judge was given (--judge).";
    case "statistics_only":
      return "The reference holds statistics only; this needs its images.";
    case "not_compared":
      return "It is not compared with a baseline.";
    case "refused":
      return missing.said;
    case "no_verdict":
      return `The judge gave no verdict on any of ${missing.asked}.`;
    case "nothing_in_common":
      return "Images and baseline have no image in common.";
    case "no_images":
      return "There are no images.";
    case "no_truth":
      return "No image's prompt has a truth.";
  }
}

/** What must be known to read a value of a report. */
export function reportCaveatText(caveat: ReportCaveat): string {
  switch (caveat.code) {
    case "all_alike":
      return "All samples are alike: there is no interval.";
    case "prompts_repeat":
      return "Its interval takes images of one prompt for independent.";
    case "one_prompt":
      return "One prompt is too few for an interval.";
    case "without_verdict":
      return `${caveat.count} ${caveat.of}${caveat.count === 1 ? "" : "s"} without a verdict, not counted.`;
    default:
      return caveatText(caveat);
  }
}

const inWords = <T extends { missingFor: MissingValue | null }>(value: T) => ({
  ...value,
  missing: value.missingFor && missingText(value.missingFor),
});

const setInWords = <T extends Pick<SetFacts, "notes">>(set: T) => ({
  ...set,
  remarks: set.notes.map(fileRemarkText),
});

/** What an evaluation found as report.json has it: with what its codes mean in words. */
export function withReportTexts(facts: EvaluationFacts): EvaluationReport {
  const { images, reference, baseline, judge, metrics } = facts;
  return {
    ...facts,
    images: setInWords(images),
    reference: reference && setInWords(reference),
    baseline: baseline && setInWords(baseline),
    judge: judge && { ...judge, stopped: judge.stoppedFor && pauseText(judge.stoppedFor) },
    metrics: metrics.map((metric) => ({
      ...inWords(metric),
      caveat: metric.caveats.map(reportCaveatText).join(" ") || null,
      difference: metric.difference && inWords(metric.difference),
    })),
  };
}
