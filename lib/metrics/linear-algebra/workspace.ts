import type { SimdKernels } from "@/lib/metrics/linear-algebra/simd-kernels";
import { MAX_PAGES, instantiateKernels } from "@/lib/metrics/linear-algebra/simd-kernels";

const PAGE = 65_536;
/** A larger memory is let go after use instead of being kept for the next caller. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** A stack of float64 arrays inside one WebAssembly memory, where the SIMD kernels can reach them. */
export class Workspace {
  /** Shared memory never moves when it grows, so arrays handed out stay valid. */
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: MAX_PAGES, shared: true });
  readonly kernels: SimdKernels = instantiateKernels(this.memory);
  /** Bytes in use; the first 64 stay free so that no array has address 0. */
  private top = 64;

  /** A zeroed array of `length` numbers, valid until the `scope` it was made in ends. */
  floats(length: number): Float64Array {
    const start = this.top;
    this.top = Math.ceil((start + 8 * length) / 64) * 64;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return new Float64Array(this.memory.buffer, start, length).fill(0);
  }

  /** Runs `use` and then frees the arrays that it made. */
  scope<T>(use: () => T): T {
    const mark = this.top;
    try {
      return use();
    } finally {
      this.top = mark;
    }
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }
}

let kept: Workspace | undefined;
let depth = 0;

/** Runs `use` with the thread's workspace; nested calls share it. Results must be copied out of it. */
export function withWorkspace<T>(use: (workspace: Workspace) => T): T {
  const workspace = (kept ??= new Workspace());
  depth++;
  try {
    return workspace.scope(() => use(workspace));
  } finally {
    depth--;
    if (depth === 0 && workspace.bytes > KEPT_BYTES) kept = undefined;
  }
}
