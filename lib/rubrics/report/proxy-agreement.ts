import { kendallTau, type RankCorrelation } from "@/lib/metrics/kendall-tau";
import { contrastSe } from "@/lib/ratings/rank-spread";
import { metricLoss, type Better } from "@/lib/schemas/metrics/metric-definition";

/** A pair of models on which people and a proxy disagree. */
export interface Misled {
  /** People's choice, and the one the proxy puts first. */
  better: string;
  worse: string;
  /** How sure people are: their difference in strength over its standard error. */
  z: number;
}

/** How far a proxy (a metric, a judge, a price) orders models as people do. */
export interface ProxyAgreement {
  /**
   * Positive: the proxy's better models are people's better ones. null: fewer than three models, all alike, or it is not known what
   * is better.
   */
  tau: RankCorrelation | null;
  /** Pairs that the proxy orders the other way round, those on which people are surest first. */
  misled: Misled[];
}

/**
 * Compares people's strengths with a proxy's values over the models that have both.
 * @param people models in the order of theta and of the covariance (models x models)
 * @param values by model; models without one are left out
 */
export function proxyAgreement(
  people: { models: readonly string[]; theta: Float64Array; covariance: Float64Array },
  values: ReadonlyMap<string, number>,
  better: Better | null,
): ProxyAgreement {
  if (better === null) return { tau: null, misled: [] };
  const both = people.models.flatMap((model, i) => (values.has(model) ? [{ model, i }] : []));
  const goodness = both.map(({ model }) => -metricLoss(better, values.get(model)!));
  const strengths = both.map(({ i }) => people.theta[i]);
  const misled: Misled[] = [];
  for (let x = 0; x < both.length; x++) {
    for (let y = 0; y < both.length; y++) {
      if (strengths[x] <= strengths[y] || goodness[x] >= goodness[y]) continue;
      const se = contrastSe(people.covariance, people.models.length, both[x].i, both[y].i);
      misled.push({ better: both[x].model, worse: both[y].model, z: (strengths[x] - strengths[y]) / se });
    }
  }
  return {
    tau: both.length < 3 ? null : kendallTau(goodness, strengths),
    misled: misled.sort((a, b) => b.z - a.z),
  };
}
