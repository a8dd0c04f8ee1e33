// Plain JavaScript: a helper thread runs it without anything that loads TypeScript.

/** Places of the control block, in int32 words from CONTROL_BYTES on. */
export const CONTROL_BYTES = 64;
export const CONTROL_WORDS = 32;
export const SEQUENCE = 0;
export const NEXT = 1;
export const ACTIVE = 2;
export const PARAMETERS = 3;
/** Scale of the product, as a float64 at this byte. */
export const SCALE_BYTE = 192;
/** A value of NEXT from which no unit is ever taken. */
export const CLOSED = 1 << 30;

/**
 * Takes units of a product (a 4-row panel of A against a block of B's panels) until none is left. Any number of
 * threads may sweep at once; a tile is computed by one of them, so the result does not depend on how many.
 *
 * A unit is taken before the parameters are read: they are only written while NEXT is closed.
 */
export function sweep(row, control, scale) {
  for (;;) {
    const unit = Atomics.add(control, NEXT, 1);
    const [units, panelsA, panelsB, blockB, a, b, panelBytes, k, c, stride, part] =
      control.subarray(PARAMETERS);
    if (unit >= units) return;
    const i = unit % panelsA;
    const low = ((unit - i) / panelsA) * blockB;
    const high = Math.min(panelsB, low + blockB);
    // part: 0 the whole product, 1 its lower triangle, 2 its upper one.
    const first = part === 2 ? Math.max(low, i) : low;
    const end = part === 1 ? Math.min(high, i + 1) : high;
    if (first < end) {
      row(
        a + i * panelBytes,
        b + first * panelBytes,
        k,
        end - first,
        c + 4 * i * stride + 32 * first,
        stride,
        scale[0],
      );
    }
  }
}
