"use client";

import { EyeOff, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";

type Change = "withdraw" | "delete";

const QUESTIONS: Record<Change, { ask: string; go: string }> = {
  withdraw: {
    ask: "It leaves the board and the arena, and only this browser sees it. Its votes stay in the log, and you can publish it again from its run.",
    go: "Withdraw it",
  },
  delete: {
    ask: "Its key is deleted at once, with its runs, scores and images; runs under way stop. Its votes stay in the log, without its name. This cannot be undone.",
    go: "Delete it for good",
  },
};

/** What a submitter may do to a model: take it off the board, or delete it. Either asks once more. */
export function ModelControls({ slug, name, listed }: { slug: string; name: string; listed: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Change | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async (change: Change) => {
    setBusy(true);
    setProblem(null);
    try {
      const path = `/api/v1/models/${slug}`;
      if (change === "delete") {
        await callApi(path, { method: "DELETE" });
        router.push("/models");
      } else {
        await callApi(`${path}/withdraw`, { method: "POST" });
        setAsked(null);
      }
      router.refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
    setBusy(false);
  };

  return (
    <section className="mt-6 text-sm" aria-label="Your model">
      {asked === null ? (
        <div className="flex flex-wrap gap-3">
          {listed && (
            <button type="button" className="button-quiet button-small" onClick={() => setAsked("withdraw")}>
              <EyeOff className="size-4" aria-hidden="true" /> Withdraw from the board
            </button>
          )}
          <button type="button" className="button-quiet button-small" onClick={() => setAsked("delete")}>
            <Trash2 className="size-4" aria-hidden="true" /> Delete {name}
          </button>
        </div>
      ) : (
        <div role="group" aria-label={`${QUESTIONS[asked].go}?`} className="bg-sunk max-w-2xl rounded-md p-4">
          <p>{QUESTIONS[asked].ask}</p>
          <div className="mt-3 flex flex-wrap gap-3">
            <button
              type="button"
              className="button-quiet button-small text-alarm"
              disabled={busy}
              onClick={() => void run(asked)}
            >
              {busy ? "One moment" : QUESTIONS[asked].go}
            </button>
            <button
              type="button"
              className="button-quiet button-small"
              autoFocus
              disabled={busy}
              onClick={() => setAsked(null)}
            >
              Keep it
            </button>
          </div>
        </div>
      )}
      {problem && (
        <p role="alert" className="text-alarm mt-3">
          {problem}
        </p>
      )}
    </section>
  );
}
