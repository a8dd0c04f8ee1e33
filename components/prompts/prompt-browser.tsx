"use client";

import { useRef, useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { counted } from "@/components/format";
import type { PromptPage } from "@/lib/schemas/prompt-sets";

interface Filter {
  text: string;
  category: string;
  tag: string;
}

const NONE: Filter = { text: "", category: "", tag: "" };

/** A set's prompts: searched, filtered, and read on page by page. */
export function PromptBrowser({
  slug,
  initial,
  categories,
  tags,
}: {
  slug: string;
  initial: PromptPage;
  categories: string[];
  tags: string[];
}) {
  const [filter, setFilter] = useState(NONE);
  const [page, setPage] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);

  const load = async (wanted: Filter, from: number) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setProblem(null);
    const query = new URLSearchParams({
      ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value.trim() !== "")),
      from: String(from),
    });
    try {
      const path = `/api/v1/prompt-sets/${slug}/prompts?${query}`;
      const next = await callApi<PromptPage>(path, { signal: controller.signal });
      setPage((before) => (from === 0 ? next : { ...next, prompts: [...before.prompts, ...next.prompts] }));
    } catch (thrown) {
      if (!controller.signal.aborted) setProblem(asApiError(thrown).message);
    } finally {
      if (running.current === controller) setBusy(false);
    }
  };
  const choose = (change: Partial<Filter>, search = true) => {
    const next = { ...filter, ...change };
    setFilter(next);
    if (search) void load(next, 0);
  };

  return (
    <>
      <form
        role="search"
        className="mt-4 grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto_auto_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          void load(filter, 0);
        }}
      >
        <input
          type="search"
          className="field"
          aria-label="Search prompts"
          placeholder="Search"
          maxLength={200}
          value={filter.text}
          onChange={(event) => choose({ text: event.target.value }, event.target.value === "")}
        />
        <Choice
          label="Category"
          all="all categories"
          value={filter.category}
          options={categories}
          onChange={(category) => choose({ category })}
        />
        {tags.length > 0 && (
          <Choice
            label="Tag"
            all="all tags"
            value={filter.tag}
            options={tags}
            onChange={(tag) => choose({ tag })}
          />
        )}
        <button type="submit" className="button-quiet">
          Search
        </button>
      </form>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <p className="text-muted mt-4 text-sm tabular-nums" role="status">
        {busy ? "Reading" : counted(page.total, "prompt")}
      </p>
      {page.prompts.length === 0 ? (
        <p className="card text-muted mt-3 p-8 text-center">No prompt matches.</p>
      ) : (
        <ul className="border-line mt-3 border-t">
          {page.prompts.map((prompt) => (
            <li key={prompt.index} className="border-line border-b py-3">
              <p className="break-words whitespace-pre-line" lang={prompt.language ?? undefined} dir="auto">
                {prompt.text}
              </p>
              {prompt.negativePrompt && (
                <p className="text-muted mt-1 text-sm break-words">not: {prompt.negativePrompt}</p>
              )}
              <p className="text-muted mt-1 text-xs break-words">
                {[
                  prompt.key,
                  prompt.category,
                  ...prompt.tags,
                  ...(prompt.language ? [prompt.language] : []),
                  ...(prompt.sourceArtifacts.length > 0
                    ? [counted(prompt.sourceArtifacts.length, "source image")]
                    : []),
                  ...(prompt.hasTruth ? ["truth known"] : []),
                  ...(prompt.arena ? ["arena"] : []),
                ].join(" · ")}
              </p>
            </li>
          ))}
        </ul>
      )}
      {page.next !== null && (
        <button
          type="button"
          className="button-quiet mt-4"
          disabled={busy}
          onClick={() => void load(filter, page.next ?? 0)}
        >
          Show more
        </button>
      )}
    </>
  );
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string;
  all: string;
  value: string;
  options: string[];
  onChange: (value: string) => void;
}) {
  return (
    <select
      className="field"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
