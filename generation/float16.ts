const scratch = new DataView(new ArrayBuffer(4));

/** The value of an IEEE 754 half. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The half nearest to a value, ties to the even one; too large a value becomes infinite. */
export function toHalf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0);
  // The single's 24-bit significand at the half's scale: normal halves drop 13 bits, subnormal ones more.
  const half = exponent - 112;
  const drop = half > 0 ? 13 : 14 - half;
  if (drop > 24) return sign;
  const significand = exponent === 0 ? fraction : fraction | 0x800000;
  const kept = significand >>> drop;
  const rest = significand - kept * 2 ** drop;
  const tie = 2 ** (drop - 1);
  const rounded = kept + (rest > tie || (rest === tie && kept % 2 === 1) ? 1 : 0);
  // A carry out of the fraction raises the exponent by itself; the implicit bit is already in `rounded`.
  const encoded = (half > 0 ? (half - 1) * 1024 : 0) + rounded;
  return sign | Math.min(encoded, 0x7c00);
}
