import type { Figure } from "@/lib/rubrics/report/agreement";
import { normalQuantile } from "@/lib/numerics/normal";
import type { Outcome } from "@/lib/ratings/outcome";
import { POINTS_PER_LOGIT } from "@/lib/ratings/scale";
import { SIDE, type StyleFeature } from "@/lib/ratings/style-features";
import { buildStyleSnapshot, type StyleVote } from "@/lib/ratings/style-snapshot";

/** One pair with what people and a judge said of it. */
export type StyledVerdict = Omit<StyleVote, "outcome"> & { people: Outcome; judge: Outcome };

export interface StyleSensitivity {
  name: string;
  /** Points of rating for one standard deviation of the difference. */
  judge: number;
  people: number;
  /** judge - people. Both fits are of the same pairs, which its interval leaves out of account: it is too wide, never too narrow. */
  difference: Figure;
}

/**
 * What a judge rewards in how samples look beyond what people do on the same pairs: the coefficients of two style-controlled
 * fits side by side.
 * @param features what both fits hold equal: how samples of the board are measured
 * @returns null where there are too few pairs for a fit
 */
export function compareStyles(
  verdicts: readonly StyledVerdict[],
  features: readonly StyleFeature[],
): StyleSensitivity[] | null {
  const fit = (outcomeOf: (verdict: StyledVerdict) => Outcome) =>
    buildStyleSnapshot(
      verdicts.map(({ people: _people, judge: _judge, ...vote }, i) => ({
        ...vote,
        outcome: outcomeOf(verdicts[i]),
      })),
      [],
      features,
    );
  const [people, judge] = [fit((verdict) => verdict.people), fit((verdict) => verdict.judge)];
  if (!people.fitted || !judge.fitted) return null;
  const z = normalQuantile(0.975);
  return judge.effects.coefficients.flatMap((own) => {
    const theirs = people.effects.coefficients.find(({ name }) => name === own.name);
    // The judge sees both orders: a side is no property of its verdict.
    if (!theirs || own.name === SIDE) return [];
    const scale = own.deviation * POINTS_PER_LOGIT;
    const value = (own.value - theirs.value) * scale;
    const reach = z * Math.hypot(own.se, theirs.se) * scale;
    return [
      {
        name: own.name,
        judge: own.value * scale,
        people: theirs.value * scale,
        difference: { value, low: value - reach, high: value + reach, n: verdicts.length },
      },
    ];
  });
}
