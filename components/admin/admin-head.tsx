import { useTranslations } from "next-intl";
import Link from "next/link";

/** The head of an admin page: the way back to the index, what it is, and what it is for. */
export function AdminHead({ page }: { page: "queue" | "models" | "storage" }) {
  const t = useTranslations("admin");
  return (
    <header>
      <p className="eyebrow">
        <Link href="/admin" className="hover:text-ink inline-flex min-h-11 items-center">
          {t("page.title")}
        </Link>
      </p>
      <h1 className="text-4xl">{t(`${page}.title`)}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t(`${page}.about`)}</p>
    </header>
  );
}
