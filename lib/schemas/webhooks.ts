import { z } from "zod";
import { storedDeliveryFailure, storedWebhookPause } from "@/lib/schemas/reasons/webhook-failure";

/** Webhooks: who is told of what, what is sent, and what became of it. /api/openapi.json is made from these. */

/** What a webhook can be told of. */
export const webhookEventType = z.enum([
  "run.finished",
  "rank.changed",
  "endpoint.failing",
  "model.changed",
  "run.paused",
]);

/** What is a model's owner's to know, and the operator's: no board is told of it. */
const OWNERS = ["endpoint.failing", "run.paused"];
/** What a board can be told of. */
export const boardEvents = webhookEventType.options.filter((event) => !OWNERS.includes(event));

const slug = z.string().min(1).max(100);

/** One of a model and a board; neither: the whole site, at the operator's command line alone. */
export const webhookCreation = z
  .object({
    model: slug.optional().describe("Slug of a model of yours."),
    board: slug.optional().describe("Slug of a board that you run."),
    url: z
      .url({ protocol: /^https?$/, error: "must be an http or https address" })
      .max(500)
      .describe("Where events are posted to. Private addresses are refused as those of endpoints are."),
    events: z
      .array(webhookEventType)
      .min(1, "must name an event")
      .max(webhookEventType.options.length)
      .describe(
        "What to be told of. Of a board, endpoint.failing and run.paused are not sent: what endpoints say is their owners' to know.",
      ),
  })
  .strict();

export const webhookView = z.object({
  id: z.string(),
  model: z.string().nullable().describe("Slug of the model it is about."),
  board: z.string().nullable().describe("Slug of the board it is about; neither: the whole site."),
  url: z.string(),
  events: z.array(webhookEventType),
  failingSince: z.string().nullable().describe("Of the first failure since the last success."),
  disabledAt: z
    .string()
    .nullable()
    .describe("Since when nothing is sent. A test event that arrives turns it on again."),
  disabledReason: z.string().nullable(),
  disabledFor: storedWebhookPause.nullable().describe("The same as a code with its facts."),
  dropped: z.number().int().describe("Events left out because too many waited to be delivered."),
  createdAt: z.string(),
});

export const webhookList = z.object({ webhooks: z.array(webhookView) });

export const newWebhook = webhookView.extend({
  secret: z.string().describe("Signs what is sent: whsec_ and base64. It is shown this once."),
});

export const newWebhookSecret = z.object({
  secret: z.string().describe("It is shown this once."),
  previousUntil: z.string().describe("Until when the secret before signs too."),
});

export const webhookDelivery = z.object({
  id: z.string().describe("Sent as webhook-id, the same in every attempt."),
  event: z.enum([...webhookEventType.options, "test"]),
  state: z.enum(["pending", "delivered", "dead"]),
  attempts: z.number().int(),
  status: z.number().int().nullable().describe("HTTP status of the last answer."),
  reply: z.string().nullable().describe("How the last answer began, as plain text."),
  problem: z.string().nullable().describe("Why the last attempt failed."),
  failedFor: storedDeliveryFailure.nullable().describe("The same as a code with its facts."),
  createdAt: z.string(),
  lastAttemptAt: z.string().nullable(),
  nextAttemptAt: z.string().nullable().describe("null: no further attempt is made."),
  body: z.string().describe("The JSON that is sent."),
});

export const webhookDeliveries = z.object({
  deliveries: z.array(webhookDelivery).describe("The latest 50, newest first."),
});

export type WebhookEventType = z.output<typeof webhookEventType>;
export type WebhookCreation = z.output<typeof webhookCreation>;
export type WebhookView = z.output<typeof webhookView>;
export type NewWebhook = z.output<typeof newWebhook>;
export type NewWebhookSecret = z.output<typeof newWebhookSecret>;
export type WebhookDeliveryView = z.output<typeof webhookDelivery>;
