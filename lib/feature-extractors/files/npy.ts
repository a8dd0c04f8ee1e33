import { FileError } from "@/lib/feature-extractors/files/file-error";

/** An array of a .npy file: float32 or float64, row-major. */
export interface NpyArray {
  shape: number[];
  data: Float32Array | Float64Array;
}

const MAGIC = "\x93NUMPY";

/**
 * Reads numpy's .npy format, versions 1 to 3, little-endian float32 and float64.
 * @throws FileError naming the file: another type, Fortran order of a matrix, truncated.
 */
export function parseNpy(bytes: Uint8Array, path: string): NpyArray {
  const latin = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString("latin1");
  if (bytes.length < 12 || latin(0, 6) !== MAGIC) throw new FileError(path, "is no .npy array.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2;
  const start = wide ? 12 : 10;
  const headerLength = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = latin(start, start + headerLength);
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || fortran === undefined || shapeText === undefined) {
    throw new FileError(path, "has a damaged .npy header.");
  }
  const shape = shapeText
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(Number);
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0)) {
    throw new FileError(path, `has the impossible shape (${shapeText}).`);
  }
  if (fortran === "True" && shape.length > 1)
    throw new FileError(path, "is stored in Fortran order; save it in C order.");
  const width = descr === "<f4" ? 4 : descr === "<f8" ? 8 : 0;
  if (width === 0) throw new FileError(path, `holds ${descr}; float32 or float64 (<f4, <f8) is needed.`);
  const length = shape.reduce((product, side) => product * side, 1);
  const at = start + headerLength;
  if (bytes.length - at !== length * width) {
    throw new FileError(
      path,
      `holds ${bytes.length - at} bytes of data, but its shape needs ${length * width}.`,
    );
  }
  // A typed array needs an aligned start; a copy gives it one.
  const aligned = (bytes.byteOffset + at) % width === 0;
  const buffer = aligned ? bytes.buffer : Uint8Array.from(bytes.subarray(at)).buffer;
  const offset = aligned ? bytes.byteOffset + at : 0;
  return {
    shape,
    data: width === 4 ? new Float32Array(buffer, offset, length) : new Float64Array(buffer, offset, length),
  };
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
