import { z } from "zod";

/** Why an event did not arrive at a webhook's address. */
export const deliveryFailure = z.discriminatedUnion("code", [
  z
    .object({ code: z.literal("answered"), status: z.number().int() })
    .describe("With another HTTP status than 2xx."),
  z
    .object({ code: z.literal("redirected"), status: z.number().int() })
    .describe("Signed events go where the owner said, and nowhere else."),
  z.object({ code: z.literal("not_reached"), said: z.string() }).describe("It could not be called, and why."),
  z
    .object({ code: z.literal("secret_unreadable") })
    .describe("What signs it was sealed with a key that is not here."),
  z.object({ code: z.literal("switched_off") }).describe("The webhook was, before the event was sent."),
]);

/** Why nothing is sent to a webhook any more. */
export const webhookPause = z.discriminatedUnion("code", [
  z.object({ code: z.literal("gone") }).describe("Its address answered 410."),
  z
    .object({ code: z.literal("nothing_arrived"), days: z.number().int() })
    .describe("For longer than so many days."),
]);

/** As deliveries and webhooks keep them: those of earlier releases are sentences. */
export const storedDeliveryFailure = z.union([z.string(), deliveryFailure]);
export const storedWebhookPause = z.union([z.string(), webhookPause]);

export type DeliveryFailure = z.output<typeof deliveryFailure>;
export type StoredDeliveryFailure = z.output<typeof storedDeliveryFailure>;
export type WebhookPause = z.output<typeof webhookPause>;
export type StoredWebhookPause = z.output<typeof storedWebhookPause>;
