import path from "node:path";
import { z } from "zod";

const schema = z.object({
  GENERATION_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .default(4100)
    .describe("Port of the generation backend."),
  GENERATION_HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address it listens on; it asks for no key, so leave it on loopback or guard it."),
  GENERATION_MODELS_DIR: z
    .string()
    .default(path.join(import.meta.dirname, "models"))
    .transform((dir) => path.resolve(dir))
    .describe("Folder with one folder a model."),
  GENERATION_JUDGES_DIR: z
    .string()
    .default(path.join(import.meta.dirname, "judges"))
    .transform((dir) => path.resolve(dir))
    .describe("Folder with one folder a judge."),
  GENERATION_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe("Threads one batch may use; all cores when unset."),
  GENERATION_QUEUE_LIMIT: z.coerce
    .number()
    .int()
    .min(10)
    .max(100_000)
    .default(64)
    .describe("Images, and as many videos, that may wait before requests are answered with 429."),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace"])
    .default("info")
    .describe("How much it logs."),
});

export type GenerationEnv = z.output<typeof schema>;

/**
 * The generation backend's environment; README.md's configuration table describes it.
 * @throws Error naming every variable that is wrong, one a line.
 */
export function parseGenerationEnv(source: Record<string, string | undefined> = process.env): GenerationEnv {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not right:\n${lines.join("\n")}`);
}
