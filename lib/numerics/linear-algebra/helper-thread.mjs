// A helper thread: waits for work in the shared memory and sweeps along.
import { workerData } from "node:worker_threads";
import { ACTIVE, CONTROL_BYTES, CONTROL_WORDS, SEQUENCE, sweep } from "./shared-sweep.mjs";

/** Looks before it sleeps, about 0.1 ms: the next product is often ready sooner than a thread wakes. */
const LOOKS = 100_000;

const { module, memory } = workerData;
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
const control = new Int32Array(memory.buffer, CONTROL_BYTES, CONTROL_WORDS);
for (let seen = 0; seen >= 0; seen = Atomics.load(control, SEQUENCE)) {
  Atomics.add(control, ACTIVE, 1);
  sweep(kernels, memory, control);
  if (Atomics.sub(control, ACTIVE, 1) === 1) Atomics.notify(control, ACTIVE);
  for (let look = 0; look < LOOKS && Atomics.load(control, SEQUENCE) === seen; look++);
  Atomics.wait(control, SEQUENCE, seen);
}
