"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { callApi } from "@/components/api-client";
import { count, dollars } from "@/components/format";
import { useEdit } from "@/components/forms/use-edit";
import type { ModelView } from "@/lib/schemas/views";

/** How often a day visitors' own prompts may call the endpoint: its submitter's to decide. */
export function OwnPrompts({
  slug,
  revision,
  perDay,
  used,
  usd,
}: {
  slug: string;
  revision: number;
  perDay: number;
  used: number;
  /** What those of today have cost. */
  usd: number;
}) {
  const router = useRouter();
  // As it was when the page was opened or saved last: what the page is refreshed with meanwhile is not what was read.
  const [opened, setOpened] = useState(revision);
  const [value, setValue] = useState(String(perDay));
  const [busy, setBusy] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const show = ({ revision, ownPrompts }: ModelView) => {
    setOpened(revision);
    setValue(String(ownPrompts?.perDay ?? 0));
    router.refresh();
  };
  const { save, notice, problem } = useEdit<number>({
    send: async (perDay, revision) => {
      show(await callApi<ModelView>(`/api/v1/models/${slug}/own-prompts`, { body: { perDay }, revision }));
      setIsSaved(true);
    },
    theirs: async (mine) => {
      const { ownPrompts } = await callApi<ModelView>(`/api/v1/models/${slug}`);
      if (ownPrompts === null || ownPrompts.perDay === mine) return [];
      return [{ label: "Times a day", mine: String(mine), theirs: String(ownPrompts.perDay) }];
    },
    onTake: async () => show(await callApi<ModelView>(`/api/v1/models/${slug}`)),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await save(Number(value.trim() || "0"), opened);
    setBusy(false);
  };

  return (
    <form
      onSubmit={(event) => void submit(event)}
      className="mt-6 max-w-2xl text-sm"
      aria-label="Visitors’ own prompts"
    >
      <label htmlFor="ownPrompts" className="font-medium">
        Visitors’ own prompts may call this endpoint, times a day
      </label>
      <p className="text-muted">
        In the arena a visitor can type a prompt. 0: your endpoint is never called for one, which is how every
        submitted model begins.
      </p>
      <p className="mt-1 tabular-nums">
        {count(used)} of {count(perDay)} today (UTC), {usd === 0 ? "$0" : dollars(usd)}
      </p>
      <div className="mt-2 flex gap-3">
        <input
          id="ownPrompts"
          className="field w-28"
          inputMode="numeric"
          value={value}
          onChange={(event) => {
            setValue(event.target.value);
            setIsSaved(false);
          }}
        />
        <button
          type="submit"
          className="button-quiet button-small"
          disabled={busy || value.trim() === String(perDay)}
        >
          {busy ? "One moment" : "Save"}
        </button>
      </div>
      <p role="status" className={problem ? "text-alarm mt-2" : "text-muted mt-2"}>
        {problem ?? (isSaved && "Saved.")}
      </p>
      {notice}
    </form>
  );
}
