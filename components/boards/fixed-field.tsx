import type { ReactNode } from "react";

/** A setting that cannot be changed any more. */
export function FixedField({
  label,
  value,
  kind,
  children,
}: {
  label: string;
  value: string;
  /** A value that is the same in every language. */
  kind?: "name";
  children?: ReactNode;
}) {
  return (
    <div>
      <p className="text-sm font-medium">{label}</p>
      <p className="mt-1.5 py-2 text-[0.9375rem] break-words" translate={kind && "no"}>
        {value}
      </p>
      {children && <p className="text-muted text-sm">{children}</p>}
    </div>
  );
}
