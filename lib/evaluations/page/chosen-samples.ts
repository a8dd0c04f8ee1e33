import type { EvaluationReport, ReportSample } from "@/lib/schemas/evaluation-report";

/** Samples of one row of thumbnails. */
const EACH = 6;

/** Samples that are shown, and why. */
export interface ChosenSamples {
  title: string;
  samples: ReportSample[];
  /** What is shown beside each sample. */
  beside: "reference" | "baseline" | null;
  /** One line on a sample. */
  caption(sample: ReportSample): string;
}

/** The worst and the best samples by the judge, by the pairs with the baseline, and by the nearest reference image. */
export function chosenSamples({
  samples,
  encoder,
}: Pick<EvaluationReport, "samples" | "encoder">): ChosenSamples[] {
  const groups: ChosenSamples[] = [];
  const add = (
    titles: [string, string],
    valueOf: (sample: ReportSample) => number | null,
    more: Pick<ChosenSamples, "beside" | "caption">,
  ) => {
    const known = samples.filter((sample) => valueOf(sample) !== null);
    const sorted = known.sort((a, b) => valueOf(a)! - valueOf(b)!);
    if (sorted.length === 0) return;
    // Of a few samples none is shown twice.
    const count = Math.min(EACH, Math.ceil(sorted.length / 2));
    const ends = [sorted.slice(0, count), sorted.slice(count).slice(-count).reverse()];
    for (const [at, some] of ends.entries())
      if (some.length > 0) groups.push({ title: titles[at], samples: some, ...more });
  };
  add(["Lowest by the judge", "Highest by the judge"], ({ judge }) => judge?.score ?? null, {
    beside: null,
    caption: ({ judge }) => `score ${judge?.score?.toFixed(2) ?? "–"}`,
  });
  add(
    ["Clearest losses to the baseline", "Clearest wins over the baseline"],
    ({ pair }) => pair?.preference ?? null,
    {
      beside: "baseline",
      caption: ({ pair }) => `preferred ${((pair?.preference ?? 0) * 100).toFixed(0)}%`,
    },
  );
  add(
    ["Furthest from the reference", "Nearest to the reference"],
    // Ascending like the others: the worst first.
    ({ nearest }) => (nearest === null ? null : -nearest.distance),
    {
      beside: "reference",
      caption: ({ nearest }) =>
        `${nearest?.distance.toPrecision(3) ?? "–"} from the nearest, ${encoder.id.split("@")[0]}`,
    },
  );
  return groups;
}
