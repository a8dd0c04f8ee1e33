"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useApi } from "@/components/use-api";
import { NewSecret } from "@/components/webhooks/new-secret";
import { WebhookCard } from "@/components/webhooks/webhook-card";
import { WebhookForm } from "@/components/webhooks/webhook-form";
import type { Subject } from "@/components/webhooks/webhook-text";
import type { NewWebhook, WebhookView } from "@/lib/schemas/webhooks";

/** The reader's webhooks of a model or a board: each with its deliveries, and a form for one more. */
export function Webhooks({ subject }: { subject: Subject }) {
  const t = useTranslations("webhooks");
  const path = `/api/v1/webhooks?${new URLSearchParams(subject)}`;
  const { data, error, refresh } = useApi<{ webhooks: WebhookView[] }>(path);
  const [made, setMade] = useState<NewWebhook | null>(null);
  return (
    <section aria-label={t("title")} className="max-w-3xl">
      <p className="text-muted mb-5 text-sm">{t("about")}</p>
      <WebhookForm
        subject={subject}
        onMade={(webhook) => {
          setMade(webhook);
          void refresh();
        }}
      />
      {made && <NewSecret key={made.id} secret={made.secret} />}
      {error && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {error.message}
        </p>
      )}
      {data === undefined ? (
        !error && <p className="text-muted mt-8 text-sm">{t("loading")}</p>
      ) : data.webhooks.length === 0 ? (
        <p className="card text-muted mt-8 p-8 text-center">{t("none")}</p>
      ) : (
        <ul className="mt-8 grid gap-3">
          {data.webhooks.map((webhook) => (
            <li key={webhook.id}>
              <WebhookCard webhook={webhook} onChanged={refresh} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
