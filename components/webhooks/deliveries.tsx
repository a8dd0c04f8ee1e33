"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import { failureText, outcomeText } from "@/components/webhooks/webhook-text";
import type { WebhookDeliveryView } from "@/lib/schemas/webhooks";

/** While something waits for its first attempt it is there within seconds. */
const SOON_MS = 2_000;

/** What a webhook was sent lately and what came of it; what was given up, or arrived, can be sent again. */
export function Deliveries({ webhook, sent }: { webhook: string; sent: number }) {
  const t = useTranslations("webhooks");
  // A test that was just sent is asked for at once.
  const path = `/api/v1/webhooks/${webhook}/deliveries`;
  const { data, error, refresh } = useApi<{ deliveries: WebhookDeliveryView[] }>(`${path}?sent=${sent}`, {
    ask: () => callApi(path),
    keepsLast: true,
    wait: ({ deliveries }) =>
      deliveries.some(({ state, attempts }) => state === "pending" && attempts === 0) ? SOON_MS : null,
  });
  const [refused, setRefused] = useState<string | null>(null);
  const resend = async (id: string) => {
    setRefused(null);
    try {
      await callApi<unknown>(`${path}/${id}`, { method: "POST" });
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
  };
  const problem = refused ?? error?.message;
  return (
    <div className="border-line mt-4 border-t pt-4 text-sm">
      {problem && (
        <p role="alert" className="text-alarm mb-3">
          {problem}
        </p>
      )}
      {data === undefined ? (
        !problem && <p className="text-muted">{t("loading")}</p>
      ) : data.deliveries.length === 0 ? (
        <p className="text-muted">{t("deliveries.none")}</p>
      ) : (
        <ul className="grid gap-3" aria-label={t("card.deliveries")}>
          {data.deliveries.map((delivery) => (
            <Delivery key={delivery.id} delivery={delivery} onResend={() => resend(delivery.id)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Delivery({ delivery, onResend }: { delivery: WebhookDeliveryView; onResend: () => Promise<void> }) {
  const t = useTranslations("webhooks");
  const { moment } = useFormat();
  const [isBusy, setIsBusy] = useState(false);
  const { id, event, state, createdAt, reply } = delivery;
  const problem = failureText(t, delivery);
  const resend = async () => {
    setIsBusy(true);
    await onResend();
    setIsBusy(false);
  };
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className="font-mono text-xs" translate="no">
        {event}
      </span>
      <time className="text-muted" dateTime={createdAt} translate="no">
        {moment(createdAt)}
      </time>
      <span className={state === "dead" ? "text-alarm" : undefined}>{outcomeText(t, delivery)}</span>
      {state !== "pending" && (
        <button
          type="button"
          className="button-quiet button-small ml-auto"
          disabled={isBusy}
          onClick={() => void resend()}
        >
          {t.rich("deliveries.again", {
            event,
            id,
            hidden: (chunks) => <span className="sr-only">{chunks}</span>,
          })}
        </button>
      )}
      {problem && (
        <span className="text-muted basis-full break-words">
          {problem}
          {reply && ` ${t("deliveries.reply", { reply })}`}
        </span>
      )}
    </li>
  );
}
