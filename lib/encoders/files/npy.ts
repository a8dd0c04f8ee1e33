import { FileError } from "@/lib/media/files/file-error";

/** Numbers of a .npy file, row-major. */
export interface NpyArray {
  shape: number[];
  data: Float32Array | Float64Array;
}

const MAGIC = "\x93NUMPY";

/** Types that are read, by numpy's name without its byte order: bytes a number and how one is read. */
const TYPES: Record<
  string,
  { width: number; read: (view: DataView, at: number, little: boolean) => number }
> = {
  f2: { width: 2, read: (view, at, little) => fromHalf(view.getUint16(at, little)) },
  f4: { width: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { width: 8, read: (view, at, little) => view.getFloat64(at, little) },
  i1: { width: 1, read: (view, at) => view.getInt8(at) },
  u1: { width: 1, read: (view, at) => view.getUint8(at) },
  b1: { width: 1, read: (view, at) => view.getUint8(at) },
  i2: { width: 2, read: (view, at, little) => view.getInt16(at, little) },
  u2: { width: 2, read: (view, at, little) => view.getUint16(at, little) },
  i4: { width: 4, read: (view, at, little) => view.getInt32(at, little) },
  u4: { width: 4, read: (view, at, little) => view.getUint32(at, little) },
  i8: { width: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { width: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

/** An IEEE 754 half-precision number. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/**
 * Reads numpy's .npy format, versions 1 to 3: float16, float32, float64, integers and booleans in either byte order, in C or Fortran
 * order. float32 stays float32, float16 becomes it; all others become float64. The result is row-major.
 * @throws FileError naming the file and the reason: objects, text, structured or complex numbers, an empty array, truncated.
 */
export function parseNpy(bytes: Uint8Array, path: string): NpyArray {
  const latin = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString("latin1");
  if (bytes.length < 12 || latin(0, 6) !== MAGIC) throw new FileError(path, "is no .npy array.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2;
  const start = wide ? 12 : 10;
  const headerLength = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = latin(start, start + headerLength);
  if (/'descr':\s*\[/.test(header))
    throw new FileError(path, "holds structured records; a plain array of numbers is needed.");
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || fortran === undefined || shapeText === undefined) {
    throw new FileError(path, "has a damaged .npy header.");
  }
  const shape = shapeText
    .split(",")
    .map((part) => part.trim().replace(/L$/, ""))
    .filter((part) => part !== "")
    .map(Number);
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0)) {
    throw new FileError(path, `has the impossible shape (${shapeText}).`);
  }
  const type = TYPES[descr.slice(1)];
  if (type === undefined || !/^[<>|=]/.test(descr)) {
    const kind = {
      O: "Python objects",
      U: "text",
      S: "text",
      c: "complex numbers",
      V: "raw records",
      M: "dates",
    };
    const what = kind[descr[1] as keyof typeof kind] ?? "another type";
    throw new FileError(path, `holds ${what} (${descr}); numbers up to 64 bits are needed.`);
  }
  const length = shape.reduce((product, side) => product * side, 1);
  if (length === 0) throw new FileError(path, `is empty: its shape is (${shape.join(", ")}).`);
  const at = start + headerLength;
  if (bytes.length - at !== length * type.width) {
    throw new FileError(
      path,
      `holds ${bytes.length - at} bytes of data, but its shape needs ${length * type.width}.`,
    );
  }
  const data = numbersOf(bytes, at, length, descr, type);
  return { shape, data: fortran === "True" && shape.length > 1 ? toRowMajor(data, shape) : data };
}

function numbersOf(
  bytes: Uint8Array,
  at: number,
  length: number,
  descr: string,
  { width, read }: (typeof TYPES)[string],
): NpyArray["data"] {
  const little = descr[0] !== ">";
  const single = descr.endsWith("f4") || descr.endsWith("f2");
  if (little && /f[48]$/.test(descr)) {
    // A typed array needs an aligned start; a copy gives it one.
    const aligned = (bytes.byteOffset + at) % width === 0;
    const buffer = aligned ? bytes.buffer : Uint8Array.from(bytes.subarray(at)).buffer;
    const offset = aligned ? bytes.byteOffset + at : 0;
    return single ? new Float32Array(buffer, offset, length) : new Float64Array(buffer, offset, length);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length * width);
  const data = single ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = read(view, i * width, little);
  return data;
}

/** Numbers whose first index runs fastest, reordered so that the last does. */
function toRowMajor(data: NpyArray["data"], shape: number[]): NpyArray["data"] {
  const out = data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
  const strides = shape.map((_, k) => shape.slice(0, k).reduce((product, side) => product * side, 1));
  const index = shape.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    let from = 0;
    for (let k = 0; k < shape.length; k++) from += index[k] * strides[k];
    out[i] = data[from];
    for (let k = shape.length - 1; k >= 0 && ++index[k] === shape[k]; k--) index[k] = 0;
  }
  return out;
}

/** Header of a version 1 .npy file whose data follows. */
export function npyHeader(shape: number[], type: "<f4" | "<f8"): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  // Data starts at a multiple of 64, as numpy writes it.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, " ");
  header.write(MAGIC, 0, "latin1");
  header.writeUInt16LE(1, 6);
  header[6] = 1;
  header[7] = 0;
  header.writeUInt16LE(length, 8);
  header.write(text, 10, "latin1");
  header.write("\n", 10 + length - 1, "latin1");
  return header;
}

/** Bytes of a .npy file. */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const header = npyHeader(shape, data instanceof Float32Array ? "<f4" : "<f8");
  return Buffer.concat([header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}
