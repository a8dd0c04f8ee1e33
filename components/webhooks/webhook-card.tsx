"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { useFormat } from "@/components/use-format";
import { Deliveries } from "@/components/webhooks/deliveries";
import { NewSecret } from "@/components/webhooks/new-secret";
import { pauseText } from "@/components/webhooks/webhook-text";
import type { NewWebhookSecret, WebhookView } from "@/lib/schemas/webhooks";

/** One webhook: where it sends what, whether that works, and what its owner can do with it. */
export function WebhookCard({
  webhook,
  onChanged,
}: {
  webhook: WebhookView;
  onChanged: () => Promise<void>;
}) {
  const t = useTranslations("webhooks.card");
  const [isOpen, setIsOpen] = useState(false);
  const [sent, setSent] = useState(0);
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/v1/webhooks/${webhook.id}`;
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const test = () =>
    attempt(async () => {
      await callApi<unknown>(`${path}/test`, { method: "POST" });
      setIsOpen(true);
      setSent((count) => count + 1);
    });
  const rotate = () =>
    attempt(async () =>
      setSecret((await callApi<NewWebhookSecret>(`${path}/secret`, { method: "POST" })).secret),
    );
  const remove = () =>
    attempt(async () => {
      await callApi<unknown>(path, { method: "DELETE" });
      await onChanged();
    });
  return (
    <article className="card p-4" aria-label={webhook.url}>
      <h3 className="font-mono text-sm break-all" translate="no">
        {webhook.url}
      </h3>
      <p className="text-muted mt-1 text-sm" translate="no">
        {webhook.events.join(", ")}
      </p>
      <Health webhook={webhook} />
      <div className="mt-3 flex flex-wrap gap-3">
        <button type="button" className="button-quiet button-small" onClick={() => void test()}>
          {t("test")}
        </button>
        <button
          type="button"
          className="button-quiet button-small"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t("deliveries")}
        </button>
        <Confirm label={t("newSecret")} ask={t("newSecretAsk")} go={t("newSecretGo")} onGo={rotate} />
        <Confirm label={t("delete")} ask={t("deleteAsk")} go={t("deleteGo")} onGo={remove} />
      </div>
      {problem && (
        <p role="alert" className="text-alarm mt-3 text-sm">
          {problem}
        </p>
      )}
      {secret && <NewSecret secret={secret} note={t("bothSign")} />}
      {isOpen && <Deliveries webhook={webhook.id} sent={sent} />}
    </article>
  );
}

function Health({ webhook }: { webhook: WebhookView }) {
  const t = useTranslations("webhooks");
  const { moment } = useFormat();
  const { disabledAt, failingSince, dropped } = webhook;
  const lines = [
    disabledAt !== null && t("card.off", { moment: moment(disabledAt), reason: pauseText(t, webhook) }),
    disabledAt === null && failingSince !== null && t("card.failing", { moment: moment(failingSince) }),
    dropped > 0 && t("card.dropped", { n: dropped }),
  ].filter((line) => line !== false);
  return lines.map((line) => (
    <p key={line} className="text-alarm mt-2 text-sm">
      {line}
    </p>
  ));
}
