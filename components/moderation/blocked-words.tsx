"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { callApi } from "@/components/api-client";
import { useEdit } from "@/components/forms/use-edit";
import type { BlockedWordsView } from "@/lib/schemas/moderation";
import type { Offer } from "@/lib/schemas/offer";

const PATH = "/api/v1/moderation/words";

/** The words that prompts may not have, an entry a line. */
export function BlockedWords({ initial, changing }: { initial: BlockedWordsView; changing: Offer }) {
  const t = useTranslations("moderation");
  const [opened, setOpened] = useState(initial);
  const saved = opened.words.join("\n");
  const [text, setText] = useState(saved);
  const [isSaved, setIsSaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const show = (view: BlockedWordsView) => {
    setOpened(view);
    setText(view.words.join("\n"));
  };
  const { save, notice, problem } = useEdit<string[]>({
    send: async (words, revision) =>
      show(await callApi<BlockedWordsView>(PATH, { body: { words }, revision })),
    theirs: async (words) => {
      const theirs = (await callApi<BlockedWordsView>(PATH)).words;
      return [{ label: t("words.label"), mine: words.join(", "), theirs: theirs.join(", ") }];
    },
    onTake: async () => show(await callApi<BlockedWordsView>(PATH)),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const words = text.split("\n").flatMap((line) => line.trim() || []);
    setIsSaved(await save(words, opened.revision));
    setBusy(false);
  };
  return (
    <form onSubmit={submit} className="card mt-6 max-w-3xl p-5">
      <fieldset disabled={busy || changing.kind !== "open"} className="grid gap-3">
        <label className="grid gap-1">
          <span className="font-medium">{t("words.label")}</span>
          <span className="text-muted text-sm">{t("words.about")}</span>
          <textarea
            className="field min-h-32"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setIsSaved(false);
            }}
          />
        </label>
        <button type="submit" className="button-quiet button-small w-fit" disabled={text === saved}>
          {busy ? t("moment") : t("words.save")}
        </button>
      </fieldset>
      {notice}
      <p role="status" className={problem ? "text-alarm mt-2 text-sm" : "text-muted mt-2 text-sm"}>
        {problem ?? (isSaved && t("words.saved"))}
      </p>
    </form>
  );
}
