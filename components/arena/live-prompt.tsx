"use client";

import { Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

const MAX_LENGTH = 1000;

/** A prompt of one's own: two models generate for it while the voter waits. */
export function LivePrompt({
  onPrompt,
  busy,
  votesCount,
}: {
  onPrompt: (prompt: string) => void;
  busy: boolean;
  votesCount: "on the board" | "apart";
}) {
  const t = useTranslations("arena.ownPrompt");
  const [prompt, setPrompt] = useState("");
  const trimmed = prompt.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!trimmed || busy) return;
        onPrompt(trimmed);
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        window.scrollTo({ top: 0, behavior: "smooth" });
      }}
      className="mx-auto w-full max-w-2xl"
    >
      <label htmlFor="own-prompt" className="font-serif text-lg">
        {t("label")}
      </label>
      <div className="mt-2 flex gap-2">
        <input
          id="own-prompt"
          className="field min-h-11"
          value={prompt}
          maxLength={MAX_LENGTH}
          onChange={(event) => setPrompt(event.target.value)}
          placeholder={t("example")}
          autoComplete="off"
          enterKeyHint="go"
        />
        <button type="submit" className="button-quiet" disabled={!trimmed || busy}>
          <Sparkles className="size-4" aria-hidden="true" /> {t("generate")}
        </button>
      </div>
      <p className="text-muted mt-2 text-sm">
        {t(votesCount === "on the board" ? "aboutOnBoard" : "aboutApart")}
      </p>
    </form>
  );
}
