"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { JudgeCard } from "@/components/judges/judge-card";
import { JudgeForm } from "@/components/judges/judge-form";
import { Offered } from "@/components/offered";
import { useApi } from "@/components/use-api";
import type { JudgeAdmission, JudgeChange, JudgeList } from "@/lib/schemas/judges/judging";
import type { Offer } from "@/lib/schemas/offer";

const POLL_MS = 2_000;

type Sent = { method?: "DELETE"; body?: JudgeChange | JudgeAdmission; revision?: number };

/** The judges, kept up to date while one is at work, and the form that adds one. */
export function JudgeRoom({
  initial,
  adding,
  mayAdmit,
}: {
  initial: JudgeList;
  adding: Offer;
  /** Whether who looks decides over visitors' judges. */
  mayAdmit: boolean;
}) {
  const t = useTranslations("judges");
  const {
    data: list,
    error,
    refresh,
  } = useApi<JudgeList>("/api/v1/judges", {
    initial,
    wait: ({ judges }) =>
      judges.some(({ state, done, total }) => state === "ACTIVE" && done < total) ? POLL_MS : null,
  });
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? error?.message;

  const act = async (path: string, options: Sent) => {
    setRefused(null);
    try {
      await callApi<unknown>(path, options);
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
      {list.judges.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">{t("none")}</p>
      ) : (
        <ul className="mt-10 grid grid-cols-1 gap-4">
          {list.judges.map((judge) => (
            <li key={judge.judgeId}>
              <JudgeCard
                judge={judge}
                rubrics={list.rubrics}
                onChange={(body) => act(`/api/v1/judges/${judge.judgeId}`, { body })}
                onAdmit={
                  mayAdmit && judge.submittedBy === "visitor"
                    ? (admitted) =>
                        act(`/api/v1/judges/${judge.judgeId}/admission`, {
                          body: { admitted },
                          revision: judge.revision,
                        })
                    : undefined
                }
                onSaved={refresh}
                onRemove={() =>
                  act(`/api/v1/judges/${judge.judgeId}`, { method: "DELETE", revision: judge.revision })
                }
              />
            </li>
          ))}
        </ul>
      )}
      <Offered offer={adding}>
        <JudgeForm rubrics={list.rubrics} onAdded={() => void refresh()} />
      </Offered>
    </>
  );
}
