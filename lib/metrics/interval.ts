/** A value with the interval that resampling the samples gives it. */
export interface Interval {
  value: number;
  low: number;
  high: number;
  standardError: number;
  /** Coverage aimed at, 0.95 by default. */
  level: number;
}
