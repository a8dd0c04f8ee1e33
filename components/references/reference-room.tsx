"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { ReferenceCard } from "@/components/references/reference-card";
import { UploadForm } from "@/components/references/upload-form";
import { Offered } from "@/components/offered";
import { useApi } from "@/components/use-api";
import type { ReferenceList, ReferenceSetView, ReferenceUse } from "@/lib/schemas/examination";
import type { Offer } from "@/lib/schemas/offer";

const POLL_MS = 1_500;

/** The reference sets, kept up to date while one is being built, and the form that adds one. */
export function ReferenceRoom({
  initial,
  adding,
  mayUse,
}: {
  initial: ReferenceList;
  adding: Offer;
  /** Whether who looks chooses the sets that runs are scored with. */
  mayUse: boolean;
}) {
  const t = useTranslations("references");
  const {
    data: list,
    error,
    refresh,
  } = useApi<ReferenceList>("/api/v1/references", {
    initial,
    wait: ({ references }) => (references.some(({ state }) => state === "BUILDING") ? POLL_MS : null),
  });
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? error?.message;

  const change = async (
    { id, revision }: ReferenceSetView,
    sent: { method: "DELETE" } | { body: ReferenceUse },
  ) => {
    setRefused(null);
    try {
      await callApi<unknown>(`/api/v1/references/${id}`, { ...sent, revision });
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
  };

  return (
    <>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {list.references.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">
          {t.rich("none", { code: (chunks) => <code>{chunks}</code> })}
        </p>
      ) : (
        <ul className="mt-10 grid gap-4">
          {list.references.map((reference) => (
            <li key={reference.id}>
              <ReferenceCard
                reference={reference}
                onUse={mayUse ? (action) => change(reference, { body: { action } }) : undefined}
                onRemove={() => change(reference, { method: "DELETE" })}
              />
            </li>
          ))}
        </ul>
      )}
      {list.uploadMegabytes > 0 ? (
        <Offered offer={adding}>
          <UploadForm
            megabytes={list.uploadMegabytes}
            encoders={list.encoders}
            videoEncoders={list.videoEncoders}
            onAdded={() => void refresh()}
          />
        </Offered>
      ) : (
        <p className="text-muted mt-12 text-sm">
          {t.rich("noUploads", { code: (chunks) => <code>{chunks}</code> })}
        </p>
      )}
    </>
  );
}
