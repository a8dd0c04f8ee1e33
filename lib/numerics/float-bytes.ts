/** Numbers as the database keeps them: little endian, whatever machine wrote them. */

export function float64Bytes(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i], true);
  return bytes;
}

export function readFloat64(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true));
}

export function float32Bytes(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  return bytes;
}

/** Reads stored float32 vectors of one length into one row-major array. */
export function readFloat32Rows(vectors: Uint8Array[], dimension: number): Float32Array {
  const rows = new Float32Array(vectors.length * dimension);
  vectors.forEach((vector, row) => {
    const view = new DataView(vector.buffer, vector.byteOffset, vector.byteLength);
    for (let i = 0; i < dimension; i++) rows[row * dimension + i] = view.getFloat32(i * 4, true);
  });
  return rows;
}
