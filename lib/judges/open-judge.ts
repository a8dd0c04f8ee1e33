import type { Judge } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { EndpointAddress } from "@/lib/providers/outcome";
import { openFromRow } from "@/lib/secrets/open-key";

/** A judge as it is asked: its key open, so this never leaves the worker. */
export interface OpenJudge {
  address: EndpointAddress;
  /** Whether it tells the probabilities of its words. */
  logprobs: boolean;
  usdPerMillionInputTokens: number | null;
  usdPerMillionOutputTokens: number | null;
}

/**
 * What is needed to ask a stored judge. The bundled one is asked where the generation backend is now.
 * @throws SealedKeyError when its key cannot be opened here
 */
export async function openJudge(judge: Judge): Promise<OpenJudge> {
  const apiKey = judge.apiKeySealed === null ? null : await openFromRow(judge.apiKeySealed, judge.id);
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
