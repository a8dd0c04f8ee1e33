import type { KeptOff } from "@/lib/schemas/submissions";

const TEXTS: Record<KeptOff["why"], string> = {
  hidden: "The operator of this site has hidden this model: only you see it.",
  waiting:
    "The operator of this site looks at models before they join the board. The run goes its way meanwhile, and only you see it.",
  rejected: "The operator of this site has decided against putting this model on the board: only you see it.",
};

/** Tells who submitted a model why it is not on the board. */
export function KeptOffNote({ keptOff }: { keptOff: KeptOff | null }) {
  if (keptOff === null) return null;
  return (
    <p role="note" className="bg-sunk mt-6 max-w-2xl rounded-md px-4 py-3 text-sm">
      {TEXTS[keptOff.why]}
      {keptOff.reason && ` They say: ${keptOff.reason}`}
    </p>
  );
}
