import type { ModelEndpoint } from "@/lib/providers/outcome";

/** An endpoint of OpenAI's images format as adapters take it. */
export const imageEndpoint = (given: Partial<ModelEndpoint> & { baseUrl: string }): ModelEndpoint => ({
  owner: "visitor",
  format: "openai-images",
  options: null,
  providerModel: "m",
  apiKey: null,
  timeoutMs: 30_000,
  leftOut: [],
  learn: async () => {},
  ...given,
});
