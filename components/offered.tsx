import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Offer } from "@/lib/schemas/offer";

/** A form for who may fill it in; for others what they need, in its place. */
export function Offered({ offer, children }: { offer: Offer; children: ReactNode }) {
  const t = useTranslations("site");
  if (offer.kind === "open") return children;
  return (
    <p className="text-muted mt-12 text-sm">
      {offer.text}{" "}
      {offer.kind === "sign in" && (
        <Link href="/sign-in" className="link">
          {t("signIn")}
        </Link>
      )}
    </p>
  );
}
