import type { Judge } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { EndpointAddress } from "@/lib/providers/outcome";
import { openKey } from "@/lib/secrets/seal-key";
import { salonSecret } from "@/lib/secrets/secret";

/** A judge as it is asked: its key open, so this never leaves the worker. */
export interface OpenJudge {
  address: EndpointAddress;
  /** Whether it tells the probabilities of its words. */
  logprobs: boolean;
  usdPerMillionInputTokens: number | null;
  usdPerMillionOutputTokens: number | null;
}

/** What is needed to ask a stored judge. The bundled one is asked where the generation backend is now. */
export async function openJudge(judge: Judge): Promise<OpenJudge> {
  const apiKey =
    judge.apiKeySealed === null ? null : openKey(judge.apiKeySealed, judge.id, await salonSecret());
  return {
    address: {
      owner: judge.bundled ? "bundled" : judge.ownerId === null ? "operator" : "visitor",
      baseUrl: judge.bundled ? `${env().generationUrl}/v1` : judge.baseUrl,
      providerModel: judge.providerModel,
      apiKey,
      timeoutMs: judge.timeoutMs,
    },
    logprobs: judge.logprobs ?? false,
    usdPerMillionInputTokens: judge.usdPerMillionInputTokens?.toNumber() ?? null,
    usdPerMillionOutputTokens: judge.usdPerMillionOutputTokens?.toNumber() ?? null,
  };
}
