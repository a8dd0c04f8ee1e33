"use client";

import { Dialog } from "radix-ui";
import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { aSample, sampleWord } from "@/components/sample-word";
import { REPORT_REASONS, type ReportReason } from "@/lib/schemas/moderation";

type Side = "left" | "right";

/** Which image: a gallery's sample, or a side of a battle, which is asked for. */
export type Reported = { sampleId: string } | { battleId: string };

/** A small button that asks what is wrong with an image or a video, and tells the site's curators. */
export function ReportImage({ what, isVideo = false }: { what: Reported; isVideo?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="text-muted hover:text-ink text-xs underline underline-offset-2">
        {"battleId" in what ? `Report ${aSample({ isVideo })}` : "Report"}
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
            {"battleId" in what ? `Report ${aSample({ isVideo })}` : `Report this ${sampleWord({ isVideo })}`}
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
        <p role="status">
          {phase === "sent"
            ? "Thank you. Who looks after this site will decide on it."
            : "You have reported this image already. Nobody has decided on it yet."}
        </p>
        <Dialog.Close className="button-quiet button-small mt-4">Close</Dialog.Close>
      </div>
    );
  }
  return (
    <form onSubmit={send} className="mt-3 grid gap-4 text-sm">
      {"battleId" in what && (
        <fieldset>
          <legend className="font-medium">Which of the two?</legend>
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
                {letter}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <fieldset>
        <legend className="font-medium">What is wrong with it?</legend>
        {Object.entries(REPORT_REASONS).map(([value, label]) => (
          <label key={value} className="flex min-h-9 items-center gap-2">
            <input
              type="radio"
              name="reason"
              required
              checked={reason === value}
              onChange={() => setReason(value as ReportReason)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <label className="grid gap-1">
        <span className="font-medium">More, if you like</span>
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
          {phase === "busy" ? "One moment" : "Report"}
        </button>
        <Dialog.Close className="button-quiet">Cancel</Dialog.Close>
      </div>
    </form>
  );
}
