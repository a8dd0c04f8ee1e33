export const CONTROL_BYTES: number;
export const CONTROL_WORDS: number;
export const SEQUENCE: number;
export const NEXT: number;
export const ACTIVE: number;
export const PARAMETERS: number;
export const SCALE_BYTE: number;
export const CLOSED: number;
export function sweep(
  row: (a: number, b: number, k: number, tiles: number, c: number, stride: number, scale: number) => void,
  control: Int32Array,
  scale: Float64Array,
): void;
