import { Explain } from "@/components/explain";

const MEANING = "Few votes so far, fewer than the board asks for: rating and rank may still move much.";

const LOOK =
  "border-line text-muted inline-block rounded-full border px-2 py-0.5 align-middle font-sans text-xs font-normal";

/**
 * A short mark beside a rating that rests on few votes; nothing beside others.
 * @param props.inLink whether a link holds it, in which no button may lie
 */
export function ProvisionalMark({ provisional, inLink = false }: { provisional: boolean; inLink?: boolean }) {
  if (!provisional) return null;
  if (!inLink)
    return (
      <Explain about="few votes so far" mark={<span className={LOOK}>provisional</span>}>
        {MEANING}
      </Explain>
    );
  return (
    <span className={LOOK}>
      <span aria-hidden="true">provisional</span>
      <span className="sr-only">{MEANING}</span>
    </span>
  );
}
