"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";

type Change = "archive" | "remove";

/** What its owner may do with a set; nothing is put away at the first click. */
export function SetControls({
  slug,
  archived,
  mayRemove,
  mayFollow,
}: {
  slug: string;
  archived: boolean;
  mayRemove: boolean;
  mayFollow: boolean;
}) {
  const router = useRouter();
  const [asked, setAsked] = useState<Change | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const act = async (change: Change) => {
    setBusy(true);
    setProblem(null);
    try {
      const path = `/api/v1/prompt-sets/${slug}`;
      if (change === "remove") {
        await callApi<unknown>(path, { method: "DELETE" });
        router.push("/prompts");
      } else {
        await callApi<unknown>(`${path}/archive`, { method: "POST" });
        router.refresh();
      }
      setAsked(null);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {mayFollow && (
        <Link href={`/prompts/new?of=${slug}`} className="button-quiet button-small">
          New version
        </Link>
      )}
      {asked === null ? (
        <>
          {!archived && (
            <button type="button" className="button-quiet button-small" onClick={() => setAsked("archive")}>
              Archive
            </button>
          )}
          {mayRemove && (
            <button type="button" className="button-quiet button-small" onClick={() => setAsked("remove")}>
              Remove
            </button>
          )}
        </>
      ) : (
        <>
          <span>{asked === "remove" ? "Remove this version for good?" : "Archive all versions?"}</span>
          <button
            type="button"
            className="button-quiet button-small text-alarm"
            disabled={busy}
            onClick={() => void act(asked)}
          >
            {asked === "remove" ? "Remove" : "Archive"}
          </button>
          <button type="button" className="button-quiet button-small" onClick={() => setAsked(null)}>
            Keep
          </button>
        </>
      )}
      {problem && (
        <span role="alert" className="text-alarm">
          {problem}
        </span>
      )}
    </>
  );
}
