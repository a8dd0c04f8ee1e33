import Link from "next/link";
import type { ReactNode } from "react";
import type { Offer } from "@/lib/schemas/offer";

/** A link to what who looks may do; where an account would do, a sign-in in its place; otherwise nothing. */
export function OfferedLink({
  offer,
  href,
  className,
  children,
}: {
  offer: Offer;
  href: string;
  className: string;
  children: ReactNode;
}) {
  if (offer.kind === "closed") return null;
  return offer.kind === "open" ? (
    <Link href={href} className={className}>
      {children}
    </Link>
  ) : (
    <Link href={`/sign-in?next=${encodeURIComponent(href)}`} className={className}>
      {offer.text.replace(/\.$/, "")}
    </Link>
  );
}
