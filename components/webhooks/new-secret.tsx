import { useId } from "react";
import { ShownOnce } from "@/components/shown-once";

/** A signing secret that was just made: it is kept sealed. */
export function NewSecret({ secret, note }: { secret: string; note?: string }) {
  return (
    <>
      <ShownOnce
        id={useId()}
        label="Verify signatures with this secret. It is shown this once."
        text={secret}
      />
      {note && <p className="text-muted mt-2 text-sm">{note}</p>}
    </>
  );
}
