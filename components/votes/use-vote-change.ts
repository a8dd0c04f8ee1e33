"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import type { VoteChangeRequest } from "@/lib/schemas/administration/vote-admin";

/** Asks for changes of votes, and keeps how the last one may be undone. */
export function useVoteChange() {
  const t = useTranslations("votes.change");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ text: string; undo: VoteChangeRequest | null } | null>(null);

  const ask = async (change: VoteChangeRequest, text: string, undo: VoteChangeRequest | null) => {
    setBusy(true);
    setProblem(null);
    try {
      await callApi("/api/v1/votes/changes", { body: change });
      setAsked({ text, undo });
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
    setBusy(false);
  };
  const undo = async () => {
    if (asked?.undo) await ask(asked.undo, t("takenBack"), null);
  };
  return { busy, problem, asked, ask, undo };
}
