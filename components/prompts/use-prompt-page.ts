import { useRef, useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import type { PromptPage } from "@/lib/schemas/prompt-sets";

export interface PromptFilter {
  text: string;
  category: string;
  tag: string;
}

/** A set's prompts as far as they are read. A later search breaks off an earlier one. */
export function usePromptPage(slug: string, initial: PromptPage) {
  const [page, setPage] = useState(initial);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  /** Reads the prompts that fit, from the first (0) or from where the page ends. */
  const load = async (filter: PromptFilter, from: number) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setIsBusy(true);
    setProblem(null);
    const query = new URLSearchParams({
      ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value.trim() !== "")),
      from: String(from),
    });
    try {
      const path = `/api/v1/prompt-sets/${slug}/prompts?${query}`;
      const next = await callApi<PromptPage>(path, { signal: controller.signal });
      setPage((before) => (from === 0 ? next : { ...next, prompts: [...before.prompts, ...next.prompts] }));
    } catch (thrown) {
      if (!controller.signal.aborted) setProblem(asApiError(thrown).message);
    } finally {
      if (running.current === controller) setIsBusy(false);
    }
  };
  return { page, isBusy, problem, load };
}
