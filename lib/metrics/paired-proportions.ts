import { wilsonInterval } from "@/lib/numerics/wilson-interval";

/** How often each of two judgements of the same things held: both, only one of them, neither. */
export interface PairedCounts {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/** A difference of two shares of the same things, with its 95% interval. */
export interface PairedProportions {
  n: number;
  first: number;
  second: number;
  /** first - second. */
  difference: number;
  low: number;
  high: number;
}

/**
 * Difference of two paired proportions with Newcombe's 95% hybrid score interval (Newcombe 1998, Statist. Med. 17:2635-2650,
 * method 10): Wilson's intervals of the two shares, joined by their correlation. Unlike the usual interval it keeps a width where
 * no thing tells the two apart, so few things never prove a difference.
 * @throws RangeError for no things at all
 */
export function pairedProportions({ both, onlyFirst, onlySecond, neither }: PairedCounts): PairedProportions {
  const n = both + onlyFirst + onlySecond + neither;
  const first = wilsonInterval(both + onlyFirst, n);
  const second = wilsonInterval(both + onlySecond, n);
  const correlation = scoreCorrelation(both, onlyFirst, onlySecond, neither);
  const reach = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
  const difference = first.value - second.value;
  return {
    n,
    first: first.value,
    second: second.value,
    difference,
    low: difference - reach(first.value - first.low, second.high - second.value),
    high: difference + reach(first.high - first.value, second.value - second.low),
  };
}

/** The phi coefficient; a positive one is lowered by Newcombe's correction for continuity. */
function scoreCorrelation(both: number, onlyFirst: number, onlySecond: number, neither: number): number {
  const n = both + onlyFirst + onlySecond + neither;
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  if (margins === 0) return 0;
  const product = both * neither - onlyFirst * onlySecond;
  const corrected = product > 0 ? Math.max(0, product - n / 2) : product;
  return corrected / Math.sqrt(margins);
}
