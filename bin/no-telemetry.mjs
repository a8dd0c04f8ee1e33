// Libraries that report to their makers are told not to, before they run. What a process starts inherits it.
Object.assign(process.env, {
  // onnxruntime-node: with its first session it keeps a device id and events in ~/.cache and asks for a host to send them to.
  ORT_DISABLE_TELEMETRY: "1",
  // Next.js: build, start, dev and typegen; in development also the question for newer versions.
  NEXT_TELEMETRY_DISABLED: "1",
  // better-auth, whatever else says so.
  BETTER_AUTH_TELEMETRY: "0",
  // Prisma's command line.
  CHECKPOINT_DISABLE: "1",
});
