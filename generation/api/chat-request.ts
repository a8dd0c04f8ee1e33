import { z } from "zod";
import { readFrameLabel, type FrameLabel } from "@/generation/judge/frame-labels";
import { orNull } from "./parse-body";

const textPart = z.strictObject({ type: z.literal("text"), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({ url: z.string(), detail: orNull(z.enum(["auto", "low", "high"])) }),
});
const parts = z.array(z.discriminatedUnion("type", [textPart, imagePart]));

const message = z.strictObject({
  role: z.enum(["system", "developer", "user", "assistant"]),
  content: z.union([z.string(), parts]),
  name: z.string().optional(),
});

const responseFormat = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({
    type: z.literal("json_schema"),
    json_schema: z.strictObject({
      name: z.string(),
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()),
      strict: orNull(z.boolean()),
    }),
  }),
]);

/** POST /v1/chat/completions: OpenAI's parameters, as far as a judge can honour them. */
export const chatRequestSchema = z
  .strictObject({
    model: z.string(),
    messages: z.array(message).min(1).max(64),
    n: orNull(z.literal(1, "must be 1: the judge gives one answer")),
    temperature: orNull(z.number().min(0).max(2)),
    max_tokens: orNull(z.number().int().min(1).max(100_000)),
    max_completion_tokens: orNull(z.number().int().min(1).max(100_000)),
    seed: orNull(z.number().int().nonnegative()),
    logprobs: orNull(z.boolean()),
    top_logprobs: orNull(z.number().int().min(0).max(20)),
    response_format: orNull(responseFormat),
    stream: orNull(z.literal(false, "must be false: answers come at once")),
    // Accepted from clients that send them always; they change nothing here.
    user: orNull(z.string()),
    top_p: orNull(z.literal(1, "must be 1")),
    presence_penalty: orNull(z.literal(0, "must be 0")),
    frequency_penalty: orNull(z.literal(0, "must be 0")),
  })
  .refine(({ logprobs, top_logprobs }) => top_logprobs === undefined || logprobs === true, {
    path: ["top_logprobs"],
    message: "needs 'logprobs': true",
  });

export type ChatRequest = z.output<typeof chatRequestSchema>;

/** Where an image stands in the request, for errors, its URL, and which frame of a video the text before it says that it is. */
export interface GivenImage {
  url: string;
  param: string;
  frame: FrameLabel | null;
}

/** The text of the system and user messages joined by line breaks, that of the last user message alone, and the images in order. */
export function readMessages(messages: ChatRequest["messages"]) {
  const images: GivenImage[] = [];
  const texts: { role: string; text: string }[] = [];
  messages.forEach(({ role, content }, index) => {
    // What the assistant said before is no instruction and no question.
    if (role === "assistant") return;
    if (typeof content === "string") {
      texts.push({ role, text: content });
      return;
    }
    let frame: FrameLabel | null = null;
    const lines = content.flatMap((part, place) => {
      if (part.type === "text") {
        frame = readFrameLabel(part.text);
        // It names the image that follows, and is no part of what is asked.
        return frame === null ? [part.text] : [];
      }
      const param = `messages[${index}].content[${place}].image_url`;
      images.push({ url: part.image_url.url, param, frame });
      frame = null;
      return [];
    });
    texts.push({ role, text: lines.join("\n") });
  });
  return {
    allText: texts.map(({ text }) => text).join("\n"),
    lastUserText: texts.findLast(({ role }) => role === "user")?.text ?? "",
    images,
  };
}
