import type { KeptOff } from "@/lib/schemas/submissions";

const TEXTS: Record<KeptOff["why"], string> = {
  hidden: "The operator of this site has hidden this model. Only you can see it.",
  waiting:
    "The operator of this site reviews models before they join the board. Its run continues meanwhile, and only you can see it.",
  rejected: "The operator of this site has rejected this model. Only you can see it.",
};

/** Tells who submitted a model why it is not on the board. */
export function KeptOffNote({ keptOff }: { keptOff: KeptOff | null }) {
  if (keptOff === null) return null;
  return (
    <p role="note" className="bg-sunk mt-6 max-w-2xl rounded-md px-4 py-3 text-sm">
      {TEXTS[keptOff.why]}
      {keptOff.reason && ` Reason: ${keptOff.reason}`}
    </p>
  );
}
