/**
 * The reflection H = I - tau v v^T with v[0] = 1 that turns the vector in v[0..count) into (beta, 0, ..., 0) (LAPACK's
 * dlarfg). Overwrites `v`; tau is 0, and v the first unit vector, when there is nothing to clear.
 */
export function reflector(v: Float64Array, count: number): { beta: number; tau: number } {
  let scale = 0;
  for (let j = 1; j < count; j++) scale = Math.max(scale, Math.abs(v[j]));
  const alpha = v[0];
  v[0] = 1;
  if (scale === 0) return { beta: alpha, tau: 0 };
  scale = Math.max(scale, Math.abs(alpha));
  // Scaled, so that tiny entries do not vanish when they are squared.
  let norm2 = (alpha / scale) ** 2;
  for (let j = 1; j < count; j++) {
    const x = v[j] / scale;
    norm2 += x * x;
  }
  const norm = scale * Math.sqrt(norm2);
  const beta = alpha >= 0 ? -norm : norm;
  const shrink = 1 / (alpha - beta);
  for (let j = 1; j < count; j++) v[j] *= shrink;
  return { beta, tau: (beta - alpha) / beta };
}
