import { randomBytes, randomInt } from "node:crypto";
import type { BatchQueue } from "@/generation/batch-queue";
import type { EnhancedPrompt, EnhancerSettings } from "@/generation/enhance-prompts";
import { newRoutes } from "@/generation/http/app";
import { jsonBody, limitBody, requireJson } from "@/generation/http/json-body";
import type { EnhancerCard } from "@/generation/model-card";
import type { ModelLibrary } from "@/generation/model-library";
import { words } from "@/generation/world/tokenizer";
import { parseCompletionRequest } from "./completion-request";
import { findEnhancer } from "./models";
import { invalidValue } from "./parse-body";
import { roundedMs, submitToQueue } from "./submit-to-queue";

/** A prompt to enhance, with all that decides which batch it may join. */
export interface QueuedPrompt {
  enhancer: string;
  settings: EnhancerSettings;
  prompt: string;
  seed: number;
}

/** An enhanced prompt; those of one batch share one `timing` object. */
export interface WrittenPrompt extends EnhancedPrompt {
  timing: { load: number; write: number };
}

export type PromptQueue = BatchQueue<QueuedPrompt, WrittenPrompt>;

/** POST /v1/completions: a prompt enhancer's full captions for a terse prompt. */
export function completionRoutes(library: ModelLibrary, queue: PromptQueue) {
  return newRoutes().post(
    "/v1/completions",
    requireJson,
    limitBody(),
    jsonBody(parseCompletionRequest),
    async (c) => {
      const wanted = c.req.valid("json");
      const card = findEnhancer(library, wanted.model);
      const { steps = card.sampler.steps, temperature = card.sampler.temperature } = wanted;
      if (steps > card.textLength) {
        throw invalidValue("steps", `${card.id} writes ${card.textLength} words, in as many steps at most`);
      }
      const seed = wanted.seed ?? randomInt(2 ** 32);
      const seeds = Array.from({ length: wanted.n ?? 1 }, (_, index) => seed + index);
      const { written, timingMs } = await enhance(
        queue,
        card,
        { steps, temperature },
        seeds.map((each) => ({ prompt: wanted.prompt, seed: each })),
        c.var.signal,
      );
      const limit = wanted.max_tokens ?? card.textLength;
      const asked = words(wanted.prompt).length;
      const answered = written.reduce((sum, each) => sum + Math.min(each.words, limit), 0);
      return c.json({
        id: `cmpl-${randomBytes(12).toString("hex")}`,
        object: "text_completion",
        created: Math.floor(Date.now() / 1000),
        model: card.id,
        choices: written.map((each, index) => ({
          index,
          text: each.words > limit ? each.text.split(" ").slice(0, limit).join(" ") : each.text,
          finish_reason: each.words > limit ? "length" : "stop",
          logprobs: null,
        })),
        usage: {
          prompt_tokens: asked,
          completion_tokens: answered,
          total_tokens: asked + answered,
        },
        salon: { model: card.id, sampler: card.sampler.default, steps, temperature, seeds, timingMs },
      });
    },
  );
}

/** Enhanced prompts in their tasks' order, and where the time went. */
export async function enhance(
  queue: PromptQueue,
  card: EnhancerCard,
  settings: EnhancerSettings,
  tasks: readonly { prompt: string; seed: number }[],
  signal: AbortSignal,
): Promise<{ written: WrittenPrompt[]; timingMs: Record<"queue" | "load" | "write", number> }> {
  const key = [card.id, settings.steps, settings.temperature].join(" ");
  const { results, queuedMs } = await submitToQueue(
    queue,
    key,
    tasks.map((task) => ({ enhancer: card.id, settings, ...task })),
    signal,
  );
  const batches = [...new Set(results.map(({ timing }) => timing))];
  const sum = (part: "load" | "write") => roundedMs(batches.reduce((total, batch) => total + batch[part], 0));
  return {
    written: results,
    timingMs: { queue: roundedMs(queuedMs), load: sum("load"), write: sum("write") },
  };
}
