// Plain JavaScript: a helper thread runs it without anything that loads TypeScript.

/** Places of the control block, in int32 words from CONTROL_BYTES on. */
export const CONTROL_BYTES = 64;
export const CONTROL_WORDS = 32;
export const SEQUENCE = 0;
export const NEXT = 1;
export const ACTIVE = 2;
export const PARAMETERS = 3;
/** Scale of a product, as a float64 at this byte. */
export const SCALE_BYTE = 192;
/** A value of NEXT from which no unit is ever taken. */
export const CLOSED = 1 << 30;

/**
 * Takes units of the product at hand until none is left. Any number of threads may sweep at once; a unit is computed by
 * one of them and writes where no other does, so the result does not depend on how many.
 *
 * A unit is taken before the parameters are read: they are only written while NEXT is closed.
 */
export function sweep(kernels, memory, control) {
  for (;;) {
    const unit = Atomics.add(control, NEXT, 1);
    const parameters = control.subarray(PARAMETERS);
    if (unit >= parameters[0]) return;
    productUnit(kernels, memory, parameters, unit);
  }
}

/** A 4-row panel of A against a block of B's panels. */
function productUnit(kernels, memory, parameters, unit) {
  const [, panelsA, panelsB, blockB, a, b, panelBytes, k, c, stride, part] = parameters;
  const i = unit % panelsA;
  const low = ((unit - i) / panelsA) * blockB;
  const high = Math.min(panelsB, low + blockB);
  // part: 0 the whole product, 1 its lower triangle.
  const end = part === 1 ? Math.min(high, i + 1) : high;
  if (low >= end) return;
  const [scale] = new Float64Array(memory.buffer, SCALE_BYTE, 1);
  kernels.row(
    a + i * panelBytes,
    b + low * panelBytes,
    k,
    end - low,
    c + 4 * i * stride + 32 * low,
    stride,
    scale,
  );
}
