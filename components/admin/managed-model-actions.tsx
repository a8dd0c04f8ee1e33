"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import type { ManagedChange, ManagedModel } from "@/lib/schemas/administration/managed-models";

/** What who manages the site may do to a model, as it stands. */
export function ManagedModelActions({ model }: { model: ManagedModel }) {
  const t = useTranslations("admin.actions");
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
      aria-label={t("ofModel", { action: label, name })}
      onClick={() => void change({ action })}
    >
      {label}
    </button>
  );
  const isReviewed = submittedBy === "visitor";
  return (
    <div className="mt-4 flex flex-wrap items-start gap-3 text-sm">
      {isReviewed && (state === "waiting" || state === "rejected") && button(t("approve"), "approve")}
      {isReviewed && state !== "rejected" && state !== "hidden" && <Reject name={name} onReject={change} />}
      {state === "hidden" && button(t("showAgain"), "show")}
      {state !== "hidden" && (
        <Confirm
          label={t("hide", { name })}
          ask={t("hideAsk")}
          go={t("hideGo")}
          onGo={() => change({ action: "hide" })}
        />
      )}
      {state === "listed" && isReviewed && (
        <Confirm
          label={t("withdraw", { name })}
          ask={t("withdrawAsk")}
          go={t("withdrawGo")}
          onGo={() => change({ action: "withdraw" })}
        />
      )}
      {model.endpoint !== null && model.runs > 0 && button(t("run"), "run")}
      {submittedBy !== "bundled" && (
        <Confirm
          label={t("remove", { name })}
          ask={t("removeAsk")}
          go={t("removeGo")}
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
  const t = useTranslations("admin.actions");
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (!isOpen) {
    return (
      <button type="button" className="button-quiet button-small" onClick={() => setOpen(true)}>
        {t("reject", { name })}
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
        <span className="text-muted">{t("why")}</span>
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
        {t("rejectGo")}
      </button>
      <button type="button" className="button-quiet button-small" onClick={() => setOpen(false)}>
        {t("keep")}
      </button>
    </form>
  );
}
