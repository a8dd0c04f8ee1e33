import { useTranslations } from "next-intl";
import Link from "next/link";
import { CircleUserRound } from "lucide-react";

/** The way to one's account, or to one. */
export function AccountLink({ isSignedIn }: { isSignedIn: boolean }) {
  const t = useTranslations("site");
  return (
    <Link
      href={isSignedIn ? "/account" : "/sign-in"}
      className="text-muted hover:text-ink flex min-h-11 min-w-11 shrink-0 items-center justify-center gap-2 text-sm"
    >
      <CircleUserRound className="size-5" aria-hidden />
      <span className="max-lg:sr-only">{t(isSignedIn ? "account" : "signIn")}</span>
    </Link>
  );
}
