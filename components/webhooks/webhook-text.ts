import type { useTranslations } from "next-intl";
import {
  boardEvents,
  webhookEventType,
  type WebhookDeliveryView,
  type WebhookEventType,
  type WebhookView,
} from "@/lib/schemas/webhooks";

/** What webhooks are about, in words. */
export type Subject = { model: string } | { board: string };

type WebhookWords = ReturnType<typeof useTranslations<"webhooks">>;

const EVENT_KEYS = {
  "run.finished": "runFinished",
  "rank.changed": "rankChanged",
  "endpoint.failing": "endpointFailing",
  "model.changed": "modelChanged",
  "run.paused": "runPaused",
} as const satisfies Record<WebhookEventType, string>;

/** What a webhook is told of, as its owner chooses it. */
export const eventText = (t: WebhookWords, event: WebhookEventType): { label: string; note: string } => ({
  label: t(`events.${EVENT_KEYS[event]}.label`),
  note: t(`events.${EVENT_KEYS[event]}.note`),
});

/** Events that there are of a subject. */
export const eventsOf = (subject: Subject): WebhookEventType[] =>
  "model" in subject ? [...webhookEventType.options] : [...boardEvents];

/** What became of a delivery, in a word or two. */
export const outcomeText = (t: WebhookWords, { state, attempts, status }: WebhookDeliveryView): string =>
  t("deliveries.outcome", {
    state,
    attempts,
    hasStatus: status === null ? "no" : "yes",
    status: String(status),
  });

/** Why the last attempt failed; what was said of it elsewhere, or in an earlier release, is shown as it is. */
export function failureText(t: WebhookWords, { failedFor, problem }: WebhookDeliveryView): string | null {
  if (failedFor === null || typeof failedFor === "string" || failedFor.code === "not_reached") return problem;
  const status = "status" in failedFor ? String(failedFor.status) : "";
  return t("deliveries.failed", { why: failedFor.code, status });
}

/** Why a webhook was switched off; an earlier release's sentence is shown as it is. */
export function pauseText(t: WebhookWords, { disabledFor, disabledReason }: WebhookView): string {
  if (disabledFor === null || typeof disabledFor === "string") return disabledReason ?? "";
  return t("paused", { why: disabledFor.code, days: "days" in disabledFor ? disabledFor.days : 0 });
}
