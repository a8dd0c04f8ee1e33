import { z } from "zod";
import { isKeyName, keyInAddress } from "@/lib/schemas/endpoints/endpoint-fields";
import { plainText } from "@/lib/schemas/plain-text";

/**
 * Further fields and headers of every request of a run, such as {"quality": "high"}. They are part of how its images were made, and
 * everybody who sees the run sees them: a key has no place among them.
 */

const MOST_FIELDS = 20;
const MOST_HEADERS = 10;
const LONGEST_TEXT = 500;

/** Fields that wire formats write themselves, or that would make an answer something else than one image. */
const RESERVED = new Set([
  ...["model", "prompt", "n", "size", "width", "height", "seed", "response_format", "stream"],
  ...["partial_images", "num_inference_steps", "guidance_scale", "negative_prompt"],
]);
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
/** Headers by which a request says who asks and whom, how its body is framed, and through whom it came. */
const REFUSED_HEADER =
  /^(authorization|cookie|set-cookie|host|content-.*|accept|accept-.*|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|user-agent|origin|referer|proxy-.*|x-forwarded-.*|forwarded|via|x-real-ip|x-http-method.*|x-original-.*|x-rewrite-.*)$/i;

/** How keys begin, and what follows Bearer; the last two are a signed token and a key of fal. */
const KEY_BEGINS =
  /^((bearer|basic|token|key)\s|(sk|pk|rk|hf|r8|xai|gsk|gh[a-z]|github_pat|glpat|xox[a-z]|whsec)[-_](?=[\w-]*\d)[\w-]{12,}|AIza[\w-]{20,}|AKIA[A-Z0-9]{12,}|eyJ[\w-]{8,}\.|[\da-f]{8}-[\da-f-]{27}:[\da-f]{32})/i;
/** Nothing that a person types: capitals, small letters and digits without a pause. */
const KEY_LOOK = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/=_-]{32,}$/;

/** Whether a text looks like a key, or like an address that holds one. */
export const looksLikeKey = (text: string): boolean =>
  KEY_BEGINS.test(text.trim()) || KEY_LOOK.test(text.trim()) || keyInAddress(text.trim()) !== null;

const PLACE_OF_KEYS = "it is shown with the run, so give a key as the API key instead";

function refusedName(name: string): string | null {
  if (!FIELD_NAME.test(name))
    return "must have names of letters, digits, _, . and -, beginning with a letter, at most 64";
  if (isKeyName(name) || REFUSED_HEADER.test(name))
    return `may not hold a key or a header (${name}): ${PLACE_OF_KEYS}`;
  if (RESERVED.has(name)) return `may not hold ${name}, which Salon sets itself`;
  return null;
}

function refusedHeader(name: string): string | null {
  if (!HEADER_NAME.test(name)) return "must have names of letters, digits and -, at most 64";
  if (REFUSED_HEADER.test(name)) return `may not hold ${name}, which Salon sets itself`;
  if (isKeyName(name)) return `may not hold a key (${name}): ${PLACE_OF_KEYS}`;
  return null;
}

/** Checks names and texts, and how many there are. */
const checked =
  (refused: (name: string) => string | null, most: number, noun: string) =>
  (
    given: Record<string, string | number | boolean>,
    context: { addIssue(issue: { code: "custom"; message: string }): void },
  ) => {
    const entries = Object.entries(given);
    const [key] = entries.find(([, value]) => typeof value === "string" && looksLikeKey(value)) ?? [];
    const message =
      entries.length > most
        ? `may hold at most ${most} ${noun}`
        : (entries.map(([name]) => refused(name)).find((why) => why !== null) ??
          (key === undefined ? null : `holds what looks like a key (${key}): ${PLACE_OF_KEYS}`));
    if (message !== null) context.addIssue({ code: "custom", message });
  };

/** Whether a text has no control characters. */
export const isPlain = (text: string) => plainText(text, text.length) === text;
export const NOT_PLAIN = "may not hold control characters";

export const extraFields = z
  .record(
    z.string(),
    z.union([
      z.string().max(LONGEST_TEXT).refine(isPlain, NOT_PLAIN),
      z.number().min(-1e12).max(1e12),
      z.boolean(),
    ]),
  )
  .superRefine(checked(refusedName, MOST_FIELDS, "fields"));

export const extraHeaders = z
  .record(
    z.string(),
    z
      .string()
      .max(LONGEST_TEXT)
      .regex(/^[\x20-\x7e]*$/, "must be plain letters, digits and signs"),
  )
  .superRefine(checked(refusedHeader, MOST_HEADERS, "headers"));
