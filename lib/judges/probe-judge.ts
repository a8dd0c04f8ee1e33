import sharp from "sharp";
import { encodeMp4 } from "@/lib/media/encode-mp4";
import { NoFfmpegError } from "@/lib/media/run-ffmpeg";
import { findRubric, newestRubric } from "@/lib/rubrics/registry";
import { askAbout } from "@/lib/rubrics/question-text";
import { parseReply } from "@/lib/rubrics/parse-reply";
import { readVerdict } from "@/lib/rubrics/read-verdict";
import type { Shown } from "@/lib/rubrics/rubric";
import { requireCallable } from "@/lib/providers/require-callable";
import { guardedClient, type GuardedClient } from "@/lib/providers/guarded-client";
import { askChat } from "@/lib/providers/openai-chat";
import type { EndpointAddress } from "@/lib/providers/outcome";
import type { JudgeTest, JudgeTestResponse } from "@/lib/schemas/judges/judging";

const TIMEOUT_MS = 45_000;
/** What the probe's image shows. */
const PROMPT = "a red square on a white background";
/** What its video shows. */
const MOVING = "a red square moves to the right on a white background";

/**
 * Try a judge before it is added; nothing is stored. Asks for a verdict on a drawn image, for a word with its probabilities, and,
 * if it is to be shown whole videos, for a verdict on a drawn one. What the judge does wrong is an answer (ok: false), with a
 * sentence that says what to change; so is a machine that cannot make videos.
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
  const probe = await probeAddress(address, client, signal);
  if (!probe.ok || !input.rubrics?.some((id) => findRubric(id)?.sees === "video")) return probe;
  const problem = await probeVideo(address, client, signal);
  return problem === null ? { ...probe, message: `${probe.message} It takes videos.` } : { ...probe, ok: false, ...problem }; // prettier-ignore
}

/** Whether it can be shown a whole video. @returns null: it can; else why not, and what it said */
async function probeVideo(
  address: EndpointAddress,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<{ message: string; said: string } | null> {
  const video = await drawVideo().catch((error: unknown) => {
    if (error instanceof NoFfmpegError) return error;
    throw error;
  });
  if (video instanceof NoFfmpegError)
    return {
      message: `It works for images, but no video can be made to show it. ${video.message}`,
      said: "",
    };
  const rubric = newestRubric("pointwise", "video");
  const subject = { prompt: MOVING };
  const order = { ...askAbout(rubric, subject), shown: [video], logprobs: false };
  const answer = await askChat(address, order, client, signal);
  const instead = "Have it shown videos as frames (videoscore, videopair) instead.";
  const refused = (why: string) => ({
    message: `It works for images, but does not take a video (a content part of type video_url with an MP4 file as data URL). ${why} ${instead}`,
    said: answer.reply,
  });
  if (answer.kind === "rate_limited" || answer.kind === "timeout")
    return { message: `It works for images, but gave no answer about a video. ${answer.message}`, said: "" };
  if (answer.kind !== "ok") return refused(answer.message);
  const verdict = readVerdict(rubric, subject, answer);
  return verdict.kind === "none" ? refused(verdict.message) : null;
}

/** The same for an address that may be called. */
export async function probeAddress(
  address: EndpointAddress,
  client: GuardedClient,
  signal?: AbortSignal,
): Promise<JudgeTestResponse> {
  const shown = [await drawImage()];
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

const SIDE = 224;

/** A red square on white. @param left pixels of white at its left */
function drawSquare(left: number) {
  const square = { width: 112, height: 112, channels: 3, background: "#d22" } as const;
  const white = { width: SIDE, height: SIDE, channels: 3, background: "#fff" } as const;
  return sharp({ create: white }).composite([{ input: { create: square }, left, top: 56 }]);
}

const drawImage = async (): Promise<Shown> => ({
  type: "png",
  files: [await drawSquare(56).png().toBuffer()],
});

/** Two seconds in which it moves from left to right. @throws NoFfmpegError */
async function drawVideo(): Promise<Shown> {
  const frames = await Promise.all(
    Array.from({ length: 16 }, (_, t) =>
      drawSquare(7 * t)
        .raw()
        .toBuffer(),
    ),
  );
  const video = { width: SIDE, height: SIDE, rate: 8, frames };
  return { type: "mp4", files: [await encodeMp4("The video of the test", video)] };
}
