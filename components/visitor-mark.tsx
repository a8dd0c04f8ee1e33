import type { SubmittedBy } from "@/lib/schemas/stack/stack-facts";

const MEANING = "Submitted by a visitor: the name and all other facts are the visitor's own claims.";

/** A short mark beside the models that visitors submitted; nothing beside others. */
export function VisitorMark({ submittedBy }: { submittedBy: SubmittedBy }) {
  if (submittedBy !== "visitor") return null;
  return (
    <span
      title={MEANING}
      className="border-line text-muted inline-block rounded-full border px-2 py-0.5 align-middle font-sans text-xs font-normal"
    >
      <span aria-hidden="true">from a visitor</span>
      <span className="sr-only">{MEANING}</span>
    </span>
  );
}
