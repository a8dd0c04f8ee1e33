// Plain JavaScript: a helper thread runs it without anything that loads TypeScript.

/** Places of the control block, in int32 words from CONTROL_BYTES on. */
export const CONTROL_BYTES = 64;
export const CONTROL_WORDS = 32;
export const SEQUENCE = 0;
export const NEXT = 1;
export const ACTIVE = 2;
export const KIND = 3;
export const PARAMETERS = 4;
/** Scale of a product, as a float64 at this byte. */
export const SCALE_BYTE = 192;
/** A value of NEXT from which no unit is ever taken. */
export const CLOSED = 1 << 30;

export const PRODUCT = 0;
export const SYMMETRIC_TIMES_VECTOR = 1;

/**
 * Takes units of the work at hand until none is left. Any number of threads may sweep at once; a unit is computed by
 * one of them and writes where no other does, so the result does not depend on how many.
 *
 * A unit is taken before the parameters are read: they are only written while NEXT is closed.
 */
export function sweep(kernels, memory, control) {
  for (;;) {
    const unit = Atomics.add(control, NEXT, 1);
    const parameters = control.subarray(PARAMETERS);
    if (unit >= parameters[0]) return;
    if (control[KIND] === PRODUCT) productUnit(kernels, memory, parameters, unit);
    else symmetricUnit(kernels, memory, parameters, unit);
  }
}

/** A 4-row panel of A against a block of B's panels. */
function productUnit(kernels, memory, parameters, unit) {
  const [, panelsA, panelsB, blockB, a, b, panelBytes, k, c, stride, part] = parameters;
  const i = unit % panelsA;
  const low = ((unit - i) / panelsA) * blockB;
  const high = Math.min(panelsB, low + blockB);
  // part: 0 the whole product, 1 its lower triangle, 2 its upper one.
  const first = part === 2 ? Math.max(low, i) : low;
  const end = part === 1 ? Math.min(high, i + 1) : high;
  if (first >= end) return;
  const [scale] = new Float64Array(memory.buffer, SCALE_BYTE, 1);
  kernels.row(
    a + i * panelBytes,
    b + first * panelBytes,
    k,
    end - first,
    c + 4 * i * stride + 32 * first,
    stride,
    scale,
  );
}

/** The row at which a band begins: a multiple of 4 that gives every band about the same area. */
export const bandBorder = (n, band, bands) =>
  band === bands ? n : 4 * Math.floor((n / 4) * Math.sqrt(band / bands));

/**
 * A band of rows of a symmetric matrix times v, reading its lower triangle once, four rows at a time: what these rows
 * add to the result, also as columns, goes to the band's own vector.
 */
function symmetricUnit(kernels, memory, parameters, unit) {
  const [bands, a, stride, n, vector, results, resultBytes, scratches] = parameters;
  const [low, high] = [bandBorder(n, unit, bands), bandBorder(n, unit + 1, bands)];
  const at = results + unit * resultBytes;
  const v = new Float64Array(memory.buffer, vector, n);
  const w = new Float64Array(memory.buffer, at, high).fill(0);
  const scratch = scratches + 64 * unit;
  const sums = new Float64Array(memory.buffer, scratch, 4);
  let r = low;
  for (; r + 4 <= high; r += 4) {
    const rows = a + r * stride;
    kernels.multiply(rows, stride, r, vector, at, vector + 8 * r, scratch);
    for (let q = 0; q < 4; q++) {
      const corner = new Float64Array(memory.buffer, rows + q * stride + 8 * r, q + 1);
      let sum = sums[q] + corner[q] * v[r + q];
      for (let j = 0; j < q; j++) {
        sum += corner[j] * v[r + j];
        w[r + j] += corner[j] * v[r + q];
      }
      w[r + q] += sum;
    }
  }
  for (; r < high; r++) {
    const row = new Float64Array(memory.buffer, a + r * stride, r + 1);
    let sum = row[r] * v[r];
    for (let j = 0; j < r; j++) {
      sum += row[j] * v[j];
      w[j] += row[j] * v[r];
    }
    w[r] += sum;
  }
}
