const MEANING = "Few votes so far, fewer than the board asks for: rating and rank may still move much.";

/** A short mark beside a rating that rests on few votes; nothing beside others. */
export function ProvisionalMark({ provisional }: { provisional: boolean }) {
  if (!provisional) return null;
  return (
    <span
      title={MEANING}
      className="border-line text-muted inline-block rounded-full border px-2 py-0.5 align-middle font-sans text-xs font-normal"
    >
      <span aria-hidden="true">provisional</span>
      <span className="sr-only">{MEANING}</span>
    </span>
  );
}
