import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SimdKernels } from "@/lib/numerics/linear-algebra/simd-kernels";
import { MAX_PAGES, instantiateKernels, kernelModule } from "@/lib/numerics/linear-algebra/simd-kernels";
import * as shared from "@/lib/numerics/linear-algebra/shared-sweep.mjs";

const PAGE = 65_536;
/** A larger memory is let go after use instead of being kept for the next caller. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Helper threads pay from products of this many multiplications on (about 5 ms of one thread). */
const SHARED_WORK = 2 ** 25;
const MOST_HELPERS = 3;
/** Looks at the helpers' count before sleeping. */
const LOOKS = 100_000;

/** What a product needs, in the order of the control block. */
export interface ProductJob {
  panelsA: number;
  panelsB: number;
  blockB: number;
  a: number;
  b: number;
  panelBytes: number;
  k: number;
  c: number;
  stride: number;
  part: 0 | 1;
}

/** A stack of float64 arrays inside one WebAssembly memory, where the SIMD kernels can reach them. */
export class Workspace {
  /** Shared memory never moves when it grows, so arrays handed out stay valid. */
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: MAX_PAGES, shared: true });
  readonly kernels: SimdKernels = instantiateKernels(this.memory);
  /** Bytes in use; the first 256 hold what threads tell each other. */
  private top = 256;
  private readonly control = new Int32Array(this.memory.buffer, shared.CONTROL_BYTES, shared.CONTROL_WORDS);
  private readonly scale = new Float64Array(this.memory.buffer, shared.SCALE_BYTE, 1);
  private helpers = 0;

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

  /** Computes a product, with helper threads where it is large; the result is the same to the bit without them. */
  product(job: ProductJob, scale: number): void {
    const units = job.panelsA * Math.ceil(job.panelsB / job.blockB);
    const { panelsA, panelsB, blockB, a, b, panelBytes, k, c, stride, part } = job;
    this.scale[0] = scale;
    this.share(
      [units, panelsA, panelsB, blockB, a, b, panelBytes, k, c, stride, part],
      16 * panelsA * panelsB * k,
    );
  }

  private share(parameters: number[], work: number): void {
    const { control } = this;
    Atomics.store(control, shared.NEXT, shared.CLOSED);
    // A helper that woke late may hold a number of the work before: it must not find the new parameters.
    this.awaitHelpers();
    control.set(parameters, shared.PARAMETERS);
    Atomics.store(control, shared.NEXT, 0);
    if (work >= SHARED_WORK) {
      this.startHelpers();
      Atomics.add(control, shared.SEQUENCE, 1);
      Atomics.notify(control, shared.SEQUENCE);
    }
    shared.sweep(this.kernels, this.memory, control);
    this.awaitHelpers();
  }

  private awaitHelpers(): void {
    const { control } = this;
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, shared.ACTIVE) === 0) return;
    for (;;) {
      const active = Atomics.load(control, shared.ACTIVE);
      if (active === 0) return;
      Atomics.wait(control, shared.ACTIVE, active);
    }
  }

  private startHelpers(): void {
    const wanted = Math.min(MOST_HELPERS, availableParallelism() - 1);
    for (; this.helpers < wanted; this.helpers++) {
      const helper = new Worker(new URL("./helper-thread.mjs", import.meta.url), {
        execArgv: [],
        workerData: { module: kernelModule(), memory: this.memory },
      });
      helper.unref();
    }
  }

  /** Ends the helper threads; the workspace must not be used any more. */
  release(): void {
    Atomics.store(this.control, shared.SEQUENCE, -1);
    Atomics.notify(this.control, shared.SEQUENCE);
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
    if (depth === 0 && workspace.bytes > KEPT_BYTES) {
      workspace.release();
      kept = undefined;
    }
  }
}
