import { z } from "zod";
import { isKeyName } from "@/lib/schemas/endpoints/endpoint-fields";
import type { FormatId } from "@/lib/schemas/formats/formats";

/** The formats that whoever submits an endpoint writes down: a request with placeholders, and where the answer stands. */

/** What a template may hold, in double braces. */
export const PLACEHOLDERS = [
  "prompt",
  "negative_prompt",
  "width",
  "height",
  "seed",
  "steps",
  "guidance",
  "model",
  "seconds",
  "image",
  "image_2",
  "image_3",
  "mask",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
/** Those that stand for the images that an order begins with, in their order. */
export const IMAGE_PLACEHOLDERS = ["image", "image_2", "image_3"] as const satisfies Placeholder[];

const MOST_CHARACTERS = 200_000;
const path = z
  .string()
  .max(200)
  .regex(/^[\w$-]+(\.[\w$-]+)*$/, "must be names and numbers with points between them, such as data.0.url");
const place = path.optional();
const words = z.array(z.string().min(1).max(100)).max(20);

const headers = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, "must be names of headers"),
    z
      .string()
      .max(500)
      .regex(/^[\x20-\x7e]*$/),
  )
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      if (/^(host|content-length|transfer-encoding|connection|cookie)$/i.test(name))
        context.addIssue({ code: "custom", message: `may not hold ${name}` });
      if ((isKeyName(name) || /^authorization$/i.test(name)) && !value.includes("{{api_key}}"))
        context.addIssue({
          code: "custom",
          message: `may not hold a key (${name}): give it as the API key, and write {{api_key}} here`,
        });
    }
  });

/** A request of any HTTP API, and where its answer stands. */
export const httpTemplate = z
  .object({
    method: z.enum(["POST", "PUT", "GET"]).default("POST"),
    headers: headers.default({}).describe("Such as {Authorization: 'Key {{api_key}}'}."),
    body: z.enum(["json", "multipart"]).default("json"),
    template: z
      .json()
      .default({})
      .describe(
        "The body. Texts may hold {{prompt}}, {{negative_prompt}}, {{width}}, {{height}}, {{seed}}, {{steps}}, {{guidance}}, {{model}}, {{seconds}} and, of edits and first frames, {{image}}, {{image_2}}, {{image_3}} and {{mask}} as base64, which in a form are files; one that is a placeholder alone becomes its value, or goes where there is none.",
      ),
    image: place.describe(
      "Where the image or video stands: base64 or an address; left out: the answer is the output itself.",
    ),
    seed: place,
    error: place,
    id: place.describe("Of an answer that is polled for: where the id of the task stands."),
    pollUrl: z
      .string()
      .max(500)
      .optional()
      .describe("The path or address to poll, with {{id}} in it; or where it stands, as `$.path`."),
    status: place,
    done: words.default(["completed", "succeeded", "success", "ready", "done", "finished"]),
    failed: words.default(["failed", "error", "cancelled", "canceled", "expired"]),
    pollSeconds: z.number().min(0.5).max(60).default(2),
  })
  .strict()
  .refine(({ id, pollUrl }) => (id === undefined) === (pollUrl === undefined) || pollUrl?.startsWith("$."), {
    message: "needs both id and pollUrl to be polled",
    path: ["pollUrl"],
  });

/** A workflow of ComfyUI, saved in its API format, with placeholders. */
export const comfyWorkflow = z
  .object({
    workflow: z.record(
      z.string().max(100),
      z.object({ class_type: z.string(), inputs: z.record(z.string(), z.json()) }),
    ),
    /** The node whose image or video counts; the first with one unless told. */
    output: z.string().max(100).optional(),
  })
  .strict();

export const formatOptions = z.union([httpTemplate, comfyWorkflow]);
export type HttpTemplate = z.output<typeof httpTemplate>;
export type ComfyWorkflow = z.output<typeof comfyWorkflow>;
export type FormatOptions = HttpTemplate | ComfyWorkflow;

const SCHEMAS: Partial<Record<FormatId, z.ZodType<FormatOptions>>> = {
  http: httpTemplate,
  comfyui: comfyWorkflow,
};

/** Whether a format is one that is written down with the endpoint. */
export const needsOptions = (format: FormatId): boolean => SCHEMAS[format] !== undefined;

/**
 * What a format's options are, or what is wrong with them.
 * @returns the options, null for a format that has none, or a sentence's end that says what to change
 */
export function readFormatOptions(
  format: FormatId,
  given: unknown,
): { options: FormatOptions | null } | { problem: string } {
  const schema = SCHEMAS[format];
  if (schema === undefined)
    return given === undefined || given === null
      ? { options: null }
      : { problem: "is for formats that are written down: leave it out" };
  if (given === undefined || given === null)
    return {
      problem:
        format === "http" ? "must say how to ask, such as {image: 'data.0.url'}" : "must hold a workflow",
    };
  const text = JSON.stringify(given);
  if (text.length > MOST_CHARACTERS) return { problem: `may have ${MOST_CHARACTERS} characters` };
  if (!text.includes("{{prompt}}")) return { problem: "holds no {{prompt}}" };
  const read = schema.safeParse(given);
  if (read.success) return { options: read.data };
  const [issue] = read.error.issues;
  return { problem: `${issue.path.join(".")} ${issue.message}`.trim() };
}
