import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PromptSetList } from "@/lib/schemas/prompt-sets";

/** A file of prompts, chosen or dropped. */
export function FileField({
  file,
  limits,
  onChoose,
}: {
  file: File | null;
  limits: PromptSetList["limits"];
  onChoose: (file: File | null) => void;
}) {
  const t = useTranslations("prompts.import");
  const [isOver, setIsOver] = useState(false);
  return (
    <label
      className={`card block cursor-pointer p-6 text-sm ${isOver ? "border-accent" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onChoose(event.dataTransfer.files[0] ?? null);
      }}
    >
      <span className="mb-2 block">
        {file ? t("chosenFile", { name: file.name, kib: Math.ceil(file.size / 1024) }) : t("drop")}
      </span>
      <input
        type="file"
        name="file"
        aria-label={t("file")}
        accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt,.zip"
        className="field"
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
      />
      <span className="text-muted mt-2 block">
        {t("limits", { mib: limits.megabytes, prompts: limits.prompts })}
      </span>
    </label>
  );
}
