import { DEFINITIONS } from "@/lib/schemas/metrics/definitions";
import type { Better, MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

/** What a page reads of a score. */
export interface MetricDescription extends Pick<MetricDefinition, "label" | "meaning" | "unit" | "format"> {
  /** The definition's name, which all scores of a metric share ("fd" of "fid" and "fd-DINOv2"); null: unknown. */
  metric: string | null;
  /** null: unknown, or there is none. By such a metric nothing is ranked or marked as better. */
  better: Better | null;
  /** Shown with a run, but in no column of a board. */
  detail: boolean;
}

/** A score by its name: "kid", "fd-DINOv2", "judge:toybox-judge:viescore@1". One that no metric knows keeps its name, and no more. */
export function describeMetric(name: string): MetricDescription {
  const exact = DEFINITIONS.find((each) => each.name === name);
  if (exact) return descriptionOf(exact);
  for (const definition of DEFINITIONS as readonly MetricDefinition[]) {
    const member = definition.member?.(name);
    if (member) return { ...descriptionOf(definition), ...member };
  }
  return {
    metric: null,
    label: name,
    meaning: "",
    better: null,
    detail: false,
    unit: null,
    format: { significant: 3 },
  };
}

/**
 * One number of a metric that has several, or is called by its encoder: "precision" of "pr".
 * @param distanceLabel what the Fréchet distance is called under the encoder, such as "FD-DINOv2"
 */
export function describeValue(metric: string, key: string, distanceLabel: string): MetricDescription {
  const definition: MetricDefinition | undefined = DEFINITIONS.find(({ name }) => name === metric);
  if (!definition) return { ...describeMetric(metric), label: `${metric} ${key}` };
  const value = definition.values?.[key];
  if (!value) return descriptionOf(definition);
  const { label, ...rest } = value;
  return {
    ...descriptionOf(definition),
    ...rest,
    label: typeof label === "string" ? label : label(distanceLabel),
  };
}

function descriptionOf({
  name,
  label,
  meaning,
  better,
  unit,
  format,
  detail,
}: MetricDefinition): MetricDescription {
  return { metric: name, label, meaning, better, detail: detail === true, unit, format };
}
