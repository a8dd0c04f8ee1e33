import { Explain } from "@/components/explain";
import type { SubmittedBy } from "@/lib/schemas/stack/stack-facts";

const MEANING = "Submitted by a visitor: the name and all other facts are the visitor's own claims.";

const LOOK =
  "border-line text-muted inline-block rounded-full border px-2 py-0.5 align-middle font-sans text-xs font-normal";

/**
 * A short mark beside the models that visitors submitted; nothing beside others.
 * @param props.inLink whether a link holds it, in which no button may lie
 */
export function VisitorMark({ submittedBy, inLink = false }: { submittedBy: SubmittedBy; inLink?: boolean }) {
  if (submittedBy !== "visitor") return null;
  if (!inLink)
    return (
      <Explain about="what that means" mark={<span className={LOOK}>from a visitor</span>}>
        {MEANING}
      </Explain>
    );
  return (
    <span className={LOOK}>
      <span aria-hidden="true">from a visitor</span>
      <span className="sr-only">{MEANING}</span>
    </span>
  );
}
