import { z } from "zod";
import { env } from "@/lib/env";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { OutboundError } from "@/lib/providers/outbound-error";
import { CheckFailed, type Check } from "@/lib/moderation/checks/check";

const DEADLINE_MS = 20_000;
/** An answer is a word or two. */
const LONGEST_REPLY = 4_096;

const reply = z.object({ state: z.enum(["visible", "held", "blurred"]) });

/**
 * The operator's own check over HTTP, where the environment names one: told `{"prompt", "image": {"mediaType", "base64"}}`, it
 * answers `{"state": "visible" | "held" | "blurred"}`. Any other answer is none.
 */
export function outsideCheck({
  client,
  signal,
}: {
  client: GuardedClient;
  signal?: AbortSignal;
}): Check | null {
  const { MODERATION_CHECK_URL: url, MODERATION_CHECK_TOKEN: token } = env();
  if (url === undefined) return null;
  return async ({ prompt, image }) => {
    const body = JSON.stringify({
      prompt,
      image: { mediaType: image.mediaType, base64: Buffer.from(image.bytes).toString("base64") },
    });
    try {
      const answer = await client.sendForHead(
        {
          url,
          owner: "operator",
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
          },
          body,
          deadlineMs: DEADLINE_MS,
          signal,
          followRedirects: false,
        },
        LONGEST_REPLY,
      );
      if (answer.status !== 200) throw new CheckFailed(`It answered with ${answer.status}.`);
      const { state } = reply.parse(JSON.parse(answer.head.toString("utf8")));
      if (state === "visible") return null;
      return { state: state === "held" ? "HELD" : "BLURRED", stateReason: "outside_check" };
    } catch (error) {
      if (signal?.aborted) throw error;
      if (error instanceof OutboundError) throw new CheckFailed(error.message);
      if (error instanceof SyntaxError || error instanceof z.ZodError)
        throw new CheckFailed("It answered with something else than a state.");
      throw error;
    }
  };
}
