import sharp from "sharp";
import { newestRubric } from "@/lib/rubrics/registry";
import { askAbout } from "@/lib/rubrics/question-text";
import { parseReply } from "@/lib/rubrics/parse-reply";
import { readVerdict } from "@/lib/rubrics/read-verdict";
import { requireCallable } from "@/lib/providers/require-callable";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { askChat } from "@/lib/providers/openai-chat";
import type { EndpointAddress } from "@/lib/providers/outcome";
import type { JudgeTest, JudgeTestResponse } from "@/lib/schemas/judges/judging";

const TIMEOUT_MS = 45_000;
/** What the probe's image shows. */
const PROMPT = "a red square on a white background";

/**
 * Try a judge before it is added; nothing is stored. Asks for a verdict on a drawn image, and for a word with its
 * probabilities. What the judge does wrong is an answer (ok: false), with a sentence that says what to change.
 * @throws SalonError invalid_request when the address could never be called
 */
export async function probeJudge(
  input: JudgeTest,
  owner: "operator" | "visitor",
  signal?: AbortSignal,
  client: GuardedClient = guardedClient(),
): Promise<JudgeTestResponse> {
  await requireCallable(input.endpointUrl, owner, { client });
  const address = {
    owner,
    baseUrl: input.endpointUrl,
    providerModel: input.providerModel,
    apiKey: input.apiKey ?? null,
    timeoutMs: TIMEOUT_MS,
  };
  return probeAddress(address, client, signal);
}

/** The same for an address that may be called. */
export async function probeAddress(
  address: EndpointAddress,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<JudgeTestResponse> {
  const shown = [[await drawImage()]];
  const rubric = newestRubric("pointwise");
  const subject = { prompt: PROMPT };
  const first = await askChat(
    address,
    { ...askAbout(rubric, subject), shown, logprobs: false },
    client,
    signal,
  );
  const { latencyMs } = first;
  const failed = (message: string, said = first.reply): JudgeTestResponse => {
    return { ok: false, message, jsonSchema: false, logprobs: false, latencyMs, said };
  };
  if (first.kind !== "ok") return failed(first.message);
  const verdict = readVerdict(rubric, subject, first);
  // A judge of a small world may not know red squares; it has understood the question all the same.
  if (verdict.kind === "none" && verdict.reason !== "cannot_tell") {
    return failed(`It answers, but not in the form it is asked for. ${verdict.message}`);
  }
  const word = await askChat(
    address,
    { ...askAbout(newestRubric("vqascore"), subject), shown, logprobs: true },
    client,
    signal,
  );
  const logprobs = word.kind === "ok" && word.tokens !== null && word.tokens.length > 0;
  const jsonSchema = first.mode === "json_schema" && isPlainJson(first.text);
  const seconds = (latencyMs / 1000).toFixed(1);
  return { ok: true, message: `It works: a verdict in ${seconds} s.`, jsonSchema, logprobs, latencyMs, said: first.reply }; // prettier-ignore
}

const isPlainJson = (text: string) => text.trim().startsWith("{") && parseReply(text) !== undefined;

function drawImage(): Promise<Buffer> {
  const square = { width: 112, height: 112, channels: 3, background: "#d22" } as const;
  return sharp({ create: { width: 224, height: 224, channels: 3, background: "#fff" } })
    .composite([{ input: { create: square }, left: 56, top: 56 }])
    .png()
    .toBuffer();
}
