// A helper thread: waits for products in the shared memory and sweeps along.
import { workerData } from "node:worker_threads";
import { ACTIVE, CONTROL_BYTES, CONTROL_WORDS, SCALE_BYTE, SEQUENCE, sweep } from "./product-sweep.mjs";

const { module, memory } = workerData;
const { row } = new WebAssembly.Instance(module, { env: { memory } }).exports;
const control = new Int32Array(memory.buffer, CONTROL_BYTES, CONTROL_WORDS);
const scale = new Float64Array(memory.buffer, SCALE_BYTE, 1);
for (let seen = 0; seen >= 0; seen = Atomics.load(control, SEQUENCE)) {
  Atomics.add(control, ACTIVE, 1);
  sweep(row, control, scale);
  if (Atomics.sub(control, ACTIVE, 1) === 1) Atomics.notify(control, ACTIVE);
  Atomics.wait(control, SEQUENCE, seen);
}
