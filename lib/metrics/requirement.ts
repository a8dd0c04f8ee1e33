import { SalonError } from "@/lib/errors";

export type Operator = "<=" | ">=" | "<" | ">";

/** What a number must be, as it was typed: "fd<=20", "win_rate>=50%@95". */
export interface Requirement {
  text: string;
  name: string;
  operator: Operator;
  bound: number;
  /** 0.95: the whole interval of this coverage must be on the right side; null: the value alone. */
  level: number | null;
}

/** A number with what is known of it. */
export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  /** The independent units that n amounts to: prompts, where several images are of one. */
  units: number;
  /** Why there is no value; null where there is one. */
  missing: string | null;
}

export type RequirementVerdict = "pass" | "fail" | "not known";

const FORM =
  /^\s*([^<>=\s][^<>=]*?)\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(%?)\s*(?:@\s*(\d+(?:\.\d+)?)\s*%?)?\s*$/i;

/**
 * Reads NAME OPERATOR NUMBER, with % after a share and @95 where the whole 95% interval must hold.
 * @throws SalonError invalid_request that shows the form
 */
export function parseRequirement(text: string): Requirement {
  const found = FORM.exec(text);
  const level = found?.[5] === undefined ? null : Number(found[5]) / 100;
  if (found === null || (level !== null && !(level > 0 && level < 1))) {
    throw new SalonError(
      "invalid_request",
      `'${text.slice(0, 100)}' is no requirement: they look like fd<=20, win_rate>=50% or fd<=20@95 (the whole 95% interval).`,
    );
  }
  const [, name, operator, number, percent] = found;
  const bound = percent === "%" ? Number(number) / 100 : Number(number);
  return { text: text.trim(), name, operator: operator as Operator, bound, level };
}

/**
 * Holds a figure against a requirement. What is missing, has fewer units than `least` or no interval where one is asked for is not
 * known, which is no pass.
 */
export function checkRequirement(
  { operator, bound, level }: Requirement,
  figure: Figure,
  least: number,
): { verdict: RequirementVerdict; reason: string | null } {
  const { value, low, high, units, missing } = figure;
  if (value === null) return { verdict: "not known", reason: missing ?? "There is no value." };
  if (units < least) {
    return { verdict: "not known", reason: `Only ${units} samples; at least ${least} are asked for.` };
  }
  if (level === null) return { verdict: holds(value, operator, bound) ? "pass" : "fail", reason: null };
  if (low === null || high === null) return { verdict: "not known", reason: "There is no interval." };
  const worst = operator.startsWith("<") ? high : low;
  if (holds(worst, operator, bound)) return { verdict: "pass", reason: null };
  const reason = holds(value, operator, bound) ? "The value holds, but not its whole interval." : null;
  return { verdict: "fail", reason };
}

function holds(value: number, operator: Operator, bound: number): boolean {
  switch (operator) {
    case "<=":
      return value <= bound;
    case ">=":
      return value >= bound;
    case "<":
      return value < bound;
    case ">":
      return value > bound;
  }
}

/**
 * The figure that a requirement names.
 * @throws SalonError invalid_request listing the names there are
 */
export function figureOf({ name }: Requirement, figures: ReadonlyMap<string, Figure>): Figure {
  const figure = figures.get(name);
  if (figure !== undefined) return figure;
  const known = figures.size === 0 ? "none" : [...figures.keys()].join(", ");
  throw new SalonError("invalid_request", `There is no metric ${name}; there are: ${known}.`);
}
