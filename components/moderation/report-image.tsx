"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { REPORT_REASONS, type ReportReason } from "@/lib/schemas/moderation";

type Side = "left" | "right";

const REASONS = Object.keys(REPORT_REASONS) as ReportReason[];

/** Which image: a gallery's sample, or a side of a battle, which is asked for. */
export type Reported = { sampleId: string } | { battleId: string };

/** A small button that asks what is wrong with an image or a video, and tells the site's curators. */
export function ReportImage({ what, isVideo = false }: { what: Reported; isVideo?: boolean }) {
  const t = useTranslations("moderation");
  const kind = isVideo ? "video" : "image";
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="text-muted hover:text-ink text-xs underline underline-offset-2">
        {"battleId" in what ? t("reportOne", { kind }) : t("report")}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          // The arena's and the viewer's keys are for what lies below.
          onKeyDown={(event) => event.stopPropagation()}
          className="bg-page border-line fixed top-1/2 left-1/2 z-50 max-h-dvh w-[min(26rem,calc(100vw-2rem))] -translate-1/2 overflow-y-auto rounded-md border p-5 shadow-xl"
        >
          <Dialog.Title className="text-xl">
            {t("battleId" in what ? "reportOne" : "reportThis", { kind })}
          </Dialog.Title>
          <ReportForm what={what} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const SIDES: [Side, string][] = [
  ["left", "A"],
  ["right", "B"],
];

function ReportForm({ what }: { what: Reported }) {
  const t = useTranslations("moderation");
  const [side, setSide] = useState<Side | null>(null);
  const [reason, setReason] = useState<ReportReason | "">("");
  const [text, setText] = useState("");
  const [phase, setPhase] = useState<"asked" | "busy" | "sent" | "known">("asked");
  const [problem, setProblem] = useState<string | null>(null);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setPhase("busy");
    setProblem(null);
    try {
      const { isNew } = await callApi<{ isNew: boolean }>("/api/v1/reports", {
        body: { ...what, ...(side && { side }), reason, text },
      });
      setPhase(isNew ? "sent" : "known");
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setPhase("asked");
    }
  };

  if (phase === "sent" || phase === "known") {
    return (
      <div className="mt-3">
        <p role="status">{t(phase === "sent" ? "thanks" : "known")}</p>
        <Dialog.Close className="button-quiet button-small mt-4">{t("close")}</Dialog.Close>
      </div>
    );
  }
  return (
    <form onSubmit={send} className="mt-3 grid gap-4 text-sm">
      {"battleId" in what && (
        <fieldset>
          <legend className="font-medium">{t("whichOfTwo")}</legend>
          <div className="flex gap-6">
            {SIDES.map(([value, letter]) => (
              <label key={value} className="flex min-h-9 items-center gap-2">
                <input
                  type="radio"
                  name="side"
                  required
                  checked={side === value}
                  onChange={() => setSide(value)}
                />
                <span translate="no">{letter}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <fieldset>
        <legend className="font-medium">{t("whatIsWrong")}</legend>
        {REASONS.map((value) => (
          <label key={value} className="flex min-h-9 items-center gap-2">
            <input
              type="radio"
              name="reason"
              required
              checked={reason === value}
              onChange={() => setReason(value)}
            />
            {t("reason", { reason: value })}
          </label>
        ))}
      </fieldset>
      <label className="grid gap-1">
        <span className="font-medium">{t("more")}</span>
        <textarea
          className="field min-h-20"
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {problem !== null && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
      <div className="flex gap-3">
        <button type="submit" className="button-primary" disabled={phase === "busy"}>
          {t(phase === "busy" ? "moment" : "report")}
        </button>
        <Dialog.Close className="button-quiet">{t("cancel")}</Dialog.Close>
      </div>
    </form>
  );
}
