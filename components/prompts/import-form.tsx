"use client";

import { useTranslations } from "next-intl";
import { FileField } from "@/components/prompts/file-field";
import { Preview } from "@/components/prompts/preview";
import { usePromptImport, type PromptSource } from "@/components/prompts/use-prompt-import";
import { Segmented } from "@/components/segmented";
import type { PromptSetList } from "@/lib/schemas/prompt-sets";

/** Takes prompts from a file or as text, shows what is in them, and imports them when told. */
export function ImportForm({
  limits,
  follows,
}: {
  limits: PromptSetList["limits"];
  follows: { slug: string; name: string } | null;
}) {
  const t = useTranslations("prompts.import");
  const prompts = usePromptImport({ limits, follows });
  const { source, busy, problem, preview } = prompts;
  return (
    <form
      className="mt-8 grid max-w-3xl gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void prompts.read();
      }}
    >
      <Segmented<PromptSource>
        label={t("source")}
        value={source}
        onChange={prompts.setSource}
        options={{ file: t("aFile"), text: t("pasted") }}
      />
      {source === "file" ? (
        <FileField file={prompts.file} limits={limits} onChoose={prompts.choose} />
      ) : (
        <label className="text-sm">
          <span className="text-muted mb-1 block">{t("paste")}</span>
          <textarea
            className="field min-h-48 font-mono"
            value={prompts.text}
            onChange={(event) => prompts.setText(event.target.value)}
          />
        </label>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {!follows && <Field label={t("name")} value={prompts.name} onChange={prompts.setName} />}
        <Field label={t("category")} value={prompts.category} onChange={prompts.setCategory} />
      </div>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm rounded-md px-4 py-3 text-sm break-words">
          {problem}
        </p>
      )}
      <div>
        <button
          type="submit"
          className={preview ? "button-quiet" : "button-primary"}
          disabled={busy !== null}
        >
          {t(busy === "preview" ? "reading" : "preview")}
        </button>
      </div>
      <div aria-live="polite">
        {preview && (
          <Preview preview={preview}>
            {preview.prompts > 0 && (
              <button
                type="button"
                className="button-primary"
                disabled={busy !== null}
                onClick={() => void prompts.importAll()}
              >
                {busy === "import"
                  ? t("importing")
                  : t(follows ? "goVersion" : "go", {
                      n: preview.prompts,
                      skips: preview.errors > 0 ? "yes" : "no",
                    })}
              </button>
            )}
          </Preview>
        )}
      </div>
    </form>
  );
}

function Field({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="text-sm">
      <span className="text-muted mb-1 block">{label}</span>
      <input
        className="field"
        maxLength={80}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
