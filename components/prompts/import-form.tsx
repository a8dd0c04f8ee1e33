"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { asApiError } from "@/components/api-client";
import { count } from "@/components/format";
import { Preview } from "@/components/prompts/preview";
import { sendPrompts } from "@/components/prompts/send-prompts";
import { Segmented } from "@/components/segmented";
import type { PromptImport, PromptPreview, PromptSetList } from "@/lib/schemas/prompt-sets";

type Source = "file" | "text";

/** Takes prompts from a file or as text, shows what is in them, and imports them when told. */
export function ImportForm({
  limits,
  follows,
}: {
  limits: PromptSetList["limits"];
  follows: { slug: string; name: string } | null;
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [source, setSource] = useState<Source>("file");
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [category, setCategory] = useState("");
  const [isOver, setIsOver] = useState(false);
  const [busy, setBusy] = useState<"preview" | "import" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [preview, setPreview] = useState<PromptPreview | null>(null);
  // A preview that comes late is not of what is chosen by then.
  const asked = useRef(0);

  const body = source === "file" ? file : text;
  const isEmpty = source === "file" ? file === null : text.trim() === "";
  const address = (extra: Record<string, string>) => {
    const query = new URLSearchParams({
      file: source === "file" ? (file?.name ?? "prompts.txt") : "pasted.txt",
      ...(category.trim() && { category: category.trim() }),
      ...extra,
    });
    return `/api/v1/prompt-sets${follows ? `/${follows.slug}/versions` : ""}?${query}`;
  };
  const change = (next: () => void) => {
    asked.current++;
    setPreview(null);
    setProblem(null);
    next();
  };
  const choose = (chosen: File | null) => {
    if (chosen && chosen.size > limits.megabytes * 2 ** 20) {
      return change(() => {
        setFile(null);
        setProblem(
          `The file has ${Math.ceil(chosen.size / 2 ** 20)} MiB; this site takes at most ${limits.megabytes}.`,
        );
      });
    }
    change(() => setFile(chosen));
    if (chosen && name === "") setName(chosen.name.replace(/\.\w+$/, "").slice(0, 80));
  };
  const look = async () => {
    if (isEmpty || body === null)
      return setProblem(source === "file" ? "Choose a file first." : "Paste prompts first.");
    const turn = ++asked.current;
    setBusy("preview");
    setProblem(null);
    try {
      const seen = await sendPrompts<PromptPreview>(address({ preview: "1" }), body);
      if (turn === asked.current) setPreview(seen);
    } catch (thrown) {
      if (turn === asked.current) setProblem(asApiError(thrown).message);
    } finally {
      setBusy(null);
    }
  };
  const bring = async () => {
    if (preview === null || body === null) return;
    if (!follows && name.trim() === "") return setProblem("Give the set a name.");
    setBusy("import");
    setProblem(null);
    try {
      const extra = { ...(!follows && { name: name.trim() }), ...(preview.errors > 0 && { skip: "1" }) };
      const { slug } = await sendPrompts<PromptImport>(address(extra), body);
      router.push(`/prompts/${slug}`);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
      setBusy(null);
    }
  };

  return (
    <form
      className="mt-8 grid max-w-3xl gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <Segmented<Source>
        label="Prompts from"
        value={source}
        onChange={(next) => change(() => setSource(next))}
        options={{ file: "a file", text: "pasted text" }}
      />
      {source === "file" ? (
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
            choose(event.dataTransfer.files[0] ?? null);
          }}
        >
          <span className="mb-2 block">
            {file
              ? `${file.name}, ${count(Math.ceil(file.size / 1024))} KiB`
              : "Choose a file, or drop one here"}
          </span>
          <input
            ref={input}
            type="file"
            name="file"
            aria-label="File"
            accept=".csv,.tsv,.json,.jsonl,.ndjson,.txt,.zip"
            className="field"
            onChange={(event) => choose(event.target.files?.[0] ?? null)}
          />
          <span className="text-muted mt-2 block">
            At most {limits.megabytes} MiB and {count(limits.prompts)} prompts.
          </span>
        </label>
      ) : (
        <label className="text-sm">
          <span className="text-muted mb-1 block">Prompts, one on each line, or a table with a header</span>
          <textarea
            className="field min-h-48 font-mono"
            value={text}
            onChange={(event) => change(() => setText(event.target.value))}
          />
        </label>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {!follows && (
          <label className="text-sm">
            <span className="text-muted mb-1 block">Name of the set</span>
            <input
              className="field"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
        )}
        <label className="text-sm">
          <span className="text-muted mb-1 block">Category of prompts that name none (optional)</span>
          <input
            className="field"
            maxLength={80}
            value={category}
            onChange={(event) => change(() => setCategory(event.target.value))}
          />
        </label>
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
          {busy === "preview" ? "Reading" : "Preview"}
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
                onClick={() => void bring()}
              >
                {busy === "import" ? "Importing" : importLabel(preview, follows !== null)}
              </button>
            )}
          </Preview>
        )}
      </div>
    </form>
  );
}

function importLabel({ prompts, errors }: PromptPreview, isVersion: boolean): string {
  const what = isVersion ? `Make the version of ${count(prompts)}` : `Import ${count(prompts)}`;
  return `${what} ${prompts === 1 ? "prompt" : "prompts"}${errors > 0 ? ", without what has errors" : ""}`;
}
