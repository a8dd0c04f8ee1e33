import { useState } from "react";
import { count } from "@/components/format";
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
        {file ? `${file.name}, ${count(Math.ceil(file.size / 1024))} KiB` : "Choose a file, or drop one here"}
      </span>
      <input
        type="file"
        name="file"
        aria-label="File"
        accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt,.zip"
        className="field"
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
      />
      <span className="text-muted mt-2 block">
        At most {limits.megabytes} MiB and {count(limits.prompts)} prompts.
      </span>
    </label>
  );
}
