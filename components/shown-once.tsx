import { CopyField } from "@/components/copy-field";

/** A text that is kept nowhere, so this is the only time it can be copied. */
export function ShownOnce(field: { id: string; label: string; text: string }) {
  return (
    <div className="bg-accent-soft mt-4 rounded-md p-4">
      <CopyField {...field} />
    </div>
  );
}
