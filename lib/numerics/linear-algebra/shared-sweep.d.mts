import type { SimdKernels } from "@/lib/numerics/linear-algebra/simd-kernels";

export const CONTROL_BYTES: number;
export const CONTROL_WORDS: number;
export const SEQUENCE: number;
export const NEXT: number;
export const ACTIVE: number;
export const PARAMETERS: number;
export const SCALE_BYTE: number;
export const CLOSED: number;
export function sweep(kernels: SimdKernels, memory: WebAssembly.Memory, control: Int32Array): void;
