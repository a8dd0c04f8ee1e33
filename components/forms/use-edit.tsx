"use client";

import { useState, type ReactNode } from "react";
import { asApiError } from "@/components/api-client";
import { EditConflict, type Difference } from "@/components/forms/edit-conflict";
import type { Changed } from "@/lib/schemas/error-response";

/** How a thing is edited that others may edit too. */
interface Editing<Change> {
  /** Sends a change, made to a revision. */
  send: (change: Change, revision: number) => Promise<void>;
  /** Reads what others saved meanwhile, where it differs from a change. */
  theirs: (change: Change) => Promise<Difference[]>;
  /** Shows what others saved, in place of what was typed. */
  onTake: () => Promise<void>;
  /** Says what else went wrong; in `problem` unless given. */
  onError?: (thrown: unknown) => void;
}

/**
 * Saves changes on the revision that they were made to. Where somebody else saved meanwhile nothing is lost: `notice` shows both
 * values and asks which of the two stands.
 */
export function useEdit<Change>({ send, theirs, onTake, onError }: Editing<Change>): {
  /** @returns whether it was saved */
  save: (change: Change, revision: number) => Promise<boolean>;
  notice: ReactNode;
  problem: string | null;
} {
  const [conflict, setConflict] = useState<{
    change: Change;
    changed: Changed;
    differences: Difference[];
  } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (change: Change, revision: number): Promise<boolean> => {
    setProblem(null);
    try {
      await send(change, revision);
      setConflict(null);
      return true;
    } catch (thrown) {
      const { changed, message } = asApiError(thrown);
      if (changed !== null) {
        setConflict({ change, changed, differences: await theirs(change).catch(() => []) });
      } else if (onError) onError(thrown);
      else setProblem(message);
      return false;
    }
  };
  const take = async () => {
    try {
      await onTake();
      setConflict(null);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const notice = conflict && (
    <EditConflict
      {...conflict}
      onKeep={async () => void (await save(conflict.change, conflict.changed.revision))}
      onTake={take}
    />
  );
  return { save, notice, problem };
}
