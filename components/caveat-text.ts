import type { useTranslations } from "next-intl";
import { fileRemarkText } from "@/components/runs/file-remark-text";
import { demotionText } from "@/components/judges/standing-text";
import type { RunExaminationResponse, RunExaminationView } from "@/lib/schemas/examination";
import type { Caveat, StoredCaveat } from "@/lib/schemas/metrics/caveat";
import type { ModelView } from "@/lib/schemas/views";

/** What a reader must know of a metric's value, in the page's language; one that an earlier release stored as a sentence is shown as it is. */
export function caveatSentence(
  t: ReturnType<typeof useTranslations<"site.caveats">>,
  caveat: StoredCaveat,
): string {
  if (typeof caveat === "string") return caveat;
  switch (caveat.code) {
    case "size_bias":
      return t("size_bias", {
        relation: sizeRelation(caveat),
        known: caveat.bias === null ? "no" : "yes",
        bias: caveat.bias === null ? 0 : Number(caveat.bias.toPrecision(2)),
      });
    case "rises_with_n":
      return t("rises_with_n", { n: caveat.n });
    case "no_subsets":
      return t("no_subsets", { published: caveat.published });
    case "other_subsets":
      return t("other_subsets", { size: caveat.size, published: caveat.published });
    case "short_extrapolation":
      return t("short_extrapolation", { from: caveat.from, published: caveat.published });
    case "judged":
      return [
        ...(caveat.unfinished ? [t("unfinished")] : []),
        ...(caveat.without > 0 ? [t("without", { n: caveat.without })] : []),
        ...(caveat.demotedFor ? [t("demoted", { why: demotionText(caveat.demotedFor) ?? "" })] : []),
      ].join(" ");
    default:
      return t(caveat.code);
  }
}

/** The same in English, as the API and the command line say it. */
export function caveatText(caveat: StoredCaveat): string {
  if (typeof caveat === "string") return caveat;
  switch (caveat.code) {
    case "size_bias":
      return sizeBiasText(caveat);
    case "rises_with_n":
      return `n = ${caveat.n}: the score rises with n; compare only at equal N.`;
    case "no_subsets":
      return `mean and std need subsets smaller than the sets; the published ${caveat.published} are not.`;
    case "other_subsets":
      return `Subsets of ${caveat.size} samples, not the published ${caveat.published}.`;
    case "clip_only":
      return "CMMD only on CLIP embeddings.";
    case "vjepa_only":
      return "JEDi only on V-JEPA features.";
    case "short_extrapolation":
      return `Extrapolated from ${caveat.from} samples on, fewer than the published ${caveat.published}.`;
    case "line_error":
      return "std_error is of the fitted line only; the interval also holds the samples' own error.";
    case "blind_to_motion":
      return "The distance does not clearly grow when motion is broken: it may rank frames, not motion.";
    case "judged":
      return judgedText(caveat);
  }
}

type Of<C extends Caveat["code"]> = Extract<Caveat, { code: C }>;

const sizeRelation = ({ n, dimension }: Of<"size_bias">) =>
  n <= dimension ? `N = ${n} <= d = ${dimension}` : `N = ${n} < 10 d = ${10 * dimension}`;

function sizeBiasText(caveat: Of<"size_bias">): string {
  const { bias } = caveat;
  const amount = bias === null ? "upward" : `up by about ${Number(bias.toPrecision(2))}`;
  return `${sizeRelation(caveat)}: biased ${amount}; compare only at equal N.`;
}

function judgedText({ unfinished, without, demotedFor }: Of<"judged">): string {
  return [
    ...(unfinished ? ["Judging goes on."] : []),
    ...(without > 0 ? [`${without} without a verdict.`] : []),
    ...(demotedFor ? [`The judge is demoted: ${demotionText(demotedFor)}`] : []),
  ].join(" ");
}

type Worded<T> = Omit<T, "caveat"> & { caveat: string | null };

/** A value with its caveat in words. */
export function withCaveatText<T extends { caveat: StoredCaveat | null }>(value: T): Worded<T> {
  return { ...value, caveat: value.caveat && caveatText(value.caveat) };
}

/** Values by metric, each with its caveat in words. */
export function withCaveatTexts<T extends { caveat: StoredCaveat | null }>(
  metrics: Record<string, T>,
): Record<string, Worded<T>> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, withCaveatText(value)]));
}

/** A run's examination as the API promises it. */
export function withExaminationTexts(view: RunExaminationView): RunExaminationResponse {
  return {
    ...view,
    forensics: view.forensics && {
      ...view.forensics,
      remarks: view.forensics.remarks.map(fileRemarkText),
      notes: view.forensics.remarks,
    },
    encoders: view.encoders.map((encoder) => ({ ...encoder, metrics: encoder.metrics.map(withCaveatText) })),
  };
}

/** A model's page as the API gives it. */
export function withModelTexts(model: ModelView) {
  return {
    ...model,
    metrics: withCaveatTexts(model.metrics),
    row: model.row && { ...model.row, metrics: withCaveatTexts(model.row.metrics) },
  };
}
