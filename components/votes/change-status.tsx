"use client";

import { useRouter } from "next/navigation";
import type { useVoteChange } from "@/components/votes/use-vote-change";

/** What became of the last change that was asked for. */
export function ChangeStatus({ problem, asked, busy, undo }: ReturnType<typeof useVoteChange>) {
  const router = useRouter();
  return (
    <>
      <p role="status" className="mt-3 flex min-h-6 flex-wrap gap-x-4 text-sm">
        {asked !== null && (
          <>
            <span>{asked.text} A worker does it in a moment.</span>
            {asked.undo !== null && (
              <button type="button" className="link" disabled={busy} onClick={() => void undo()}>
                Undo
              </button>
            )}
            <button type="button" className="link" onClick={() => router.refresh()}>
              Look again
            </button>
          </>
        )}
      </p>
      {problem !== null && (
        <p role="alert" className="text-alarm text-sm">
          {problem}
        </p>
      )}
    </>
  );
}
