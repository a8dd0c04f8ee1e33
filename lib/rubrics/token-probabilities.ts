/** One token of an answer, with the likeliest tokens in its place and their natural log probabilities. */
export interface AnswerToken {
  token: string;
  logprob: number;
  top: { token: string; logprob: number }[];
}

/** All that stood in a token's place, the token itself among them, with probabilities. */
function alternatives({ token, logprob, top }: AnswerToken): { token: string; p: number }[] {
  const all = top.some((each) => each.token === token) ? top : [{ token, logprob }, ...top];
  return all.map((each) => ({ token: each.token, p: Math.exp(each.logprob) }));
}

const word = (token: string) => token.toLowerCase().replaceAll(/[^a-z_]/g, "");

/**
 * Probabilities of Yes and of No as an answer's first word, summed over spellings ("Yes", " yes").
 * @returns null when the answer has no word
 */
export function yesProbability(tokens: readonly AnswerToken[]): { yes: number; no: number } | null {
  const first = tokens.find(({ token }) => word(token) !== "");
  if (first === undefined) return null;
  const sum = (wanted: string) =>
    alternatives(first).reduce((total, { token, p }) => total + (word(token) === wanted ? p : 0), 0);
  return { yes: Math.min(1, sum("yes")), no: Math.min(1, sum("no")) };
}

/**
 * Probabilities of a pairwise verdict, from the token with which the value of "verdict" begins: A, B, or neither ("both_good"
 * and "both_bad" begin alike).
 * @returns null when that token cannot be found; shares sum to 1
 */
export function verdictProbabilities(
  tokens: readonly AnswerToken[],
): { A: number; B: number; neither: number } | null {
  const text = tokens.map(({ token }) => token).join("");
  const found = [...text.matchAll(/"verdict"\s*:\s*"?/g)].at(-1);
  if (found === undefined) return null;
  const valueAt = found.index + found[0].length;
  let at = 0;
  for (const token of tokens) {
    at += token.token.length;
    if (at <= valueAt) continue;
    const shares = { A: 0, B: 0, neither: 0 };
    for (const { token: other, p } of alternatives(token)) {
      const begins = word(other);
      if (begins === "a") shares.A += p;
      else if (begins === "b") shares.B += p;
      else if (begins !== "" && "both_".startsWith(begins.slice(0, 5))) shares.neither += p;
    }
    const total = shares.A + shares.B + shares.neither;
    if (!(total > 0)) return null;
    return { A: shares.A / total, B: shares.B / total, neither: shares.neither / total };
  }
  return null;
}
