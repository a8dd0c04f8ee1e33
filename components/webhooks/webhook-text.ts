import {
  boardEvents,
  webhookEventType,
  type WebhookDeliveryView,
  type WebhookEventType,
} from "@/lib/schemas/webhooks";

/** What webhooks are about, in words. */
export type Subject = { model: string } | { board: string };

/** What a webhook is told of, as its owner chooses it. */
export const EVENT_TEXTS = {
  "run.finished": { label: "A run ended", note: "Published with its scores, failed, or cancelled." },
  "rank.changed": {
    label: "A rank changed",
    note: "The ranks that the votes cannot exclude are others now.",
  },
  "endpoint.failing": { label: "The endpoint keeps failing", note: "And when that is over." },
  "model.changed": {
    label: "The model changed",
    note: "A look at its images found another model behind its name.",
  },
  "run.paused": {
    label: "A run is paused",
    note: "Its account has no credit left, its budget is reached, or its endpoint turns it away; and when it goes on.",
  },
} as const satisfies Record<WebhookEventType, { label: string; note: string }>;

/** Events that there are of a subject. */
export const eventsOf = (subject: Subject): WebhookEventType[] =>
  "model" in subject ? [...webhookEventType.options] : [...boardEvents];

/** What became of a delivery, in a word or two. */
export function outcomeText({ state, attempts, status }: WebhookDeliveryView): string {
  const answer = status === null ? "" : `, HTTP ${status}`;
  switch (state) {
    case "delivered":
      return `delivered${answer}`;
    case "dead":
      return attempts === 0
        ? "given up"
        : `given up after ${attempts === 1 ? "one attempt" : `${attempts} attempts`}${answer}`;
    case "pending":
      return attempts === 0
        ? "waits to be sent"
        : `failed ${attempts === 1 ? "once" : `${attempts} times`}${answer}, is tried again`;
  }
}
