import Link from "next/link";
import type { ReactNode } from "react";

/** The head of an admin page: the way back to the index, what it is, and what it is for. */
export function AdminHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header>
      <p className="eyebrow">
        <Link href="/admin" className="hover:text-ink inline-flex min-h-11 items-center">
          Admin
        </Link>
      </p>
      <h1 className="text-4xl">{title}</h1>
      <p className="text-muted mt-3 max-w-2xl">{children}</p>
    </header>
  );
}
