/**
 * Just enough of a WebAssembly assembler for the kernels beside it: instructions are byte arrays, a body is
 * their concatenation, and `assemble` wraps bodies into a module (binary format, WebAssembly core 2.0, ch. 5).
 */
export type Code = number[];

export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;
type ValueType = typeof I32 | typeof F64 | typeof V128;

/** Unsigned LEB128. */
function unsigned(value: number): Code {
  const bytes: Code = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

/** Signed LEB128. */
function signed(value: number): Code {
  const bytes: Code = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const done = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const simd = (opcode: number, ...rest: Code): Code => [0xfd, ...unsigned(opcode), ...rest];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const i32 = (value: number): Code => [0x41, ...signed(value)];
export const addI32 = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const subI32 = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
/** Repeats the body while the condition (an i32, evaluated after it) is not zero. */
export const repeatWhile = (body: Code, condition: Code): Code => [
  0x03,
  0x40,
  ...body,
  ...condition,
  0x0d,
  0x00,
  0x0b,
];
/** Runs the body only if the condition is not zero. */
export const when = (condition: Code, body: Code): Code => [...condition, 0x04, 0x40, ...body, 0x0b];

export const loadV128 = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x00, 4, ...unsigned(offset)),
];
/** Loads one f64 into both lanes. */
export const loadSplatF64 = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x0a, 3, ...unsigned(offset)),
];
export const storeV128 = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...simd(0x0b, 4, ...unsigned(offset)),
];
export const storeF64 = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  0x39,
  3,
  ...unsigned(offset),
];
export const splatF64 = (value: Code): Code => [...value, ...simd(0x14)];
export const laneF64 = (value: Code, lane: 0 | 1): Code => [...value, ...simd(0x21, lane)];
export const addF64 = (a: Code, b: Code): Code => [...a, ...b, 0xa0];
export const addF64x2 = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf0)];
export const mulF64x2 = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xf2)];
export const zeroV128: Code = simd(0x0c, ...new Array<number>(16).fill(0));

export interface WasmFunction {
  name: string;
  parameters: ValueType[];
  locals: ValueType[];
  body: Code;
}

const text = (value: string): Code => [value.length, ...new TextEncoder().encode(value)];
const vector = (items: Code[]): Code => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

/** A module of functions without results over an imported shared memory `env.memory` of up to `maxPages`. */
export function assemble(functions: WasmFunction[], maxPages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map((f) => [0x60, ...unsigned(f.parameters.length), ...f.parameters, 0]);
  const memory = [...text("env"), ...text("memory"), 0x02, 0x03, ...unsigned(1), ...unsigned(maxPages)];
  const bodies = functions.map((f) => {
    const code = [...vector(f.locals.map((type) => [1, type])), ...f.body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map((f, i) => [...text(f.name), 0x00, ...unsigned(i)]))),
    ...section(10, vector(bodies)),
  ]);
}
