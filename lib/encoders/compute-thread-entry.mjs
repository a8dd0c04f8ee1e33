// Plain JavaScript, because this is what makes TypeScript loadable in a new thread, whatever loaded the caller.
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { module, name, args, options } = workerData;
try {
  const { onnxGram } = await import(new URL("./onnx-gram.ts", import.meta.url).href);
  const functions = await import(new URL(`../metrics/${module}.ts`, import.meta.url).href);
  parentPort.postMessage({ value: await functions[name](...args, { ...options, kernel: onnxGram }) });
} catch (error) {
  // A copied error loses its class, so what the caller tells errors by goes along.
  parentPort.postMessage({ error: { message: error.message, reason: error.reason, stack: error.stack } });
}
