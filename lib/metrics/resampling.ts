import type { Random } from "@/lib/numerics/random";

/** `size` distinct indices of 0..n-1, in random order (partial Fisher-Yates). */
export function sampleWithoutReplacement(n: number, size: number, random: Random): Int32Array {
  const pool = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = i + random.below(n - i);
    const held = pool[i];
    pool[i] = pool[j];
    pool[j] = held;
  }
  return pool.slice(0, size);
}
