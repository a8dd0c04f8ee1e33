import { useTranslations } from "next-intl";
import Link from "next/link";

/** What a page says in place of what who looks may not do. */
export function RefusedPage({
  title,
  text,
  signIn = false,
}: {
  title: string;
  text: string;
  signIn?: boolean;
}) {
  const t = useTranslations("site");
  return (
    <div className="page py-20 text-center">
      <h1 className="text-4xl">{title}</h1>
      <p className="text-muted mx-auto mt-4 max-w-md">{text}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        {signIn && (
          <Link className="button-primary" href="/sign-in">
            {t("signIn")}
          </Link>
        )}
        <Link className="button-quiet" href="/leaderboard">
          {t("seeLeaderboard")}
        </Link>
      </div>
    </div>
  );
}
