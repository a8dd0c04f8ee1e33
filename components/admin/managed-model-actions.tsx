"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import type { ManagedChange, ManagedModel } from "@/lib/schemas/administration/managed-models";

/** What who manages the site may do to a model, as it stands. */
export function ManagedModelActions({ model }: { model: ManagedModel }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { slug, name, state, submittedBy } = model;
  const path = `/api/v1/admin/models/${slug}`;
  const run = async (work: () => Promise<unknown>) => {
    setProblem(null);
    setBusy(true);
    try {
      await work();
      router.refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  const change = (body: ManagedChange) => run(() => callApi(path, { body }));
  const button = (label: string, action: "approve" | "show" | "run") => (
    <button
      type="button"
      className="button-quiet button-small"
      disabled={isBusy}
      aria-label={`${label}: ${name}`}
      onClick={() => void change({ action })}
    >
      {label}
    </button>
  );
  const isReviewed = submittedBy === "visitor";
  return (
    <div className="mt-4 flex flex-wrap items-start gap-3 text-sm">
      {isReviewed && (state === "waiting" || state === "rejected") && button("Approve", "approve")}
      {isReviewed && state !== "rejected" && state !== "hidden" && <Reject name={name} onReject={change} />}
      {state === "hidden" && button("Show again", "show")}
      {state !== "hidden" && (
        <Confirm
          label={<>Hide {name}</>}
          ask="It leaves arena and board until it is shown again; its votes stay in the log."
          go="Hide it"
          onGo={() => change({ action: "hide" })}
        />
      )}
      {state === "listed" && isReviewed && (
        <Confirm
          label={<>Withdraw {name}</>}
          ask="It leaves arena and board; its submitter may publish it again."
          go="Withdraw it"
          onGo={() => change({ action: "withdraw" })}
        />
      )}
      {model.endpoint !== null && model.runs > 0 && button("Run again", "run")}
      {submittedBy !== "bundled" && (
        <Confirm
          label={<>Remove {name}</>}
          ask="Its key is deleted at once, with its runs, scores and images. Its votes stay in the log, without its name. This cannot be undone."
          go="Remove it for good"
          onGo={() => run(() => callApi(path, { method: "DELETE" }))}
        />
      )}
      {problem && (
        <p role="alert" className="text-alarm basis-full">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Turning a model down takes a reason, which its submitter is shown. */
function Reject({ name, onReject }: { name: string; onReject: (change: ManagedChange) => Promise<void> }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (!isOpen) {
    return (
      <button type="button" className="button-quiet button-small" onClick={() => setOpen(true)}>
        Reject {name}
      </button>
    );
  }
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void onReject({ action: "reject", reason }).then(() => setOpen(false));
      }}
    >
      <label className="grid gap-1">
        <span className="text-muted">Why, for who submitted it</span>
        <input
          className="field w-64"
          value={reason}
          maxLength={500}
          required
          autoFocus
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <button type="submit" className="button-quiet button-small text-alarm" disabled={reason.trim() === ""}>
        Reject it
      </button>
      <button type="button" className="button-quiet button-small" onClick={() => setOpen(false)}>
        Keep it
      </button>
    </form>
  );
}
