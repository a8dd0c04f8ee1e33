import { count } from "@/components/format";

/** Part of a list of prompts, as the API gives it. */
interface Page {
  total: number;
  offset: number;
  pageSize: number;
  prompts: readonly unknown[];
}

/** Which prompts of a list are shown, and the ways to those before and after. */
export function PageButtons({
  page: { total, offset, pageSize, prompts },
  go,
}: {
  page: Page;
  go: (offset: number) => void;
}) {
  return (
    <nav className="mt-6 flex items-center gap-4 text-sm" aria-label="Prompts">
      <button
        type="button"
        className="button-quiet button-small"
        disabled={offset === 0}
        onClick={() => go(Math.max(0, offset - pageSize))}
      >
        Previous
      </button>
      <span className="text-muted">
        {count(offset + 1)} to {count(offset + prompts.length)} of {count(total)} prompts
      </span>
      <button
        type="button"
        className="button-quiet button-small"
        disabled={offset + pageSize >= total}
        onClick={() => go(offset + pageSize)}
      >
        Next
      </button>
    </nav>
  );
}
