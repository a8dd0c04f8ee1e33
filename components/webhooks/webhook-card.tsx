"use client";

import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { counted, moment } from "@/components/format";
import { Deliveries } from "@/components/webhooks/deliveries";
import { NewSecret } from "@/components/webhooks/new-secret";
import type { NewWebhookSecret, WebhookView } from "@/lib/schemas/webhooks";

/** One webhook: where it sends what, whether that works, and what its owner can do with it. */
export function WebhookCard({
  webhook,
  onChanged,
}: {
  webhook: WebhookView;
  onChanged: () => Promise<void>;
}) {
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
      <h3 className="font-mono text-sm break-all">{webhook.url}</h3>
      <p className="text-muted mt-1 text-sm">{webhook.events.join(", ")}</p>
      <Health webhook={webhook} />
      <div className="mt-3 flex flex-wrap gap-3">
        <button type="button" className="button-quiet button-small" onClick={() => void test()}>
          Send a test event
        </button>
        <button
          type="button"
          className="button-quiet button-small"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Recent deliveries
        </button>
        <Confirm
          label="New secret"
          ask="For a day both secrets sign, then the new one alone."
          go="Make a new secret"
          onGo={rotate}
        />
        <Confirm
          label="Delete"
          ask="Nothing more is sent there, nor what still waits."
          go="Delete it"
          onGo={remove}
        />
      </div>
      {problem && (
        <p role="alert" className="text-alarm mt-3 text-sm">
          {problem}
        </p>
      )}
      {secret && <NewSecret secret={secret} note="The secret before it signs too for a day." />}
      {isOpen && <Deliveries webhook={webhook.id} sent={sent} />}
    </article>
  );
}

function Health({
  webhook: { disabledAt, disabledReason, failingSince, dropped },
}: {
  webhook: WebhookView;
}) {
  const lines = [
    disabledAt !== null &&
      `Switched off ${moment(disabledAt)}. ${disabledReason} When a test event arrives it is on again.`,
    disabledAt === null && failingSince !== null && `Nothing has arrived since ${moment(failingSince)}.`,
    dropped > 0 && `${counted(dropped, "event was", "events were")} left out, because too many waited.`,
  ].filter((line) => line !== false);
  return lines.map((line) => (
    <p key={line} className="text-alarm mt-2 text-sm">
      {line}
    </p>
  ));
}
