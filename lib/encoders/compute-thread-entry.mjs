// Plain JavaScript, because this is what makes TypeScript loadable in a new thread, whatever loaded the caller.
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { module, name, args, options } = workerData;
try {
  const functions = await import(new URL(`../${module}.ts`, import.meta.url).href);
  // Whoever gives options computes large products and wants their kernel with them; loading it takes a while.
  const last = options && [
    { ...options, kernel: (await import(new URL("./onnx-gram.ts", import.meta.url).href)).onnxGram },
  ];
  parentPort.postMessage({ value: await functions[name](...args, ...(last ?? [])) });
} catch (error) {
  // A copied error loses its class, so what the caller tells errors by goes along.
  parentPort.postMessage({ error: { message: error.message, reason: error.reason, stack: error.stack } });
}
