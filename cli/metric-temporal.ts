import { caveatText } from "@/components/caveat-text";
import { estimateOfRatio, pairedDifference } from "@/lib/metrics/estimate";
import type { Gaussian, PreparedReference } from "@/lib/metrics/frechet-distance";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import type { KernelOptions } from "@/lib/numerics/gram";
import type { ProbedFeatures, TemporalProbe } from "@/lib/metrics/motion/temporal-probe";
import { TEMPORAL_PROBES, temporalSensitivity } from "@/lib/metrics/motion/temporal-probe";
import { shown } from "./metric-input";

interface Probed {
  fd: number;
  low: number;
  high: number;
  /** Over the plain distance: near 1, the metric does not see motion. */
  ratio: number | null;
  /** Probed minus plain, video by video, with its 95% interval and paired test. */
  difference: { value: number; low: number; high: number; p_value: number };
}

export type TemporalResult = Record<TemporalProbe, Probed> & {
  fd: number;
  /** How much of the distance is left when every video, real ones too, is its frozen middle frame; null: not known. */
  content_bias: { value: number; low: number; high: number } | null;
  n: number;
  frames: number;
  seed: number;
  protocol: string;
  caveat: string | null;
};

interface TemporalOptions extends KernelOptions {
  /** Of the real videos frozen, where they are known. */
  frozenReference?: Gaussian;
  frames: number;
  seed: number;
  protocol: string;
}

/** The Fréchet distance of videos as they are, shuffled and frozen, all to one reference. */
export async function temporalResult(
  { plain, ...probed }: ProbedFeatures,
  reference: PreparedReference,
  { frozenReference, frames, seed, protocol, kernel }: TemporalOptions,
): Promise<TemporalResult> {
  const base = await frechetJackknife(plain, reference, { kernel });
  const estimates = {
    shuffled: await frechetJackknife(probed.shuffled, reference, { kernel }),
    frozen: await frechetJackknife(probed.frozen, reference, { kernel }),
  };
  const ratios = temporalSensitivity(base.value, {
    shuffled: estimates.shuffled.value,
    frozen: estimates.frozen.value,
  });
  const entry = (kind: TemporalProbe): Probed => {
    const { value, low, high } = estimates[kind];
    const gap = pairedDifference(estimates[kind], base);
    return {
      fd: value,
      low,
      high,
      ratio: ratios[kind],
      difference: { value: gap.difference, low: gap.low, high: gap.high, p_value: gap.pValue },
    };
  };
  const [shuffled, frozen] = TEMPORAL_PROBES.map(entry);
  const bias =
    frozenReference && base.value > 0
      ? estimateOfRatio(await frechetJackknife(probed.frozen, frozenReference, { kernel }), base, {
          range: [0, Infinity],
        })
      : null;
  const blind = [shuffled, frozen].some(({ difference }) => difference.low <= 0);
  return {
    shuffled,
    frozen,
    fd: base.value,
    content_bias: bias && { value: bias.value, low: bias.low, high: bias.high },
    n: plain.n,
    frames,
    seed,
    protocol,
    caveat: blind ? caveatText({ code: "blind_to_motion" }) : null,
  };
}

/** Lines of the table. */
export function temporalRows(result: TemporalResult): string[][] {
  const rows = TEMPORAL_PROBES.map((kind, i) => {
    const { fd, low, high, ratio } = result[kind];
    return [
      i === 0 ? "Temporal sensitivity" : "",
      kind,
      `${shown(fd)}  [${shown(low)}, ${shown(high)}]  ${ratio === null ? "" : `x ${shown(ratio)}`}`.trimEnd(),
    ];
  });
  if (result.content_bias) {
    const { value, low, high } = result.content_bias;
    rows.push(["", "content bias", `${shown(value)}  [${shown(low)}, ${shown(high)}]`]);
  }
  return result.caveat ? [...rows, ["", "caveat", result.caveat]] : rows;
}
